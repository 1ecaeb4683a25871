"""Measure the columns of a table without drawn cells: what stands below each other is one.

Cells of several columns are left out of the measuring: `计划` above the columns `数量` and `金额`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.ingest.formats.pdf.lines import TextFragment, fragment_of
from index.ingest.formats.pdf.page_content import Box

FragmentLine = Sequence[TextFragment]
"""The fragments of a line, from left to right."""

# In em: what columns overlap by at most, and the least gap between two cells of one line.
_OVERLAP = 0.2
_SPLIT_GAP = 0.5
_LEVEL = 2.0  # points
# Boxes to be ticked belong to the words behind them.
_BOXES = frozenset("☐☑☒□■○●◯◉")
# Share of the lines that may contradict the columns of the others.
_MAX_CONTRADICTING = 0.2


@dataclass(frozen=True, slots=True)
class PlacedFragment:
    """A fragment in its columns, from the first to the last that it covers."""

    fragment: TextFragment
    first: int
    last: int

    @property
    def box(self) -> Box:
        """Its box on the page."""
        return self.fragment.box

    @property
    def size(self) -> float:
        """Its type size in points."""
        return self.fragment.size


PlacedLine = list[PlacedFragment]


@dataclass(frozen=True, slots=True)
class Columns:
    """The left and right edge of each column of a table, in points."""

    edges: tuple[tuple[float, float], ...]

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self.edges)

    def centres_within(self, left: float, right: float) -> list[int]:
        """Return the columns whose centre is between two edges."""
        return [
            number
            for number, (start, end) in enumerate(self.edges)
            if left <= (start + end) / 2 <= right
        ]

    def placed(self, line: FragmentLine) -> PlacedLine:
        """Return the fragments of a line in their columns; one over several is parted at gaps."""
        parts = [part for fragment in line for part in self._parts(fragment)]
        spans = [self._span_of(part.box, part.size) for part in parts]
        if len(parts) == len(self.edges) > len(set(spans)):
            # Names may stand beside their figures, nearer to those of another column.
            spans = [(column, column) for column in range(len(parts))]
        return [PlacedFragment(part, *span) for part, span in zip(parts, spans, strict=True)]

    def _parts(self, fragment: TextFragment) -> Iterator[TextFragment]:
        first, last = self._span_of(fragment.box, fragment.size)
        if first == last:
            yield fragment
            return
        homes = [self._span_of(run.box, run.size) for run in fragment.runs]
        each = last - first + 1 == len(homes) and all(
            home == (first + place, first + place) and self._is_level(run.box, home[0])
            for place, (run, home) in enumerate(zip(fragment.runs, homes, strict=True))
        )
        part = [*fragment.runs[:1]]
        for before, run in pairwise(fragment.runs):
            apart = run.box.left - before.box.right > _SPLIT_GAP * run.size
            ends = self._span_of(before.box, before.size)[1]
            apart = apart and ends < self._span_of(run.box, run.size)[0]
            if each or (apart and before.text not in _BOXES):
                yield fragment_of(part)
                part = []
            part.append(run)
        yield fragment_of(part)

    def _is_level(self, box: Box, column: int) -> bool:
        """Return whether a word stands where a column begins or has its middle."""
        left, right = self.edges[column]
        return min(abs(box.left - left), abs(box.centre - (left + right) / 2)) <= _LEVEL

    def _span_of(self, box: Box, size: float) -> tuple[int, int]:
        """Return the first and the last column that a box overlaps, or the nearest."""
        touched = _touched(self.edges, box, size)
        if touched:
            return touched[0], touched[-1]
        distances = [max(start - box.centre, box.centre - end) for start, end in self.edges]
        nearest = distances.index(min(distances))
        return nearest, nearest


def measured_columns(
    lines: Sequence[FragmentLine], head: Sequence[FragmentLine] = ()
) -> Columns | None:
    """Return the columns of a table's lines; None if its lines contradict each other.

    A column in which one line alone has words may have its name in the `head`.
    """
    full = [line for line in lines if len(line) > 1]
    most = max(map(len, full), default=0)
    edges: list[tuple[float, float]] = []
    contradicting = 0
    for line in sorted(lines, key=len, reverse=True):
        # Labels of several columns stand in lines of few: these only add columns.
        widened = _widened(edges, line, only_new=2 * len(line) <= most)
        contradicting += widened is None
        edges = edges if widened is None else widened
    edges = _without_rare(edges, lines, head)
    if len(edges) < 2 or contradicting > _MAX_CONTRADICTING * len(full):
        return None
    return Columns(tuple(edges))


def _widened(
    edges: Sequence[tuple[float, float]], line: FragmentLine, *, only_new: bool
) -> list[tuple[float, float]] | None:
    """Return columns with the cells of one more line; None if two of them touch then."""
    wider = list(edges)
    taken: set[int] = set()
    for fragment in line:
        box = fragment.box
        touched = _touched(edges, box, fragment.size)
        if len(touched) > 1 or (touched and only_new):
            continue
        if touched:
            (number,) = touched
            if number in taken:
                return None
            taken.add(number)
            start, end = wider[number]
            wider[number] = min(start, box.left), max(end, box.right)
        else:
            wider.append((box.left, box.right))
    wider.sort()
    slack = _OVERLAP * max(fragment.size for fragment in line)
    return wider if all(end <= start + slack for (_, end), (start, _) in pairwise(wider)) else None


def _touched(edges: Sequence[tuple[float, float]], box: Box, size: float) -> list[int]:
    slack = _OVERLAP * size
    return [
        number
        for number, (start, end) in enumerate(edges)
        if min(end, box.right) - max(start, box.left) > min(slack, (end - start) / 2)
    ]


def _without_rare(
    edges: Sequence[tuple[float, float]],
    lines: Sequence[FragmentLine],
    head: Sequence[FragmentLine],
) -> list[tuple[float, float]]:
    """Return the columns in which several lines have words, if there are enough lines to tell."""
    if len(lines) < 4:
        return list(edges)
    return [
        (start, end)
        for start, end in edges
        if sum(any(start <= part.box.centre <= end for part in line) for line in (*head, *lines))
        > 1
    ]
