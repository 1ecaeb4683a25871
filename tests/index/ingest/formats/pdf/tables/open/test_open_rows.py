"""Lines of a table without drawn cells are rows, however many lines a cell has."""

from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import SONG, pdf, styled_table

STYLE = ParagraphStyle("cell", fontName=SONG, fontSize=10, leading=14, wordWrap="CJK")
HEAD = ((0, 0), (-1, 0))
NOTES = [
    "同城当日送达，超过十公里另计里程费，雨雪天顺延一日",
    "代收货款，按金额百分之一收取手续费",
    "保价金额以发货单为准，最高不超过五千元整",
]
BODY = [("取件", "18元", "1天"), ("代收", "25元", "3天"), ("保价", "30元", "5天")]
LINES = [
    f"项目: {name}, 说明: {note}, 费用: {price}, 期限: {days}"
    for note, (name, price, days) in zip(NOTES, BODY, strict=True)
]


@pytest.mark.parametrize(
    ("place", "padding", "ruled"),
    [
        ("TOP", 0, True), ("TOP", 3, True), ("MIDDLE", 3, True), ("MIDDLE", 6, True),
        ("TOP", 3, False),
    ],
)  # fmt: skip
def test_a_cell_of_several_lines_is_one(place: str, padding: int, *, ruled: bool) -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        rows: list[list[Any]] = [["项目", "说明", "费用", "期限"]]
        rows += [
            [name, Paragraph(note, STYLE), price, days]
            for note, (name, price, days) in zip(NOTES, BODY, strict=True)
        ]
        rules = [("LINEABOVE", *HEAD, 1, colors.black), ("LINEBELOW", *HEAD, 0.5, colors.black)]
        rules.append(("LINEBELOW", (0, -1), (-1, -1), 1, colors.black))
        styled_table(
            canvas,
            rows,
            ("VALIGN", (0, 0), (-1, -1), place),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding + 1),
            *(rules if ruled else []),
            widths=[60, 150, 60, 60],
        )

    assert read_pdf("a.pdf", pdf(page)).text.split("\n") == LINES
