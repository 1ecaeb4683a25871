"""Tables whose cells are drawn in part are read as those that are drawn whole."""

from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.platypus import Flowable

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import SONG, pdf, styled_table

BLACK = (0.5, colors.black)
WHOLE = ((0, 0), (-1, -1))
ROWS = [
    ["日期", "气温", "湿度"],
    ["3月1日", "12.5", "61"],
    ["3月2日", "13.1", "58"],
    ["3月3日", "9.8", "70"],
    ["3月4日", "10.4", "66"],
]
LINES = [f"日期: {day}, 气温: {warm}, 湿度: {damp}" for day, warm, damp in ROWS[1:]]


def text_of(rows: list[list[Any]], *commands: tuple[Any, ...]) -> str:
    return read_pdf("a.pdf", pdf(lambda canvas: styled_table(canvas, rows, *commands))).text


@pytest.mark.parametrize(
    "commands",
    [
        [("GRID", *WHOLE, *BLACK)],
        [("INNERGRID", *WHOLE, *BLACK)],
        [
            ("BOX", *WHOLE, *BLACK),
            ("LINEAFTER", (0, 0), (1, -1), *BLACK),
            ("LINEBELOW", (0, 0), (-1, 0), *BLACK),
        ],
        [("GRID", (0, 0), (-1, 0), *BLACK)],
        [("BACKGROUND", (0, row), (-1, row), colors.lightgrey) for row in range(0, 5, 2)],
    ],
    ids=["all rules", "inner rules", "columns alone", "header alone", "filled rows"],
)
def test_rules_may_be_missing(commands: list[tuple[Any, ...]]) -> None:
    assert text_of(ROWS, *commands).split("\n") == LINES


def test_figures_in_one_square_are_rows_but_lines_of_words_are_not() -> None:
    rows = [["品名", "说明"], ["瓷碗", "十只一箱\n轻拿轻放\n防潮"]]
    assert text_of(rows, ("GRID", *WHOLE, *BLACK)) == "品名 | 说明\n瓷碗 | 十只一箱轻拿轻放防潮"


def test_labels_that_stand_alone_above_others_go_with_them() -> None:
    rows = [["", "2022", "", "2023", ""], ["Item", "Plan", "Actual", "Plan", "Actual"]]
    rows += [["Rent", "340", "331", "360", "358"], ["Water", "115", "120", "125", "149"]]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("GRID", *WHOLE, *BLACK)]
    assert text_of(rows, *spans).split("\n") == [
        "Item: Rent, 2022 Plan: 340, 2022 Actual: 331, 2023 Plan: 360, 2023 Actual: 358",
        "Item: Water, 2022 Plan: 115, 2022 Actual: 120, 2023 Plan: 125, 2023 Actual: 149",
    ]


class Turned(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Words that are read upwards, or downwards."""

    def __init__(self, text: str, angle: int) -> None:
        super().__init__()
        self.text, self.angle = text, angle

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return its width and height, whatever there is room for."""
        return 12, 60

    def draw(self) -> None:
        """Draw the words along the left or the right edge."""
        self.canv.translate(*((0, 60) if self.angle < 0 else (10, 0)))
        self.canv.rotate(self.angle)
        self.canv.setFont(SONG, 9)
        self.canv.drawString(0, 0, self.text)


@pytest.mark.parametrize("angle", [90, -90])
@pytest.mark.parametrize(
    "commands",
    [
        [("GRID", *WHOLE, *BLACK)],
        [
            ("LINEABOVE", (0, 0), (-1, 0), *BLACK),
            ("LINEBELOW", (0, 0), (-1, 0), *BLACK),
            ("LINEBELOW", (0, -1), (-1, -1), *BLACK),
        ],
    ],
    ids=["all rules", "three rules"],
)
def test_turned_headings_name_their_columns(angle: int, commands: list[tuple[Any, ...]]) -> None:
    head = ["站点", Turned("早高峰", angle), Turned("Late night", angle)]
    text = text_of([head, ["东门", "120", "44"], ["西门", "98", "51"]], *commands)
    assert text == (
        "站点: 东门, 早高峰: 120, Late night: 44\n站点: 西门, 早高峰: 98, Late night: 51"
    )


def test_a_font_of_its_own_shows_the_header_of_a_table_of_words() -> None:
    rows = [["Task", "Owner", "Due"], ["Quote", "Vesey", "April"], ["Letter", "Tallis", "May"]]
    grid = ("GRID", *WHOLE, *BLACK)
    plain = ("FONT", *WHOLE, "Helvetica", 10)
    bold = ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 10)
    assert text_of(rows, grid, plain).split("\n")[0] == "Task | Owner | Due"
    assert text_of(rows, grid, plain, bold).split("\n") == [
        "Task: Quote, Owner: Vesey, Due: April",
        "Task: Letter, Owner: Tallis, Due: May",
    ]


def test_columns_of_a_drawn_header_go_on_below_it() -> None:
    rows = [["区", "产量", "", "备注"], ["", "计划", "实际", ""], ["东", "31", "40", "无"]]
    rows += [["西", "52", "6", "补报"], ["北", "47", "44", "无"]]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
    header = ("GRID", (0, 0), (-1, 1), *BLACK)
    box = ("BOX", *WHOLE, *BLACK)
    lines = [
        f"区: {name}, 产量 计划: {plan}, 产量 实际: {done}, 备注: {note}"
        for name, plan, done, note in rows[2:]
    ]
    assert text_of(rows, header, *spans).split("\n") == lines
    assert text_of(rows, header, box, *spans).split("\n") == lines
