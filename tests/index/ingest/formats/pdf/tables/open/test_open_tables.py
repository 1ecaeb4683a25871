"""Every cell of a table without drawn cells is read with the names of its row and its column."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import colors

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import LEFT, TOP, pdf, styled_table, write, write_lines
from tests.support.tables.tilings import check_tables

NAMES = [
    "产量",
    "合格率",
    "库存",
    "单价",
    "损耗",
    "工时",
    "能耗",
    "面积",
    "湿度",
    "温度",
    "层数",
    "件数",
]
GROUPS = ["上半年", "下半年", "东厂区", "西厂区"]
ROWS = ["螺栓", "弹簧", "垫片", "卡环", "轴承", "齿轮", "阀门", "滤芯"]
WHOLE, HEAD, CENTRE = ((0, 0), (-1, -1)), ((0, 0), (-1, 0)), ("ALIGN", (1, 0), (-1, -1), "CENTER")


Style = Callable[["DrawnTable"], list[tuple[Any, ...]]]


class DrawnTable(NamedTuple):
    """The rows of a table as reportlab takes them, its spans, and the lines that tell it."""

    rows: list[list[str]]
    spans: list[tuple[Any, ...]]
    head: int
    lines: list[str]


@st.composite
def drawn_tables(draw: st.DrawFn) -> DrawnTable:
    """Draw a table with labels of several columns, and with blank squares."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    names = NAMES[: sum(sizes)]
    upper, spans = ["品种"], [("SPAN", (0, 0), (0, 1))]
    titles = ["品种"]
    for group, size in zip(GROUPS, sizes, strict=False):
        first = len(upper)
        if size == 1:
            upper.append(names[first - 1])
            titles.append(names[first - 1])
            spans.append(("SPAN", (first, 0), (first, 1)))
        else:
            upper += [group, *[""] * (size - 1)]
            titles += [f"{group} {name}" for name in names[first - 1 : first - 1 + size]]
            spans.append(("SPAN", (first, 0), (first + size - 1, 0)))
    wide = any(size > 1 for size in sizes)
    count = len(titles)
    lower = [
        "",
        *(name if " " in title else "" for name, title in zip(names, titles[1:], strict=False)),
    ]
    body = []
    for number, name in enumerate(ROWS[: draw(st.integers(4, 8))]):
        blank = draw(st.sampled_from([0, 0, 0, 1]))  # a first square is never blank, nor the last
        cells = [f"{number + 1}{column}.{draw(st.integers(0, 9))}" for column in range(1, count)]
        if blank and count > 3 and number % 3 == 1:
            cells[1] = ""
        body.append([name, *cells])
    lines = [
        ", ".join(f"{title}: {cell}" for title, cell in zip(titles, row, strict=True) if cell)
        for row in body
    ]
    if not wide:
        return DrawnTable([titles, *body], [], 1, lines)
    return DrawnTable([upper, lower, *body], spans, 2, lines)


