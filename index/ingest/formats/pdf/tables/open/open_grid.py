"""Make a grid of the header and the rows of a table without drawn cells."""

import re
from collections.abc import Sequence

from index.ingest.formats.pdf.lines import paragraph_text
from index.ingest.formats.pdf.tables.open.head_columns import HeadLabel
from index.ingest.formats.pdf.tables.open.open_columns import Columns, PlacedFragment
from index.ingest.formats.pdf.tables.open.open_rows import OpenRow
from index.ingest.structure.column_names import is_value
from index.ingest.structure.grid import Grid, Square, grid_of

Level = Sequence[HeadLabel | None]

_SUM = re.compile(
    r"[总總]?[合共小总總][计計额額]|(?:sub|grand )?totals?|sum|balance", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]{3}|[\u4e00-\u9fff]{2}")


def grid_of_rows(levels: Sequence[Level], rows: Sequence[OpenRow], columns: Columns) -> Grid:
    """Return the grid of a table, given the labels of each level of its header and its rows."""
    texts: dict[Square, str] = {}
    homes: list[list[Square]] = []
    for number, level in enumerate(levels):
        homes.append(_level_homes(levels, homes, number))
        for square, label in zip(homes[-1], level, strict=True):
            if label is not None:
                texts[square] = paragraph_text(label.runs)
    figures = _figure_columns(rows, len(columns))
    beside: tuple[Square, int] | None = None
    for number, row in enumerate(rows):
        line, cells = _row_homes(row, len(homes), columns, figures)
        if beside and beside[1] > number:
            line[0] = beside[0]
        elif row.high > 1:
            beside = line[0], number + row.high
        homes.append(line)
        for square, parts in cells.items():
            texts[square] = paragraph_text([run for part in parts for run in part.fragment.runs])
    return grid_of(texts, homes, len(levels))


def _level_homes(
    levels: Sequence[Level], homes: Sequence[list[Square]], number: int
) -> list[Square]:
    """Return the first square of each label of a level: over columns, and down from above."""
    level = levels[number]
    line: list[Square] = []
    for column, label in enumerate(level):
        if label is not None and column and level[column - 1] is label:
            line.append(line[-1])
        elif label is not None and number and _is_from_above(levels, number, column):
            line.append(homes[number - 1][column])
        else:
            line.append((number, column))
    return line


def _is_from_above(levels: Sequence[Level], number: int, column: int) -> bool:
    label = levels[number][column]
    upper, lower = (
        [at for at, other in enumerate(level) if other is label]
        for level in levels[number - 1 : number + 1]
    )
    return upper == lower and upper[0] == column


def _figure_columns(rows: Sequence[OpenRow], columns: int) -> set[int]:
    """Return the columns of which most cells are figures."""
    counts = [[0, 0] for _ in range(columns)]
    for row in rows:
        for part in row.fragments:
            counts[part.first][is_value(part.fragment.text)] += 1
    return {column for column, (words, figures) in enumerate(counts) if figures > words}


def _row_homes(
    row: OpenRow, number: int, edges: Columns, figures: set[int]
) -> tuple[list[Square], dict[Square, list[PlacedFragment]]]:
    """Return the first square of each cell of a row, and the fragments of each cell."""
    columns = len(edges)
    line: list[Square] = [(number, column) for column in range(columns)]
    parts = sorted(row.fragments, key=lambda part: (part.first, part.box.middle))
    named = {part.first for part in parts}
    alone = named == {0} or (len(parts) == 1 and _is_in_the_middle(parts[0], edges))
    if alone and columns > 1 and not any(is_value(part.fragment.text) for part in parts):
        line = [(number, 0)] * columns  # it names the rows below it
    cells: dict[Square, list[PlacedFragment]] = {}
    moved = _is_of_all_before(parts, figures)
    for place, part in enumerate(parts):
        if moved and part.first == parts[0].first:
            cells.setdefault((number, 0), []).append(part)
            continue
        following = parts[place + 1 :]
        if part.last > part.first and not any(other.first <= part.last for other in following):
            line[part.first : part.last + 1] = [line[part.first]] * (part.last + 1 - part.first)
        cells.setdefault(line[part.first], []).append(part)
    return line, cells


def _is_in_the_middle(part: PlacedFragment, columns: Columns) -> bool:
    """Return whether a row's only words are in the middle of the table, and of no column."""
    left, right = columns.edges[0][0], columns.edges[-1][1]
    start, end = columns.edges[part.first][0], columns.edges[part.last][1]
    own = min(abs(part.box.left - start), abs(part.box.right - end))
    central = abs(part.box.centre - (left + right) / 2) < part.size
    return central and part.first > 0 and own > part.size / 2


def _is_of_all_before(parts: Sequence[PlacedFragment], figures: set[int]) -> bool:
    """Return whether a row's label stands further right, beside its sum: 小计 before 1,200."""
    if not parts or parts[0].first == 0 or not _is_label(parts[0].fragment.text):
        return False
    label, sums = parts[0], [part for part in parts if part.first > parts[0].last]
    sums_up = _SUM.match(label.fragment.text.replace(" ", "")) is not None
    wide = label.last > label.first or label.first in figures or sums_up
    return wide and any(is_value(part.fragment.text) for part in sums)


def _is_label(text: str) -> bool:
    """Return whether a cell names a sum, also with a rate in it: VAT 20%."""
    return not is_value(text) or _WORD.search(text) is not None
