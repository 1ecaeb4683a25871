"""A page's words and rules to its lines and tables, in the order they are read."""

from collections.abc import Iterator, Sequence

from index.ingest.formats.pdf.columns import Column, columns_of
from index.ingest.formats.pdf.lines import Line, Piece, around, main_size, pieces_of, rows_of
from index.ingest.formats.pdf.process import Page
from index.ingest.formats.pdf.ruled_tables import Table, align, find_tables

Item = Line | Table

# In em: what stands further apart on a line is no word of one sentence but a cell.
_APART = 1.3


def items_of(page: Page) -> list[Item]:
    """The lines and tables of a page in reading order, column by column."""
    tables, runs = find_tables(page.rules, page.runs)
    things: list[Piece | Table] = [*pieces_of(runs), *tables]
    return [item for column in columns_of(things) for item in _in_order(column, page)]


def _in_order(column: Column[Piece | Table], page: Page) -> Iterator[Item]:
    lines: list[Line] = []
    for row in rows_of(column.things):
        pieces = [thing for thing in row if isinstance(thing, Piece)]
        if pieces:
            lines.append(_line(pieces, column.name, page))
        tables = [thing for thing in row if isinstance(thing, Table)]
        if tables:
            yield from align(lines)
            yield from tables
            lines = []
    yield from align(lines)


def _cells(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces of a line in groups that stand near each other."""
    cell: list[Piece] = []
    for piece in pieces:
        if cell and piece.box.left - cell[-1].box.right > _APART * piece.size:
            yield cell
            cell = []
        cell.append(piece)
    yield cell


def _line(pieces: Sequence[Piece], column: str, page: Page) -> Line:
    cells = list(_cells(pieces))
    return Line(
        cells=tuple(" ".join(piece.text for piece in cell) for cell in cells),
        box=around([piece.box for piece in pieces]),
        size=main_size((piece.size, len(piece.text)) for piece in pieces),
        column=column,
        paper=page.paper,
        edges=tuple((cell[0].box.left, cell[-1].box.right) for cell in cells),
    )
