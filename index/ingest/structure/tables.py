"""Format tables as lines of text, each row with the names of its columns.

Tables in Word and PDF documents have no marked header. The first row is taken for one only if its
cells differ in kind from those below: `年份 | 金额` above `2016 | 100万元`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.ingest.structure.line_shapes import ends_sentence, width

_DIGIT = re.compile(r"\d")
_VALUE = re.compile(r"^[^\d]{0,4}\d[\d.,:：/年月日–—~-]*[^\d]{0,6}$")
_MAX_NAME_WIDTH = 30
_MAX_LABEL_WIDTH = 40
_MAX_HEADER_ROWS = 3
CELL_SEPARATOR = ", "
"""Separator of cells that is no end of a sentence, so that a row is cited whole."""

Square = tuple[int, int]
"""A row and a column of a grid, from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows, all of the same length; `named` is None if the header is not known.

    A label that spans rows is repeated in each of them, so that each is complete by itself.
    """

    rows: tuple[tuple[str, ...], ...]
    named: bool | None = None

    @property
    def has_header(self) -> bool:
        """Whether the first row names the columns: known, or judged by the rows below it."""
        return has_header(self.rows) if self.named is None else self.named


def table_rows(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Format each row as a line, without empty cells; a header without rows counts as a row.

    >>> table_rows(["年份", "金额"], [["2016", "100万"]])
    ['年份: 2016, 金额: 100万']
    >>> table_rows([], [["2016", "100万"]])
    ['2016 | 100万']
    """
    if not rows:
        return [_plain(header)] if any(header) else []
    if not header or not all(header):
        lines = [_plain(header), *(_plain(row) for row in rows)]
        return [line for line in lines if line]
    return [line for row in rows if (line := _named(header, row))]


def grid_of(texts: Mapping[Square, str], homes: Sequence[Sequence[Square]]) -> Grid:
    """Build the grid of a table whose cells may span several squares.

    `homes[row][column]` is the first square of the cell that covers a square, `texts` has the text
    of each cell by its first square. A header of several rows becomes one row: `收入` above `计划`
    and `实际` → `收入 计划`, `收入 实际`.
    """
    texts = {square: " ".join(text.split()) for square, text in texts.items()}
    deep = _header_depth(homes)
    rows = [_row(texts, homes, number) for number in range(deep if deep > 1 else 0, len(homes))]
    if deep > 1:
        rows.insert(0, _names(texts, homes[:deep]))
    filled = tuple(row for row in rows if any(row))
    return Grid(filled, named=True if deep > 1 and len(filled) > 1 else None)


def grid_rows(grid: Grid) -> list[str]:
    """Format the rows as `table_rows` does; a column under an empty corner has no name.

    >>> grid_rows(Grid((("年份", "金额"), ("2016", "100万"))))
    ['年份: 2016, 金额: 100万']
    >>> grid_rows(Grid((("", "金额"), ("2016", "100万")), named=True))
    ['2016, 金额: 100万']
    """
    if not grid.rows or not grid.has_header:
        return table_rows([], grid.rows)
    names, rows = grid.rows[0], grid.rows[1:]
    if names[0] or not all(names[1:]):
        return table_rows(names, rows)
    # The corner is empty: the row's own label comes first and needs no name.
    labelled = ([row[0], *table_rows(names[1:], [row[1:]])] for row in rows)
    return [CELL_SEPARATOR.join(filter(None, parts)) for parts in labelled]


def _header_depth(homes: Sequence[Sequence[Square]]) -> int:
    """Return the number of header rows: the height of its tallest cell if it has wide ones too."""
    first = homes[0] if homes else ()
    wide = any(square != (0, column) for column, square in enumerate(first))
    deep = max((_height(homes, column) for column in range(len(first))), default=0)
    return deep if wide and 1 < deep <= _MAX_HEADER_ROWS and deep < len(homes) else 1


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
        cells.append(text if square[0] == number or width(text) <= _MAX_LABEL_WIDTH else "")
    return tuple(cells)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns."""
    head, body = rows[0], rows[1:]
    named = all(head[1:]) and len(set(head)) == len(head) > 1
    if not body or not named or any(not _is_name(cell) for cell in head):
        return False
    differing = sum(
        _differs(head[i], [row[i] for row in body if i < len(row)]) for i in range(len(head))
    )
    # The first of two columns may be the names: 姓名 | 张三 above 年龄 | 30.
    return differing >= (1 if len(head) > 2 and len(body) > 1 else 2)


def _is_name(cell: str) -> bool:
    return width(cell) <= _MAX_NAME_WIDTH and not ends_sentence(cell)


def _differs(name: str, cells: Sequence[str]) -> bool:
    """Return whether a column has mostly values under a name that is no value itself."""
    filled = [cell for cell in cells if cell]
    values = sum(_VALUE.match(cell) is not None for cell in filled)
    plain = not _VALUE.match(name) or not _DIGIT.search(name) or name.endswith("年")
    return bool(filled) and plain and values >= 0.6 * len(filled)


def _plain(row: Sequence[str]) -> str:
    return " | ".join(cell for cell in row if cell)


def _named(header: Sequence[str], row: Sequence[str]) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    pairs = zip(names, row, strict=False)
    return CELL_SEPARATOR.join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
