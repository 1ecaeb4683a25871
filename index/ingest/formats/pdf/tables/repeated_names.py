"""Part a table whose columns have the same names again from left to right: it is several.

日, 最高, 日, 最高 is one list, printed in two halves; 资产, 期末, 负债, 期末 are two tables.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.tables.continued_tables import followed_by
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable
from index.ingest.structure.column_names import is_value
from index.ingest.structure.grid import Grid, Squares, squares_of


def parted_by_names(table: PdfTable) -> list[PdfTable]:
    """Return the tables that stand side by side in one, those of the same names as one."""
    names = table.grid.rows[0]
    size = _block_size(names)
    if not size or not _can_be_parted(table.grid, size):
        return [table]
    starts = range(0, len(names), size)
    grids = [_columns_of(table.grid, start, start + size) for start in starts]
    if len(set(names[::size])) == 1:
        whole = reduce(followed_by, grids)
        return [replace(table, grid=whole, edges=table.edges[:size])]
    return [
        replace(table, grid=grid, edges=edges, box=_box_of(table.box, edges))
        for grid, edges in (
            (grid, table.edges[start : start + size])
            for grid, start in zip(grids, starts, strict=True)
        )
    ]


def _block_size(names: Sequence[str]) -> int:
    """Return after how many columns the names are repeated, all but the first at least; or 0.

    >>> _block_size(["日", "高", "低", "日", "高", "低"]), _block_size(["日", "高", "低", "雨"])
    (3, 0)
    """
    if not all(names) or any(map(is_value, names)):
        return 0
    sizes = (size for size in range(2, len(names) // 2 + 1) if len(names) % size == 0)
    return next(
        (
            size
            for size in sizes
            if len({tuple(names[at + 1 : at + size]) for at in range(0, len(names), size)}) == 1
            and len(set(names[:size])) == size
        ),
        0,
    )


def _can_be_parted(grid: Grid, size: int) -> bool:
    """Return whether no cell goes over the edge between two of the tables."""
    return not any(
        line[at] == line[at - 1]
        for lines in squares_of(grid).rows
        for line in lines
        for at in range(size, len(line), size)
    )


def _columns_of(grid: Grid, start: int, end: int) -> Grid:
    """Return a grid with some of its columns, without the rows that are blank there."""
    squares = squares_of(grid)
    kept = [number for number, row in enumerate(grid.rows) if any(row[start:end])]
    return Grid(
        tuple(grid.rows[number][start:end] for number in kept),
        named=True,
        captions=() if start else grid.captions,
        squares=Squares(
            tuple(
                tuple(
                    [(row, column - start) for row, column in line[start:end]]
                    for line in squares.rows[number]
                )
                for number in kept
            ),
            {
                (row, column - start): text
                for (row, column), text in squares.texts.items()
                if start <= column < end
            },
            frozenset(
                (row, column - start) for row, column in squares.heads if start <= column < end
            ),
        ),
    )


def _box_of(box: Box, edges: Sequence[tuple[float, float]]) -> Box:
    return replace(box, left=edges[0][0], right=edges[-1][1])
