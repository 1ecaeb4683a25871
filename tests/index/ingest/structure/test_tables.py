"""Tables without a marked header are read by the kinds of their cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.grid import Grid
from index.ingest.structure.tables import grid_rows
from index.text.sentences import sentences


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([("年份", "金额"), ("2016", "100万元")], ["年份: 2016, 金额: 100万元"]),
        (
            [("指标", "2015年", "2016年"), ("收入", "1", "2"), ("支出", "3", "4")],
            ["指标: 收入, 2015年: 1, 2016年: 2", "指标: 支出, 2015年: 3, 2016年: 4"],
        ),
        (
            [("", "本期", "上期"), ("收入", "1", "2"), ("支出", "3", "4")],
            ["收入, 本期: 1, 上期: 2", "支出, 本期: 3, 上期: 4"],
        ),
        ([("姓名", "张三"), ("年龄", "30")], ["姓名: 张三", "年龄: 30"]),
        ([("姓名", "住址"), ("张三", "甲市")], ["姓名 | 住址", "张三 | 甲市"]),
        ([("2016", "1"), ("2017", "2")], ["2016 | 1", "2017 | 2"]),
        ([("甲", "甲"), ("1", "2")], ["甲 | 甲", "1 | 2"]),
        ([], []),
    ],
)
def test_a_first_row_names_the_columns_where_values_stand_below_words(
    rows: list[tuple[str, ...]], lines: list[str]
) -> None:
    assert grid_rows(Grid(tuple(rows))) == lines


def test_a_header_that_is_known_needs_no_values() -> None:
    rows = (("姓名", "住址"), ("张三", "甲市"))
    assert grid_rows(Grid(rows, named=True)) == ["姓名: 张三, 住址: 甲市"]


@given(
    header=st.lists(st.sampled_from(["年份", "金额", "Name", "占比"]), min_size=2, max_size=4),
    cells=st.lists(
        st.sampled_from(["2016", "1.6亿元", "甲市", "5%", "Mr. A"]), min_size=2, max_size=4
    ),
)
def test_a_row_is_one_sentence_so_that_it_is_cited_whole(
    header: list[str], cells: list[str]
) -> None:
    [row] = grid_rows(Grid((tuple(header), tuple(cells)), named=True))
    assert [span.of(row) for span in sentences(row)] == [row]
