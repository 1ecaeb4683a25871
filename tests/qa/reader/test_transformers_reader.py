"""A model of another make reads all sentences, and its spans are ranges of the sentences."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.models.encoder import SpanLogits
from index.models.loading import open_reader
from index.search.searcher import Searcher
from index.text.folding import FoldedText
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.reader.inputs import Piece
from qa.reader.transformers_reader import TransformersReader
from qa.retrieval import Request
from tests.qa.conftest import Shelve
from tests.support import answerers, small_index
from tests.support.reading_model import save_reading_model
from tests.support.small_index import TEXTS

QUESTION = FoldedText.of("地铁建于哪一年?")


class CharacterModel:
    """Reads a character a token; each occurrence of `wanted` begins and ends surely."""

    def __init__(self, wanted: str, room: int = 1000, none: float = 0.0) -> None:
        self.wanted, self.none = wanted, none
        self.most = room
        self.texts: list[str] = []

    def load(self) -> None:
        """Load nothing."""

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of characters of each text."""
        return [len(text) for text in texts]

    def room(self, question: str) -> int:  # noqa: ARG002
        """Return the same for every question."""
        return self.most

    def read(self, question: str, texts: Sequence[str]) -> list[SpanLogits]:  # noqa: ARG002
        """Read each text, and remember them all."""
        self.texts = list(texts)
        return [self._logits(text[: self.most]) for text in texts]

    def _logits(self, text: str) -> SpanLogits:
        starts, ends = np.full((2, len(text)), -4.0, dtype=np.float32)
        at = text.find(self.wanted)
        if at >= 0:
            starts[at] = ends[at + len(self.wanted) - 1] = 4.0
        places = np.stack([np.arange(len(text)), np.arange(len(text)) + 1], axis=1)
        return SpanLogits(places.astype(np.int64), starts, ends, self.none)


def reader(model: CharacterModel) -> TransformersReader:
    return TransformersReader(model, small_index.bundled_encoder())


def piece(text: str, passage: int, start: int) -> Piece:
    return Piece(text, (), passage, start)


@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4), st.integers(1, 200))
@settings(max_examples=40)
def test_all_pieces_and_none_share_one_probability(texts: list[str], room: int) -> None:
    pieces = [piece(text, at % 2, 300 * at) for at, text in enumerate(texts)]
    reading = reader(CharacterModel("国", room)).read(QUESTION, pieces)
    read = [sentence for sentence in reading.sentences if sentence]
    whole = sum(np.exp(sentence.whole) for sentence in read) + np.exp(reading.none)
    assert whole == pytest.approx(1, abs=1e-3)
    assert read
    for at, sentence in enumerate(reading.sentences):
        if sentence is not None:
            assert 0 <= sentence.span.start < sentence.span.end <= len(texts[at])
            all_of_it = reading.overlapping(at, Span(0, len(texts[at])))
            assert all_of_it == pytest.approx(np.exp(sentence.whole), abs=1e-4)


def test_the_span_is_found_in_the_piece_where_it_stands() -> None:
    texts = ["天气很好。", "甲市的地铁建于1985年。", "地铁很长。"]
    # Not in the order of the text, and of two passages.
    pieces = [piece(texts[2], 3, 40), piece(texts[0], 7, 0), piece(texts[1], 3, 28)]
    model = CharacterModel("1985年")
    reading = reader(model).read(QUESTION, pieces)
    assert model.texts == [texts[1] + texts[2], texts[0]]
    sentence = reading.sentences[2]
    assert sentence is not None
    assert sentence.span.of(texts[1]) == "1985年"
    assert np.exp(sentence.best) > 0.5
    assert max(np.exp(other.whole) for other in reading.sentences[:2] if other) < 0.1
    # The passage about something else covers less of the question.
    of_its_own, elsewhere, _ = reading.missing_weights.tolist()
    assert 0 <= of_its_own < elsewhere <= 1


def test_missing_words_are_weighed_as_the_bundled_reader_weighs_them() -> None:
    pieces = [piece("天气很好。", 1, 0), piece("甲市的地铁建于1985年。", 2, 0)]
    own = reader(CharacterModel("1985年")).read(QUESTION, pieces)
    bundled = answerers.reader().read(QUESTION, pieces)
    np.testing.assert_allclose(own.missing_weights, bundled.missing_weights, atol=1e-3)


def test_pieces_that_do_not_follow_are_set_apart() -> None:
    model = CharacterModel("桥")
    reader(model).read(QUESTION, [piece("有桥。", 1, 0), piece("有山。", 1, 90)])
    assert model.texts == ["有桥。\n有山。"]
    reader(model).read(QUESTION, [piece("有桥。", 1, 0), piece("有山。", 1, 5)])
    assert model.texts == ["有桥。  有山。"]


def test_no_span_reaches_over_two_pieces() -> None:
    pieces = [piece("甲市有桥", 1, 0), piece("河边有山", 1, 4)]
    reading = reader(CharacterModel("桥河")).read(QUESTION, pieces)
    for sentence in reading.sentences:
        assert sentence is not None
        assert sentence.best < np.log(0.5)


def test_windows_hold_whole_pieces_as_far_as_there_is_room() -> None:
    pieces = [piece(char * 10, 1, 10 * at) for at, char in enumerate("甲乙丙丁")]
    model = CharacterModel("丙", room=25)
    reading = reader(model).read(QUESTION, pieces)
    assert model.texts == ["甲" * 10 + "乙" * 10, "丙" * 10 + "丁" * 10]
    assert all(reading.sentences)
    short = reader(CharacterModel("丙", room=4)).read(QUESTION, pieces)
    first = short.sentences[0]
    assert first is not None
    assert first.span.end <= 4


def test_no_answer_in_any_window_is_none() -> None:
    pieces = [piece("甲市有桥。", 1, 0), piece("乙市有山。", 2, 0)]
    unsure = reader(CharacterModel("塔", none=9.0)).read(QUESTION, pieces)
    assert unsure.none > np.log(0.99)
    sure = reader(CharacterModel("桥", none=-9.0)).read(QUESTION, pieces)
    assert sure.none < np.log(0.01)


def test_a_saved_model_answers_with_exact_quotes(shelve: Shelve, tmp_path: Path) -> None:
    model = open_reader(str(save_reading_model(tmp_path / "model")))
    analyzer, encoder = small_index.analyzer(), small_index.bundled_encoder()
    answerer = Answerer.load(analyzer, Thresholds(0.0, 0.0), encoder, model)
    answerer.warm_up()
    text = "甲市的地铁建于1985年，很长。甲市人喜爱公园。"
    searcher: Searcher = shelve({"id": "a", "text": text})
    answer = answerer.ask(Request("甲市的地铁建于哪一年?", decide=False), searcher)
    assert answer.answered
    for citation in answer.citations:
        assert text[citation.start : citation.end] == citation.quote
    assert answer.short_answer is None or answer.short_answer in text
