"""Make lines of a sheet's rows: each of its tables with its header, titles above, notes below."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.errors import ArticleError
from index.ingest.formats.draft import DraftLine, table_lines
from index.ingest.formats.sheets.cell_notes import note_lines, told_note
from index.ingest.formats.sheets.sheet_areas import Area, filled, is_name, mostly_values, tables_in
from index.ingest.formats.sheets.sheet_heads import (
    is_total,
    pairs_in,
    rows_above,
    rows_below,
    says_things,
    spanning,
)
from index.ingest.structure.column_names import is_value, names_columns
from index.ingest.structure.grid import MAX_LABEL_WIDTH, Grid, Square, grid_of, squares_of
from index.ingest.structure.line_shapes import width

Rows = Sequence[Sequence[str]]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, from 0."""

MAX_SQUARES = 2_000_000
"""The most squares that a table may have, blank ones included."""

_BAR = " | "
_MOST_ROWS = 40  # of a table, that say what its columns hold


def sheet_lines(
    rows: Rows,
    merged: Sequence[Range] = (),
    notes: Mapping[Square, str] | None = None,
    *,
    headed: bool,
) -> Iterator[DraftLine]:
    """Yield a sheet's rows as lines; `headed` says that its first table has a header.

    The notes of cells, by row and column, come below the table.

    >>> [line.text for line in sheet_lines([("船", "座位"), ("一号", "30")], headed=True)]
    ['船: 一号, 座位: 30']

    Raises:
        ArticleError: it is too large.
    """
    columns = max(map(len, rows), default=0)
    if columns * len(rows) > MAX_SQUARES:
        raise ArticleError("holds a table that is too large; save it as a file of its own.")
    whole = [[*row, *[""] * (columns - len(row))] for row in rows]
    sheet = Area(whole, _homes(len(whole), columns, merged), notes or {})
    last: _Table | None = None
    untold = Counter(sheet.notes.values())
    for number, area in enumerate(tables_in(sheet)):
        if number:
            yield DraftLine("")
        table = _Table.of(area, last, headed=headed)
        yield from table.lines()
        yield from note_lines(area, table.body, table.top, table.grid)
        untold -= Counter(area.notes.values())
        if table.grid:
            headed, last = False, table
    yield from (DraftLine(told_note("", note)) for note in untold.elements())


@dataclass(frozen=True, slots=True)
class _Table:
    """A table, its rows as they are in the sheet, and the rows above and below it."""

    above: Rows
    grid: Grid | None
    below: Rows
    body: Area
    top: int

    @classmethod
    def of(cls, area: Area, last: "_Table | None", *, headed: bool) -> "_Table":
        """Read a part of a sheet, which may go on with the last table."""
        top = rows_above(area)
        if last and last.continues_in(area):
            area, top, headed = last.head().followed_by(area), 0, True
        bottom = rows_below(area, top)
        body = area.part(top, bottom)
        grid = _grid(spanning(_without_blank_columns(body)), headed=headed)
        above = area.rows[:top]
        if area.beside and grid and (title := _title(above, grid)):
            above, grid = [], _with_band(grid, title)
        return cls(above, grid, area.rows[bottom:], body, top)

    def lines(self) -> Iterator[DraftLine]:
        """Yield its lines."""
        yield from _lines_beside(self.above)
        if self.grid:
            yield from table_lines(self.grid)
        yield from _lines_beside(self.below)

    def head(self) -> Area:
        """Return the rows that name its columns, none if it has no such rows."""
        if self.grid is None or not self.grid.has_header:
            return self.body.part(0, 0)
        top = len(self.grid.captions)
        return self.body.part(top, top + len(squares_of(self.grid).rows[0]))

    def continues_in(self, area: Area) -> bool:
        """Return whether rows behind a blank one are of the kinds that this table's columns are."""
        head = self.head()
        if not head.rows or area.columns != self.body.columns or filled(area.rows[0]) < 2:
            return False
        rows = self.body.rows[len(head.rows) :][:_MOST_ROWS]
        figures = list(map(mostly_values, zip(*rows, strict=True)))
        named = list(map(any, zip(*head.rows, strict=True)))
        first = area.rows[0]
        cells = [at for at, cell in enumerate(first) if cell]
        if not all(named[at] and is_value(first[at]) == figures[at] for at in cells):
            return False
        is_row = len(cells) > 2 or is_total(first[cells[0]])
        return is_row and any(figures[at] for at in cells)


def _lines_beside(rows: Rows) -> Iterator[DraftLine]:
    """Yield the rows above or below a table."""
    for row in rows:
        cells = tuple(filter(None, row))
        if len(cells) > 1 and not says_things(row) and (pairs := pairs_in(row)):
            yield from table_lines(Grid((pairs,), paired=True))
        else:
            yield DraftLine(_BAR.join(cells))


def _title(above: Rows, grid: Grid) -> str:
    """Return the title of a table beside another one, which each of its rows is told with."""
    cells = [cell for row in above for cell in row if cell]
    short = len(cells) == 1 and width(cells[0]) <= MAX_LABEL_WIDTH
    return cells[0] if short and grid.has_header and not grid.captions else ""


def _with_band(grid: Grid, title: str) -> Grid:
    """Return a table whose rows stand under a title, as under one between them."""
    squares, columns = squares_of(grid), len(grid.rows[0])
    square = (-1, 0)  # in the row above the names of columns
    return replace(
        grid,
        named=True,
        rows=(grid.rows[0], (title, *[""] * (columns - 1)), *grid.rows[1:]),
        bands=frozenset({1, *(band + 1 for band in grid.bands)}),
        spans=(grid.spans[0], (columns,) * columns, *grid.spans[1:]) if grid.spans else (),
        squares=replace(
            squares,
            rows=(squares.rows[0], ([square] * columns,), *squares.rows[1:]),
            texts={**squares.texts, square: title},
        ),
    )


def _grid(body: Area, *, headed: bool) -> Grid | None:
    if not body.rows:
        return None
    texts = {
        (number, column): cell
        for number, row in enumerate(body.rows)
        for column, cell in enumerate(row)
        if cell
    }
    grid = grid_of(texts, body.homes)
    if not grid.rows:
        return grid
    if len(grid.rows) == 1:  # a value with its name, as below a table: 结余 | 12
        return replace(grid, named=None, paired=_is_paired(grid.rows[0]))
    return replace(grid, named=grid.named or names_columns(grid.rows, headed=headed))


def _is_paired(row: Sequence[str]) -> bool:
    names, values = row[::2], row[1::2]
    plain = len(row) == 2 or any(map(is_value, values))
    return len(names) == len(values) and all(map(is_name, names)) and all(values) and plain


def _without_blank_columns(area: Area) -> Area:
    """Return a table's squares numbered by the columns only that have words."""
    used = [column for column in range(area.columns) if any(row[column] for row in area.rows)]
    if len(used) == area.columns:
        return area
    place = {column: number for number, column in enumerate(used)}
    homes = [
        [(line[column][0], place.get(line[column][1], place[column])) for column in used]
        for line in area.homes
    ]
    return Area([[row[column] for column in used] for row in area.rows], homes)


def _homes(rows: int, columns: int, merged: Sequence[Range]) -> list[list[Square]]:
    homes = [[(row, column) for column in range(columns)] for row in range(rows)]
    for top, left, bottom, right in merged:
        for row in range(top, min(bottom, rows - 1) + 1):
            for column in range(left, min(right, columns - 1) + 1):
                homes[row][column] = (top, left)
    return homes
