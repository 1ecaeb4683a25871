"""The language of a question, and the fixed sentences in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText
from qa.language import NOT_ANSWERED, Language, is_han, language_of


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_a_text_without_han_is_english(text: str) -> None:
    assert language_of(FoldedText.of(text)) is Language.ENGLISH


@given(st.text())
def test_any_text_has_a_language_with_a_sentence(text: str) -> None:
    assert NOT_ANSWERED[language_of(FoldedText.of(text))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("韩国投入多少?", "zh"),
        ("韓國投入多少?", "zh-Hant"),
        ("NIST是什么", "zh"),
        ("ＮＩＳＴ投資？", "zh-Hant"),
        ("How much?", "en"),
        ("", "en"),
        ("100%", "en"),
    ],
)
def test_worked_cases(text: str, language: str) -> None:
    assert language_of(FoldedText.of(text)) == language


def test_a_thousands_separator_does_not_make_a_question_traditional() -> None:
    assert language_of(FoldedText.of("投资1,000万元的是谁?")) is Language.SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "han"),
    [
        ("新加坡提出计划", True),
        ("NIST投资", True),
        ("the city of 北京 in 2016", False),
        ("abc", False),
    ],
)
def test_a_text_is_han_by_a_fifth_of_it(text: str, han: bool) -> None:
    assert is_han(text) is han
