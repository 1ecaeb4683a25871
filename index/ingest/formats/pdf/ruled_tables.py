"""Find tables that are drawn with lines: cells from the grid that a page's rules form."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from index.ingest.formats.pdf.lines import paragraph_text
from index.ingest.formats.pdf.page_content import Box, TextRun
from index.ingest.structure.grid import Grid, Square, grid_of

# Points: rules that are nearer than this touch, or are one rule drawn twice.
_NEAR = 3.0
# A page with more is a drawing; each is compared with each.
_MAX_RULES = 400
_MAX_CELL_LENGTH = 500


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table with its box on the page."""

    grid: Grid
    box: Box
    size: float = 0.0
    column: str = ""
    confidence: float | None = None


class _Rule(NamedTuple):
    """A straight line, level or upright, at one position and from a start to an end."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _RuledGrid:
    """The positions of a table's rules, and the stretches (start, end) drawn at each."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: dict[float, list[tuple[float, float]]]
    level: dict[float, list[tuple[float, float]]]


def find_tables(
    rules: Sequence[Box], runs: Sequence[TextRun]
) -> tuple[list[PdfTable], list[TextRun]]:
    """Return the tables that are drawn on a page, and the runs outside of them."""
    tables: list[PdfTable] = []
    for ruled in _ruled_grids(rules):
        grid = _cells(ruled, [run for run in runs if _is_inside(run, ruled)])
        if grid.rows and all(len(cell) <= _MAX_CELL_LENGTH for row in grid.rows for cell in row):
            box = Box(ruled.xs[0], ruled.ys[0], ruled.xs[-1], ruled.ys[-1])
            tables.append(PdfTable(grid, box))
            runs = [run for run in runs if not _is_inside(run, ruled)]
    return tables, list(runs)


def _ruled_grids(rules: Sequence[Box]) -> list[_RuledGrid]:
    level = _merged(
        _Rule(rule.middle, rule.left, rule.right)
        for rule in rules
        if rule.right - rule.left > _NEAR
    )
    upright = _merged(
        _Rule(rule.centre, rule.top, rule.bottom)
        for rule in rules
        if rule.bottom - rule.top > _NEAR
    )
    if len(level) + len(upright) > _MAX_RULES:
        return []
    across = [Box(rule.start, rule.at, rule.end, rule.at) for rule in level]
    down = [Box(rule.at, rule.start, rule.at, rule.end) for rule in upright]
    grids = [_ruled_grid(group) for group in _crossing_groups([*across, *down])]
    return [grid for grid in grids if len(grid.xs) > 2 and len(grid.ys) > 1]


def _merged(rules: Iterable[_Rule]) -> list[_Rule]:
    """Move near rules to their mean position, and join those that touch there."""
    positions: list[list[_Rule]] = []
    for rule in sorted(rules):
        if positions and rule.at - positions[-1][-1].at <= _NEAR:
            positions[-1].append(rule)
        else:
            positions.append([rule])
    return [rule for position in positions for rule in _joined(position)]


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    at = sum(rule.at for rule in rules) / len(rules)
    joined: list[_Rule] = []
    for _, start, end in sorted(rules, key=lambda rule: rule.start):
        if joined and start <= joined[-1].end + _NEAR:
            joined[-1] = _Rule(at, joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(_Rule(at, start, end))
    return joined


def _crossing_groups(rules: Sequence[Box]) -> list[list[Box]]:
    """Group the rules that cross each other, directly or through others."""
    left = list(rules)
    groups: list[list[Box]] = []
    while left:
        group, pending = [], [left.pop()]
        while pending:
            rule = pending.pop()
            group.append(rule)
            pending += [other for other in left if _cross(rule, other)]
            left = [other for other in left if not _cross(rule, other)]
        groups.append(group)
    return groups


def _cross(rule: Box, other: Box) -> bool:
    return (
        (rule.top == rule.bottom) != (other.top == other.bottom)
        and rule.left - _NEAR <= other.right
        and other.left - _NEAR <= rule.right
        and rule.top - _NEAR <= other.bottom
        and other.top - _NEAR <= rule.bottom
    )


def _ruled_grid(rules: Sequence[Box]) -> _RuledGrid:
    level: dict[float, list[tuple[float, float]]] = {}
    upright: dict[float, list[tuple[float, float]]] = {}
    for rule in rules:
        if rule.top == rule.bottom:
            level.setdefault(rule.top, []).append((rule.left, rule.right))
        else:
            upright.setdefault(rule.left, []).append((rule.top, rule.bottom))
    return _RuledGrid(tuple(sorted(upright)), tuple(sorted(level)), upright, level)


def _is_inside(run: TextRun, grid: _RuledGrid) -> bool:
    inside = grid.xs[0] <= run.box.centre <= grid.xs[-1]
    return inside and grid.ys[0] <= run.box.middle <= grid.ys[-1]


def _cells(grid: _RuledGrid, runs: Iterable[TextRun]) -> Grid:
    """Return the words of each cell; no rows if fewer than two cells have words."""
    homes = _homes(grid)
    cell_runs: dict[Square, list[TextRun]] = {}
    for run in runs:
        row = min(bisect_right(grid.ys, run.box.middle), len(grid.ys) - 1) - 1
        column = min(bisect_right(grid.xs, run.box.centre), len(grid.xs) - 1) - 1
        cell_runs.setdefault(homes[max(row, 0)][max(column, 0)], []).append(run)
    if len(cell_runs) < 2:
        return Grid(())
    return grid_of({place: paragraph_text(cell) for place, cell in cell_runs.items()}, homes)


def _homes(grid: _RuledGrid) -> list[list[Square]]:
    """Return for each square of the grid the first one of its cell: cells may span several."""
    homes: list[list[Square]] = []
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        homes.append([])
        for column, (left, right) in enumerate(pairwise(grid.xs)):
            if column and not _covers(grid.upright[left], (top + bottom) / 2):
                homes[row].append(homes[row][column - 1])
            elif row and not _covers(grid.level[top], (left + right) / 2):
                homes[row].append(homes[row - 1][column])
            else:
                homes[row].append((row, column))
    return homes


def _covers(stretches: Iterable[tuple[float, float]], middle: float) -> bool:
    """Return whether a rule is drawn beside the middle of a square."""
    return any(start <= middle <= end for start, end in stretches)
