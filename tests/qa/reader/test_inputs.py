"""A question and its sentences are laid out as rows: all words in place and in order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.reader.inputs import Piece, ReaderInput, reader_input
from qa.reader.tokens import CLS, NEWLINE, SEP, cut, special
from tests.support.small_index import TEXTS, bundled_encoder

PIECES = st.lists(
    st.builds(Piece, TEXTS.filter(str.strip), st.just(()), st.integers(0, 3), st.integers(0, 500),
              st.sampled_from(["", "标题", "a title"])),
    min_size=1,
    max_size=5,
)  # fmt: skip


def laid_out(question: str, pieces: list[Piece], at_most: int = 100) -> ReaderInput:
    return reader_input(question, pieces, bundled_encoder(), at_most)


@given(TEXTS, PIECES, st.integers(1, 200))
def test_every_word_lies_in_its_piece_and_rows_are_passages(
    question: str, pieces: list[Piece], at_most: int
) -> None:
    inputs = laid_out(question, pieces, at_most)
    tokens = inputs.tokens
    for at, start, end in zip(tokens.pieces, tokens.starts, tokens.ends, strict=True):
        assert at == -1 or 0 <= start < end <= len(pieces[at].text)
    read = set(tokens.pieces.tolist()) - {-1}
    assert read == set(range(len(read))) or len(read) < len(pieces)
    opening = [special(CLS), *inputs.asked.tolist(), special(SEP)]
    for row in inputs.rows:
        own = {pieces[at].passage for at in row.tokens.pieces.tolist() if at >= 0}
        assert len(own) == 1
        assert row.head[: len(opening)].tolist() == opening
    assert len({pieces[at].passage for at in read}) == len(inputs.rows)


@given(PIECES)
def test_whatever_fits_is_read_whole(pieces: list[Piece]) -> None:
    tokens = laid_out("谁?", pieces, 100_000).tokens
    for at, piece in enumerate(pieces):
        own = tokens.rows[tokens.pieces == at]
        assert own.tolist() == cut([piece.text], bundled_encoder())[0].rows.tolist()


def test_sentences_are_put_in_the_order_of_the_text_with_a_gap_where_some_are_missing() -> None:
    pieces = [
        Piece("乙国在后面。", (), 0, 100),
        Piece("甲国在前面。", (), 0, 0),
        Piece("丙国也在。", (), 0, 7),
    ]
    inputs = laid_out("甲国在哪里?", pieces)
    numbers = inputs.tokens.pieces.tolist()
    assert list(dict.fromkeys(numbers)) == [1, 2, -1, 0]
    assert inputs.tokens.rows[numbers.index(-1)] == special(NEWLINE)
    short = laid_out("甲国在哪里?", pieces, 6)
    assert set(short.tokens.pieces.tolist()) == {0}


def test_the_title_stands_before_the_sentences_and_is_no_part_of_them() -> None:
    piece = Piece("全长五公里。", (), 3, 40, "江口大桥")
    [row] = laid_out("江口大桥有多长?", [piece]).rows
    title = cut(["江口大桥"], bundled_encoder())[0].rows
    assert row.head[-1] == special(NEWLINE)
    np.testing.assert_array_equal(row.head[-1 - len(title) : -1], title)
    assert len(row.tokens.rows) == len(cut([piece.text], bundled_encoder())[0])
