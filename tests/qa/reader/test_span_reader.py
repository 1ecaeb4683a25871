"""Probabilities of spans are probabilities, and the shipped reader reads simple sentences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType, classify
from qa.reader.inputs import Piece
from qa.reader.span_reader import UNREAD, WEIGHTS
from tests.support import answerers
from tests.support.small_index import TEXTS


@given(TEXTS, st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4))
def test_all_pieces_and_none_share_one_probability(question: str, texts: list[str]) -> None:
    pieces = [Piece(text, (), at, 0) for at, text in enumerate(texts)]
    reading = answerers.reader().read(FoldedText.of(question), AnswerType.OTHER, pieces)
    whole = [piece for piece in reading.pieces if piece]
    assert sum(np.exp(piece.whole) for piece in whole) + np.exp(reading.none) == pytest.approx(
        1, abs=1e-3
    )
    for at, piece in enumerate(reading.pieces):
        if piece is None:
            continue
        assert UNREAD <= piece.best <= piece.whole + 1e-6 <= 1e-4
        assert 0 <= piece.span.start < piece.span.end <= len(texts[at])
        all_of_it = reading.overlapping(at, Span(0, len(texts[at])))
        assert all_of_it == pytest.approx(np.exp(piece.whole), abs=1e-4)
        part = reading.overlapping(at, piece.span)
        assert np.exp(piece.best) <= part + 1e-6 <= all_of_it + 2e-6


@pytest.mark.parametrize(
    ("question", "texts", "answer"),
    [
        ("工厂是哪一年建成的?", ["工厂在1987年建成，占地五公顷。", "天气很好。"], "1987年"),
        ("谁发明了这种纸?", ["天气很好。", "这种纸是蔡伦发明的。"], "蔡伦"),
        ("这座桥连接哪两座城市?", ["这座桥连接南京和镇江。"], "南京和镇江"),
    ],
)
def test_simple_sentences_are_read(question: str, texts: list[str], answer: str) -> None:
    pieces = [Piece(text, (), 1, 100 * at) for at, text in enumerate(texts)]
    forms = FoldedText.of(question)
    reading = answerers.reader().read(forms, classify(forms), pieces)
    likely = [piece.whole if piece else UNREAD for piece in reading.pieces]
    at = int(np.argmax(likely))
    piece = reading.pieces[at]
    assert piece is not None
    assert answer in texts[at]
    assert piece.span.start <= texts[at].index(answer) < piece.span.end


def test_the_file_is_small() -> None:
    assert WEIGHTS.stat().st_size < 10_000_000
