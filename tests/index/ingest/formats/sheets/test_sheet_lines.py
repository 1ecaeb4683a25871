"""Each row of a sheet is told with all that it stands under, however its sheet is laid out."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.formats.draft import Draft, article_of_draft
from index.ingest.formats.sheets.sheet_lines import Range, sheet_lines


def told(
    rows: Sequence[Sequence[str]], merged: Sequence[Range] = (), *, headed: bool = False
) -> list[str]:
    return [line.text for line in sheet_lines(rows, merged, headed=headed)]


@pytest.mark.parametrize(
    ("rows", "merged", "lines"),
    [
        (
            ["堰|春季||秋季||备注", "|进水|出水|进水|出水|", "东堰|3|4|5|6|新", "西堰|7|8|9|1|"],
            [],
            [
                "堰: 东堰, 春季 进水: 3, 春季 出水: 4, 秋季 进水: 5, 秋季 出水: 6, 备注: 新",
                "堰: 西堰, 春季 进水: 7, 春季 出水: 8, 秋季 进水: 9, 秋季 出水: 1",
            ],
        ),
        (
            ["||上半年|", "岸|堰|进水|出水", "东岸|甲堰|3|4", "|乙堰|5|6", "合计||8|10"],
            [(0, 2, 0, 3)],
            [
                "岸: 东岸, 堰: 甲堰, 上半年 进水: 3, 上半年 出水: 4",
                "岸: 东岸, 堰: 乙堰, 上半年 进水: 5, 上半年 出水: 6",
                "岸: 合计, 上半年 进水: 8, 上半年 出水: 10",
            ],
        ),
        (
            ["堰|全年|||", "|春||秋|", "|进水|出水|进水|出水", "东堰|1|2|3|4", "西堰|5|6|7|8"],
            [(0, 0, 2, 0), (0, 1, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4)],
            [
                "堰: 东堰, 全年 春 进水: 1, 全年 春 出水: 2, 全年 秋 进水: 3, 全年 秋 出水: 4",
                "堰: 西堰, 全年 春 进水: 5, 全年 春 出水: 6, 全年 秋 进水: 7, 全年 秋 出水: 8",
            ],
        ),
        (
            ["堰|流量|水位", "|m³/s|m", "东堰|3.5|12.1", "西堰|3.7|12.4"],
            [],
            ["堰: 东堰, 流量 m³/s: 3.5, 水位 m: 12.1", "堰: 西堰, 流量 m³/s: 3.7, 水位 m: 12.4"],
        ),
        (
            ["东渠水情", "编制单位：水文站||日期：5月6日", "堰|流量|水位", "东堰|3.5|12.1",
             "西堰|3.7|12.4", "制表：林小满||审核：陶然"],
            [],
            [
                "东渠水情", "编制单位：水文站 | 日期：5月6日", "堰: 东堰, 流量: 3.5, 水位: 12.1",
                "堰: 西堰, 流量: 3.7, 水位: 12.4", "制表：林小满 | 审核：陶然",
            ],
        ),
        (
            ["东渠水情", "科室|水情科||经办|林小满", "堰|流量|水位|雨量|备注", "东堰|3.5|12.1|4|新",
             "西堰|3.7|12.4|2|"],
            [],
            [
                "东渠水情", "科室: 水情科, 经办: 林小满",
                "堰: 东堰, 流量: 3.5, 水位: 12.1, 雨量: 4, 备注: 新",
                "堰: 西堰, 流量: 3.7, 水位: 12.4, 雨量: 2",
            ],
        ),
        (
            ["渠系收支表|||||", "收入（单位：元）|||支出（单位：元）||",
             "项目|金额||用途|经手|金额", "水费|300||岁修|陶然|120", "租金|50||电费|陶然|80",
             "合计|350||||", "|||合计||200"],
            [(0, 0, 0, 5)],
            [
                "渠系收支表", "",
                "收入（单位：元）, 项目: 水费, 金额: 300", "收入（单位：元）, 项目: 租金, 金额: 50",
                "收入（单位：元）, 项目: 合计, 金额: 350", "",
                "支出（单位：元）, 用途: 岁修, 经手: 陶然, 金额: 120",
                "支出（单位：元）, 用途: 电费, 经手: 陶然, 金额: 80", "", "用途: 合计, 金额: 200",
            ],
        ),
        (
            ["存|期末|期初|欠|期末|期初", "现金|3|4|借款|1|2", "木料|5|6|货款|2|3"],
            [],
            [
                "存: 现金, 期末: 3, 期初: 4", "存: 木料, 期末: 5, 期初: 6", "",
                "欠: 借款, 期末: 1, 期初: 2", "欠: 货款, 期末: 2, 期初: 3",
            ],
        ),
        (
            ["姓名|科室||电话|分机", "林小满|水情科||5550101|3", "陶然|工务科||5550102|4"],
            [],
            [
                "姓名: 林小满, 科室: 水情科, 电话: 5550101, 分机: 3",
                "姓名: 陶然, 科室: 工务科, 电话: 5550102, 分机: 4",
            ],
        ),
        (
            ["一、进库", "料|数量|单价", "石料|3|4.5", "木料|5|6.5", "二、出库", "料|领用人|数量",
             "石料|林小满|1", "木料|陶然|2"],
            [],
            [
                "一、进库", "料: 石料, 数量: 3, 单价: 4.5", "料: 木料, 数量: 5, 单价: 6.5", "",
                "二、出库", "料: 石料, 领用人: 林小满, 数量: 1", "料: 木料, 领用人: 陶然, 数量: 2",
            ],
        ),
        (
            ["料|数量|单价", "石料|3|4.5", "木料|5|6.5", "厂|电话|等级", "北厂|5550101|甲"],
            [],
            [
                "料: 石料, 数量: 3, 单价: 4.5", "料: 木料, 数量: 5, 单价: 6.5", "",
                "厂: 北厂, 电话: 5550101, 等级: 甲",
            ],
        ),
        (
            ["编号|设备|台数", "一、泵房||", "1|水泵|3", "2|阀门|6", "二、闸房||", "3|绞车|2"],
            [],
            [
                "一、泵房, 编号: 1, 设备: 水泵, 台数: 3", "一、泵房, 编号: 2, 设备: 阀门, 台数: 6",
                "二、闸房, 编号: 3, 设备: 绞车, 台数: 2",
            ],
        ),
        (
            ["岸|堰|人数", "东岸||", "|甲堰|3", "|乙堰|4", "西岸||", "|丙堰|5"],
            [],
            ["东岸, 堰: 甲堰, 人数: 3", "东岸, 堰: 乙堰, 人数: 4", "西岸, 堰: 丙堰, 人数: 5"],
        ),
        (
            ["料|数量|单价", "石料|3|4.5", "木料|5|6.5", "||", "铁件|7|8.5", "合计|15|", "||",
             "结余|12|"],
            [],
            [
                "料: 石料, 数量: 3, 单价: 4.5", "料: 木料, 数量: 5, 单价: 6.5", "",
                "料: 铁件, 数量: 7, 单价: 8.5", "料: 合计, 数量: 15", "", "结余: 12",
            ],
        ),
        (
            ["料|上半年|", "|进|出", "石料|3|4", "料|上半年|", "|进|出", "木料|5|6"],
            [(0, 0, 1, 0), (0, 1, 0, 2), (3, 0, 4, 0), (3, 1, 3, 2)],
            ["料: 石料, 上半年 进: 3, 上半年 出: 4", "料: 木料, 上半年 进: 5, 上半年 出: 6"],
        ),
        (
            ["时段|堰|早|晚", "汛期|东堰|全开|", "枯期|东堰|半开|关"],
            [(1, 2, 1, 3)],
            ["时段: 汛期, 堰: 东堰, 早: 全开, 晚: 全开", "时段: 枯期, 堰: 东堰, 早: 半开, 晚: 关"],
        ),
    ],
    ids=[
        "groups that nothing merges", "labels of groups", "three rows of names", "units",
        "things said above and below", "pairs above", "side by side", "two lists in turn",
        "a blank column", "tables below each other", "no row between", "bands", "indented bands",
        "blank rows", "names again", "a wide value",
    ],
)  # fmt: skip
def test_a_row_is_complete_by_itself(
    rows: list[str], merged: list[Range], lines: list[str]
) -> None:
    assert told([row.split("|") for row in rows], merged) == lines


class Sheet(NamedTuple):
    """A sheet with the labels of each of its figures."""

    rows: list[list[str]]
    merged: list[Range]
    labels: dict[str, set[str]]


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Draw a sheet of figures below names of groups and of columns, beside labels of groups."""
    widths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    heights = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    merges, titled = draw(st.booleans()), draw(st.booleans())
    grouped = max(widths) > 1
    top = [["某渠历年水情"]] if titled else []
    if titled and draw(st.booleans()):
        top.append(["编制单位：某站", "", "日期：五月"])
    first, second = ["岸", "堰"], ["", ""]
    merged = [(len(top), 0, len(top) + 1, 0), (len(top), 1, len(top) + 1, 1)] if grouped else []
    columns: list[set[str]] = []
    for group, width in enumerate(widths):
        start = len(first)
        first += [f"组{'甲乙丙'[group]}", *[""] * (width - 1)]
        names = [f"列{'甲乙丙'[group]}{'子丑寅'[at]}" if width > 1 else "" for at in range(width)]
        second += names
        columns += [{first[start], name} - {""} for name in names]
        high = len(top) + (width == 1)
        if grouped and width * (high - len(top) + 1) > 1:
            merged.append((len(top), start, high, start + width - 1))
    rows = [*top, first, *([second] if grouped else [])]
    labels: dict[str, set[str]] = {}
    for group, height in enumerate(heights):
        if height > 1:
            merged.append((len(rows), 0, len(rows) + height - 1, 0))
        for at in range(height):
            side = {f"{'东西北'[group]}岸", f"{'东西北'[group]}{'一二三'[at]}堰"}
            figures = [str(100 + len(rows) * 10 + number) for number in range(len(columns))]
            labels |= {figure: side | names for figure, names in zip(figures, columns, strict=True)}
            rows.append(
                ["" if at else f"{'东西北'[group]}岸", f"{'东西北'[group]}{'一二三'[at]}堰"]
            )
            rows[-1] += figures
    return Sheet(rows, merged if merges else [], labels)


