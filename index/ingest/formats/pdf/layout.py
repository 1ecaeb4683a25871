"""Turn a page's runs and rules into lines and tables, in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.ingest.formats.pdf.columns import PageColumn, columns_of
from index.ingest.formats.pdf.lines import (
    TextFragment,
    TextLine,
    fragments_of,
    main_size,
    rows_of,
)
from index.ingest.formats.pdf.page_content import Box, PdfPage, bounding_box
from index.ingest.formats.pdf.tables.open_tables import align, find_between_rules
from index.ingest.formats.pdf.tables.pdf_table import PdfTable
from index.ingest.formats.pdf.tables.ruled_tables import find_tables
from index.ingest.formats.pdf.tables.rules import level_rules

PageItem = TextLine | PdfTable
Element = TextFragment | PdfTable

# In em: what is further apart on a line is not a word of the sentence but another cell.
_CELL_GAP = 1.3
# Lines that may be in the margin at each end of a page, and the share of the sheet that it takes.
_MARGIN_LINES = 3
_MARGIN = 0.1
_MARGIN_GAP = 0.9  # em
# How much larger a title is than small print beside it.
_TITLE_SIZE = 1.5


def items_of(page: PdfPage) -> list[PageItem]:
    """Return the lines and tables of a page in reading order, column by column."""
    tables, runs = find_tables(page.rules, page.runs)
    rules = level_rules(page.rules)
    between, fragments = find_between_rules(rules, fragments_of(runs))
    rows = rows_of([*fragments, *tables, *between])
    head, foot = _margin_rows(rows, page), _margin_rows(rows[::-1], page)
    body = [element for row in rows[head : len(rows) - foot] for element in row]
    columns = [
        *(PageColumn("", tuple(row)) for row in rows[:head]),
        *columns_of(body),
        *(PageColumn("", tuple(row)) for row in rows[len(rows) - foot :]),
    ]
    return [item for column in columns for item in _items_in(column, page, rules)]


def _margin_rows(rows: Sequence[Sequence[Element]], page: PdfPage) -> int:
    """Return how many of the first rows are in the margin: set apart, and near the sheet's edge."""
    margin = _MARGIN * (page.paper.bottom - page.paper.top)
    count = 0
    for number, (row, inner) in enumerate(zip(rows, rows[1:], strict=False)):
        box, next_box = (bounding_box([part.box for part in line]) for line in (row, inner))
        near = min(box.bottom - page.paper.top, page.paper.bottom - box.top) <= margin
        if number == _MARGIN_LINES or not near or any(isinstance(part, PdfTable) for part in row):
            break
        gap = max(next_box.top - box.bottom, box.top - next_box.bottom)
        if gap > _MARGIN_GAP * max(part.size for part in row):
            count = number + 1
    return count


def _items_in(
    column: PageColumn[Element], page: PdfPage, rules: Sequence[Box]
) -> Iterator[PageItem]:
    lines: list[list[TextFragment]] = []
    for row in rows_of(column.elements):
        fragments = [element for element in row if isinstance(element, TextFragment)]
        if fragments:
            lines.append(fragments)
        tables = [element for element in row if isinstance(element, PdfTable)]
        if tables:
            yield from _aligned(lines, column.name, page, rules)
            yield from tables
            lines = []
    yield from _aligned(lines, column.name, page, rules)


def _aligned(
    lines: Sequence[Sequence[TextFragment]], column: str, page: PdfPage, rules: Sequence[Box]
) -> Iterator[PageItem]:
    for item in align(lines, rules):
        if isinstance(item, PdfTable):
            yield replace(item, column=column)
        else:
            yield from (_line(cells, column, page) for cells in _by_size(list(_cells(item))))


def _by_size(cells: list[list[TextFragment]]) -> list[list[list[TextFragment]]]:
    """Return the cells of a line as lines of their own if one is a title beside small print."""
    sizes = [max(fragment.size for fragment in cell) for cell in cells]
    if max(sizes) < _TITLE_SIZE * min(sizes):
        return [cells]
    large = [cell for cell, size in zip(cells, sizes, strict=True) if size == max(sizes)]
    return [large, [cell for cell in cells if cell not in large]]


def _cells(fragments: Sequence[TextFragment]) -> Iterator[list[TextFragment]]:
    """Yield the fragments of a line in groups without a wide gap."""
    cell: list[TextFragment] = []
    for fragment in fragments:
        if cell and fragment.box.left - cell[-1].box.right > _CELL_GAP * fragment.size:
            yield cell
            cell = []
        cell.append(fragment)
    yield cell


def _line(cells: Sequence[Sequence[TextFragment]], column: str, page: PdfPage) -> TextLine:
    fragments = [fragment for cell in cells for fragment in cell]
    return TextLine(
        cells=tuple(" ".join(fragment.text for fragment in cell) for cell in cells),
        box=bounding_box([fragment.box for fragment in fragments]),
        size=main_size((fragment.size, len(fragment.text)) for fragment in fragments),
        column=column,
        paper=page.paper,
    )
