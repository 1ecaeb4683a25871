"""The reader's features are finite, of one shape, and right for hand-worked sentences."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.reader.features import ASKED, FEATURES, ReaderInput, reader_input
from qa.reader.inputs import Piece
from tests.support.small_index import TEXTS, bundled_encoder

PIECES = st.lists(
    st.builds(
        Piece,
        TEXTS.filter(str.strip),
        st.just(()),
        st.integers(0, 3),
        st.integers(0, 500),
    ),
    min_size=1,
    max_size=4,
)


@given(TEXTS, PIECES, st.integers(1, 200))
def test_every_word_has_features_and_lies_in_its_piece(
    question: str, pieces: list[Piece], at_most: int
) -> None:
    inputs = reader_input(
        FoldedText.of(question), AnswerType.OTHER, pieces, bundled_encoder(), at_most
    )
    assert inputs.features.shape == (len(inputs.tokens.rows), len(FEATURES))
    assert inputs.asked_features.shape == (len(inputs.asked), len(ASKED))
    assert np.isfinite(inputs.features).all()
    assert np.isfinite(inputs.asked_features).all()
    assert ((inputs.missing_weights >= 0) & (inputs.missing_weights <= 1.001)).all()
    for at, start, end in zip(
        inputs.tokens.pieces, inputs.tokens.starts, inputs.tokens.ends, strict=True
    ):
        assert at == -1 or 0 <= start < end <= len(pieces[at].text)
    read = set(inputs.tokens.pieces.tolist()) - {-1}
    assert read == set(range(len(read))) or len(read) < len(pieces)


def column(inputs: ReaderInput, name: str) -> list[float]:
    return [round(float(value), 2) for value in inputs.features[:, FEATURES.index(name)]]


def test_features_of_a_sentence() -> None:
    pieces = [
        Piece("工厂去年花了300万元，", (Span(6, 11),), 1, 0),
        Piece("天气很好。", (), 1, 40),
    ]
    inputs = reader_input(
        FoldedText.of("工厂花了多少钱?"), AnswerType.MONEY, pieces, bundled_encoder(), 100
    )
    texts = [
        pieces[at].text[start:end] if at >= 0 else "|"
        for at, start, end in zip(
            inputs.tokens.pieces, inputs.tokens.starts, inputs.tokens.ends, strict=True
        )
    ]
    gap = texts.index("|")
    assert column(inputs, "gap") == [float(at == gap) for at in range(len(texts))]
    assert column(inputs, "same")[texts.index("工厂")] == 1
    assert column(inputs, "same")[texts.index("天气")] == 0
    inside = [text for text, flag in zip(texts, column(inputs, "candidate"), strict=True) if flag]
    assert "".join(inside) == "300万元"
    assert column(inputs, "comma")[texts.index("，")] == 1
    assert column(inputs, "opens")[0] == 1
    assert column(inputs, "opens")[-1] == 0
    assert column(inputs, "met")[0] > column(inputs, "met")[-1]


def test_pieces_are_put_in_the_order_of_the_text_and_those_without_room_are_left_out() -> None:
    pieces = [Piece("乙国在后面。", (), 0, 100), Piece("甲国在前面。", (), 0, 0)]
    inputs = reader_input(
        FoldedText.of("甲国在哪里?"), AnswerType.PLACE, pieces, bundled_encoder(), 100
    )
    assert [at for at in dict.fromkeys(inputs.tokens.pieces.tolist()) if at >= 0] == [1, 0]
    short = reader_input(
        FoldedText.of("甲国在哪里?"), AnswerType.PLACE, pieces, bundled_encoder(), 6
    )
    assert set(short.tokens.pieces.tolist()) == {0}
    assert short.missing_weights[1] == short.missing_weights[0]
