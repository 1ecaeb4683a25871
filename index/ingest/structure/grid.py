"""The grid of a table: its rows as they are told, and its squares as they were.

Formatting the rows is left to `tables`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.ingest.structure.column_names import has_header, is_value
from index.ingest.structure.line_shapes import width

MAX_LABEL_WIDTH = 40
"""The width of a label up to which it is told with each row that it stands for."""

_MAX_HEADER_ROWS = 3

# As the row below the names of columns has them: (m³/s), 万元, kg/ha.
_UNIT = re.compile(
    r"[(（\[][^()（）\[\]]{1,12}[)）\]]|单位|[A-Za-zμµΩ°℃%‰$€£¥#]{1,4}[²³]?(?:[/·][A-Za-zμµ\d²³]{1,4}){0,2}"
    r"|[百千万亿]?(?:元|[吨米升克斤亩户人次个件台套辆家处座只株箱度时秒分天日月年]|公[里斤顷]|千[瓦克米])"
    r"(?:/[\u4e00-\u9fff]{1,3})?|立方米|平方米|毫米|厘米|小时|分钟|毫升"
)

Square = tuple[int, int]
"""A row and a column of a grid, from 0."""


@dataclass(frozen=True, slots=True)
class Squares:
    """The table that a grid was made of, square by square.

    `rows` has for each row of the grid the rows of the table that it joins, usually one, and in
    these for each square the first one of its cell. `texts` has the words of each cell by its
    first square; those in `heads` are marked as header cells.
    """

    rows: tuple[tuple[list[Square], ...], ...]
    texts: Mapping[Square, str]
    heads: frozenset[Square] = frozenset()

    def followed_by(self, other: "Squares") -> "Squares":
        """Return this table with the rows of another one below."""
        squares = (square for lines in self.rows for line in lines for square in line)
        below = 1 + max((row for row, _ in squares), default=-1)
        return Squares(
            self.rows
            + tuple(
                tuple([(row + below, column) for row, column in line] for line in lines)
                for lines in other.rows
            ),
            {**self.texts, **{(row + below, at): text for (row, at), text in other.texts.items()}},
            self.heads | {(row + below, column) for row, column in other.heads},
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows, all of the same length; `named` is None if the header is not known.

    A label that spans rows is repeated in each of them, so that each is complete by itself.
    `paired` says that every row is a name with its value, or several; `captions` are the lines of
    the table's own that stand above its header, `bands` the rows below it that are one cell;
    `spans` tells of each square how many columns its cell covers, from there on. `squares` is the
    table as it was; None where it is just these rows.
    """

    rows: tuple[tuple[str, ...], ...]
    named: bool | None = None
    paired: bool = False
    captions: tuple[str, ...] = ()
    bands: frozenset[int] = frozenset()
    spans: tuple[tuple[int, ...], ...] = ()
    squares: Squares | None = None

    @property
    def has_header(self) -> bool:
        """Whether the first row names the columns: known, or judged by the rows below it."""
        if self.paired:
            return False
        return has_header(self.rows) if self.named is None else self.named


def squares_of(grid: Grid) -> Squares:
    """Return the table that a grid was made of: its own rows, if it knows no other."""
    if grid.squares is not None:
        return grid.squares
    numbered = [
        ((number, column), text)
        for number, row in enumerate(grid.rows)
        for column, text in enumerate(row)
    ]
    rows = (
        [(number, column) for column in range(len(row))] for number, row in enumerate(grid.rows)
    )
    return Squares(tuple((row,) for row in rows), dict(numbered))


def grid_of(
    texts: Mapping[Square, str],
    homes: Sequence[list[Square]],
    header_rows: int = 0,
    heads: frozenset[Square] = frozenset(),
) -> Grid:
    """Build the grid of a table whose cells may span several squares.

    `homes[row][column]` is the first square of the cell that covers a square, `texts` has the text
    of each cell by its first square. A header of several rows becomes one row: `收入` above `计划`
    and `实际` → `收入 计划`, `收入 实际`; `header_rows` are marked as such, captions included, and
    so are the cells of `heads`. A first row that is one cell is a caption, one further down a band:
    it names the rows below it.
    """
    texts = {square: " ".join(text.split()) for square, text in texts.items()}
    above = _caption_rows(homes)
    captions = [texts.get(homes[number][0], "") for number in range(above)]
    if above:
        texts = {(row - above, column): text for (row, column), text in texts.items()}
        homes = [[(row - above, column) for row, column in line] for line in homes[above:]]
        heads = frozenset((row - above, column) for row, column in heads)
    marked = min(header_rows - above, len(homes) - 1, _MAX_HEADER_ROWS)
    deep = max(_header_depth(texts, homes), marked)
    deep += _has_units(texts, homes, deep)
    rows = {number: _row(texts, homes, number) for number in range(len(homes))}
    again = set(_repeated_headers(rows, deep))
    if deep > 1 or (marked == 1 and len(set(homes[0])) > 1):
        rows[0] = _names(texts, homes[:deep])
    numbers = [at for at, row in rows.items() if any(row) and not 0 < at < deep and at not in again]
    return Grid(
        tuple(rows[number] for number in numbers),
        True if deep > 1 and len(numbers) > 1 else None,
        captions=tuple(filter(None, captions)),
        bands=frozenset(at for at, number in enumerate(numbers) if at and _is_band(homes, number)),
        spans=tuple(_spans(homes[number]) for number in numbers),
        squares=Squares(
            tuple(tuple(homes[at : max(at + 1, 0 if at else deep)]) for at in numbers), texts, heads
        ),
    )


