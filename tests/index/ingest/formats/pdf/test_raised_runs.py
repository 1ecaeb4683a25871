"""Raised and lowered characters join what they stand beside; marks of notes are left out."""

from typing import Any

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from index.ingest.formats.pdf.page_content import Box, TextRun
from index.ingest.formats.pdf.raised_runs import with_raised
from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import LEFT, TOP, pdf, styled_table, write

CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=10)


def run(text: str, left: float, *, size: float = 10, rise: float = 0) -> TextRun:
    right, base = left + 0.5 * size * len(text), 100 - rise
    return TextRun(text, Box(left, base - 0.8 * size, right, base + 0.2 * size), size)


def texts(*runs: TextRun) -> list[str]:
    return [joined.text for joined in with_raised(runs)]


@pytest.mark.parametrize(
    ("base", "shifted", "rise", "told"),
    [
        ("m", "2", 3.5, "m²"),
        ("10", "8", 3.5, "10^8"),
        ("s", "−1", 3.5, "s⁻¹"),
        ("CO", "2", -2, "CO₂"),
        ("smelter.", "1", 3.5, "smelter."),
        ("共11份", "①", 4, "共11份"),
        ("21", "st", 3.5, "21st"),
    ],
)
def test_a_shifted_character_is_told_with_the_word_before_it(
    base: str, shifted: str, rise: float, told: str
) -> None:
    left = 50 + 5 * len(base)
    assert texts(run(base, 50), run(shifted, left, size=6, rise=rise)) == [told]


@pytest.mark.parametrize(
    "small", [run("2", 70, size=6, rise=3), run("2", 55, size=6), run("2", 55, rise=3)]
)
def test_what_is_apart_or_level_or_as_large_is_not_raised(small: TextRun) -> None:
    assert texts(run("m", 50), small) == ["m", "2"]


def test_the_mark_before_a_note_stays_on_its_line() -> None:
    mark, note = with_raised([run("1", 50, size=6, rise=3), run("The", 54)])
    assert (mark.text, mark.box.bottom, note.spaced) == ("1", note.box.bottom, True)


def test_units_in_a_table_and_in_a_line_have_their_figures() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write(canvas, "水面35 m", LEFT, TOP)
        end = LEFT + canvas.stringWidth("水面35 m", "STSong-Light", 12)
        write(canvas, "2", end, TOP + 4, 7)
        write(canvas, "。", end + 4, TOP)
        cells = [Paragraph(f"{size} m<super>3</super>", CELL) for size in (12, 14)]
        rows = [["池", "容积"], ["东池", cells[0]], ["西池", cells[1]]]
        grid = ("GRID", (0, 0), (-1, -1), 0.5, "black")
        styled_table(canvas, rows, grid, top=TOP - 40, widths=[60, 60])

    assert read_pdf("a.pdf", pdf(page)).text == (
        "水面35 m²。\n\n池: 东池, 容积: 12 m³\n池: 西池, 容积: 14 m³"
    )
