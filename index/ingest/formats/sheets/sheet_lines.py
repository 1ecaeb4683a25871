"""Make lines of a sheet's rows: each of its tables with its header, titles above, notes below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.errors import ArticleError
from index.ingest.formats.draft import DraftLine, table_lines
from index.ingest.formats.sheets.sheet_areas import Area, filled, is_name, mostly_values, tables_in
from index.ingest.formats.sheets.sheet_heads import (
    is_total,
    rows_above,
    rows_below,
    says_things,
    spanning,
)
from index.ingest.structure.column_names import is_value, names_columns
from index.ingest.structure.grid import Grid, Square, grid_of, squares_of

Rows = Sequence[Sequence[str]]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, from 0."""

MAX_SQUARES = 2_000_000
"""The most squares that a table may have, blank ones included."""

_BAR = " | "
_MOST_ROWS = 40  # of a table, that say what its columns hold


def sheet_lines(rows: Rows, merged: Sequence[Range] = (), *, headed: bool) -> Iterator[DraftLine]:
    """Yield a sheet's rows as lines; `headed` says that its first table has a header.

    >>> [line.text for line in sheet_lines([("船", "座位"), ("一号", "30")], headed=True)]
    ['船: 一号, 座位: 30']

    Raises:
        ArticleError: it is too large.
    """
    columns = max(map(len, rows), default=0)
    if columns * len(rows) > MAX_SQUARES:
        raise ArticleError("holds a table that is too large; save it as a file of its own.")
    whole = [[*row, *[""] * (columns - len(row))] for row in rows]
    last: _Table | None = None
    for number, area in enumerate(tables_in(Area(whole, _homes(len(whole), columns, merged)))):
        if number:
            yield DraftLine("")
        table = _Table.of(area, last, headed=headed)
        yield from table.lines()
        if table.grid:
            headed, last = False, table


@dataclass(frozen=True, slots=True)
class _Table:
    """A table, its rows as they are in the sheet, and the rows above and below it."""

    above: Rows
    grid: Grid | None
    below: Rows
    body: Area

    @classmethod
    def of(cls, area: Area, last: "_Table | None", *, headed: bool) -> "_Table":
        """Read a part of a sheet, which may go on with the last table."""
        top = rows_above(area)
        if last and last.continues_in(area):
            area, top, headed = last.head().followed_by(area), 0, True
        bottom = rows_below(area, top)
        body = area.part(top, bottom)
        grid = _grid(spanning(_without_blank_columns(body)), headed=headed)
        return cls(area.rows[:top], grid, area.rows[bottom:], body)

    def lines(self) -> Iterator[DraftLine]:
        """Yield its lines."""
        for row in self.above:
            cells = tuple(filter(None, row))
            if len(cells) > 1 and not says_things(row):
                yield from table_lines(Grid((cells,), paired=True))
            else:
                yield DraftLine(_BAR.join(cells))
        if self.grid:
            yield from table_lines(self.grid)
        yield from (DraftLine(_BAR.join(filter(None, row))) for row in self.below)

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
