"""Widths count Han characters, and ranges cover what their names say."""

import re
import unicodedata

import pytest

from index.text import scripts
from index.text.scripts import width


def test_a_han_character_is_one_wide_and_a_latin_letter_a_half() -> None:
    assert [width("中文"), width("ab"), width("中a"), width("")] == [2.0, 1.0, 1.5, 0.0]


def test_rare_han_is_one_wide_and_cyrillic_a_half() -> None:
    assert [width("𠮷"), width("я")] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("characters", "inside", "outside"),
    [
        (scripts.HAN, "一中㐀𠮷", "、あA0"),
        (scripts.HAN_BASIC_PLANE, "一中㐀", "𠮷、あA0"),
        (scripts.HAN_UNIFIED, "一中龥", "㐀𠮷、あA0"),
        (scripts.WIDE, "一中㐀𠮷、あア，（Ａ０", "A0é“”·"),
        (scripts.LATIN_ACCENTED, "éüǎō", "a0中"),
        (scripts.LATIN_FOLDED, "az09éǎ", "AZ中-"),
    ],
)
def test_a_range_has_these_characters_and_not_those(
    characters: str, inside: str, outside: str
) -> None:
    assert re.fullmatch(f"[{characters}]+", inside)
    assert re.fullmatch(f"[^{characters}]+", outside)


def test_every_han_range_has_han_characters() -> None:
    for code in (0x3400, 0x4E00, 0x9FFF, 0x20000):
        assert unicodedata.name(chr(code)).startswith("CJK UNIFIED IDEOGRAPH")
