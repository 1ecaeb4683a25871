"""The grid that a table's rules form, and rows in it that no rule parts."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.ingest.formats.pdf.lines import fragments_of, rows_of
from index.ingest.formats.pdf.page_content import Box, TextRun
from index.ingest.formats.pdf.tables.open.open_columns import Columns
from index.ingest.formats.pdf.tables.open.open_rows import BodyLines, OpenRow
from index.ingest.formats.pdf.tables.rules import NEAR
from index.ingest.structure.column_names import is_value

# In em: a square that is lower has one line of words.
_MIN_LINES = 2.2
# Rows and columns of figures together, from which on figures below each other are no one cell.
_MIN_EVIDENCE = 4
# In em: how far rows are apart that follow a header.
_MAX_STEP = 1.6
# In em: how far apart words on both sides of a column's edge are.
_MIN_GAP = 0.5
Stretches = dict[float, list[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """The positions of a table's rules, and the stretches (start, end) drawn at each."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: Stretches
    level: Stretches


def with_body_below(grid: RuledGrid, runs: Sequence[TextRun]) -> RuledGrid:
    """Return the grid of a header with a square below it for each column, down to its last row."""
    bottom = grid.ys[-1]
    below = [
        run
        for run in runs
        if run.box.middle > bottom and grid.xs[0] <= run.box.centre <= grid.xs[-1]
    ]
    for line in rows_of(fragments_of(below)):
        near = min(part.box.top for part in line) - bottom <= _MAX_STEP * line[0].size
        if not near or any(home_of(grid.xs, part.box) is None for part in line):
            break
        bottom = max(part.box.bottom for part in line)
    return replace(grid, ys=(*grid.ys, bottom), level={**grid.level, bottom: []})


def home_of(xs: Sequence[float], box: Box) -> int | None:
    """Return the column that a box is within, or None."""
    column = bisect_right(xs, box.centre)
    within = 0 < column < len(xs) and xs[column - 1] - NEAR <= box.left
    return column if within and box.right <= xs[column] + NEAR else None


def with_unruled_columns(grid: RuledGrid, runs: Sequence[TextRun]) -> RuledGrid:
    """Return a grid with its columns drawn down to where words stand on both sides of each.

    The header alone may have them.
    """
    upright = {x: list(stretches) for x, stretches in grid.upright.items()}
    for top, bottom in pairwise(grid.ys):
        lines = rows_of(run for run in runs if top < run.box.middle < bottom and not run.turn)
        for x in grid.xs[1:-1]:
            if any(start <= (top + bottom) / 2 <= end for start, end in upright.get(x, ())):
                continue
            if _parts_words(x, lines, grid):
                upright.setdefault(x, []).append((top, bottom))
    return replace(grid, upright=upright)


def _parts_words(x: float, lines: Sequence[Sequence[TextRun]], grid: RuledGrid) -> bool:
    """Return whether words stand in the columns on both sides of a position, and never across."""
    number = grid.xs.index(x)
    left, right = grid.xs[number - 1], grid.xs[number + 1]
    if any(run.box.left < x - 1 and x + 1 < run.box.right for line in lines for run in line):
        return False
    sides = [
        (
            [run for run in line if left < run.box.centre < x],
            [run for run in line if x < run.box.centre < right],
        )
        for line in lines
    ]
    gaps = [after[0].box.left - before[-1].box.right for before, after in sides if before and after]
    size = max((run.size for line in lines for run in line), default=1.0)
    return bool(gaps) and min(gaps) > _MIN_GAP * size


def with_unruled_rows(grid: RuledGrid, runs: Sequence[TextRun]) -> RuledGrid:
    """Return a grid with a rule between rows where only the columns are drawn.

    Figures below each other in one square show it: they are no lines of one cell.
    """
    ys, level = list(grid.ys), dict(grid.level)
    for top, bottom in pairwise(grid.ys):
        inside = [run for run in runs if top < run.box.middle < bottom and not run.turn]
        if not inside or bottom - top < _MIN_LINES * inside[0].size:
            continue
        rows = _rows(grid, inside)
        figures = _columns_of_figures(rows)
        if len(rows) < 2 or not figures or len(rows) + figures < _MIN_EVIDENCE:
            continue
        several = {
            column
            for column in range(len(grid.xs) - 1)
            if sum(column in row.columns for row in rows) > 1
        }
        for upper, lower in pairwise(rows):
            middle = (upper.bottom + lower.top) / 2
            ys.append(middle)
            level[middle] = [(grid.xs[column], grid.xs[column + 1]) for column in several]
    return replace(grid, ys=tuple(sorted(ys)), level=level)


def _rows(grid: RuledGrid, runs: Sequence[TextRun]) -> list[OpenRow]:
    """Return the rows that the words between two rules would form without them."""
    columns = Columns(tuple(pairwise(grid.xs)))
    by_column: dict[int, list[TextRun]] = {}
    for run in runs:
        by_column.setdefault(bisect_right(grid.xs, run.box.centre), []).append(run)
    fragments = [part for column in by_column.values() for part in fragments_of(column)]
    placed = [columns.placed(line) for line in rows_of(fragments)]
    rows, between = BodyLines(placed, len(columns), ()).rows()
    return rows if not between else []


def _columns_of_figures(rows: Sequence[OpenRow]) -> int:
    """Return the number of columns that have one figure in each row."""
    counts: Counter[int] = Counter()
    for row in rows:
        parts = Counter(part.first for part in row.fragments)
        counts.update(
            part.first
            for part in row.fragments
            if parts[part.first] == 1 and is_value(part.fragment.text)
        )
    return sum(count == len(rows) for count in counts.values())
