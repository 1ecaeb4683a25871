"""Find tables that are drawn with lines: cells from the grid that a page's rules form."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.ingest.formats.pdf.lines import fragments_of, paragraph_text
from index.ingest.formats.pdf.page_content import Box, TextRun
from index.ingest.formats.pdf.tables.open.head_fonts import has_head_font
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable
from index.ingest.formats.pdf.tables.panels import panel_tables
from index.ingest.formats.pdf.tables.ruled_grid import (
    RuledGrid,
    home_of,
    with_body_below,
    with_unruled_columns,
    with_unruled_rows,
)
from index.ingest.formats.pdf.tables.rules import NEAR, level_rules, upright_rules
from index.ingest.structure.column_names import has_pairs, is_value
from index.ingest.structure.grid import Grid, Square, grid_of

# A page with more is a drawing; each is compared with each.
_MAX_RULES = 400
_MAX_CELL_LENGTH = 500
_MIN_CELL = 8.0  # points
# Rows of a header that is drawn while the rows below it are not, and how far below they are.
_MAX_HEADER_ROWS = 3
_MAX_GAP = 1.6  # em
_ONE_ROW = 2


@dataclass(frozen=True, slots=True)
class RuledPage:
    """The tables that are drawn on a page, and the runs outside of them."""

    tables: tuple[PdfTable, ...]
    runs: tuple[TextRun, ...]
    turned: tuple[TextRun, ...]


def find_tables(
    rules: Sequence[Box], runs: Sequence[TextRun], turned: Sequence[TextRun] = ()
) -> RuledPage:
    """Return the tables that are drawn on a page; words turned by a right angle are in cells."""
    tables: list[PdfTable] = []
    grids = _ruled_grids(rules)
    for drawn in grids:
        ruled = with_body_below(drawn, runs) if _is_header_alone(drawn, grids, runs) else drawn
        if ruled is not drawn and len(drawn.ys) == _ONE_ROW:
            continue
        inside = [run for run in (*runs, *turned) if _is_inside(run, ruled)]
        panels = panel_tables(ruled, inside)
        if len(panels) == len(ruled.xs) - 1:
            tables += panels
            runs = [run for run in runs if not _is_inside(run, ruled)]
            continue
        whole = with_unruled_rows(with_unruled_columns(ruled, inside), inside)
        grid = _cells(whole, inside)
        if grid.rows and all(len(cell) <= _MAX_CELL_LENGTH for row in grid.rows for cell in row):
            box = Box(ruled.xs[0], ruled.ys[0], ruled.xs[-1], ruled.ys[-1])
            tables.append(PdfTable(grid, box, tuple(pairwise(ruled.xs))))
            runs = [run for run in runs if not _is_inside(run, ruled)]
            turned = [run for run in turned if not _is_inside(run, ruled)]
    return RuledPage(tuple(tables), tuple(runs), tuple(turned))


def _ruled_grids(rules: Sequence[Box]) -> list[RuledGrid]:
    across, down = level_rules(rules), upright_rules(rules)
    if len(across) + len(down) > _MAX_RULES:
        return []
    grids = [_ruled_grid(group) for group in _crossing_groups([*across, *down])]
    return [grid for grid in grids if len(grid.xs) > 2 and len(grid.ys) > 1]


def _is_header_alone(grid: RuledGrid, grids: Sequence[RuledGrid], runs: Sequence[TextRun]) -> bool:
    """Return whether only a table's header is drawn: words stand below in its columns."""
    if len(grid.ys) > _MAX_HEADER_ROWS + 1:
        return False
    below = [
        run
        for run in runs
        if 0 <= run.box.top - grid.ys[-1] + NEAR <= _MAX_GAP * run.size
        and grid.xs[0] <= run.box.centre <= grid.xs[-1]
        and not any(_is_inside(run, other) for other in grids)
    ]
    line = fragments_of(below)
    homes = {home_of(grid.xs, fragment.box) for fragment in line}
    return len(line) > 1 and len(homes) == len(line) and None not in homes


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
        and rule.left - NEAR <= other.right
        and other.left - NEAR <= rule.right
        and rule.top - NEAR <= other.bottom
        and other.top - NEAR <= rule.bottom
    )


