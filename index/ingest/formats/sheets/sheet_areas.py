"""Find the tables of a sheet: apart by blank rows, side by side, or one below the other.

What of a table's rows is a title, a header or a note is left to `sheet_heads`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.ingest.structure.column_names import is_value
from index.ingest.structure.grid import Square
from index.ingest.structure.line_shapes import ends_sentence, width

Row = Sequence[str]

_MAX_NAME_WIDTH = 30
# Of the rows of a table, so many have a label.
_LABELLED = 0.6
_MOST_ABOVE = 40  # rows above that say what the columns hold


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a sheet: its texts, and for each square the first one of its cell.

    `notes` has the notes of cells, `beside` says that it stands beside another table.
    """

    rows: list[list[str]]
    homes: list[list[Square]]
    notes: Mapping[Square, str] = field(default_factory=dict)
    beside: bool = False

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def part(self, top: int, bottom: int, left: int = 0, right: int | None = None) -> "Area":
        """Return a part of it; a cell that begins outside begins at its edge."""
        right = self.columns if right is None else right
        if (top, bottom, left, right) == (0, len(self.rows), 0, self.columns):
            return self
        homes = [
            [(max(0, row - top), max(0, column - left)) for row, column in line[left:right]]
            for line in self.homes[top:bottom]
        ]
        notes = {
            (row - top, column - left): note
            for (row, column), note in self.notes.items()
            if top <= row < bottom and left <= column < right
        }
        rows = [row[left:right] for row in self.rows[top:bottom]]
        return Area(rows, homes, notes, self.beside)

    def followed_by(self, other: "Area") -> "Area":
        """Return this area with the rows of another one below."""
        high = len(self.rows)
        homes = [[(row + high, column) for row, column in line] for line in other.homes]
        notes = {(row + high, column): note for (row, column), note in other.notes.items()}
        rows = [*self.rows, *other.rows]
        return Area(rows, [*self.homes, *homes], {**self.notes, **notes}, other.beside)


def tables_in(area: Area) -> Iterator[Area]:
    """Yield the tables of a sheet in the order in which they are read."""
    for top, bottom in _between_blanks(list(map(any, area.rows))):
        block = area.part(top, bottom)
        parts = _side_by_side(block)
        if len(parts) == 1:
            yield from _stacked(block)
        else:
            for part in parts:
                yield from tables_in(replace(part, beside=True))


def is_names_row(row: Row) -> bool:
    """Return whether a row may name columns: several cells, short and without a figure.

    >>> is_names_row(["品名", "2024年", ""]), is_names_row(["煤油", "12", ""])
    (True, False)
    """
    cells = list(filter(None, row))
    return len(cells) > 1 and all(map(is_name, cells))


def is_name(cell: str) -> bool:
    """Return whether a cell may name others; a year may."""
    if not cell or width(cell) > _MAX_NAME_WIDTH or ends_sentence(cell):
        return False
    return not is_value(cell) or cell.endswith(("年", "月", "月份")) or _is_period(cell)


def filled(row: Row) -> int:
    """Return how many cells of a row have words."""
    return sum(map(bool, row))


def _is_period(cell: str) -> bool:
    return cell.isascii() and cell.isdecimal() and len(cell) == 4 and cell[:2] in ("19", "20")


