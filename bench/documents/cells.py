"""A value of a table that still stands under its labels.

It is right in a grid, in the row and the column of its labels; or in a line that holds all the
labels and the value, with no rival of a label between the two.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bench.documents.grids import Grid
from bench.documents.labels import Named, Names, value_pattern
from bench.documents.read_text import ReadText

_LINE = 600
"""Characters, without white space, up to which a line says what belongs together."""

_WINDOW = 200
"""Characters between a label and its value in a longer line, which is a text of its own."""

_JOINED = re.compile(r"\s*[:=]\s*")
_OPENED = re.compile(r"\s*[(\[:=]?\s*")
_SEPARATED = re.compile(r"[\s|/,;、·>-]*")


@dataclass(frozen=True)
class Cell:
    """A value, its labels, and each label's rivals: the other names in the label's place."""

    labels: Sequence[str]
    value: str
    rivals: Mapping[str, Sequence[str]]

    def __str__(self) -> str:
        return f"{' · '.join(self.labels)} = {self.value}"

    def holds(self, text: ReadText) -> bool:
        """Return whether the text says which labels the value belongs to."""
        return any(map(self._in_grid, text.grids)) or any(map(self._in_line, text.lines))

    @cached_property
    def _value(self) -> re.Pattern[str]:
        return re.compile(value_pattern(self.value), re.IGNORECASE)

    @cached_property
    def _names(self) -> Names:
        rivals = [name for names in self.rivals.values() for name in names]
        return Names([*self.labels, *rivals, self.value])

    def _rivals(self, label: str) -> frozenset[str]:
        return frozenset(self.rivals.get(label, ()))

    def _in_grid(self, grid: Grid) -> bool:
        return any(
            all(self._labelled(grid, row, column, label) for label in self.labels)
            for row, cells in enumerate(grid.rows)
            for column, cell in enumerate(cells)
            if self._value.search(cell)
        )

    def _labelled(self, grid: Grid, row: int, column: int, label: str) -> bool:
        """Return whether a cell has a label: in itself, in its row, or above it."""
        names = self._names.within(grid.rows[row][column])
        if names & self._rivals(label):
            return False
        return (
            label in names
            or self._beside(grid, row, column, label)
            or self._above(grid, row, column, label)
        )

    def _beside(self, grid: Grid, row: int, column: int, label: str) -> bool:
        """Return whether another cell of the row has the label, or one further up that spans."""
        for other, cell in enumerate(grid.rows[row]):
            if other == column:
                continue
            if cell:
                if self._names_row(grid.rows[row], other, label):
                    return True
            elif other < column:
                spanning = next((up for up in _upwards(row) if grid.rows[up][other]), None)
                if spanning is not None and self._names_row(grid.rows[spanning], other, label):
                    return True
        return False

    def _names_row(self, cells: Sequence[str], column: int, label: str) -> bool:
        """Return whether a cell names its row; a row with the label's rivals is one of headers."""
        names, rivals = self._names.within(cells[column]), self._rivals(label)
        if label not in names or names & rivals:
            return False
        others = (cell for other, cell in enumerate(cells) if other != column)
        return not any(self._names.heading(cell) in rivals for cell in others)

    def _above(self, grid: Grid, row: int, column: int, label: str) -> bool:
        """Return whether the label is the next header above a cell, before any rival of it."""
        rivals = self._rivals(label)
        for up in _upwards(row):
            if grid.widths and grid.widths[up] not in {1, grid.widths[row]}:
                continue  # a line of another table
            header = _spanning(grid.rows[up], column)
            names = self._names.within(grid.rows[up][header])
            if names & rivals:
                # A neighbour that spans over a blank: the cell's own header may be further up.
                is_alone = len({cell for cell in grid.rows[up] if cell}) == 1
                if header == column or is_alone:
                    return False
            elif label in names:
                return True
        return False

    def _in_line(self, line: str) -> bool:
        values = list(self._value.finditer(line))
        if not values:
            return False
        named = self._names.named(line)
        most = _LINE if len(re.sub(r"\s", "", line)) <= _LINE else _WINDOW
        return any(
            all(self._bound(line, named, value, label, most) for label in self.labels)
            for value in values
        )

    def _bound(
        self, line: str, named: Sequence[Named], value: re.Match[str], label: str, most: int
    ) -> bool:
        """Return whether a line says that a value is the label's, and not a rival's."""
        start, end = value.span()
        if any(item.name == label and start <= item.start and item.end <= end for item in named):
            return True
        rivals = self._rivals(label)
        theirs = [item for item in named if item.name == label or item.name in rivals]
        before = [item for item in theirs if item.end <= start]
        after = [item for item in theirs if item.start >= end]
        if _follows(line, before, after, end, label) and not _names_value(line, before, start):
            return True
        if _ends_headers(line, before, label):
            return False
        if before:
            return before[-1].name == label and end - before[-1].start <= most
        return (
            bool(after)
            and all(item.name == label for item in after)
            and after[0].end - start <= most
        )


def _upwards(row: int) -> Iterator[int]:
    return iter(range(row - 1, -1, -1))


def _spanning(cells: Sequence[str], column: int) -> int:
    """Return the column of the cell that spans over a column, or stands in it."""
    return next((at for at in range(column, -1, -1) if cells[at]), 0)


def _follows(
    line: str, before: Sequence[Named], after: Sequence[Named], end: int, label: str
) -> bool:
    """Return whether the label comes right behind the value: 12 (吨)."""
    return (
        bool(after)
        and after[0].name == label
        and _OPENED.fullmatch(line, end, after[0].start) is not None
        and not (before and before[-1].name == label)
    )


def _names_value(line: str, before: Sequence[Named], start: int) -> bool:
    """Return whether the name before is joined to the value: 单价: 12."""
    return bool(before) and _JOINED.fullmatch(line, before[-1].end, start) is not None


def _ends_headers(line: str, before: Sequence[Named], label: str) -> bool:
    """Return whether the label is the last of bare headers that run on: they say nothing."""
    return (
        len(before) > 1
        and before[-1].name == label
        and before[-2].name != label
        and _SEPARATED.fullmatch(line, before[-2].end, before[-1].start) is not None
    )
