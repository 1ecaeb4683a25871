"""A written number is matched whole and has the value that its writer meant."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.entities.written_numbers import RANGED, WRITTEN, number_range
from tests.index.text.test_numbers import in_han
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
NUMBERS = st.integers(1, 10**10)
NUMBER = re.compile(WRITTEN)


def value(form: str) -> list[int]:
    """Return the values of a form, lowest first; none if it is vague."""
    return [int(bound) for bound in number_range(form) or ()]


def compound(number: int) -> str:
    """Write a number in digits with its scales: 5亿6000万. A lone digit after 万 is thousands."""
    if number % 10**4 < 10:
        return str(number)
    parts = []
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        share, number = divmod(number, scale)
        if share:
            parts.append(f"{share}{name}")
    return "".join(parts)


@FEW
@given(NUMBERS)
def test_all_forms_of_a_number_are_matched_whole_and_have_its_value(number: int) -> None:
    for form in (str(number), f"{number:,}", in_han(number), compound(number)):
        match = NUMBER.fullmatch(form)
        assert match is not None, form
        assert value(form) == [number, number], form


@FEW
@given(TEXTS)
def test_no_text_is_too_odd_to_read(text: str) -> None:
    for match in re.finditer(RANGED, text):
        number_range(match.group())


@FEW
@given(st.integers(1, 40), st.integers(41, 90), st.sampled_from(["—", "-", "～", "至", "到"]))
def test_the_numbers_of_a_range_share_their_scale(low: int, high: int, sign: str) -> None:
    assert value(f"{low}{sign}{high}万") == [low * 10**4, high * 10**4]
    assert value(f"{low}{sign}{high}") == [low, high]


@pytest.mark.parametrize(
    ("text", "matched", "low", "high"),
    [
        ("共四千五百多棵", "四千五百多", 4500, 4500),
        ("来了70余万人次", "70余万", 700_000, 700_000),
        ("近三百来人", "三百来", 300, 300),
        ("种了八九万株", "八九万", 80_000, 90_000),
        ("二十六七岁", "二十六七", 26, 27),
        ("装机12千瓦", "12", 12, 12),
        ("走了五千米", "五千", 5000, 5000),
        ("线路为五百千伏", "五百", 500, 500),
        ("花了4万6", "4万6", 46_000, 46_000),
        ("收了7亿2023年又收", "7亿", 7 * 10**8, 7 * 10**8),
        ("5000—1万元", "5000—1万", 5000, 10_000),
    ],
)
def test_a_number_ends_where_its_unit_begins(text: str, matched: str, low: int, high: int) -> None:
    match = re.search(RANGED, text)
    assert match is not None
    assert match.group() == matched
    assert value(matched) == [low, high]


@pytest.mark.parametrize("vague", ["几十", "数百", "上百", "十几", "abc", ""])
def test_a_vague_number_has_no_value(vague: str) -> None:
    assert number_range(vague) is None


def test_a_value_is_exact() -> None:
    assert number_range("1.6亿") == (Decimal(160_000_000), Decimal(160_000_000))
