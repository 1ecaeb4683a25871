"""A unit that is stated above a table is told in each of its rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.table_units import unit_in, with_units


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("（单位：千克）", "千克"),
        ("表3 各区用电量（单位：万千瓦时）", "万千瓦时"),
        ("计量单位:吨", "吨"),
        ("单位：万元、%", "万元、%"),
        ("单位：人民币亿元", "人民币亿元"),
        ("Unit: km", "km"),
        ("Table 2. Revenue (in millions of euros)", "millions of euros"),
        ("主办单位：红旗机械厂", None),
        ("单位：城东小学", None),
        ("承办单位：万里公司", None),
        ("各单位：请按时上报。", None),
        ("收入和支出", None),
    ],
)
def test_a_unit_is_told_from_an_organisation(line: str, unit: str | None) -> None:
    assert unit_in(line) == unit


def test_rows_take_over_the_unit_of_the_line_above() -> None:
    lines = [
        "支出表",
        "单位：吨",
        "",
        "年份: 2020, 煤: 3",
        "年份: 2021, 煤: 4",
        "",
        "其他",
        "年份: 1",
    ]
    rows = [line.startswith("年份") for line in lines]
    assert with_units(lines, rows) == [
        "支出表",
        "单位：吨",
        "",
        "年份: 2020, 煤: 3, 单位: 吨",
        "年份: 2021, 煤: 4, 单位: 吨",
        "",
        "其他",
        "年份: 1",
    ]


@given(st.lists(st.tuples(st.sampled_from(["单位：元", "甲: 1", "", "正文。"]), st.booleans())))
def test_only_rows_are_changed_and_only_at_their_end(lines: list[tuple[str, bool]]) -> None:
    texts, rows = [text for text, _ in lines], [row for _, row in lines]
    for text, row, told in zip(texts, rows, with_units(texts, rows), strict=True):
        assert told.startswith(text)
        assert row or told == text
