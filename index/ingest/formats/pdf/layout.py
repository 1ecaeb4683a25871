"""Turn a page's runs and rules into lines and tables, in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.ingest.formats.pdf.columns import PageColumn, columns_of
from index.ingest.formats.pdf.lines import (
    TextFragment,
    TextLine,
    fragments_of,
    main_size,
    rows_of,
)
from index.ingest.formats.pdf.page_content import Box, PdfPage, bounding_box, mean_confidence
from index.ingest.formats.pdf.tables.open.open_tables import align, find_between_rules
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable
from index.ingest.formats.pdf.tables.repeated_names import parted_by_names
from index.ingest.formats.pdf.tables.ruled_tables import find_tables
from index.ingest.formats.pdf.tables.rules import edges_of, level_rules, upright_rules
from index.ingest.formats.pdf.text_boxes import TextBox, boxed
from index.ingest.structure.line_shapes import width

PageItem = TextLine | PdfTable
Element = TextFragment | PdfTable | TextBox

# In em: what is further apart on a line is not a word of the sentence but another cell.
_CELL_GAP = 1.3
# Lines that may be in the margin at each end of a page, and the share of the sheet that it takes.
_MARGIN_LINES = 3
_MARGIN = 0.1
_MARGIN_GAP = 0.9  # em
_MARGIN_STEP = 1.4
# Type size of a head or foot, as a multiple of the page's; the width of a page's number.
_SMALL = 0.95
_NUMBER_WIDTH = 10.0
# How much larger a title is than small print beside it.
_TITLE_SIZE = 1.5
# Names of columns: of lines beside a table or a box, and of lines in a box.
_BESIDE, _IN_BOX = "b", "i"
# Share of the sheet's height up to which a filled area belongs to a table or is a box.
_MAX_AREA = 0.6


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The lines and tables of a page in reading order, and the words that are at a slant."""

    items: list[PageItem]
    slanted: list[str]


def layout_of(page: PdfPage) -> PageLayout:
    """Return the lines and tables of a page in reading order, column by column."""
    height = page.paper.bottom - page.paper.top
    areas = [area for area in page.areas if area.bottom - area.top <= _MAX_AREA * height]
    drawn = find_tables(page.rules, page.runs, page.turned)
    rules = level_rules([*page.rules, *edges_of(areas)])
    open_tables, parts = find_between_rules(rules, fragments_of(drawn.runs), drawn.turned)
    fragments = [part for part in parts if not part.is_turned]
    filled = find_tables(edges_of(areas), [run for part in fragments for run in part.runs])
    if filled.tables:
        fragments = fragments_of(filled.runs)
    elements: list[TextFragment | PdfTable] = [
        *fragments,
        *(
            part
            for table in (*drawn.tables, *open_tables, *filled.tables)
            for part in parted_by_names(table)
        ),
    ]
    items = list(_items_of(boxed(elements, page.rules, areas), page, rules))
    return PageLayout(items, [*page.slanted, *(part.text for part in parts if part.is_turned)])


def _items_of(
    elements: Sequence[Element], page: PdfPage, rules: Sequence[Box], name: str = ""
) -> Iterator[PageItem]:
    rows = rows_of(elements)
    size = main_size((part.size, 1) for part in elements if isinstance(part, TextFragment))
    head = _margin_rows(rows, page, size)
    foot = len(rows) - _margin_rows(rows[:head:-1], page, size)
    for row in rows[:head]:
        yield from _items_in(PageColumn(name, tuple(row)), page, rules)
    inner = [element for row in rows[head:foot] for element in row]
    for column in columns_of(inner, name, upright_rules(page.rules)):
        yield from _items_in(column, page, rules)
    for row in rows[foot:]:
        yield from _items_in(PageColumn(name, tuple(row)), page, rules)


def _margin_rows(rows: Sequence[Sequence[Element]], page: PdfPage, size: float) -> int:
    """Return how many rows are in the margin, from an edge of the sheet on: those set apart.

    `size` is the type size of the page.
    """
    margin = _MARGIN * (page.paper.bottom - page.paper.top)
    boxes = [bounding_box([part.box for part in row]) for row in rows[: _MARGIN_LINES + 2]]
    gaps = [_gap(box, inner) for box, inner in pairwise(boxes)]
    count = 0
    for number, (row, box, gap) in enumerate(zip(rows, boxes, gaps[:_MARGIN_LINES], strict=False)):
        near = min(box.bottom - page.paper.top, page.paper.bottom - box.top) <= margin
        if not near or not _may_be_marginal(row, size):
            break
        # The rows of a table may be as far apart, but all of them are.
        inner = gaps[number + 1] if number + 1 < len(gaps) else 0.0
        if gap > max(_MARGIN_GAP * max(part.size for part in row), _MARGIN_STEP * inner):
            count = number + 1
    return count


