"""A list across several sentences is found whole, with its items in order."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from qa.entities.lists import ITEM_AT_MOST, chain_at, series_at
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
HAN = "一二三四五六七八九十"
ORDINALS = "First Second Third Fourth Fifth Sixth".split()
DEEDS = st.tuples(
    st.sampled_from(["修复", "扩建", "免费开放", "重新测量", "清点", "补种"]),
    st.sampled_from(["城北的古桥", "两岸的防护林", "县图书馆", "老城墙", "河口湿地", "山区小学"]),
    st.sampled_from(["", "，工期半年", "，不再收费", "，由志愿者负责"]),
).map("".join)
DEEDS_EN = st.tuples(
    st.sampled_from(["the council repairs", "volunteers count", "schools reopen", "we map"]),
    st.sampled_from(["the old mill", "every lighthouse", "the northern trail", "wild orchids"]),
    st.sampled_from(["", "for the visitors", "and pays for it"]),
).map(lambda words: " ".join(words).strip())
Style = Callable[[int, str], str]
STYLES: dict[str, Style] = {
    "一是": lambda at, item: f"{HAN[at]}是{item}。",
    "一是；": lambda at, item: f"{HAN[at]}是{item}；",
    "一要": lambda at, item: f"{HAN[at]}要{item}；",
    "第一步，": lambda at, item: f"第{HAN[at]}步，{item}。",
    "1.；": lambda at, item: f"{at + 1}.{item}；",
    "一、；": lambda at, item: f"{HAN[at]}、{item}；",
    "；": lambda at, item: f"{'；' * (at > 0)}{item}",
    "第一，": lambda at, item: f"第{HAN[at]}，{item}。",
    "其一": lambda at, item: f"其{HAN[at]}，{item}。",
    "（一）": lambda at, item: f"（{HAN[at]}）{item}。",
    "（1）": lambda at, item: f"（{at + 1}）{item}；",
    "(1)": lambda at, item: f"({at + 1}) {item}\n",
    "1.": lambda at, item: f"\n{at + 1}. {item}。",
    "一、": lambda at, item: f"\n{HAN[at]}、{item}。",
    "①": lambda at, item: f"{chr(ord('①') + at)}{item}；",
    "- ": lambda _, item: f"\n- {item}",
    "• ": lambda _, item: f"\n• {item}。",
}
STYLES_EN: dict[str, Style] = {
    "First,": lambda at, item: f" {ORDINALS[at]}, {item}.",
    "(1)": lambda at, item: f" ({at + 1}) {item};",
    "1.": lambda at, item: f"\n{at + 1}. {item}.",
    "* ": lambda _, item: f"\n* {item}",
}


def check(text: str, lead: str, items: list[str]) -> None:
    """Check that the list is found from its lead and from each of its items."""
    starts = [text.index(lead), *(text.index(item) for item in items)]
    [series] = {series_at(text, Span(start, start + 1)) for start in starts}
    assert series is not None
    assert len(series.items) == len(items)
    assert series.lead is not None
    ordered = [series.lead, *series.items]
    assert all(0 <= part.start < part.end <= len(text) for part in ordered)
    assert all(a.end <= b.start for a, b in pairwise(ordered))
    assert all(item in part.of(text) for item, part in zip(items, series.items, strict=True))
    assert lead in series.lead.of(text)


@FEW
@given(st.lists(DEEDS, min_size=2, max_size=6, unique=True), st.sampled_from(sorted(STYLES)))
def test_a_chinese_list_of_any_style_is_found_whole(items: list[str], style: str) -> None:
    body = "".join(STYLES[style](at, item) for at, item in enumerate(items))
    check(f"去年入冬早。县里今年要办几件实事：{body}", "县里今年要办几件实事", items)


@FEW
@given(st.lists(DEEDS_EN, min_size=2, max_size=6, unique=True), st.sampled_from(sorted(STYLES_EN)))
def test_an_english_list_of_any_style_is_found_whole(items: list[str], style: str) -> None:
    body = "".join(STYLES_EN[style](at, item) for at, item in enumerate(items))
    check(f"Winter came early. The plan has several parts.{body}", "The plan has several", items)


@FEW
@given(st.lists(DEEDS, min_size=3, max_size=5, unique=True))
def test_steps_are_a_list_from_the_first_to_the_last(items: list[str]) -> None:
    words = ["首先", *["其次", "然后", "此外"][: len(items) - 2], "最后"]
    body = "".join(f"{word}{item}。" for word, item in zip(words, items, strict=True))
    check(f"整修分几步。{body}", "整修分几步", items)


@FEW
@given(st.lists(DEEDS | DEEDS_EN, max_size=6), st.integers(0, 200), st.integers(1, 20))
def test_a_text_without_marks_has_no_list(parts: list[str], start: int, length: int) -> None:
    assert series_at("。".join(parts), Span(start, start + length)) is None


@FEW
@given(TEXTS | st.text("一二三是第，。（）12.①② 首先最后\n-*甲", max_size=60), st.data())
def test_the_items_of_any_list_lie_in_the_text_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    series = series_at(text, Span(start, start + 1))
    if series is not None:
        assert len(series.items) > 1
        assert all(0 <= item.start < item.end <= len(text) for item in series.items)
        assert all(a.end <= b.start for a, b in pairwise(series.items))
        assert all(item.end - item.start <= ITEM_AT_MOST for item in series.items)
        assert series.has(Span(start, start + 1))


def series_of(text: str, part: str) -> tuple[str | None, list[str]] | None:
    """Return lead and items of the list at a part of a text."""
    start = text.index(part)
    series = series_at(text, Span(start, start + len(part)))
    if series is None:
        return None
    return series.lead.of(text) if series.lead else None, [item.of(text) for item in series.items]


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        (
            "茶馆有三忌：一是水老，二是杯冷，三是人多。次日照旧。",
            "杯冷",
            ("茶馆有三忌：", ["一是水老，", "二是杯冷，", "三是人多。"]),
        ),
        (
            "茶馆备有：龙井；毛尖；普洱。次日照旧。",
            "毛尖",
            ("茶馆备有：", ["龙井；", "毛尖；", "普洱。"]),
        ),
        ("一是水老。二是杯冷。", "水老", (None, ["一是水老。", "二是杯冷。"])),
        ("茶馆有三忌：一是水老，二是杯冷。次日照旧。", "次日", None),
        ("这是第二，不是第三，也没有第一名。", "第二", None),
        (
            "Two rules.\n1. Walk.\n2. Do not run.\nThe pool closes at 9.",
            "run",
            ("Two rules.", ["1. Walk.", "2. Do not run."]),
        ),
    ],
)
def test_worked_cases(text: str, part: str, expected: tuple[str | None, list[str]] | None) -> None:
    assert series_of(text, part) == expected


def test_of_two_readings_the_longer_wins() -> None:
    text = "Firstly, we walk. Secondly, we run. Finally, we rest."
    at = text.index("we run")
    series = series_at(text, Span(at, at + 6))
    assert series is not None
    assert len(series.items) == 3


@pytest.mark.parametrize(
    ("part", "items"),
    [("毛尖", ["茶馆备有龙井；", "也备毛尖；", "还有普洱。"]), ("次日", None)],
)
def test_clauses_that_semicolons_join_are_a_chain(part: str, items: list[str] | None) -> None:
    text = "茶馆备有龙井；也备毛尖；还有普洱。次日照旧。"
    at = text.index(part)
    chain = chain_at(text, Span(at, at + len(part)))
    assert ([item.of(text) for item in chain.items] if chain else None) == items
