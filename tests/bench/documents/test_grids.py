"""Tables are seen in every way in which readers write them."""

import pytest

from bench.documents.grids import grids_of

ROWS = [["品名", "数量"], ["螺栓|M8", "40"]]


@pytest.mark.parametrize(
    "text",
    [
        "| 品名 | 数量 |\n|---|---:|\n| 螺栓\\|M8 | **40** |",
        "品名 | 数量\n--- | ---\n螺栓\\|M8 | 40",
        "品名\t数量\r\n螺栓|M8\t40",
        "<table><tr><th>品名<th>数量<tr><td>螺栓|M8<td><b>40</b></table>",
    ],
)
def test_a_table_is_read_from_bars_tabs_and_tags(text: str) -> None:
    assert ROWS in [grid.rows for grid in grids_of(f"前文。\n\n{text}\n\n后文。")]


def test_commas_separate_cells_and_quotes_hold_lines_together() -> None:
    (grid,) = grids_of('编号,名称,备注\n1,水泵,"漏水\n待修"\n2,风机,\n')
    assert grid.rows[1] == ["1", "水泵", "漏水\n待修"]
    assert grid.rows[2] == ["2", "风机", ""]


def test_wide_gaps_separate_cells_of_rows_that_may_differ_in_width() -> None:
    (grid,) = grids_of("项目  单价  数量\n合计  40")
    assert grid.rows == [["项目", "单价", "数量"], ["合计", "40", ""]]
    assert grid.widths == [3, 2]


def test_merged_cells_stand_wherever_they_span_and_inner_tables_are_tables_too() -> None:
    inner = "<table><tr><td>甲<td>乙</table>"
    grids = grids_of(
        f"<table><tr><td rowspan=2>类<td colspan=2>收入</tr><tr><td>一月<td>{inner}</tr></table>"
    )
    assert [grid.rows for grid in grids] == [
        [["类", "收入", "收入"], ["类", "一月", "甲 乙"]],
        [["甲", "乙"]],
    ]


def test_text_without_tables_has_none() -> None:
    assert list(grids_of("第一段，有一个逗号。\n第二段 | 只有一行\n\n第三段。")) == []
