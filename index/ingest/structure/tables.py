"""Format tables as lines of text, each row with the names of its cells.

Tables in Word and PDF documents have no marked header. The first row is taken for one only if its
cells differ in kind from those below: `年份 | 金额` above `2016 | 100万元`. Without one each row
may be a name with its value, or several: `重量 | 3千克 | 颜色 | 白`. Where the cells are in the
lines is left to `formats.drawn_tables`, which goes the way of the formatting here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from index.ingest.structure.column_names import has_pairs, pairs_of
from index.ingest.structure.grid import MAX_LABEL_WIDTH, Grid, Square
from index.ingest.structure.line_shapes import ends_sentence, width

CELL_SEPARATOR = ", "
"""Separator of cells that is no end of a sentence, so that a row is cited whole."""

_BAR = " | "

TableForm = Literal["named", "paired", "plain"]
"""How rows are told: with the names of their columns, as names with values, or as they are."""


class CellNames(NamedTuple):
    """The cells that name another, by row and column; what stands before it."""

    cells: tuple[Square, ...] = ()
    lead: str = ""

    @property
    def length(self) -> int:
        """The length of what stands before the cell."""
        return len(self.lead)


_NO_NAMES = CellNames()


@dataclass(slots=True, eq=False)
class GridText:
    """A grid whose rows are told as lines of one form."""

    grid: Grid
    form: TableForm
    _names: dict[Square, CellNames] = field(default_factory=dict)

    @property
    def separator(self) -> str:
        """What stands between two cells of a line."""
        return _BAR if self.form == "plain" else CELL_SEPARATOR

    def names_above(self, column: int, span: int) -> CellNames:
        """Return the names of so many columns from one on."""
        known = self._names.get((column, span))
        if known is None:
            known = self._names[column, span] = self._names_of(range(column, column + span))
        return known

    def _names_of(self, columns: Sequence[int]) -> CellNames:
        header = self.grid.rows[0]
        names: dict[str, Square] = {}
        for column in columns:
            if column < len(header) and header[column]:
                names.setdefault(header[column], (0, column))
        return CellNames(tuple(names.values()), _lead(" ".join(names)))

    def tellings(self, number: int) -> Iterator[tuple[int, CellNames]]:
        """Yield the cells of a row in a named form: the column of each, and its names.

        A cell below several names is told with each of them if it is short, unless it begins its
        row and so names it.
        """
        cells = self.grid.rows[number]
        spans = self.grid.spans[number] if self.grid.spans else [1] * len(cells)
        begun = False
        for column, (cell, span) in enumerate(zip(cells, spans, strict=True)):
            if not cell:
                continue
            names = self.names_above(column, span)
            times = len(names.cells)
            if begun and times > 1 and (times - 1) * width(cell) <= MAX_LABEL_WIDTH:
                yield from ((column, self.names_above(at, 1)) for _, at in names.cells)
            else:
                yield column, names
            begun = True


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid that a line tells, and the number of the band above that it tells, too.

    `lead` is the length of what the line has before it, `dropped` are the places of the characters
    that the line has no longer.
    """

    source: GridText
    number: int
    band: int | None = None
    lead: int = 0
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of a grid with the words of the cells in it; `row` is None for a caption."""

    text: str
    words: tuple[str, ...]
    row: GridRow | None = None


def grid_rows(grid: Grid) -> list[str]:
    """Format each row as a line, with the names of its columns, if they have any.

    >>> grid_rows(Grid((("年份", "金额"), ("2016", "100万"))))
    ['年份: 2016, 金额: 100万']
    >>> grid_rows(Grid((("", "金额"), ("2016", "100万")), named=True))
    ['2016, 金额: 100万']
    >>> grid_rows(Grid((("重量", "3千克"), ("长度", "2米"))))
    ['重量: 3千克', '长度: 2米']
    """
    return [line.text for line in grid_lines(grid)]


def grid_lines(grid: Grid) -> list[GridLine]:
    """Return the captions and rows of a grid as lines."""
    lines = [GridLine(caption, (caption,)) for caption in grid.captions]
    source = GridText(grid, _form_of(grid))
    pending: int | None = None  # a band of which no line tells yet
    band: int | None = None
    for number, row in enumerate(grid.rows):
        if source.form == "named" and row == grid.rows[0]:
            continue  # the header, which long tables repeat
        if number in grid.bands:
            lines += [] if pending is None else [_band_line(source, pending)]
            band = pending = number
            if not _names_rows(_only_words(row)):
                lines.append(_band_line(source, number))
                band = pending = None
            continue
        pending = None
        if text := _text_of(source, number):
            above = "" if band is None else _only_words(grid.rows[band])
            words = tuple(filter(None, (above, *row)))
            joined = f"{above}{source.separator}{text}" if above else text
            lines.append(GridLine(joined, words, GridRow(source, number, band)))
    return lines if pending is None else [*lines, _band_line(source, pending)]


def _form_of(grid: Grid) -> TableForm:
    if len(grid.rows) > 1 and grid.has_header and any(grid.rows[0]):
        return "named"
    # Where the corner is empty, the row's own label comes first and needs no name.
    return "paired" if grid.paired or has_pairs(grid.rows) else "plain"


def _names_rows(band: str) -> bool:
    """Return whether a band is told with each row below it."""
    return width(band) <= MAX_LABEL_WIDTH and not ends_sentence(band)


def _band_line(source: GridText, number: int) -> GridLine:
    words = _only_words(source.grid.rows[number])
    return GridLine(words, (words,), GridRow(source, number))


def _text_of(source: GridText, number: int) -> str:
    row = source.grid.rows[number]
    if source.form == "named":
        return CELL_SEPARATOR.join(
            names.lead + row[column] for column, names in source.tellings(number)
        )
    return _paired(row) if source.form == "paired" else _plain(row)


def _plain(row: Sequence[str]) -> str:
    return _BAR.join(cell for cell in row if cell)


def _paired(row: Sequence[str]) -> str:
    # A name without its value is a word of the page all the same.
    return _joined((name, cell) if cell else ("", name) for name, cell in pairs_of(row))


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    return CELL_SEPARATOR.join(_lead(name) + cell for name, cell in pairs if cell)


def _lead(name: str) -> str:
    """Return a name as it stands before its value; it may bring its colon along.

    >>> _lead("金额"), _lead("金额："), _lead("")
    ('金额: ', '金额：', '')
    """
    if not name or name.endswith("："):
        return name
    return f"{name} " if name.endswith(":") else f"{name}: "


def told_cells(row: GridRow) -> Iterator[tuple[int, int, CellNames]]:
    """Yield the cells in the line that tells a row, in the order in which it was formatted.

    Each is its column, the place where its words begin, and the names before these.
    """
    rows, separator = row.source.grid.rows, len(row.source.separator)
    cells = rows[row.number]
    at = row.lead
    if row.band is not None:
        at += len(_only_words(rows[row.band])) + separator
    for column, names in _columns_of(row.source, row.number):
        at += names.length
        yield column, at, names
        at += len(cells[column]) + separator


def _columns_of(source: GridText, number: int) -> Iterator[tuple[int, CellNames]]:
    """Yield the columns of which a row tells, each with its names."""
    grid = source.grid
    cells = grid.rows[number]
    if source.form == "named" and number not in grid.bands:
        yield from source.tellings(number)
    elif source.form == "paired":
        for at, (name, cell) in enumerate(pairs_of(cells)):
            if name and cell:
                yield 2 * at + 1, CellNames(((number, 2 * at),), _lead(name))
            elif name or cell:
                yield 2 * at + bool(cell), _NO_NAMES
    else:
        yield from ((column, _NO_NAMES) for column, cell in enumerate(cells) if cell)


def _only_words(row: Sequence[str]) -> str:
    return next(filter(None, row))
