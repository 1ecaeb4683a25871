"""Probabilities of spans are probabilities, and the shipped reader reads simple sentences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.reader.inputs import Piece
from qa.reader.span_reader import UNREAD, WEIGHTS
from tests.support import answerers
from tests.support.small_index import TEXTS


@given(TEXTS, st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4))
def test_all_pieces_and_none_share_one_probability(question: str, texts: list[str]) -> None:
    pieces = [Piece(text, (), at, 0) for at, text in enumerate(texts)]
    reading = answerers.reader().read(FoldedText.of(question), pieces)
    whole = [sentence for sentence in reading.sentences if sentence]
    assert sum(np.exp(sentence.whole) for sentence in whole) + np.exp(
        reading.none
    ) == pytest.approx(1, abs=1e-3)
    for at, sentence in enumerate(reading.sentences):
        if sentence is None:
            continue
        assert UNREAD <= sentence.best <= sentence.whole + 1e-6 <= 1e-4
        assert 0 <= sentence.span.start < sentence.span.end <= len(texts[at])
        all_of_it = reading.overlapping(at, Span(0, len(texts[at])))
        assert all_of_it == pytest.approx(np.exp(sentence.whole), abs=1e-4)
        part = reading.overlapping(at, sentence.span)
        assert np.exp(sentence.best) <= part + 1e-6 <= all_of_it + 2e-6


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
    reading = answerers.reader().read(forms, pieces)
    likely = [sentence.whole if sentence else UNREAD for sentence in reading.sentences]
    at = int(np.argmax(likely))
    sentence = reading.sentences[at]
    assert sentence is not None
    assert answer in texts[at]
    assert sentence.span.start <= texts[at].index(answer) < sentence.span.end


def test_the_files_are_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.glob("reader.*")) < 20_000_000
