"""Rows of tables are read from an article's text, each cell with its name and exact range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.grid import Grid
from index.ingest.structure.tables import grid_rows
from qa.structure.table_rows import tables_in
from tests.support.small_index import TEXTS

WORDS = st.sampled_from(["甲区", "水稻", "1,200", "3.5吨", "张三", "8:30", "B-12", "未定"])


def read(text: str) -> list[list[list[tuple[str, str]]]]:
    return [
        [[(cell.name, cell.text) for cell in row.cells] for row in table.rows]
        for table in tables_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        (
            "作物: 水稻, 产量: 1,200吨\n作物: 小麦, 产量: 900吨",
            [[[("作物", "水稻"), ("产量", "1,200吨")], [("作物", "小麦"), ("产量", "900吨")]]],
        ),
        (
            "收入, 本期: 1, 上期: 2\n支出, 本期: 3",
            [[[("", "收入"), ("本期", "1"), ("上期", "2")], [("", "支出"), ("本期", "3")]]],
        ),
        (
            "重量: 3千克\n长度: 2米",
            [[[("重量", "3千克")]], [[("长度", "2米")]]],
        ),
        (
            "| 站 | 首班 |\n|---|:-:|\n| 东站 | 6:00 |\n| 西站 | 6:10 |",
            [[[("站", "东站"), ("首班", "6:00")], [("站", "西站"), ("首班", "6:10")]]],
        ),
        (
            "站名\t首班\t末班\n东站\t6:00\t22:00",
            [[[("站名", "东站"), ("首班", "6:00"), ("末班", "22:00")]]],
        ),
        ("馆长 | 何平", [[[("馆长", "何平")]]]),
        (
            "联系人：何平，电话：0998-123",
            [[[("联系人", "何平"), ("电话", "0998-123")]]],
        ),
        ("- 地址：南街3号", [[[("地址", "南街3号")]]]),
        ("会议在南街召开，持续三天。", []),
        ("他说：今天不去。明天再去。", []),
        ("网址：https://a.test/b", [[[("网址", "https://a.test/b")]]]),
        ("", []),
    ],
)
def test_a_row_is_told_from_other_lines(
    text: str, tables: list[list[list[tuple[str, str]]]]
) -> None:
    assert read(text) == tables


def test_the_unit_of_a_row_is_no_cell_but_an_organisation_is_one() -> None:
    [units, others] = tables_in("煤: 3, 电: 4, 单位: 吨\n\n姓名: 何平, 单位: 林业局")
    assert (len(units.rows[0].cells), units.rows[0].unit) == (2, "吨")
    assert (len(others.rows[0].cells), others.rows[0].unit) == (2, None)


def test_the_lines_above_a_table_introduce_it() -> None:
    [table] = tables_in("年报\n\n各县产量\n县: 东县, 产量: 3吨\n县: 西县, 产量: 4吨")
    assert table.above == "年报\n各县产量"
    assert table.header == "县 产量"


@given(
    st.lists(
        st.sampled_from(["作物", "县名", "产量", "备注"]), min_size=2, max_size=4, unique=True
    ),
    st.lists(st.lists(WORDS, min_size=4, max_size=4), min_size=1, max_size=4),
)
def test_what_ingestion_writes_is_read_back(header: list[str], rows: list[list[str]]) -> None:
    grid = Grid((tuple(header), *(tuple(row[: len(header)]) for row in rows)), named=True)
    [table] = tables_in("\n".join(grid_rows(grid)))
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told == [list(row) for row in grid.rows[1:]]
    assert all([cell.name for cell in row.cells] == header for row in table.rows)


@given(st.lists(TEXTS | st.sampled_from(["a: 1, b: 2", "|x|y|", "甲：乙", "a\tb"])).map("\n".join))
def test_every_cell_is_the_text_at_its_range(text: str) -> None:
    for table in tables_in(text):
        for row in table.rows:
            assert "\n" not in row.span.of(text)
            assert all(row.span.contains(cell.span) for cell in row.cells)
            assert all(cell.span.of(text) == cell.text for cell in row.cells)


def test_a_time_of_day_or_a_ratio_is_no_name_with_its_value() -> None:
    assert not tables_in("周一至周五9:00—17:30开放，周日10:00—15:00开放。")
    assert not tables_in("水泥与沙子之比为1:4。")
