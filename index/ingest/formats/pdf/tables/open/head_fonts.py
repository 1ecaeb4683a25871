"""Tell a table's header by its font: the first row has one that no other row has."""

from collections.abc import Sequence

from index.ingest.formats.pdf.page_content import TextRun

_MIN_ROWS = 3


def has_head_font(rows: Sequence[Sequence[TextRun]]) -> bool:
    """Return whether the words of the first row are in other fonts than those of all others.

    `rows` have the words that are right of the first column, which may be in the header's font.
    """
    fonts = [{run.font for run in row} for row in rows]
    return len(rows) >= _MIN_ROWS and bool(fonts[0]) and all(map(fonts[0].isdisjoint, fonts[1:]))