def _between_blanks(used: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of what is used between what is blank."""
    start: int | None = None
    for number, is_used in enumerate([*used, False]):
        if is_used and start is None:
            start = number
        elif not is_used and start is not None:
            yield start, number
            start = None


def _side_by_side(block: Area) -> list[Area]:
    """Return the tables that stand beside each other in a block, titles above them first."""
    top = 0
    while top < len(block.rows) and filled(block.rows[top]) == 1:
        top += 1
    body = range(top, len(block.rows))
    used = [
        any(block.rows[row][column] or block.homes[row][column] != (row, column) for row in body)
        for column in range(block.columns)
    ]
    ranges = list(_between_blanks(used))
    starts = [start for start, _ in ranges[:1]]
    for (left, _), (right, end) in pairwise(ranges):
        before = block.part(top, len(block.rows), starts[-1], right)
        if _stands_alone(before, block.part(top, len(block.rows), right, end), right - left):
            starts.append(right)
    if len(starts) < 2 and not (starts := _turns(block, top)):
        return [block]
    bounds = [*starts, block.columns]
    sides = [block.part(top, len(block.rows), left, right) for left, right in pairwise(bounds)]
    return [*([block.part(0, top)] if top else []), *sides]


def _turns(block: Area, top: int) -> list[int]:
    """Return where lists begin whose columns have the same names in turn: 存, 期末, 欠, 期末."""
    names, body = block.rows[top] if top < len(block.rows) else [], block.rows[top + 1 :]
    covered = any(
        home != (row, column)
        for row in range(top, len(block.rows))
        for column, home in enumerate(block.homes[row])
    )
    if covered or not body or not all(map(is_name, names)):
        return []
    for size in range(2, len(names) // 2 + 1):
        starts = list(range(0, len(names), size))
        turns = [names[start : start + size] for start in starts]
        labels = [row[start] for row in body for start in starts if row[start]]
        if all(turn[1:] == turns[0][1:] for turn in turns) and not mostly_values(labels):
            return starts
    return []


def _stands_alone(left: Area, right: Area, distance: int) -> bool:
    """Return whether columns behind a blank one are another table, with labels of its own."""
    ours, theirs = _filled_rows(left), _filled_rows(right)
    if min(len(ours), len(theirs)) < 3 or min(left.columns, right.columns) < 2:
        return False
    titled = filled(ours[0]) == filled(theirs[0]) == 1
    names, others = (rows[titled] for rows in (ours, theirs))
    if not (is_names_row(names) and is_names_row(others)):
        return False
    repeated = not set(filter(None, names)).isdisjoint(filter(None, others))
    labels = [row[0] for row in theirs[titled + 1 :]]
    known = list(filter(None, labels))
    labelled = len(known) >= _LABELLED * len(labels) and len(set(known)) == len(known)
    if not labelled or (not repeated and any(map(is_value, known))):
        return False
    values = any(is_value(cell) for row in theirs[titled + 1 :] for cell in row[1:])
    return values and (titled or repeated or len(ours) != len(theirs) or distance > left.columns)


def _filled_rows(area: Area) -> list[list[str]]:
    return [row for row in area.rows if any(row)]


def _stacked(block: Area) -> Iterator[Area]:
    """Yield the tables of a block that follow each other without a blank row between."""
    start = 0
    for number in range(2, len(block.rows) - 1):
        top = _new_table_at(block, start, number)
        if top is not None and top > start:
            yield block.part(start, top)
            start = top
    yield block.part(start, len(block.rows))


def _new_table_at(block: Area, start: int, number: int) -> int | None:
    """Return where another table begins whose names of columns are a row; None if none does.

    Its names stand where the table above has figures; they have a title, or are several.
    """
    row, below = block.rows[number], block.rows[number + 1]
    names = list(filter(None, row))
    if not is_names_row(row) or len(set(names)) < len(names) or len(names) < filled(below):
        return None
    if not any(name and is_value(cell) for name, cell in zip(row, below, strict=True)):
        return None
    if list(row) in block.rows[start : min(number, start + _MOST_ABOVE)]:
        return None  # the header again, as above each page
    above = block.rows[max(start, number - _MOST_ABOVE) : number]
    titles = number
    while titles > start + 1 and filled(block.rows[titles - 1]) == 1 and _leads(block, titles - 1):
        titles -= 1
    columns = zip(row, zip(*above, strict=True), strict=True)
    broken = sum(bool(name) and mostly_values(column) for name, column in columns)
    return titles if broken > (titles == number) and titles - start > 1 else None


def _leads(block: Area, number: int) -> bool:
    """Return whether a row of one cell begins at the left, as a title does."""
    row = block.rows[number]
    first = next(at for at, cell in enumerate(row) if cell)
    return not any(other[at] for other in block.rows[number + 1 :] for at in range(first))


def mostly_values(cells: Sequence[str]) -> bool:
    """Return whether most cells of a column are figures or dates."""
    known = list(filter(None, cells))
    return bool(known) and 2 * sum(map(is_value, known)) >= len(known)
