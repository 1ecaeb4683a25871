"""A tiny reader learns, goes on where it was kept, and reads the same by numpy."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from index.article import Span
from index.models.loading import bundled
from qa.answer_types import AnswerType
from qa.reader.features import reader_input
from qa.reader.inputs import Piece
from qa.reader.network import BUCKETS, LONGEST, SpanNetwork
from training.encoder.model import RecipeError
from training.examples import Example
from training.reader.batches import Batches, frequent
from training.reader.examples import Lesson
from training.reader.network import span_scores
from training.reader.sampling import Recipe, Sampler
from training.reader.train import Training, train

QUICK = Recipe(
    groups={"zh→zh": 1.0}, common=50, width=16, dropout=0.0, steps=120, batch=8, rate=1e-2,
    warm=10, away=0.0, dropped=0.0, unknown=0.0, averaged=0.9,
)  # fmt: skip
PEOPLE = "张三 李四 王五 赵六 钱七 孙八".split()
THINGS = "桥 塔 船 路 楼 井".split()


def lesson(person: str, thing: str) -> Lesson:
    """Who built the thing is what is asked; another one built something else."""
    other = PEOPLE[(PEOPLE.index(person) + 1) % len(PEOPLE)]
    text, question = f"{person}造了{thing}，{other}看了。", f"谁造了{thing}?"
    seen = reader_input(question, AnswerType.PERSON, [Piece(text, (), 0, 0)], bundled(), 50)
    inside = np.flatnonzero(seen.words.ends <= len(person))
    right = np.array([[inside[0], inside[-1]]])
    example = Example(question, text, Span(0, len(person)), AnswerType.PERSON, "zh→zh", None)
    return Lesson(example, seen, right, weak=False, own=np.ones(len(seen.words.rows), np.bool_))


LESSONS = [lesson(person, thing) for person in PEOPLE for thing in THINGS]
TAUGHT, HELD = LESSONS[:-6], LESSONS[-6:]


def test_what_was_not_seen_is_read_right(tmp_path: Path) -> None:
    training = train(TAUGHT, HELD, tmp_path / "checkpoint.pt", QUICK)
    sentence, exact = training.tested(HELD)
    assert sentence == 1
    assert exact > 0.8


def test_it_goes_on_where_it_was_kept(tmp_path: Path) -> None:
    straight, halted = tmp_path / "straight.pt", tmp_path / "halted.pt"
    short = replace(QUICK, steps=30)
    whole = train(TAUGHT, HELD, straight, short)
    first = Training.load(straight, short)
    assert first.steps == 30
    halfway = Training(frequent(TAUGHT, short.common), short)
    sampler = Sampler(TAUGHT, short)
    while halfway.steps < 15:
        halfway.step(sampler.draw(halfway.steps))
    halfway.save(halted)
    resumed = train(TAUGHT, HELD, halted, short)
    for name, weights in whole.averaged.state_dict().items():
        torch.testing.assert_close(resumed.averaged.state_dict()[name], weights)


def test_a_checkpoint_of_another_recipe_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    Training(np.array([5, 6]), QUICK).save(path)
    with pytest.raises(RecipeError, match="another recipe"):
        Training.load(path, replace(QUICK, width=8))


def test_numpy_gives_the_scores_of_torch(tmp_path: Path) -> None:
    training = Training(np.arange(5, 40), QUICK)
    for weights in training.averaged.parameters():
        torch.nn.init.normal_(weights, std=0.2)
    training.export(tmp_path / "reader.npz")
    for weights in training.averaged.parameters():
        weights.data = weights.data.half().float()
    network = SpanNetwork(tmp_path / "reader.npz")
    batch, pieces = Batches(bundled(), np.arange(5, 40))([LESSONS[0], LESSONS[7]])
    with torch.no_grad():
        words, lengths, none = training.averaged(batch)
        spans = span_scores(words, lengths, pieces, torch.tensor(BUCKETS))
    for at, one in enumerate((LESSONS[0], LESSONS[7])):
        scores = network(one.told, bundled())
        expected = spans[at, : len(one.told.words.rows)].numpy()
        assert scores.spans.shape == (len(one.told.words.rows), LONGEST)
        np.testing.assert_allclose(scores.spans, expected, atol=2e-3)
        assert scores.none == pytest.approx(float(none[at]), abs=2e-3)
