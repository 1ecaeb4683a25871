"""A tiny reader learns, resumes from a checkpoint, and scores the same in numpy."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.reader.features import reader_input
from qa.reader.inputs import Piece
from qa.reader.network import BUCKETS, LONGEST, SpanNetwork
from tests.support.small_index import bundled_encoder
from training.errors import CheckpointError
from training.examples import Example
from training.reader.batches import Collator, frequent
from training.reader.examples import ReaderExample
from training.reader.network import span_scores
from training.reader.sampling import ReaderSettings, Sampler
from training.reader.train import Training, train

QUICK = ReaderSettings(
    groups={"zh→zh": 1.0}, common=50, width=16, dropout=0.0, steps=120, batch=8, rate=1e-2,
    warm=10, away=0.0, dropped=0.0, unknown=0.0, averaged=0.9,
)  # fmt: skip
PEOPLE = "张三 李四 王五 赵六 钱七 孙八".split()
BUILDINGS = "桥 塔 船 路 楼 井".split()


def example_of(person: str, building: str) -> ReaderExample:
    """Return an example that asks for the builder, beside another person."""
    other = PEOPLE[(PEOPLE.index(person) + 1) % len(PEOPLE)]
    text, question = f"{person}造了{building}，{other}看了。", f"谁造了{building}?"
    inputs = reader_input(
        FoldedText.of(question), AnswerType.PERSON, [Piece(text, (), 0, 0)], bundled_encoder(), 50
    )
    inside = np.flatnonzero(inputs.tokens.ends <= len(person))
    right = np.array([[inside[0], inside[-1]]])
    example = Example(question, text, Span(0, len(person)), AnswerType.PERSON, "zh→zh", None)
    of_article = np.ones(len(inputs.tokens.rows), np.bool_)
    return ReaderExample(example, inputs, right, weak=False, of_article=of_article)


EXAMPLES = [example_of(person, building) for person in PEOPLE for building in BUILDINGS]
TRAINING, HELD_OUT = EXAMPLES[:-6], EXAMPLES[-6:]


def test_unseen_examples_are_read_right(tmp_path: Path) -> None:
    training = train(TRAINING, HELD_OUT, tmp_path / "checkpoint.pt", QUICK)
    sentence, exact = training.accuracy(HELD_OUT)
    assert sentence == 1
    assert exact > 0.8


def test_a_run_resumes_from_its_checkpoint(tmp_path: Path) -> None:
    straight, halted = tmp_path / "straight.pt", tmp_path / "halted.pt"
    short = replace(QUICK, steps=30)
    whole = train(TRAINING, HELD_OUT, straight, short)
    first = Training.load(straight, short)
    assert first.steps == 30
    halfway = Training(frequent(TRAINING, short.common), short)
    sampler = Sampler(TRAINING, short)
    while halfway.steps < 15:
        halfway.step(sampler.draw(halfway.steps))
    halfway.save(halted)
    resumed = train(TRAINING, HELD_OUT, halted, short)
    for name, weights in whole.averaged.state_dict().items():
        torch.testing.assert_close(resumed.averaged.state_dict()[name], weights)


def test_a_checkpoint_of_other_settings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    Training(np.array([5, 6]), QUICK).save(path)
    with pytest.raises(CheckpointError, match="another recipe"):
        Training.load(path, replace(QUICK, width=8))


def test_numpy_gives_the_scores_of_torch(tmp_path: Path) -> None:
    training = Training(np.arange(5, 40), QUICK)
    for weights in training.averaged.parameters():
        torch.nn.init.normal_(weights, std=0.2)
    training.export(tmp_path / "reader.npz")
    for weights in training.averaged.parameters():
        weights.data = weights.data.half().float()
    network = SpanNetwork(tmp_path / "reader.npz")
    batch, pieces = Collator(bundled_encoder(), np.arange(5, 40))([EXAMPLES[0], EXAMPLES[7]])
    with torch.no_grad():
        words, lengths, none = training.averaged(batch)
        spans = span_scores(words, lengths, pieces, torch.tensor(BUCKETS))
    for at, example in enumerate((EXAMPLES[0], EXAMPLES[7])):
        scores = network(example.inputs, bundled_encoder())
        expected = spans[at, : len(example.inputs.tokens.rows)].numpy()
        assert scores.spans.shape == (len(example.inputs.tokens.rows), LONGEST)
        np.testing.assert_allclose(scores.spans, expected, atol=2e-3)
        assert scores.none == pytest.approx(float(none[at]), abs=2e-3)
