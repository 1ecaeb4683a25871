"""Find which squares of a Word table its cells cover; formatting rows is left to `tables`."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml import etree

from index.errors import ArticleError
from index.ingest.formats.docx.list_numbers import W, parse_int, value_of
from index.ingest.formats.docx.paragraph_styles import child_of
from index.ingest.structure.grid import Square

# Word allows 63 columns.
_MAX_COLUMNS = 63
_MAX_SQUARES = 1_000_000
_WRAPPERS = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "ins", "customXml"))

TableRow = list[tuple[etree._Element | None, int]]
"""The cells of a row with the number of columns that they span; None for columns left out."""


def rows_of(table: etree._Element) -> list[TableRow]:
    """Return the rows of a table, without those that were deleted with changes tracked.

    Raises:
        ArticleError: it has too many squares.
    """
    rows = [_row(row) for row in _children(table, "tr") if _property(row, "del") is None]
    if sum(span for row in rows for _, span in row) > _MAX_SQUARES:
        raise ArticleError("holds a table that is too large; save it as a file of its own.")
    return rows


def header_rows(table: etree._Element) -> int:
    """Return how many of the first rows are marked to be repeated on each page."""
    marked = (_property(row, "tblHeader") is not None for row in _children(table, "tr"))
    return sum(1 for _ in takewhile(bool, marked))


def starts(rows: Sequence[TableRow]) -> Iterator[tuple[Square, etree._Element]]:
    """Yield the first square and the element of each cell that doesn't continue another."""
    for number, row in enumerate(rows):
        column = 0
        for cell, span in row:
            if cell is not None and not _is_continued(cell):
                yield (number, column), cell
            column += span


def homes(rows: Sequence[TableRow]) -> list[list[Square]]:
    """Return for each square of the table the first one of its cell."""
    columns = max((sum(span for _, span in row) for row in rows), default=0)
    squares: list[list[Square]] = []
    for number, row in enumerate(rows):
        line: list[Square] = []
        for cell, span in row:
            place = (number, len(line))
            if number and cell is not None and _is_continued(cell):
                place = squares[number - 1][len(line)]
            line += [place] * span
        line += [(number, column) for column in range(len(line), columns)]
        squares.append(line)
    return squares


def _row(row: etree._Element) -> TableRow:
    cells: TableRow = []
    before = parse_int(value_of(_property(row, "gridBefore")), 0)
    if before:
        cells.append((None, min(before, _MAX_COLUMNS)))
    for cell in _children(row, "tc"):
        properties = cell.find(f"{W}tcPr")
        span = parse_int(value_of(child_of(properties, "gridSpan")), 1)
        span = max(1, min(span, _MAX_COLUMNS))
        beside = child_of(properties, "hMerge")
        # The older way to merge cells side by side.
        if cells and beside is not None and value_of(beside) != "restart":
            cells[-1] = (cells[-1][0], cells[-1][1] + span)
        else:
            cells.append((cell, span))
    return cells


def _property(row: etree._Element, tag: str) -> etree._Element | None:
    return child_of(row.find(f"{W}trPr"), tag)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children with a tag, also those that content controls wrap."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _is_continued(cell: etree._Element) -> bool:
    """Return whether a cell is merged with the one above it."""
    merged = child_of(cell.find(f"{W}tcPr"), "vMerge")
    return merged is not None and (value_of(merged) or "continue") == "continue"
