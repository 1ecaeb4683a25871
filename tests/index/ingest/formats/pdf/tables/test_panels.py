"""A frame whose squares hold lines in columns is read as the tables that stand in it."""

from typing import Any

from reportlab.lib import colors

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import pdf, styled_table

FRAME = (
    ("BOX", (0, 0), (-1, -1), 1, colors.black),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
    ("LINEAFTER", (2, 0), (2, -1), 1, colors.black),
    ("ALIGN", (1, 0), (2, -1), "RIGHT"),
    ("ALIGN", (4, 0), (5, -1), "RIGHT"),
)


def lines_of(rows: list[list[str]]) -> list[str]:
    def page(canvas: Any) -> None:  # noqa: ANN401
        styled_table(canvas, rows, *FRAME, widths=[80, 60, 60] * 2)

    return read_pdf("a.pdf", pdf(page)).text.split("\n")


def test_both_halves_of_a_frame_are_tables() -> None:
    rows = [
        ["收项", "年末", "年初", "付项", "年末", "年初"],
        ["渡资", "820", "790", "船工", "410", "400"],
        ["货捐", "1,310", "1,205", "修缮", "233", "180"],
        ["租金", "96", "96", "灯油", "58", "61"],
        ["合计", "2,226", "2,091", "合计", "701", "641"],
    ]
    assert [line for line in lines_of(rows) if line] == [
        *(f"收项: {row[0]}, 年末: {row[1]}, 年初: {row[2]}" for row in rows[1:]),
        *(f"付项: {row[3]}, 年末: {row[4]}, 年初: {row[5]}" for row in rows[1:]),
    ]


def test_lines_of_words_in_the_squares_of_a_frame_are_cells() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        rows = [["渡口", "须知"], ["白鹭渡", "日落停渡\n大风停渡\n幼童有人带"]]
        styled_table(canvas, rows, ("GRID", (0, 0), (-1, -1), 1, colors.black))

    assert read_pdf("a.pdf", pdf(page)).text == "渡口 | 须知\n白鹭渡 | 日落停渡大风停渡幼童有人带"
