"""Tokens hold every visible character of a text, in order."""

from hypothesis import given
from hypothesis import strategies as st

from qa.reader.tokens import MARKS, MASK, SPECIAL, cut, special
from tests.support.small_index import TEXTS, bundled_encoder


@given(st.lists(TEXTS, max_size=3))
def test_every_visible_character_is_in_a_token(texts: list[str]) -> None:
    for text, tokens in zip(texts, cut(texts, bundled_encoder()), strict=True):
        held = [char for start, end in zip(tokens.starts, tokens.ends, strict=True)
                for char in range(start, end)]  # fmt: skip
        assert held == sorted(held)
        assert {at for at, char in enumerate(text) if not char.isspace()} <= set(held)


def test_words_have_rows_of_the_table_and_marks_rows_of_their_own() -> None:
    text = "投资了1.6亿，好。"
    [tokens] = cut([text], bundled_encoder())
    parts = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(parts) == text
    rows = dict(zip(parts, tokens.rows.tolist(), strict=True))
    assert {part for part, row in rows.items() if row < 0} == {".", "，", "。"}
    assert rows["."] == special(MARKS.index("."))
    assert rows["，"] == special(MARKS.index(","))  # its plain form


def test_a_mark_without_a_row_is_unknown() -> None:
    [tokens] = cut(["好☃"], bundled_encoder())
    assert tokens.rows[-1] == special(MASK)
    assert len(set(MARKS)) == len(MARKS) == SPECIAL - 5
