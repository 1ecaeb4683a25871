"""Group the lines of a table without drawn cells into its rows: a cell may have several lines.

Words that go on in the line below are nearer to it than one row to the next, and had no room left
for its first word. A label beside several rows stands beside the first one, or in their middle.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.tables.open.open_columns import PlacedFragment, PlacedLine
from index.ingest.structure.column_names import is_value
from index.ingest.structure.line_shapes import width

# In em: lines that are nearer are one row in any case, and lines that are further apart never.
_SAME_ROW = 0.9
_MAX_STEP = 1.9
# Lines of one cell are so much nearer than rows; if they are as near, only more shows it.
_TIGHT = 0.85
_LEVEL = 0.2
# Where each row has its rule, there are some, and hardly more rows than these part.
_MIN_BANDS = 3
_MAX_PER_BAND = 1.8
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+")
_JOINERS = ("–", "—", "-", "~", "～", "至", "、", "，", ",", "/", "×", "+")
# Share of the columns that a row has words in, if it is complete.
_MOST = 0.75
# Steps between the rows above and below a label that stands between them.
_MAX_BETWEEN = 1.3


@dataclass(slots=True)
class OpenRow:
    """A row of a table: its lines from top to bottom, and how many rows its label is beside."""

    lines: list[PlacedLine]
    high: int = 1

    @property
    def fragments(self) -> Iterator[PlacedFragment]:
        """All of its fragments, line by line."""
        return (part for line in self.lines for part in line)

    @property
    def top(self) -> float:
        """The middle of its first line."""
        return _middle(self.lines[0])

    @property
    def bottom(self) -> float:
        """The middle of its last line."""
        return _middle(self.lines[-1])

    @property
    def columns(self) -> set[int]:
        """The columns in which it has words."""
        return {part.first for part in self.fragments}


class BodyLines:
    """The lines of a table, of which rows are made."""

    def __init__(
        self, lines: Sequence[PlacedLine], columns: int, separators: Sequence[Box]
    ) -> None:
        """Take the lines, the number of columns, and the rules below which no row goes on."""
        self._lines = lines
        self._columns = columns
        self._separators = separators
        self._widths = _widest(lines)
        self.step = self._usual_step()

    def rows(self) -> tuple[list[OpenRow], list[PlacedLine]]:
        """Return the rows, and labels in the first column that are between two of them."""
        rows: list[OpenRow] = []
        labels: list[PlacedLine] = []
        for line in self._lines:
            if all(part.last == 0 for part in line):
                labels.append(line)
            elif rows and self._goes_on(rows[-1], line):
                rows[-1].lines.append(line)
            else:
                rows.append(OpenRow([line]))
        between = [line for line in labels if not self._is_added(rows, line)]
        return _ruled_rows(rows, between, self._separators) or (rows, between)

    def _usual_step(self) -> float | None:
        """Return the distance of rows, the nearest that can't be lines of one; None without any."""
        full = [line for line in self._lines if len(line) >= _MOST * self._columns]
        pairs = [(_middle(lower) - _middle(upper), upper, lower) for upper, lower in pairwise(full)]
        steps = [step for step, upper, lower in pairs if not self._is_wrapped(upper, lower)]
        return min(steps or [step for step, _, _ in pairs], default=None)

    def _is_wrapped(self, upper: PlacedLine, lower: PlacedLine) -> bool:
        """Return whether each cell of a line may go on with the one above."""
        above = {part.first: part for part in upper}
        pairs = [(above.get(part.first), part) for part in lower]
        return all(
            before is not None and not _are_two_values(before, part) and self._is_full(before, part)
            for before, part in pairs
        )

    def _goes_on(self, row: OpenRow, line: PlacedLine) -> bool:
        """Return whether a line continues cells of a row."""
        size = max(part.size for part in line)
        step = self._distance(row.bottom, _middle(line))
        if step > _MAX_STEP * size:
            return False
        columns = {part.first for part in line}
        if step < _SAME_ROW * size and columns.isdisjoint(part.first for part in row.lines[-1]):
            return True
        above = {part.first: part for part in row.fragments}
        below = [(above[part.first], part) for part in line if part.first in above]
        if any(_are_two_values(upper, part) for upper, part in below):
            return False
        full = [self._is_full(upper, part) for upper, part in below]
        if self.step is not None and step <= _TIGHT * self.step:
            return any(full)
        others = len(below) == len(line) and 0 not in columns
        return others and all(full) and 2 * len(line) <= self._columns

    def _is_full(self, upper: PlacedFragment, lower: PlacedFragment) -> bool:
        """Return whether a line's first word had no room at the end of the one above."""
        text, run = lower.fragment.text, lower.fragment.runs[0].box
        word = _WORD.match(text)
        # Chinese is broken after any character.
        need = 1.5 * lower.size
        if word is not None:
            need = (run.right - run.left) * width(word[0]) / max(width(text.split()[0]), 1)
        widest = self._widths[lower.first, lower.last]
        return widest - (upper.box.right - upper.box.left) < need + 0.3 * lower.size

    def _is_added(self, rows: list[OpenRow], line: PlacedLine) -> bool:
        """Add a line of the first column to a row or as one; False if it is between two rows."""
        size, middle = max(part.size for part in line), _middle(line)
        below = next((at for at, row in enumerate(rows) if row.top > middle), len(rows))
        before = rows[below - 1] if below else None
        after = rows[below] if below < len(rows) else None
        if before and middle <= before.bottom + _LEVEL * size:
            before.lines.append(line)
            return True
        down = self._distance(before.bottom, middle) if before else math.inf
        up = self._distance(middle, after.top) if after else math.inf
        if self.step and abs(down - up) < _LEVEL * size and down + up < _MAX_BETWEEN * self.step:
            return False
        beside = after is not None and up < _SAME_ROW * size
        if before and self._label_goes_on(before, line, down) and not (beside and up < down / 2):
            before.lines.append(line)
        elif after and beside:
            after.lines.insert(0, line)
        else:
            rows.insert(below, OpenRow([line]))
        return True

    def _label_goes_on(self, row: OpenRow, line: PlacedLine, step: float) -> bool:
        upper = next((part for part in row.fragments if part.first == 0), None)
        if upper is None or step > _MAX_STEP * line[0].size:
            return False
        tight = self.step is None or step <= _TIGHT * self.step
        return tight or self._is_full(upper, line[0])

    def _distance(self, upper: float, lower: float) -> float:
        """Return how far two lines are apart: without end if a rule is between them."""
        parted = any(upper < rule.middle < lower for rule in self._separators)
        return math.inf if parted else lower - upper