def _spans(row: Sequence[Square]) -> tuple[int, ...]:
    if len(set(row)) == len(row):  # as in most rows
        return (1,) * len(row)
    squares = Counter(row)
    return tuple(squares[square] for square in row)


def _caption_rows(homes: Sequence[Sequence[Square]]) -> int:
    """Return how many of the first rows are each one cell, above two rows at least."""
    number = 0
    while number + 2 < len(homes) and _is_caption(homes[number], homes[number + 1]):
        number += 1
    return number


def _is_caption(row: Sequence[Square], below: Sequence[Square]) -> bool:
    return len(row) > 1 and len(set(row)) == 1 and row[0] not in below


def _is_band(homes: Sequence[Sequence[Square]], number: int) -> bool:
    below = homes[number + 1] if number + 1 < len(homes) else ()
    return _is_caption(homes[number], below)


def _header_depth(texts: Mapping[Square, str], homes: Sequence[Sequence[Square]]) -> int:
    """Return the number of header rows: the height of its tallest cell if it has wide ones too.

    Without a tall cell it is two if names stand below the wide ones, and values below these.
    """
    first = homes[0] if homes else ()
    squares = Counter(first)
    wide = {column for column, square in enumerate(first) if squares[square] > 1}
    deep = max((_height(homes, column) for column in range(len(first))), default=0)
    if wide and 1 < deep <= _MAX_HEADER_ROWS and deep < len(homes):
        return deep
    if len(homes) < 3 or not wide:
        return 1
    below, values = ([texts.get(square, "") for square in row] for row in homes[1:3])
    named = all(bool(cell) == (at in wide) for at, cell in enumerate(below))
    names = all(not is_value(cell) or cell.endswith("年") for cell in below)
    if len(wide) == len(first) and not (len(squares) > 1 and _is_split(homes[:2])):
        return 1
    return 2 if named and names and any(is_value(values[at]) for at in wide) else 1


def _is_split(homes: Sequence[Sequence[Square]]) -> bool:
    """Return whether each square of the second row is a cell of its own, below groups alone."""
    return len({*homes[0], *homes[1]}) == len(set(homes[0])) + len(homes[1])


def _has_units(texts: Mapping[Square, str], homes: Sequence[Sequence[Square]], deep: int) -> bool:
    """Return whether the row below the names has their units, and values stand below these."""
    if not 0 < deep < len(homes) - 1 or any(row < deep for row, _ in homes[deep]):
        return False
    names, units, values = (
        [texts.get(square, "") for square in homes[at]] for at in (deep - 1, deep, deep + 1)
    )
    below = [value for unit, value in zip(units, values, strict=True) if unit and value]
    named = all(name for name, unit in zip(names, units, strict=True) if unit)
    known = [unit for unit in units if unit]
    return (
        named
        and len(known) > 1
        and all(_UNIT.fullmatch(unit) and not is_value(unit) for unit in known)
        and not any(is_value(name) for name in names)
        and 2 * sum(map(is_value, below)) >= len(known)
    )


def _repeated_headers(rows: Mapping[int, tuple[str, ...]], deep: int) -> Iterator[int]:
    """Yield the rows that are the header again, as long tables have it above each page."""
    header = [rows[at] for at in range(deep)]
    for number in range(deep, len(rows) - deep + 1) if deep > 1 else ():
        if [rows[number + at] for at in range(deep)] == header:
            yield from range(number, number + deep)


def _height(homes: Sequence[Sequence[Square]], column: int) -> int:
    return sum(row[column] == homes[0][column] for row in homes)


def _names(texts: Mapping[Square, str], homes: Sequence[Sequence[Square]]) -> tuple[str, ...]:
    columns = zip(*homes, strict=True)
    cells = ([texts.get(square, "") for square in dict.fromkeys(column)] for column in columns)
    return tuple(" ".join(filter(None, names)) for names in cells)


def _row(
    texts: Mapping[Square, str], homes: Sequence[Sequence[Square]], number: int
) -> tuple[str, ...]:
    """Return a row's cells: a wide cell once, a tall cell again unless it is long."""
    cells = []
    for column, square in enumerate(homes[number]):
        text = texts.get(square, "") if square[1] == column else ""
        cells.append(text if square[0] == number or width(text) <= MAX_LABEL_WIDTH else "")
    return tuple(cells)
