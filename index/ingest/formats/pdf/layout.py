"""Turn a page's runs and rules into lines and tables, in reading order."""

from collections.abc import Iterator, Sequence

from index.ingest.formats.pdf.aligned_tables import align
from index.ingest.formats.pdf.columns import PageColumn, columns_of
from index.ingest.formats.pdf.lines import (
    TextFragment,
    TextLine,
    fragments_of,
    main_size,
    rows_of,
)
from index.ingest.formats.pdf.page_content import PdfPage, bounding_box, mean_confidence
from index.ingest.formats.pdf.ruled_tables import PdfTable, find_tables

PageItem = TextLine | PdfTable

# In em: what is further apart on a line is not a word of the sentence but another cell.
_CELL_GAP = 1.3


def items_of(page: PdfPage) -> list[PageItem]:
    """Return the lines and tables of a page in reading order, column by column."""
    tables, runs = find_tables(page.rules, page.runs)
    elements: list[TextFragment | PdfTable] = [*fragments_of(runs), *tables]
    return [item for column in columns_of(elements) for item in _items_in(column, page)]


def _items_in(column: PageColumn[TextFragment | PdfTable], page: PdfPage) -> Iterator[PageItem]:
    lines: list[TextLine] = []
    for row in rows_of(column.elements):
        fragments = [element for element in row if isinstance(element, TextFragment)]
        if fragments:
            lines.append(_line(fragments, column.name, page))
        tables = [element for element in row if isinstance(element, PdfTable)]
        if tables:
            yield from align(lines)
            yield from tables
            lines = []
    yield from align(lines)


def _cells(fragments: Sequence[TextFragment]) -> Iterator[list[TextFragment]]:
    """Yield the fragments of a line in groups without a wide gap."""
    cell: list[TextFragment] = []
    for fragment in fragments:
        if cell and fragment.box.left - cell[-1].box.right > _CELL_GAP * fragment.size:
            yield cell
            cell = []
        cell.append(fragment)
    yield cell


def _line(fragments: Sequence[TextFragment], column: str, page: PdfPage) -> TextLine:
    cells = list(_cells(fragments))
    return TextLine(
        cells=tuple(" ".join(fragment.text for fragment in cell) for cell in cells),
        box=bounding_box([fragment.box for fragment in fragments]),
        size=main_size((fragment.size, len(fragment.text)) for fragment in fragments),
        column=column,
        paper=page.paper,
        confidence=mean_confidence((part.confidence, len(part.text)) for part in fragments),
        edges=tuple((cell[0].box.left, cell[-1].box.right) for cell in cells),
    )