def _widest(lines: Sequence[PlacedLine]) -> dict[tuple[int, int], float]:
    """Return the width of the widest fragment in each span of columns."""
    widths: dict[tuple[int, int], float] = {}
    for part in (part for line in lines for part in line):
        span = part.first, part.last
        widths[span] = max(widths.get(span, 0.0), part.box.right - part.box.left)
    return widths


def _ruled_rows(
    rows: Sequence[OpenRow], between: Sequence[PlacedLine], separators: Sequence[Box]
) -> tuple[list[OpenRow], list[PlacedLine]] | None:
    """Return what stands between two rules as a row, if nearly every row has its rule."""
    bands: dict[int, list[OpenRow]] = {}
    for row in (*rows, *(OpenRow([line]) for line in between)):
        bands.setdefault(sum(rule.middle < row.top for rule in separators), []).append(row)
    single = sum(len(band) == 1 for band in bands.values())
    if len(bands) < _MIN_BANDS or len(rows) > _MAX_PER_BAND * len(bands) or 2 * single < len(bands):
        return None
    if any(_has_figures_twice(band) for band in bands.values()):
        return None
    merged = (
        sorted((line for row in band for line in row.lines), key=_middle) for band in bands.values()
    )
    return sorted(map(OpenRow, merged), key=lambda row: row.top), []


def _has_figures_twice(band: Sequence[OpenRow]) -> bool:
    """Return whether two rows have figures in the same column."""
    columns = [
        {part.first for part in row.fragments if is_value(part.fragment.text)} for row in band
    ]
    return any(upper & lower for upper, lower in combinations(columns, 2))


def _middle(line: PlacedLine) -> float:
    return sum(part.box.middle for part in line) / len(line)


def _are_two_values(upper: PlacedFragment, lower: PlacedFragment) -> bool:
    """Return whether two lines are a figure each, and not parts of one: 9.00– above 17.00."""
    values = is_value(upper.fragment.text) and is_value(lower.fragment.text)
    return values and not upper.fragment.text.endswith(_JOINERS)