def three_rules(table: DrawnTable) -> list[tuple[Any, ...]]:
    """Rules above and below the table and below its header, and below labels of several columns."""
    last = table.head - 1
    return [
        ("LINEABOVE", *HEAD, 1, colors.black),
        ("LINEBELOW", (0, last), (-1, last), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        *(
            ("LINEBELOW", start, end, 0.5, colors.black)
            for _, start, end in table.spans
            if end[0] > start[0]
        ),
    ]


def rule_per_row(table: DrawnTable) -> list[tuple[Any, ...]]:
    return [("LINEBELOW", (0, table.head - 1), (-1, -1), 0.5, colors.grey)]


def filled_header(table: DrawnTable) -> list[tuple[Any, ...]]:
    return [("BACKGROUND", (0, 0), (-1, table.head - 1), colors.lightgrey)]


def nothing_drawn(_: DrawnTable) -> list[tuple[Any, ...]]:
    return []


@settings(max_examples=40, deadline=None)
@given(
    table=drawn_tables(),
    style=st.sampled_from([three_rules, rule_per_row, filled_header, nothing_drawn]),
)
def test_every_cell_is_read_with_its_row_and_all_its_headings(
    table: DrawnTable, style: Style
) -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        styled_table(canvas, table.rows, CENTRE, *table.spans, *style(table))

    article = read_pdf("a.pdf", pdf(page))
    assert article.text.split("\n") == table.lines
    check_tables(article)


def text_of(*rows: list[Any], commands: tuple[Any, ...] = (), **place: Any) -> str:  # noqa: ANN401
    return read_pdf(
        "a.pdf", pdf(lambda canvas: styled_table(canvas, rows, *commands, **place))
    ).text


def test_a_sum_is_told_with_its_name_wherever_that_stands() -> None:
    rows = [
        ["Code", "Work", "Hours", "Rate", "Sum"],
        ["A1", "Hedge cutting", "12", "22.00", "264.00"],
        ["A2", "Gate repair", "3", "25.00", "75.00"],
        ["", "", "", "Net amount", "339.00"],
        ["", "", "", "VAT 20%", "67.80"],
    ]
    rule = ("LINEBELOW", *HEAD, 0.5, colors.black)
    text = text_of(*rows, commands=(rule, ("ALIGN", (2, 0), (-1, -1), "RIGHT")))
    assert text.split("\n")[-2:] == ["Code: Net amount, Sum: 339.00", "Code: VAT 20%, Sum: 67.80"]


def test_rows_filled_in_turn_are_one_table_with_the_others() -> None:
    rows = [["城市", "人口", "面积"], ["甲市", "100", "8.1"], ["乙市", "200", "9.3"]]
    rows += [["丙市", "300", "7.4"], ["丁市", "400", "6.6"]]
    fills = [("BACKGROUND", (0, row), (-1, row), colors.lightgrey) for row in (1, 3)]
    assert text_of(*rows, commands=tuple(fills)).split("\n") == [
        f"城市: {row[0]}, 人口: {row[1]}, 面积: {row[2]}" for row in rows[1:]
    ]


def test_a_caption_with_a_unit_above_the_first_rule_is_no_header() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write(canvas, "表1 各库存货", LEFT + 6, TOP + 8, 10)
        write(canvas, "单位：箱", LEFT + 110, TOP + 8, 10)
        rows = [["库", "茶叶", "瓷器"], ["东库", "12", "30"], ["西库", "15", "44"]]
        rules = (("LINEABOVE", *HEAD, 1, colors.black), ("LINEBELOW", *HEAD, 1, colors.black))
        styled_table(canvas, rows, *rules, widths=[60, 60, 60])

    lines = read_pdf("a.pdf", pdf(page)).text.split("\n")
    assert lines[-2:] == [
        "库: 东库, 茶叶: 12, 瓷器: 30, 单位: 箱",
        "库: 西库, 茶叶: 15, 瓷器: 44, 单位: 箱",
    ]


def test_paragraphs_with_marks_are_no_table() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        for number, text in enumerate(["加固桥台", "更换支座", "清理桥面", "增设护栏"]):
            write(canvas, f"{number + 1}.", LEFT, TOP - 18 * number)
            write(canvas, text, LEFT + 40, TOP - 18 * number)

    assert read_pdf("a.pdf", pdf(page)).tables == ()


@pytest.mark.parametrize("columns", [2, 3])
def test_running_text_beside_running_text_is_no_table(columns: int) -> None:
    sentence = "护林员每日巡护两次遇大风天气加密到四次并在入口登记来往车辆以便事后查对往来"

    def page(canvas: Any) -> None:  # noqa: ANN401
        for column in range(columns):
            wide = 18 if columns == 2 else 12
            lines = [sentence[number : number + wide] for number in range(8)]
            write_lines(canvas, lines, x=40 + column * (12 * wide + 24))

    assert read_pdf("a.pdf", pdf(page)).tables == ()
