"""Lines above and below a table are told from its rows."""

import pytest

from index.ingest.formats.sheets.sheet_heads import is_note, is_total, pairs_in, says_things
from index.ingest.formats.sheets.sheet_lines import Range, sheet_lines


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("注：水位为黄海高程。", True),
        ("注1. 汛期加测", True),
        ("备注: 另附", True),
        ("* 估计", True),
        ("1. 水位每日两测；", True),
        ("（2）流量每旬一测。", True),
        ("Note: estimated", True),
        ("Sources. The station", True),
        ("制表：林小满", True),
        ("每年清淤一次，由沿渠各村出工。", True),
        ("东堰", False),
        ("1. 东堰", False),
        ("注水井", False),
    ],
)
def test_a_note_is_told_from_a_name(cell: str, note: bool) -> None:
    assert is_note(cell) is note


@pytest.mark.parametrize(
    ("cell", "total"),
    [
        ("合计", True),
        ("总 计（元）", True),
        ("Total", True),
        ("grand total", True),
        ("东堰", False),
    ],
)
def test_a_row_of_sums_is_known_by_its_name(cell: str, total: bool) -> None:
    assert is_total(cell) is total


def test_a_row_whose_cells_have_names_says_things() -> None:
    assert says_things(["单位：万元", "", "日期: 5月6日"])
    assert not says_things(["单位：万元", "", "5月6日"])
    assert not says_things(["", ""])


@pytest.mark.parametrize(
    ("row", "pairs"),
    [
        ("部门||水情科", ("部门", "水情科")),
        ("编制：陶然||日期|5月6日", ("编制：", "陶然", "日期", "5月6日")),
        ("审核：|陶然", ("审核：", "陶然")),
        ("部门|水情科|日期", ()),
        ("12|水情科", ()),
        ("", ()),
    ],
)
def test_a_row_of_names_with_values_is_told_from_others(row: str, pairs: tuple[str, ...]) -> None:
    assert pairs_in(row.split("|")) == pairs


HEADED = ["堰|流量||备注", "|进|出|", "东堰|3|4|新", "西堰|5|6|旧"]
TOLD = [
    "堰: 东堰, 流量 进: 3, 流量 出: 4, 备注: 新",
    "堰: 西堰, 流量 进: 5, 流量 出: 6, 备注: 旧",
]


@pytest.mark.parametrize(
    ("rows", "merged", "lines"),
    [
        (["编制：陶然||日期|5月6日"], [], ["编制：陶然, 日期: 5月6日"]),
        (["编号|7|日期|5月6日"], [], ["编号: 7, 日期: 5月6日"]),
        (
            ["堰长|陶然||", "地点|上游三里||", "编号|7||"],
            [(0, 1, 0, 3), (1, 1, 1, 3), (2, 1, 2, 3)],
            ["堰长: 陶然", "地点: 上游三里", "编号: 7"],
        ),
        (["单位：方||2024年"], [], ["单位：方 | 2024年"]),
    ],
    ids=["one of them in a cell", "as many cells as names", "wide values", "a thing and a year"],
)
def test_names_with_values_above_a_header_of_two_rows(
    rows: list[str], merged: list[Range], lines: list[str]
) -> None:
    top = len(rows)
    head = [(top, 0, top + 1, 0), (top, 1, top, 2), (top, 3, top + 1, 3)]
    sheet = [[*row.split("|"), *[""] * 4][:4] for row in [*rows, *HEADED]]
    assert [line.text for line in sheet_lines(sheet, [*merged, *head], headed=False)] == [
        *lines,
        *TOLD,
    ]


@pytest.mark.parametrize(
    ("row", "merged", "line"),
    [
        ("大写|拾贰元整||", [(4, 1, 4, 3)], "大写: 拾贰元整"),
        ("大写|拾贰元整||", [], "大写: 拾贰元整"),
        ("制表：|陶然|审核：|林小满", [], "制表：陶然, 审核：林小满"),
    ],
)
def test_names_with_values_below_a_table(row: str, merged: list[Range], line: str) -> None:
    rows = ["料|斤|价|备注", "盐|3|2|粗", "油|1|6|新", "合计|4|8|", row]
    sheet = [cells.split("|") for cells in rows]
    lines = [line.text for line in sheet_lines(sheet, merged, headed=True)]
    assert lines[-2:] == ["料: 合计, 斤: 4, 价: 8", line]


def test_a_last_row_with_one_wide_value_is_of_the_table() -> None:
    rows = ["堰|早|晚|备注", "东堰|3|2|新", "西堰|4|6|旧", "中堰|停测||"]
    sheet = [cells.split("|") for cells in rows]
    lines = [line.text for line in sheet_lines(sheet, [(3, 1, 3, 3)], headed=True)]
    assert lines[-1] == "堰: 中堰, 早: 停测, 晚: 停测, 备注: 停测"
    lines = [line.text for line in sheet_lines(sheet, headed=True)]
    assert lines[-1] == "堰: 中堰, 早: 停测"
