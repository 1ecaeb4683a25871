"""Tables of an article, and their cells.

A table keeps its cells packed: an article may have thousands, and most who take it from the library
want its text alone. One with 20,000 cells is decoded in 0.2 ms; with each cell unpacked it would
take 35 ms, and an answer looks into many articles.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

_USUAL: Sequence[Any] = (False, 1, 1, None)
"""What a packed cell is, unless it says otherwise: header, rows, columns, text."""


class Cell(NamedTuple):
    """A cell of a table: its first row and column from 0, how many it spans, and its words.

    `[start, end)` is the range of its words in the article's text, the first one if they are there
    several times. `header` says that it names other cells. `text` has the words of a cell that the
    text does not tell, such as the name of a column without values; its range is empty.
    """

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int
    header: bool = False
    text: str | None = None

    def words(self, text: str) -> str:
        """Return the cell's words, given the text of its article."""
        return text[self.start : self.end] if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the range of the lines that tell it, and how many rows and columns it has.

    Its cells cover all squares, each one once. Captions are lines above its range.
    """

    start: int
    end: int
    rows: int
    columns: int
    packed: str

    @classmethod
    def of(cls, start: int, end: int, cells: Sequence[Cell]) -> "Table":
        """Make a table of its cells, row by row.

        >>> table = Table.of(0, 7, [Cell(0, 0, 1, 1, 0, 2, header=True), Cell(0, 1, 1, 1, 4, 7)])
        >>> table.packed, table.cells[1]
        ('[[0,2,true],[2,3]]', Cell(row=0, column=1, rows=1, columns=1, start=4, end=7, \
header=False, text=None))
        """
        rows = max(cell.row + cell.rows for cell in cells)
        columns = max(cell.column + cell.columns for cell in cells)
        packed = json.dumps(list(_packed(start, cells)), ensure_ascii=False, separators=(",", ":"))
        return cls(start, end, rows, columns, packed)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, row by row."""
        return tuple(_unpacked(self.start, self.columns, json.loads(self.packed)))

    def moved(self, by: int) -> "Table":
        """Return the table of a text in which it stands so many characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


def _packed(at: int, cells: Iterable[Cell]) -> Iterator[tuple[Any, ...]]:
    """Yield each cell as the distance of its words from those before, their length, and more.

    That is what of a cell is unusual. Its place is the next one that is free.
    """
    for _, _, rows, columns, start, end, header, text in cells:
        if text is not None or rows > 1 or columns > 1:
            yield start - at, end - start, header, rows, columns, text
        elif header:
            yield start - at, end - start, header
        else:
            yield start - at, end - start
        at = end


def _unpacked(at: int, columns: int, packed: Iterable[list[Any]]) -> Iterator[Cell]:
    free = [0] * columns  # the first row of each column that no cell covers yet
    row = column = 0
    for distance, length, *more in packed:
        while free[column] > row:
            row, column = (row, column + 1) if column + 1 < columns else (row + 1, 0)
        header, high, wide, text = (*more, *_USUAL[len(more) :])
        start = at + distance
        at = start + length
        yield Cell(row, column, high, wide, start, at, header, text)
        free[column : column + wide] = [row + high] * wide
