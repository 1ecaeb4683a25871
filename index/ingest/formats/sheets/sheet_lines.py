"""Make lines of a sheet's rows: tables set apart by blank rows, each with its header."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.errors import ArticleError
from index.ingest.formats.draft import DraftLine, table_lines
from index.ingest.structure.column_names import names_columns
from index.ingest.structure.grid import Square, grid_of
from index.ingest.structure.line_shapes import is_prose

Rows = Sequence[Sequence[str]]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, from 0."""

MAX_SQUARES = 2_000_000
"""The most squares that a table may have, blank ones included."""


def sheet_lines(rows: Rows, merged: Sequence[Range] = (), *, headed: bool) -> Iterator[DraftLine]:
    """Yield a sheet's rows as lines; `headed` says that its first table has a header.

    >>> [line.text for line in sheet_lines([("船", "座位"), ("一号", "30")], headed=True)]
    ['船: 一号, 座位: 30']

    Raises:
        ArticleError: it is too large.
    """
    columns = max(map(len, rows), default=0)
    if columns * len(rows) > MAX_SQUARES:
        raise ArticleError("holds a table that is too large; save it as a file of its own.")
    whole = [[*row, *[""] * (columns - len(row))] for row in rows]
    homes = _homes(len(whole), columns, merged)
    for start, end in _tables(whole):
        if start:
            yield DraftLine("")
        yield from _lines(whole[start:end], _shifted(homes[start:end], start), headed)
        headed = False


def _tables(rows: Rows) -> Iterator[tuple[int, int]]:
    """Yield the ranges of rows between blank ones."""
    start: int | None = None
    for number, row in enumerate([*rows, ()]):
        if any(row) and start is None:
            start = number
        elif not any(row) and start is not None:
            yield start, number
            start = None


def _lines(rows: Rows, homes: list[list[Square]], headed: bool) -> Iterator[DraftLine]:
    rest = _notes_at_end(rows)
    body, notes = rows[:rest], rows[rest:]
    for number, row in enumerate(body[:-1]):
        # A title that stands alone in its row is not merged over the columns in every sheet.
        if sum(map(bool, row)) != 1 or len(row) < 2:
            break
        homes[number] = [(number, next(i for i, cell in enumerate(row) if cell))] * len(row)
    used = [i for i in range(len(rows[0])) if any(row[i] for row in body)]
    texts = {
        (number, column): cell
        for number, row in enumerate(body)
        for column, cell in enumerate(row)
        if cell
    }
    if body:
        grid = grid_of(*_without_blank_columns(texts, homes[:rest], used))
        named = grid.named or (bool(grid.rows) and names_columns(grid.rows, headed=headed))
        yield from table_lines(replace(grid, named=named if len(grid.rows) > 1 else None))
    for row in notes:
        yield DraftLine(next(filter(None, row)))


def _without_blank_columns(
    texts: dict[Square, str], homes: list[list[Square]], used: Sequence[int]
) -> tuple[dict[Square, str], list[list[Square]]]:
    """Return a table's squares numbered by its `used` columns only."""
    if len(used) == len(homes[0]):
        return texts, homes
    place = {column: number for number, column in enumerate(used)}
    return (
        {(row, place[column]): text for (row, column), text in texts.items()},
        [
            [(line[column][0], place.get(line[column][1], place[column])) for column in used]
            for line in homes
        ],
    )


def _notes_at_end(rows: Rows) -> int:
    """Return where rows begin that are a note of one cell below a table."""
    end = len(rows)
    while (
        end > 1
        and sum(map(bool, rows[end - 1])) == 1
        and _is_note(next(filter(None, rows[end - 1])))
    ):
        end -= 1
    return end


def _is_note(cell: str) -> bool:
    return is_prose(cell) or cell.startswith(
        ("注", "备注", "说明", "Note", "Source", "来源", "资料来源")
    )


def _homes(rows: int, columns: int, merged: Sequence[Range]) -> list[list[Square]]:
    homes = [[(row, column) for column in range(columns)] for row in range(rows)]
    for top, left, bottom, right in merged:
        for row in range(top, min(bottom, rows - 1) + 1):
            for column in range(left, min(right, columns - 1) + 1):
                homes[row][column] = (top, left)
    return homes


def _shifted(homes: list[list[Square]], rows: int) -> list[list[Square]]:
    """Return squares as counted from a table's first row; what began above it begins there."""
    if not rows:
        return homes
    return [[(max(0, row - rows), column) for row, column in line] for line in homes]