@given(sheets())
def test_any_figure_is_told_with_its_labels_and_no_other(sheet: Sheet) -> None:
    lines = told(sheet.rows, sheet.merged, headed=True)
    everything = set().union(*sheet.labels.values())
    columns = {name for name in everything if name[0] in "组列"}
    for figure, labels in sheet.labels.items():
        [line] = [line for line in lines if f": {figure}" in line]
        own = next(cell for cell in line.split(", ") if cell.endswith(f": {figure}"))
        assert {name for name in columns if name in own} == labels & columns
        assert {name for name in everything - columns if name in line} == labels - columns


words = st.sampled_from(["", "", "东堰", "流量", "3.5", "合计", "一、汛期", "单位：米", "2024年"])


@given(st.lists(st.lists(words, min_size=1, max_size=6), max_size=8), st.booleans())
def test_no_word_of_any_sheet_is_lost(rows: list[list[str]], headed: bool) -> None:
    numbered = [
        [
            f"{word}{'子丑寅卯辰巳午未'[row]}{'abcdef'[at]}" if word else ""
            for at, word in enumerate(line)
        ]
        for row, line in enumerate(rows)
    ]
    lines = tuple(sheet_lines(numbered, headed=headed))
    article = article_of_draft(Draft("a.xlsx", lines, classified=True))
    # The names of columns without values are in the article's tables alone.
    names = (cell.words(article.text) for table in article.tables for cell in table.cells)
    said = article.text + "".join(names)
    assert [cell for row in numbered for cell in row if cell not in said] == []
