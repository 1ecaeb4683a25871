"""Columns that are hardly further apart than words are columns all the same."""

from typing import Any

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import LEFT, TOP, pdf, write

PLACES = (0, 70, 106)
ROWS = [
    ("Ticket", "Gift", "Plain"),
    ("Adult", "£11.50", "£10.40"),
    ("Child under 15", "£5.50", "£5.00"),
    ("Family", "£28.00", "£25.40"),
    ("Group", "£9.00", "£8.15"),
]


def test_words_that_begin_at_one_place_are_a_column() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        for number, row in enumerate(ROWS):
            for place, cell in zip(PLACES, row, strict=True):
                write(canvas, cell, LEFT + place, TOP - 16 * number, 10, font="Helvetica")

    assert read_pdf("a.pdf", pdf(page)).text.split("\n") == [
        f"Ticket: {name}, Gift: {gift}, Plain: {plain}" for name, gift, plain in ROWS[1:]
    ]


def test_the_spaces_of_a_paragraph_are_no_columns() -> None:
    lines = ["the old mill was", "let to new folk", "who ran it with", "two men and so"]

    def page(canvas: Any) -> None:  # noqa: ANN401
        for number, line in enumerate(lines):
            write(canvas, line, LEFT, TOP - 16 * number, 10, font="Courier")

    article = read_pdf("a.pdf", pdf(page))
    assert (article.tables, article.text.split()) == ((), " ".join(lines).split())