def _may_be_marginal(row: Sequence[Element], size: float) -> bool:
    """Return whether a row is in smaller type, or as short as a page's number."""
    parts = [part for part in row if isinstance(part, TextFragment)]
    if len(parts) < len(row):
        return False
    numbered = len(parts) == 1 and width(parts[0].text) <= _NUMBER_WIDTH
    return max(part.size for part in parts) <= _SMALL * size or (
        numbered and any(map(str.isdigit, parts[0].text))
    )


def _gap(box: Box, inner: Box) -> float:
    return max(inner.top - box.bottom, box.top - inner.bottom)


def _items_in(
    column: PageColumn[Element], page: PdfPage, rules: Sequence[Box]
) -> Iterator[PageItem]:
    """Yield the lines of a column, each table and box below the lines above its foot."""
    lines = rows_of(part for part in column.elements if isinstance(part, TextFragment))
    blocks = [part for part in column.elements if not isinstance(part, TextFragment)]
    for row in _rows_of_blocks(blocks):
        top, bottom = (min(block.box.top for block in row), max(block.box.bottom for block in row))
        above = [line for line in lines if line[0].box.middle < top]
        beside = [line for line in lines[len(above) :] if line[0].box.middle < bottom]
        lines = lines[len(above) + len(beside) :]
        above, captions = _parted_captions(above, row)
        yield from _aligned(above, column.name, page, rules)
        # They are not as wide as the column.
        yield from _aligned(beside, f"{column.name}{_BESIDE}", page, rules)
        for block, caption in zip(row, captions, strict=True):
            yield from (_line([[part]], column.name, page) for part in caption)
            if isinstance(block, TextBox):
                yield from _items_in_box(block, f"{column.name}{_IN_BOX}", page, rules)
            else:
                yield block
    yield from _aligned(lines, column.name, page, rules)


def _items_in_box(
    block: TextBox, column: str, page: PdfPage, rules: Sequence[Box]
) -> Iterator[PageItem]:
    inset = min(part.box.left for part in block.elements) - block.box.left
    for item in _items_of(block.elements, page, rules, column):
        if isinstance(item, TextLine):
            yield replace(item, reach=block.box.right - inset)
        else:
            yield item


def _rows_of_blocks(blocks: Iterable[PdfTable | TextBox]) -> list[list[PdfTable | TextBox]]:
    """Return tables and boxes, those that stand side by side together, from left to right."""
    rows: list[list[PdfTable | TextBox]] = []
    for block in sorted(blocks, key=lambda block: block.box.top):
        if rows and block.box.top < min(other.box.bottom for other in rows[-1]):
            rows[-1].append(block)
        else:
            rows.append([block])
    return [sorted(row, key=lambda block: block.box.left) for row in rows]


def _parted_captions(
    lines: list[list[TextFragment]], blocks: Sequence[PdfTable | TextBox]
) -> tuple[list[list[TextFragment]], list[list[TextFragment]]]:
    """Return the lines above tables that stand side by side, and those above each one alone."""
    captions: list[list[TextFragment]] = [[] for _ in blocks]
    while len(blocks) > 1 and lines and len(lines[-1]) > 1:
        homes = [_block_below(part, blocks) for part in lines[-1]]
        if None in homes or not 1 < len(homes) == len(set(homes)):
            break
        for part, home in zip(lines.pop(), homes, strict=True):
            captions[home or 0].insert(0, part)
    return lines, captions


def _block_below(part: TextFragment, blocks: Sequence[PdfTable | TextBox]) -> int | None:
    below = (
        number
        for number, block in enumerate(blocks)
        if block.box.left - part.size <= part.box.left
        and part.box.right <= block.box.right + part.size
        and part.box.middle < block.box.top
    )
    return next(below, None)


def _aligned(
    lines: Sequence[Sequence[TextFragment]], column: str, page: PdfPage, rules: Sequence[Box]
) -> Iterator[PageItem]:
    for item in align(lines, rules):
        if isinstance(item, PdfTable):
            yield from (replace(part, column=column) for part in parted_by_names(item))
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
    first = fragments[0].runs[0]
    return TextLine(
        cells=tuple(" ".join(fragment.text for fragment in cell) for cell in cells),
        box=bounding_box([fragment.box for fragment in fragments]),
        size=main_size((fragment.size, len(fragment.text)) for fragment in fragments),
        column=column,
        paper=page.paper,
        word=(first.text, first.box.right - first.box.left),
        confidence=mean_confidence((part.confidence, len(part.text)) for part in fragments),
        places=tuple((cell[0].box.left, cell[-1].box.right) for cell in cells),
    )