def _ruled_grid(rules: Sequence[Box]) -> RuledGrid:
    level: dict[float, list[tuple[float, float]]] = {}
    upright: dict[float, list[tuple[float, float]]] = {}
    for rule in rules:
        if rule.top == rule.bottom:
            level.setdefault(rule.top, []).append((rule.left, rule.right))
        else:
            upright.setdefault(rule.left, []).append((rule.top, rule.bottom))
    return RuledGrid(_with_ends(upright, level), _with_ends(level, upright), upright, level)


def _with_ends(
    rules: Mapping[float, Sequence[tuple[float, float]]],
    others: Mapping[float, Sequence[tuple[float, float]]],
) -> tuple[float, ...]:
    """Return the positions of rules, and where the others end if that is further out.

    A table may have no rule around it.
    """
    places = sorted(rules)
    if not places or not others:
        return tuple(places)
    start = min(start for stretches in others.values() for start, _ in stretches)
    end = max(end for stretches in others.values() for _, end in stretches)
    before = [start] if places[0] - start > _MIN_CELL else []
    return (*before, *places, *([end] if end - places[-1] > _MIN_CELL else []))


def _is_inside(run: TextRun, grid: RuledGrid) -> bool:
    inside = grid.xs[0] <= run.box.centre <= grid.xs[-1]
    return inside and grid.ys[0] <= run.box.middle <= grid.ys[-1]


def _cells(grid: RuledGrid, runs: Iterable[TextRun]) -> Grid:
    """Return the words of each cell; no rows if fewer than two cells have words."""
    homes = _homes(grid)
    cell_runs: dict[Square, list[TextRun]] = {}
    for run in runs:
        row = min(bisect_right(grid.ys, run.box.middle), len(grid.ys) - 1) - 1
        column = min(bisect_right(grid.xs, run.box.centre), len(grid.xs) - 1) - 1
        cell_runs.setdefault(homes[max(row, 0)][max(column, 0)], []).append(run)
    if len(cell_runs) < 2:
        return Grid(())
    texts = {place: paragraph_text(cell) for place, cell in cell_runs.items()}
    return _named(grid_of(texts, homes, _header_rows(texts, homes)), cell_runs)


def _named(grid: Grid, cell_runs: Mapping[Square, Sequence[TextRun]]) -> Grid:
    """Return a grid whose first row names the columns, if its font shows that.

    Names with their values are in the fonts of each.
    """
    rows: dict[int, list[TextRun]] = {}
    for (row, column), runs in cell_runs.items():
        rows.setdefault(row, []).extend(runs if column else ())
    plain = grid.named is None and not grid.captions and all(grid.rows[:1])
    head = plain and has_head_font([rows[row] for row in sorted(rows)])
    return replace(grid, named=True) if head and not has_pairs(grid.rows) else grid


def _header_rows(texts: Mapping[Square, str], homes: Sequence[Sequence[Square]]) -> int:
    """Return 2 where labels of several columns stand alone above those of each column, else 0."""
    if len(homes) < 3:
        return 0
    first, second, third = ([texts.get(square, "") for square in row] for row in homes[:3])
    counts = Counter(homes[0])
    wide = {at for at, square in enumerate(homes[0]) if counts[square] > 1}
    alone = 0 < len(wide) < len(first) and all(
        bool(text) == (at in wide) for at, text in enumerate(first)
    )
    named = all(second) and not any(map(is_value, second)) and set(homes[1]).isdisjoint(homes[0])
    return 2 if alone and named and any(map(is_value, third)) else 0


def _homes(grid: RuledGrid) -> list[list[Square]]:
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
