"""Judge whether lines form a table without drawn cells, and read its header and rows."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from index.ingest.formats.pdf.page_content import Box, bounding_box, mean_confidence
from index.ingest.formats.pdf.tables.open.head_fonts import has_head_font
from index.ingest.formats.pdf.tables.open.open_columns import (
    Columns,
    FragmentLine,
    PlacedFragment,
    PlacedLine,
    measured_columns,
)
from index.ingest.formats.pdf.tables.open.open_grid import grid_of_rows
from index.ingest.formats.pdf.tables.open.open_groups import grouped
from index.ingest.formats.pdf.tables.open.open_heads import head_levels
from index.ingest.formats.pdf.tables.open.open_rows import BodyLines, OpenRow
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable
from index.ingest.formats.pdf.tables.open.tight_columns import with_tight_columns
from index.ingest.structure.column_names import has_pairs, is_value
from index.ingest.structure.grid import Grid
from index.ingest.structure.line_shapes import width

_MIN_LINES = 3
_MAX_HEAD_LINES = 6
_MAX_HEAD_ROWS = 3
_MIN_FULL = 0.5
# Share of the rows that have figures, where the lines above the first one are a header.
_MIN_FIGURES = 0.8
_MIN_ALIGNED = 0.7
_TOLERANCE = 1.0  # em
# Columns of running text are wider on average than those of a table.
_MAX_MEAN_WIDTH = 16
# Marks of a list before its items are no column, nor are they where most cells are marks.
_MAX_MARKS = 0.6
_LIST_MARK = re.compile(
    r"^(?:[-•·●■◆▪□○*※►–✓]|[(（\[]?\w{1,3}[.)）、\]]|\[\d{1,3}\]|[①-⑳]|第[一二三四五六七八九十百零〇\d]{1,4}[条條章节節款项項])$"
)


def open_table(lines: Sequence[FragmentLine], rules: Sequence[Box]) -> PdfTable | None:
    """Return the table that lines form, given the level rules on the page; None without one."""
    lines = with_tight_columns(lines)
    box = bounding_box([part.box for line in lines for part in line])
    within = [rule for rule in rules if _is_beside(rule, box)]
    whole = [rule for rule in within if _goes_over(rule, box, _TOLERANCE * lines[0][0].size)]
    ruled = _lines_above(lines, whole)
    above = ruled or _lines_without_figures(lines)
    columns = measured_columns(lines[above:], lines[:above]) or measured_columns(lines)
    if columns is None:
        return None
    placed = [columns.placed(line) for line in lines]
    if not _is_head(placed[:ruled], columns):
        ruled = 0
    above = above if _is_head(placed[:above], columns) else 0
    shown = bool(ruled) or len(whole) > 1
    full = sum(len(line) > 1 for line in placed[ruled:])
    if full < (1 if shown else _MIN_LINES) or not _is_tabular(
        placed[above:], columns, within, ruled=shown
    ):
        return None
    head = ruled or _unruled_head(placed, len(columns), within)
    if not head and above > 1 and len(lines[0]) > 1:
        head = above
    grid = _grid(placed[:head], placed[head:], columns, within, whole)
    if len(grid.rows) < 2:
        return None
    if grid.named is None and not has_pairs(grid.rows) and (head or _has_head_font(placed)):
        grid = replace(grid, named=True)
    confidence = mean_confidence(
        (part.confidence, len(part.text)) for line in lines for part in line
    )
    size = median(part.size for part in lines[-1])
    return PdfTable(grid, box, columns.edges, size, confidence=confidence)


def _lines_without_figures(lines: Sequence[FragmentLine]) -> int:
    """Return how many lines are above the first with figures, if most cells below are such."""
    figures = [[is_value(part.text) for part in line[1:]] for line in lines]
    first = next((number for number, line in enumerate(figures) if any(line)), 0)
    rows = [line for line in figures[first:] if line]
    filled = sum(map(any, rows)) >= _MIN_FIGURES * len(rows)
    most = 2 * sum(map(sum, rows)) >= sum(map(len, rows))
    return first if filled and most and first <= _MAX_HEAD_LINES else 0


def _is_beside(rule: Box, box: Box) -> bool:
    inside = rule.right > box.left and rule.left < box.right
    return inside and box.top - 20 < rule.middle < box.bottom + 20


def _goes_over(rule: Box, box: Box, tolerance: float) -> bool:
    """Return whether a rule goes over the whole width of a table's words."""
    return rule.left <= box.left + tolerance and rule.right >= box.right - tolerance


