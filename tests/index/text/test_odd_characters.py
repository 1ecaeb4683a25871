"""Radicals, invisible and raised characters, for matching and in texts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import FoldedText, fold, simplify
from index.text.odd_characters import with_characters, with_plain_marks, without_idle_marks


def _is_named(char: str) -> bool:
    return unicodedata.category(char) != "Cn"


@given(st.text(st.characters(min_codepoint=0x2E80, max_codepoint=0x2FDF), max_size=30))
def test_a_radical_becomes_one_character_and_stays_in_its_place(text: str) -> None:
    plain = with_characters(text)
    assert len(plain) == len(text) == len(simplify(text))
    for radical, char in zip(text, plain, strict=True):
        if radical.isprintable() and _is_named(radical) and radical != "⺀":
            assert unicodedata.name(char).startswith("CJK UNIFIED IDEOGRAPH")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("⻔⼾⼤桥", "门户大桥"),
        ("⻢⻅⻛⻰", "马见风龙"),
        ("⿐⾳⽩⽔", "鼻音白水"),
        ("⻄⻘海", "西青海"),
    ],
)
def test_radicals_meet_their_characters(written: str, plain: str) -> None:
    assert fold(written) == simplify(written) == fold(plain)
    assert FoldedText.of(written).lowered == plain


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("10⁶立方米", "10^6立方米"),
        ("61⁴处", "61^4处"),
        ("10⁻³", "10^-3"),
        ("９²", "9^2"),
        ("9km²", "9km2"),
        ("H₂O", "h2o"),
        ("1010₂", "1010_2"),
        ("桥\u00ad梁\u200b养\u2060护\ufeff", "桥梁养护"),
        ("38\u200b万元", "38万元"),
    ],
)
def test_what_is_folded(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


@given(st.text(max_size=60))
def test_marks_without_meaning_go_and_all_else_stays(text: str) -> None:
    kept = without_idle_marks(text)
    assert without_idle_marks(kept) == kept
    assert with_plain_marks(kept) == with_plain_marks(text)
    assert [char for char in text if char.isalnum()] == [char for char in kept if char.isalnum()]


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: the joiner shapes the letters
        "क\u094d\u200dष",
        "👩\u200d🔬",
        "ภาษา\u200bไทย",  # Thai: where a word ends
        "\u200fשלום\u200f (1)",
    ],
)
def test_marks_with_a_meaning_stay(text: str) -> None:
    assert without_idle_marks(text) == text


def test_marks_of_direction_carry_nothing_in_chinese() -> None:
    assert without_idle_marks("\u200e桥\u202a梁\u202c") == "桥梁"
