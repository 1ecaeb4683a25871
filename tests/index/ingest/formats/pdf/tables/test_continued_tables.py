"""Rows that a page break parts are one, and labels of several rows go on below it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from reportlab.lib import colors

from index.ingest.formats.pdf.read_pdf import read_pdf
from index.ingest.formats.pdf.tables.continued_tables import followed_by
from index.ingest.structure.grid import Grid
from tests.support.documents import pdf, styled_table
from tests.support.tables.tilings import check_tables

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
WIDTHS = [60, 60, 180]
HEAD = ["关卡", "通行费", "要求"]


def lines_of(
    *pages: Sequence[Sequence[str]], commands: Sequence[tuple[Any, ...]] = ()
) -> list[str]:
    def draw(canvas: Any, rows: Sequence[Sequence[str]]) -> None:  # noqa: ANN401
        styled_table(canvas, rows, GRID, *commands, widths=WIDTHS[: len(rows[0])])

    article = read_pdf("a.pdf", pdf(*(partial(draw, rows=rows) for rows in pages)))
    check_tables(article)
    return article.text.split("\n")


@pytest.mark.parametrize("again", [[], [HEAD]], ids=["no header", "header again"])
def test_a_row_goes_on_on_the_next_page(again: list[list[str]]) -> None:
    first = [
        HEAD,
        ["北门", "30元", "空车免费，重车"],
        ["南门", "45元", "夜间须由两人押运，并在岗亭登记"],
    ]
    second = [*again, ["", "", "来往车号"], ["西门", "20元", "只许驮队"]]
    assert lines_of(first, second) == [
        "关卡: 北门, 通行费: 30元, 要求: 空车免费，重车",
        "关卡: 南门, 通行费: 45元, 要求: 夜间须由两人押运，并在岗亭登记来往车号",
        "关卡: 西门, 通行费: 20元, 要求: 只许驮队",
    ]


def test_the_rest_of_a_row_alone_on_a_page_goes_with_it() -> None:
    first = [
        HEAD,
        ["北门", "30元", "空车免费，重车"],
        ["南门", "45元", "夜间须由两人押运，并在岗亭登记"],
    ]
    assert lines_of(first, [["", "", "来往车号"]])[-1].endswith("并在岗亭登记来往车号")


def test_a_label_of_several_rows_is_told_with_those_on_the_next_page() -> None:
    rows = [["段", "驿站", "里程"], ["东段", "柳浪", "12"], ["", "石匣", "31"]]
    more = [["", "鸦口", "44"], ["西段", "双井", "9"]]
    spans = [("SPAN", (0, 1), (0, 2))]

    def draw(canvas: Any, rows: list[list[str]], spans: list[Any]) -> None:  # noqa: ANN401
        styled_table(canvas, rows, GRID, *spans, widths=WIDTHS)

    pages = partial(draw, rows=rows, spans=spans), partial(draw, rows=more, spans=[])
    assert read_pdf("a.pdf", pdf(*pages)).text.split("\n") == [
        "段: 东段, 驿站: 柳浪, 里程: 12",
        "段: 东段, 驿站: 石匣, 里程: 31",
        "段: 东段, 驿站: 鸦口, 里程: 44",
        "段: 西段, 驿站: 双井, 里程: 9",
    ]


def test_a_band_at_the_top_of_a_page_names_the_rows_below_it() -> None:
    def draw(canvas: Any, rows: list[list[str]], spans: list[Any]) -> None:  # noqa: ANN401
        styled_table(canvas, rows, GRID, *spans, widths=WIDTHS)

    rows = [["工序", "工时", "人数"], ["揉泥", "3", "2"], ["拉坯", "5", "1"]]
    more = [["窑务", "", ""], ["装窑", "4", "6"], ["封门", "1", "3"]]
    band = [("SPAN", (0, 0), (-1, 0))]
    pages = partial(draw, rows=rows, spans=[]), partial(draw, rows=more, spans=band)
    assert read_pdf("a.pdf", pdf(*pages)).text.split("\n")[-2:] == [
        "窑务, 工序: 装窑, 工时: 4, 人数: 6",
        "窑务, 工序: 封门, 工时: 1, 人数: 3",
    ]


def test_a_header_that_no_rule_parts_from_the_rest_of_a_row_is_taken_off() -> None:
    before = Grid((("号", "说明"), ("7", "夜间须由两人押运，并在")))
    below = Grid((("号", "说明岗亭登记"), ("8", "只许驮队")))
    assert followed_by(before, below).rows == (
        ("号", "说明"),
        ("7", "夜间须由两人押运，并在岗亭登记"),
        ("8", "只许驮队"),
    )


CELLS = st.text("甲乙丙丁戊", min_size=1, max_size=4)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=3, max_size=9), st.data())
def test_whole_rows_stay_as_they_are_wherever_a_page_ends(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    end = data.draw(st.integers(2, len(rows) - 1))
    assume(not all(map(str.startswith, rows[end], rows[0])))
    assume(sorted("".join(rows[end])) != sorted("".join(rows[0])))
    assert list(followed_by(Grid(tuple(rows[:end])), Grid(tuple(rows[end:]))).rows) == rows