def _lines_above(lines: Sequence[FragmentLine], whole: Sequence[Box]) -> int:
    """Return how many lines are above the first rule that goes over the table between two lines."""
    first, last = _bottom(lines[0]), _bottom(lines[-1])
    inner = [rule.middle for rule in whole if first - 2 < rule.middle < last - 2]
    return sum(_bottom(line) - 2 < min(inner) for line in lines) if inner else 0


def _bottom(line: FragmentLine) -> float:
    return min(part.box.bottom for part in line)


def _has_head_font(lines: Sequence[PlacedLine]) -> bool:
    return has_head_font(
        [[run for part in line if part.first for run in part.fragment.runs] for line in lines]
    )


def _is_head(head: Sequence[PlacedLine], columns: Columns) -> bool:
    """Return whether the lines above a rule name the columns below it."""
    parts = [part for line in head for part in line]
    values = sum(is_value(part.fragment.text) and not _is_year(part) for part in parts)
    named = {column for part in parts for column in range(part.first, part.last + 1)}
    return (
        0 < len(head) <= _MAX_HEAD_LINES
        and 3 * values <= len(parts)
        and 2 * max(len(named), *map(len, head)) > len(columns)
    )


def _is_year(part: PlacedFragment) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d年?", part.fragment.text) is not None


def _is_tabular(
    body: Sequence[PlacedLine], columns: Columns, separators: Sequence[Box], *, ruled: bool
) -> bool:
    """Return whether lines stand in columns as those of a table do, not those of a page."""
    rows, _ = BodyLines(body, len(columns), separators).rows()
    several = sum(len(row.columns) > 1 for row in rows)
    if several < _MIN_FULL * len(rows):
        return False
    cells = [
        [part for line in body for part in line if part.first == part.last == column]
        for column in range(len(columns))
    ]
    marks = sum(_LIST_MARK.match(part.fragment.text) is not None for part in cells[0])
    if len(columns) == 2 and marks >= _MAX_MARKS * len(cells[0]):
        return False
    wide = sum(_mean_width(column) > _MAX_MEAN_WIDTH for column in cells)
    if wide > 1 and 2 * len(separators) < len(rows):
        return False
    return ruled or all(map(_is_aligned, filter(None, cells)))


def _mean_width(cells: Sequence[PlacedFragment]) -> float:
    return sum(width(part.fragment.text) for part in cells) / max(len(cells), 1)


def _is_aligned(cells: Sequence[PlacedFragment]) -> bool:
    """Return whether most cells of a column have an edge or the middle in common."""
    tolerance = _TOLERANCE * max(part.size for part in cells)
    sides = zip(*((part.box.left, part.box.right, part.box.centre) for part in cells), strict=True)
    return any(
        sum(abs(place - median(side)) <= tolerance for place in side) >= _MIN_ALIGNED * len(side)
        for side in map(list, sides)
    )


def _unruled_head(lines: Sequence[PlacedLine], columns: int, separators: Sequence[Box]) -> int:
    """Return the number of lines of a header of several lines that no rule shows, else 0."""
    rows, _ = BodyLines(lines, columns, separators).rows()
    first = next((number for number, row in enumerate(rows) if _has_values(row)), 0)
    if not 0 < first <= _MAX_HEAD_ROWS:
        return 0
    top = rows[first].top - 1
    head = [line for line in lines if max(part.box.middle for part in line) < top]
    parts = [part for line in head for part in line]
    named = {column for part in parts for column in range(part.first, part.last + 1)}
    uneven = any(len(line) < columns for line in head)
    several = 2 <= len(head) <= _MAX_HEAD_LINES
    return len(head) if several and uneven and len(named) >= columns - 1 else 0


def _has_values(row: OpenRow) -> bool:
    values = [is_value(part.fragment.text) for part in row.fragments if part.first]
    return 2 * sum(values) >= max(len(values), 1)


def _grid(
    head: Sequence[PlacedLine],
    body: Sequence[PlacedLine],
    columns: Columns,
    rules: Sequence[Box],
    whole: Sequence[Box],
) -> Grid:
    lowest = max((part.box.middle for line in head for part in line), default=-math.inf)
    inner = [rule for rule in rules if not any(rule is other for other in whole)]
    separators = [rule for rule in rules if rule.middle > lowest]
    lines = BodyLines(body, len(columns), separators)
    levels = head_levels(head, columns, inner, lines.step) if head else []
    return grid_of_rows(levels, grouped(*lines.rows(), columns, separators), columns)
