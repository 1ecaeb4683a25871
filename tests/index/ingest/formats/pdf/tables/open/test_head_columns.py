"""Names stand in the order of the columns, also beside the figures that they name."""

from typing import Any

import pytest
from reportlab.lib import colors

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import pdf, styled_table

RULE = ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)
RIGHT = ("ALIGN", (1, 1), (-1, -1), "RIGHT")


def lines_of(rows: list[list[str]], *commands: tuple[Any, ...]) -> list[str]:
    def page(canvas: Any) -> None:  # noqa: ANN401
        styled_table(canvas, rows, *commands, widths=[70, *[95] * (len(rows[0]) - 1)])

    return read_pdf("a.pdf", pdf(page)).text.split("\n")


@pytest.mark.parametrize("ruled", [True, False])
def test_names_on_the_left_of_columns_name_figures_on_their_right(*, ruled: bool) -> None:
    rows = [["渡口", "船数", "客流", "收入"], ["柳湾", "4", "310", "92"], ["石矶", "12", "88", "7"]]
    rows += [["鹤滩", "9", "1,204", "455"], ["双桥", "2", "96", "18"]]
    assert lines_of(rows, RIGHT, *([RULE] if ruled else [])) == [
        f"渡口: {name}, 船数: {boats}, 客流: {people}, 收入: {money}"
        for name, boats, people, money in rows[1:]
    ]


@pytest.mark.parametrize("ruled", [True, False])
def test_groups_on_the_left_name_the_columns_up_to_the_next_group(*, ruled: bool) -> None:
    rows = [["渡口", "旱季", "", "汛期", "", "停航日"], ["", "船数", "客流", "船数", "客流", ""]]
    rows += [["柳湾", "4", "310", "2", "95", "6"], ["石矶", "12", "88", "7", "60", "11"]]
    rows += [["鹤滩", "9", "1,204", "5", "733", "3"]]
    below = ("LINEBELOW", (0, 1), (-1, 1), 0.5, colors.black)
    right = ("ALIGN", (1, 2), (-1, -1), "RIGHT")
    assert lines_of(rows, right, *([below] if ruled else [])) == [
        f"渡口: {row[0]}, 旱季 船数: {row[1]}, 旱季 客流: {row[2]}, 汛期 船数: {row[3]}, "
        f"汛期 客流: {row[4]}, 停航日: {row[5]}"
        for row in rows[2:]
    ]
