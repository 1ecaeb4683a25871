"""Tables that have level rules alone are parted by what stands between them."""

from typing import Any

from reportlab.lib import colors

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import LEFT, TOP, pdf, styled_table, write

LEVEL = ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)
FIRST = [["渡口", "船数", "客流"], ["柳湾", "4", "310"], ["石矶", "12", "88"], ["鹤滩", "9", "640"]]
SECOND = [
    ["船号", "船长", "吃水"],
    ["甲三", "18", "1.2"],
    ["乙七", "22", "1.6"],
    ["丙一", "9", "0.8"],
]
WIDTHS = [100, 80, 80]


def told(rows: list[list[str]]) -> list[str]:
    return [
        ", ".join(f"{name}: {cell}" for name, cell in zip(rows[0], row, strict=True))
        for row in rows[1:]
    ]


def test_tables_of_one_width_below_each_other_are_two() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        styled_table(canvas, FIRST, LEVEL, widths=WIDTHS)
        write(canvas, "注：客流为日均数", LEFT, TOP - 90, 8)
        write(canvas, "船只登记", LEFT, TOP - 116, 13)
        styled_table(canvas, SECOND, LEVEL, widths=WIDTHS, top=TOP - 124)

    article = read_pdf("a.pdf", pdf(page))
    lines = [line for line in article.text.split("\n") if line]
    assert [line for line in lines if ": " in line] == [*told(FIRST), *told(SECOND)]
    assert {"注：客流为日均数", "船只登记"} <= set(lines)
    assert len(article.tables) == 2


def test_labels_of_rows_may_stand_left_of_the_rules() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        rules = ("LINEBELOW", (1, 0), (-1, 0), 0.5, colors.black)
        last = ("LINEBELOW", (1, -1), (-1, -1), 0.5, colors.black)
        styled_table(canvas, FIRST, rules, last, widths=WIDTHS)

    assert read_pdf("a.pdf", pdf(page)).text.split("\n") == told(FIRST)
