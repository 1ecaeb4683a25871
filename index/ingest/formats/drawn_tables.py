"""Make the tables of an article from the lines that tell the rows of its grids."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from index.bounds import MAX_CELLS
from index.ingest.structure.grid import Square, squares_of
from index.ingest.structure.tables import CellNames, GridRow, GridText, told_cells
from index.table import Cell, Table
from index.text.odd_characters import without_idle_marks


class RowLine(NamedTuple):
    """A line of an article that tells a row of a grid, and its range in the text."""

    row: GridRow
    start: int
    end: int

    def range_of(self, at: int, length: int) -> tuple[int, int]:
        """Return the range in the text of words that were formatted at a place of the line."""
        end = at + length
        if dropped := self.row.dropped:
            at, end = at - bisect_left(dropped, at), end - bisect_left(dropped, end)
        return self.start + at, self.start + end


def tables_of(lines: Iterable[RowLine], most: int = MAX_CELLS) -> tuple[Table, ...]:
    """Return the tables that lines tell, in order; rows beyond `most` cells are left out."""
    tables = []
    for source, rows in groupby(lines, key=lambda line: line.row.source):
        drawing = _Drawing(source)
        for line in rows:
            if not drawing.add(line, most):
                break
        if table := drawing.table():
            tables.append(table)
            most -= drawing.size
    return tuple(tables)


class _Drawing:
    """A table in the making: its rows so far, and the first place of each cell's words."""

    def __init__(self, source: GridText) -> None:
        self._rows = source.grid.rows
        self._squares = squares_of(source.grid)
        self._columns = max(map(len, self._rows))
        self._numbers = {0} if source.form == "named" else set[int]()
        self._height = self._height_of(self._numbers)
        self._heads = set(self._squares.heads)
        for number in self._numbers:
            self._heads.update(square for row in self._squares.rows[number] for square in row)
        self._places: dict[Square, tuple[int, int]] = {}
        self._names: dict[int, CellNames] = {}  # the last ones of each column
        self._lines: list[RowLine] = []

    @property
    def size(self) -> int:
        """The number of its squares."""
        return self._height * self._columns

    def add(self, line: RowLine, most: int) -> bool:
        """Add a line's row with its band, unless there are more than `most` cells then."""
        band, number = line.row.band, line.row.number
        numbers = {number} if band is None else {band, number}
        numbers -= self._numbers
        height = self._height + self._height_of(numbers)
        if height * self._columns > most:
            return False
        self._numbers |= numbers
        self._height = height
        self._lines.append(line)
        if band is not None:
            column = next(at for at, cell in enumerate(self._rows[band]) if cell)
            self._note_names([(band, column)], line.row.lead, line)
        for column, at, names in told_cells(line.row):
            if self._names.get(column) is not names:
                self._names[column] = names
                self._note_names(names.cells, at - names.length, line)
            self._note(number, column, at, line)
        return True

    def table(self) -> Table | None:
        """Return the table of the rows that were added; None if not several cells have words."""
        if not self._lines:
            return None
        start = self._lines[0].start + self._lines[0].row.lead
        cells = list(self._cells(start))
        filled = (True for cell in cells if cell.text or cell.start < cell.end)
        if not (any(filled) and any(filled)):
            return None
        return Table.of(start, self._lines[-1].end, cells)

    def _height_of(self, numbers: Iterable[int]) -> int:
        return sum(len(self._squares.rows[number]) for number in numbers)

    def _note_names(self, names: Iterable[Square], at: int, line: RowLine) -> None:
        for number, column in names:
            self._heads.update(row[column] for row in self._squares.rows[number])
            self._note(number, column, at, line)
            at += len(self._rows[number][column]) + 1

    def _note(self, number: int, column: int, at: int, line: RowLine) -> None:
        """Note where a line has the words of a cell of the grid, unless one before has them."""
        rows = self._squares.rows[number]
        square = rows[0][column]
        if len(rows) > 1:
            self._note_joined([row[column] for row in rows], at, line)
        elif square not in self._places:
            self._places[square] = line.range_of(at, len(self._rows[number][column]))

    def _note_joined(self, squares: Iterable[Square], at: int, line: RowLine) -> None:
        """Note the cells above each other whose words are put together."""
        for square in dict.fromkeys(squares):
            if words := self._squares.texts.get(square, ""):
                self._places.setdefault(square, line.range_of(at, len(words)))
                at += len(words) + 1

    def _cells(self, end: int) -> Iterator[Cell]:
        """Yield the cells; one that no line tells stands where the one before it ends."""
        rows = [row for number in sorted(self._numbers) for row in self._squares.rows[number]]
        drawn: set[Square] = set()
        for square, number, column, high, wide in _rectangles(rows):
            words, start = None, end
            if square in drawn:
                pass  # a further part of a cell that is no rectangle is blank
            elif place := self._places.get(square):
                start, end = place
            else:
                words = without_idle_marks(self._squares.texts.get(square, "")) or None
            drawn.add(square)
            yield Cell(number, column, high, wide, start, end, square in self._heads, words)


def _rectangles(rows: Sequence[list[Square]]) -> Iterator[tuple[Square, int, int, int, int]]:
    """Yield row, column, height and width of each cell; one of another shape comes in parts."""
    free = [0] * max(map(len, rows), default=0)  # the first row that no cell from above covers
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else ()
        if max(free) <= number and len({*row, *below}) == len(row) + len(below):
            yield from ((square, number, column, 1, 1) for column, square in enumerate(row))
            continue
        for column, square in enumerate(row):
            if free[column] <= number:
                beside = range(column, len(row))
                wide = _count(free[at] <= number and row[at] == square for at in beside)
                across = [square] * wide
                under = range(number, len(rows))
                high = _count(rows[at][column : column + wide] == across for at in under)
                free[column : column + wide] = [number + high] * wide
                yield square, number, column, high, wide


def _count(matches: Iterable[bool]) -> int:
    """Return how many come before the first that is none."""
    return sum(1 for _ in takewhile(bool, matches))
