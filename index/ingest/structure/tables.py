"""Format tables as lines of text, each row with the names of its cells.

Tables in Word and PDF documents have no marked header. The first row is taken for one only if its
cells differ in kind from those below: `年份 | 金额` above `2016 | 100万元`. Without one each row
may be a name with its value, or several: `重量 | 3千克 | 颜色 | 白`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.ingest.structure.line_shapes import ends_sentence, width

_DIGIT = re.compile(r"\d")
_VALUE = re.compile(r"^[^\d]{0,4}\d[\d.,:：/年月日–—~-]*[^\d]{0,6}$")
_FIGURES = re.compile(r"[\d.,\s]+")
_MAX_NAME_WIDTH = 30
_MAX_PAIR_NAME = 12
_MAX_LABEL_WIDTH = 40
_MAX_HEADER_ROWS = 3
_MAX_PAIRS = 4  # in a row
CELL_SEPARATOR = ", "
"""Separator of cells that is no end of a sentence, so that a row is cited whole."""

Square = tuple[int, int]
"""A row and a column of a grid, from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows, all of the same length; `named` is None if the header is not known.

    A label that spans rows is repeated in each of them, so that each is complete by itself.
    `paired` says that every row is a name with its value, or several; `captions` are the lines of
    the table's own that stand above its header, `bands` the rows below it that are one cell;
    `spans` tells of each square how many columns its cell covers, from there on.
    """

    rows: tuple[tuple[str, ...], ...]
    named: bool | None = None
    paired: bool = False
    captions: tuple[str, ...] = ()
    bands: frozenset[int] = frozenset()
    spans: tuple[tuple[int, ...], ...] = ()

    @property
    def has_header(self) -> bool:
        """Whether the first row names the columns: known, or judged by the rows below it."""
        if self.paired:
            return False
        return has_header(self.rows) if self.named is None else self.named


def grid_of(
    texts: Mapping[Square, str], homes: Sequence[Sequence[Square]], header_rows: int = 0
) -> Grid:
    """Build the grid of a table whose cells may span several squares.

    `homes[row][column]` is the first square of the cell that covers a square, `texts` has the text
    of each cell by its first square. A header of several rows becomes one row: `收入` above `计划`
    and `实际` → `收入 计划`, `收入 实际`; `header_rows` are marked as such, captions included. A
    first row that is one cell is a caption, one further down a band: it names the rows below it.
    """
    texts = {square: " ".join(text.split()) for square, text in texts.items()}
    above = _caption_rows(homes)
    captions = [texts.get(homes[number][0], "") for number in range(above)]
    texts = {(row - above, column): text for (row, column), text in texts.items()}
    homes = [[(row - above, column) for row, column in line] for line in homes[above:]]
    marked = min(header_rows - above, len(homes) - 1, _MAX_HEADER_ROWS)
    deep = max(_header_depth(texts, homes), marked)
    rows = {number: _row(texts, homes, number) for number in range(len(homes))}
    if deep > 1 or (marked == 1 and len(set(homes[0])) > 1):
        rows[0] = _names(texts, homes[:deep])
    numbers = [at for at, row in rows.items() if any(row) and not 0 < at < deep]
    return Grid(
        tuple(rows[number] for number in numbers),
        True if deep > 1 and len(numbers) > 1 else None,
        captions=tuple(filter(None, captions)),
        bands=frozenset(at for at, number in enumerate(numbers) if at and _is_band(homes, number)),
        spans=tuple(_spans(homes[number]) for number in numbers),
    )


def grid_rows(grid: Grid) -> list[str]:
    """Format each row as a line, with the names of its columns, if they have any.

    >>> grid_rows(Grid((("年份", "金额"), ("2016", "100万"))))
    ['年份: 2016, 金额: 100万']
    >>> grid_rows(Grid((("", "金额"), ("2016", "100万")), named=True))
    ['2016, 金额: 100万']
    >>> grid_rows(Grid((("重量", "3千克"), ("长度", "2米"))))
    ['重量: 3千克', '长度: 2米']
    """
    return [line for line, _ in grid_lines(grid)]


def grid_lines(grid: Grid) -> list[tuple[str, tuple[str, ...]]]:
    """Return the captions and rows as lines, each with the cells that are in it."""
    lines: list[tuple[str, tuple[str, ...]]] = [(caption, (caption,)) for caption in grid.captions]
    named = grid.rows and grid.has_header and any(grid.rows[0]) and len(grid.rows) > 1
    # Where the corner is empty, the row's own label comes first and needs no name.
    paired = grid.paired or (not named and has_pairs(grid.rows))
    band, held = "", True
    for number, row in enumerate(grid.rows):
        if named and row == grid.rows[0]:
            continue  # the header, which long tables repeat
        if number in grid.bands:
            lines += [(band, (band,))] if not held else []
            band, held = next(filter(None, row)), False
            if width(band) > _MAX_LABEL_WIDTH or ends_sentence(band):
                lines, band, held = [*lines, (band, (band,))], "", True
            continue
        spans = grid.spans[number] if grid.spans else ()
        text = (
            _named(grid.rows[0], row, spans) if named else _paired(row) if paired else _plain(row)
        )
        words = tuple(filter(None, (band, *row)))
        mark = CELL_SEPARATOR if named or paired else " | "
        lines += [(mark.join(filter(None, (band, text))), words)] if text else []
        held = True
    return lines + ([(band, (band,))] if not held else [])


def _spans(row: Sequence[Square]) -> tuple[int, ...]:
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
    if len(homes) < 3 or not 0 < len(wide) < len(first):
        return 1
    below, values = ([texts.get(square, "") for square in row] for row in homes[1:3])
    named = all(bool(cell) == (at in wide) for at, cell in enumerate(below))
    names = all(not _VALUE.match(cell) or cell.endswith("年") for cell in below)
    return 2 if named and names and any(_VALUE.match(values[at]) for at in wide) else 1


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
    # The first of two columns may be the names: 姓名 | 张三 above 年龄 | 30. Values of one unit
    # have one name.
    if len(body) > 1 and (len(head) == 2 or has_pairs(rows)):
        columns = list(zip(*body, strict=False))
        units = sum(map(_is_of_one_unit, columns))
        return units > 0 and differing > 0
    return differing >= (1 if len(head) > 2 and len(body) > 1 else 2)


def has_pairs(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether each row is a name with its value, or several.

    Names are short, unlike each other and no values. In two columns a value in figures proves it;
    in more the values of a column must differ in kind, for else it is a list of like things.
    """
    columns = max(map(len, rows), default=0)
    if columns % 2 or not 2 <= columns <= 2 * _MAX_PAIRS or len(rows) < 2:
        return False
    names = [cell for row in rows for cell in row[::2] if cell]
    values = [cell for row in rows for cell in row[1::2] if cell]
    if len(set(names)) < len(names) or not all(map(_is_label, names)):
        return False
    if any(cell and not name for row in rows for name, cell in _pairs(row)):
        return False
    figures = sum(_VALUE.match(value) is not None for value in values)
    return figures > 0 if columns == 2 else 0 < figures < len(values)


def _is_label(cell: str) -> bool:
    """Return whether a cell may name the one beside it."""
    return _is_name(cell) and width(cell) <= _MAX_PAIR_NAME and not _DIGIT.search(cell)


def _is_of_one_unit(cells: Sequence[str]) -> bool:
    """Return whether all cells are values of one unit, as below the name of a column."""
    return all(map(_VALUE.match, cells)) and len({_FIGURES.sub("", cell) for cell in cells}) == 1


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


def _paired(row: Sequence[str]) -> str:
    # A name without its value is a word of the page all the same.
    return _joined((name, cell) if cell else ("", name) for name, cell in _pairs(row))


def _pairs(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip_longest(row[::2], row[1::2], fillvalue="")


def _named(header: Sequence[str], row: Sequence[str], spans: Sequence[int]) -> str:
    """Return a row with the name of each cell's column, of a wide cell those of all its columns."""
    names = [*header, *[""] * (len(row) - len(header))]
    if any(span > 1 for span in spans):
        wide = (names[at : at + span] for at, span in enumerate(spans))
        names = [" ".join(dict.fromkeys(filter(None, parts))) for parts in wide]
    return _joined(zip(names, row, strict=False))


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    return CELL_SEPARATOR.join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
