"""Read a drawn frame whose squares hold tables of their own, without drawn cells.

A transcript with a rule down its middle is two tables, and so is a balance sheet.
"""

from collections.abc import Sequence
from itertools import pairwise

from index.ingest.formats.pdf.lines import TextFragment, fragments_of, rows_of
from index.ingest.formats.pdf.page_content import Box, TextRun
from index.ingest.formats.pdf.tables.open.open_table import open_table
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable
from index.ingest.formats.pdf.tables.ruled_grid import RuledGrid

_MAX_PANELS = 4
# Lines of a square that is no cell, and the share of them that have words in several columns.
_MIN_LINES = 3
_MIN_FULL = 0.5


def panel_tables(grid: RuledGrid, runs: Sequence[TextRun]) -> list[PdfTable]:
    """Return the table in each column of a frame; none if its squares are cells."""
    sides = list(pairwise(grid.xs))
    if len(sides) > _MAX_PANELS:
        return []
    panels = [
        [run for run in runs if left <= run.box.centre < right and not run.turn]
        for left, right in sides
    ]
    if not all(_has_rows(grid, panel) for panel in panels):
        return []
    rules = [
        Box(start, y, end, y) for y, stretches in grid.level.items() for start, end in stretches
    ]
    tables = [open_table(rows_of(fragments_of(panel)), rules) for panel in panels]
    return [
        PdfTable(table.grid, Box(left, grid.ys[0], right, grid.ys[-1]), table.edges, table.size)
        for table, (left, right) in zip(tables, sides, strict=True)
        if table is not None and len(table.edges) > 1
    ]


def _has_rows(grid: RuledGrid, runs: Sequence[TextRun]) -> bool:
    """Return whether a square of a frame has lines whose words stand in several columns."""
    squares = [
        rows_of(fragments_of([run for run in runs if top < run.box.middle < bottom]))
        for top, bottom in pairwise(grid.ys)
    ]
    return any(len(lines) >= _MIN_LINES and _is_full(lines) for lines in squares)


def _is_full(lines: Sequence[Sequence[TextFragment]]) -> bool:
    return sum(len(line) > 1 for line in lines) >= _MIN_FULL * len(lines)
