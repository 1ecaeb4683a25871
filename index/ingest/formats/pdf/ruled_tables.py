"""Tables on a page, found by the lines they are drawn with, or by cells that stand aligned."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.ingest.formats.pdf.lines import Line, around, paragraph_text
from index.ingest.formats.pdf.process import Box, Run
from index.ingest.structure.tables import Grid, grid_of

# Points: lines that are nearer than this meet, or are one line drawn twice.
_NEAR = 3.0
# A page with more is a drawing; so many are compared each with each.
_MOST_RULES = 400
_LONGEST_CELL = 500
_FEWEST_ROWS = 3
_ALIGNED = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table and where it stands."""

    grid: Grid
    box: Box
    size: float = 0.0
    column: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The places of a table's lines, and at each of them where the lines begin and end."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: dict[float, list[tuple[float, float]]]
    level: dict[float, list[tuple[float, float]]]


def find_tables(rules: Sequence[Box], runs: Sequence[Run]) -> tuple[list[Table], list[Run]]:
    """The tables that are drawn on a page, and the words that stand in none."""
    tables: list[Table] = []
    for grid in _grids(rules):
        inside = [run for run in runs if _is_inside(run, grid)]
        cells = _cells(grid, inside)
        if cells.rows and all(len(cell) <= _LONGEST_CELL for row in cells.rows for cell in row):
            tables.append(Table(cells, Box(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])))
            runs = [run for run in runs if not _is_inside(run, grid)]
    return tables, list(runs)


def align(lines: Sequence[Line]) -> list[Line | Table]:
    """The lines, but where three or more in a row have cells that stand aligned, as a table."""
    found: list[Line | Table] = []
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group[-1], line):
            found += _table_or_lines(group)
            group = []
        group.append(line)
    return found + _table_or_lines(group)


def _continues(one: Line, other: Line) -> bool:
    gap = other.box.top - one.box.bottom
    near = len(one.cells) == len(other.cells) > 1 and gap < 1.5 * max(one.size, 1)
    slack = _ALIGNED * max(one.size, 1)
    edges = zip(one.edges, other.edges, strict=False)
    return near and all(_meets(left, right, slack) for left, right in edges)


def _meets(one: tuple[float, float], other: tuple[float, float], slack: float) -> bool:
    """Whether two cells start or end at one place, or have one middle."""
    return (
        abs(one[0] - other[0]) <= slack
        or abs(one[1] - other[1]) <= slack
        or abs(sum(one) - sum(other)) <= 2 * slack
    )


def _table_or_lines(group: Sequence[Line]) -> list[Line | Table]:
    if len(group) < _FEWEST_ROWS:
        return list(group)
    box = around([line.box for line in group])
    return [Table(Grid(tuple(line.cells for line in group)), box, group[0].size, group[0].column)]


def _grids(rules: Sequence[Box]) -> list[_Rules]:
    level = _merged([(r.middle, r.left, r.right) for r in rules if r.right - r.left > _NEAR])
    upright = _merged(
        [((r.left + r.right) / 2, r.top, r.bottom) for r in rules if r.bottom - r.top > _NEAR]
    )
    if len(level) + len(upright) > _MOST_RULES:
        return []
    across = [Box(start, at, end, at) for at, start, end in level]
    down = [Box(at, start, at, end) for at, start, end in upright]
    grids = [_grid(group) for group in _groups(across, down)]
    return [grid for grid in grids if len(grid.xs) > 2 and len(grid.ys) > 1]


def _merged(lines: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines (place, start, end), those at one place that touch as one, with places evened out."""
    places: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if places and line[0] - places[-1][-1][0] <= _NEAR:
            places[-1].append(line)
        else:
            places.append([line])
    return [joint for place in places for joint in _joined(place)]


def _joined(lines: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    at = sum(line[0] for line in lines) / len(lines)
    joints: list[tuple[float, float, float]] = []
    for _, start, end in sorted(lines, key=lambda line: line[1]):
        if joints and start <= joints[-1][2] + _NEAR:
            joints[-1] = (at, joints[-1][1], max(end, joints[-1][2]))
        else:
            joints.append((at, start, end))
    return joints


def _groups(across: Sequence[Box], down: Sequence[Box]) -> list[list[Box]]:
    """The lines that cross each other, directly or over others."""
    left = [*across, *down]
    groups: list[list[Box]] = []
    while left:
        group, todo = [], [left.pop()]
        while todo:
            line = todo.pop()
            group.append(line)
            todo += [other for other in left if _cross(line, other)]
            left = [other for other in left if not _cross(line, other)]
        groups.append(group)
    return groups


def _cross(one: Box, other: Box) -> bool:
    return (
        (one.top == one.bottom) != (other.top == other.bottom)
        and one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.top - _NEAR <= other.bottom
        and other.top - _NEAR <= one.bottom
    )


def _grid(lines: Sequence[Box]) -> _Rules:
    level: dict[float, list[tuple[float, float]]] = {}
    upright: dict[float, list[tuple[float, float]]] = {}
    for line in lines:
        if line.top == line.bottom:
            level.setdefault(line.top, []).append((line.left, line.right))
        else:
            upright.setdefault(line.left, []).append((line.top, line.bottom))
    return _Rules(tuple(sorted(upright)), tuple(sorted(level)), upright, level)


def _is_inside(run: Run, grid: _Rules) -> bool:
    middle = (run.box.left + run.box.right) / 2
    inside = grid.xs[0] <= middle <= grid.xs[-1]
    return inside and grid.ys[0] <= run.box.middle <= grid.ys[-1]


def _cells(grid: _Rules, runs: Iterable[Run]) -> Grid:
    """The words of each cell; no rows where a grid holds none, or only in one cell."""
    home = _homes(grid)
    words: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        row = min(bisect_right(grid.ys, run.box.middle), len(grid.ys) - 1) - 1
        middle = (run.box.left + run.box.right) / 2
        column = min(bisect_right(grid.xs, middle), len(grid.xs) - 1) - 1
        words.setdefault(home[max(row, 0)][max(column, 0)], []).append(run)
    if len(words) < 2:
        return Grid(())
    return grid_of({place: paragraph_text(cell) for place, cell in words.items()}, home)


def _homes(grid: _Rules) -> list[list[tuple[int, int]]]:
    """For each square of the grid the first one of its cell: a cell may reach over several."""
    home: list[list[tuple[int, int]]] = []
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        home.append([])
        for column, (left, right) in enumerate(pairwise(grid.xs)):
            if column and not _passes(grid.upright[left], (top + bottom) / 2):
                home[row].append(home[row][column - 1])
            elif row and not _passes(grid.level[top], (left + right) / 2):
                home[row].append(home[row - 1][column])
            else:
                home[row].append((row, column))
    return home


def _passes(lines: Iterable[tuple[float, float]], middle: float) -> bool:
    """Whether one of the lines at a place passes beside a square's middle."""
    return any(start <= middle <= end for start, end in lines)
