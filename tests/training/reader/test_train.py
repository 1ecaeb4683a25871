"""A reader learns, resumes from a checkpoint, and the product computes the same scores."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from qa.reader import network as served
from qa.reader.features import candidate_flags, layout
from qa.reader.inputs import Piece, reader_input
from qa.reader.network import FAR
from tests.support.small_index import bundled_encoder
from training.errors import CheckpointError
from training.reader.batches import Collator, row_sums
from training.reader.examples import ReaderExample, as_ranges, occurrences, token_ranges
from training.reader.export import export, write_onnx
from training.reader.network import Body, SpanNetwork, span_scores
from training.reader.sampling import ReaderSettings, Sampler, with_rows
from training.reader.shipped import shipped_weights
from training.reader.train import Training, train

QUICK = ReaderSettings(
    steps=40, groups={"zh→zh": 1.0}, batch=8, rate=2e-3, warm=5, dropout=0.0, away=0.0, alone=0.0,
    hidden=0.0, unknown=0.0, averaged=0.9, layer_decay=1.0,
)  # fmt: skip
PEOPLE = "张三 李四 王五 赵六 钱七 孙八".split()
BUILDINGS = "桥 塔 船 路 楼 井".split()
RARITY = np.ones(len(bundled_encoder()), dtype=np.float32)


def example_of(person: str, building: str) -> ReaderExample:
    """Return an example that asks for the builder, beside another passage."""
    other = PEOPLE[(PEOPLE.index(person) + 1) % len(PEOPLE)]
    pieces = [
        Piece(f"{person}造了{building}，{other}看了。", (), 0, 0),
        Piece(f"{other}在家。", (), 1, 0),
    ]
    inputs = reader_input(f"谁造了{building}?", pieces, bundled_encoder(), 50)
    right = token_ranges(inputs, 0, occurrences(pieces[0].text, person))
    flags = [candidate_flags(row.tokens, pieces) for row in inputs.rows]
    owners = np.array([True, False])
    return ReaderExample(
        "zh→zh", inputs, flags, as_ranges(right), as_ranges([]), weak=False, of_article=owners
    )


EXAMPLES = [example_of(person, building) for person in PEOPLE for building in BUILDINGS]


@pytest.fixture
def body(tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "body.safetensors"
    save_file(Body(0.0).state_dict(), path)
    return path


def test_what_is_trained_on_becomes_likelier(body: Path, tmp_path: Path) -> None:
    training = Training(body, RARITY, QUICK)
    before = training.held_out(EXAMPLES)["zh→zh"]
    train(training, EXAMPLES, EXAMPLES[:4], tmp_path / "checkpoint.pt", QUICK)
    assert training.held_out(EXAMPLES)["zh→zh"] < before / 2


def test_a_run_resumes_from_its_checkpoint(body: Path, tmp_path: Path) -> None:
    short = replace(QUICK, steps=6)
    whole = Training(body, RARITY, short)
    train(whole, EXAMPLES, EXAMPLES[:4], tmp_path / "straight.pt", short)
    halfway, sampler = Training(body, RARITY, short), Sampler(EXAMPLES, short)
    while halfway.steps < 3:
        halfway.step(sampler.draw(halfway.steps))
    halfway.save(tmp_path / "halted.pt")
    resumed = Training(body, RARITY, short)
    train(resumed, EXAMPLES, EXAMPLES[:4], tmp_path / "halted.pt", short)
    for name, weights in whole.averaged.state_dict().items():
        torch.testing.assert_close(resumed.averaged.state_dict()[name], weights)


def test_a_checkpoint_of_other_settings_is_refused(body: Path, tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    Training(body, RARITY, QUICK).save(path)
    with pytest.raises(CheckpointError, match="another recipe"):
        Training(body, RARITY, replace(QUICK, batch=9)).resume(path)


def some_network() -> SpanNetwork:
    torch.manual_seed(3)
    network = SpanNetwork().eval()
    for name, weights in network.named_parameters():
        if weights.ndim > 1 and "extra" not in name:
            torch.nn.init.normal_(weights, std=0.06)
    return network


def served_scores(folder: Path, example: ReaderExample) -> served.Scores:
    rows = layout(example.inputs, example.candidates, RARITY)
    network = served.SpanNetwork(folder)
    return network(rows, example.inputs.tokens.pieces, bundled_encoder())


def test_the_product_gives_the_scores_of_torch(tmp_path: Path) -> None:
    network = some_network()
    export(network, RARITY, tmp_path)
    write_onnx(network, tmp_path / "reader.onnx")  # in full precision
    collate = Collator(bundled_encoder(), RARITY)
    for example in (EXAMPLES[0], EXAMPLES[7]):
        [rows] = collate([example], 1)
        with torch.no_grad():
            vectors = collate.vectors(rows.ids, network)
            scores = network(vectors, rows.segments, rows.features, rows.real)
            spans = span_scores(scores, network.len, rows.pieces)
        product = served_scores(tmp_path, example)
        expected = sorted(spans[spans > FAR / 2].tolist())
        found = sorted(product.spans[product.spans > FAR / 2].tolist())
        np.testing.assert_allclose(found, expected, atol=1e-2)  # vectors in half precision
        none = float(network.null.detach() - torch.logsumexp(-scores.none, 0))
        assert product.none == pytest.approx(none, abs=1e-2)


def test_whole_numbers_of_8_bits_keep_the_scores_close(tmp_path: Path) -> None:
    network = some_network()
    export(network, RARITY, tmp_path)
    small = served_scores(tmp_path, EXAMPLES[0])
    write_onnx(network, tmp_path / "reader.onnx")
    full = served_scores(tmp_path, EXAMPLES[0])
    fits = full.spans > FAR / 2
    assert (fits == (small.spans > FAR / 2)).all()
    spread = float(full.spans[fits].std())
    assert float(np.abs(full.spans[fits] - small.spans[fits]).mean()) < 0.2 * spread


def test_a_sample_keeps_the_answer_unless_it_is_taken_away() -> None:
    settings = replace(QUICK, away=0.0, rows=1)
    for example in Sampler(EXAMPLES, settings).draw(0):
        assert len(example.right) == 1
    for example in Sampler(EXAMPLES, replace(QUICK, away=1.0)).draw(0):
        assert len(example.right) == 0
        assert len(example.inputs.rows) == 1


def test_choosing_rows_moves_the_spans_with_them() -> None:
    swapped = with_rows(EXAMPLES[0], [1, 0])
    assert swapped.right[0].tolist() == [1, *EXAMPLES[0].right[0, 1:].tolist()]
    assert with_rows(EXAMPLES[0], [1]).right.shape == (0, 3)


def test_unsure_spans_count_neither_for_nor_against() -> None:
    network, collate = some_network(), Collator(bundled_encoder(), RARITY)
    unsure = replace(EXAMPLES[0], right=as_ranges([]), unsure=EXAMPLES[0].right)
    sums = {}
    for name, example in (("right", EXAMPLES[0]), ("unsure", unsure)):
        [rows] = collate([example], 1)
        with torch.no_grad():
            sums[name] = row_sums(network, collate, rows)
    gone = torch.exp(sums["right"].every) - torch.exp(sums["right"].right)
    torch.testing.assert_close(torch.exp(sums["unsure"].every), gone, rtol=0.05, atol=1e-3)


def test_a_reader_is_taught_further_from_its_shipped_weights(tmp_path: Path) -> None:
    network = SpanNetwork()
    torch.manual_seed(3)
    for values in network.parameters():
        torch.nn.init.normal_(values)
    export(network, RARITY, tmp_path)
    weights = shipped_weights(tmp_path)
    assert weights.keys() == network.state_dict().keys()
    for name, values in network.state_dict().items():
        assert (weights[name] - values).abs().max() <= 0.02 * values.abs().max(), name
    assert Training(tmp_path, RARITY, QUICK).step(EXAMPLES[:4]) > 0
