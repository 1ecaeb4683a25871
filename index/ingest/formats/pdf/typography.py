"""Measure a document's typography: main type size, column edges, line spacing and indents.

Measured over all of its lines, because a single page may have too few.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from index.ingest.formats.pdf.layout import PageItem
from index.ingest.formats.pdf.lines import TextLine, main_size
from index.ingest.structure.line_joining import compounds

# In em: the least indent of a paragraph's first line.
MIN_INDENT = 0.8
# A narrower block of justified text: an abstract, a quotation. Short lines form none.
_MIN_BLOCK = 4
_MIN_JUSTIFIED = 0.6
_FEW_LINES = 12

ColumnKey = tuple[str, int]
"""A column's name, and 0 on even pages or 1 on odd ones: their margins differ."""


@dataclass(frozen=True, slots=True)
class Typography:
    """How a document is typeset, with the compounds it hyphenates.

    `spacing` is the distance from line to line in em by type size, `edges` the left and right of a
    column, `reach` the right edge of lines in a narrower block.
    """

    size: float
    spacing: Mapping[float, float]
    edges: Mapping[ColumnKey, tuple[float, float]]
    indents: bool
    compounds: frozenset[str]
    reach: Mapping[TextLine, float]

    def right_of(self, line: TextLine, page: int) -> float:
        """Return the right edge up to which a line of a page may reach, in points."""
        if line.reach is not None:
            return line.reach
        return self.reach.get(line, self.edges[line.column, page % 2][1])

    def indent_of(self, line: TextLine, page: int) -> float:
        """Return the distance of a line's start from its column's left edge, in points."""
        return line.box.left - self.edges[line.column, page % 2][0]

    def spacing_of(self, size: float) -> float:
        """Return the usual distance from line to line for a type size, in em."""
        return self.spacing.get(size, self.spacing[self.size])


def typography_of(pages: Sequence[Sequence[PageItem]]) -> Typography:
    """Measure how the lines of a document's pages are typeset."""
    pages_lines = [[item for item in items if isinstance(item, TextLine)] for items in pages]
    lines = [(line, number % 2) for number, page in enumerate(pages_lines) for line in page]
    size = main_size((line.size, len(line.text)) for line, _ in lines)
    edges = _edges(lines)
    shifted = sum(
        line.box.left - edges[line.column, odd][0] > MIN_INDENT * size for line, odd in lines
    )
    return Typography(
        size=size,
        spacing=_spacings(pages_lines, size),
        edges=edges,
        # Where paragraphs are indented, one line in ten or more is the first of one.
        indents=0.08 * len(lines) <= shifted <= 0.75 * len(lines),
        compounds=compounds(line.text for line, _ in lines),
        reach=dict(pair for page in pages_lines for pair in _reaches(page)),
    )


def _edges(lines: Sequence[tuple[TextLine, int]]) -> dict[ColumnKey, tuple[float, float]]:
    """Return the left and right of each column: where most lines start and the fuller ones end."""
    columns: dict[ColumnKey, list[TextLine]] = {}
    for line, odd in lines:
        columns.setdefault((line.column, odd), []).append(line)
    edges = {}
    for key, members in columns.items():
        ends = sorted(line.box.right for line in members)
        starts = Counter(round(line.box.left) for line in members)
        # Most lines start at the edge; if all paragraphs are short, at the indent.
        common = [start for start, count in starts.items() if count >= 0.1 * len(members)]
        left = min(common, default=members[0].box.left)
        right = ends[int(0.95 * (len(ends) - 1))]
        if len(lines) < _FEW_LINES and not key[0]:
            # A few short lines don't show how long a line may be; margins are alike.
            right = max(right, members[0].paper.left + members[0].paper.right - left)
        edges[key] = (left, right)
    return edges


def _spacings(pages: Iterable[Sequence[TextLine]], size: float) -> dict[float, float]:
    """Return the usual distance from line to line by type size, that of the main one at least."""
    steps: dict[float, list[float]] = {size: []}
    for lines in pages:
        for upper, lower in pairwise(lines):
            step = (lower.box.middle - upper.box.middle) / max(upper.size, 1)
            if upper.column == lower.column and upper.size == lower.size and 0.7 < step < 3:
                steps.setdefault(upper.size, []).append(step)
    # The narrower half: if every paragraph is one line, the gaps between them don't count.
    halves = {key: sorted(values)[: len(values) // 2 + 1] for key, values in steps.items()}
    return {key: median(half) if half else 1.5 for key, half in halves.items()}


def _reaches(lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, float]]:
    """Yield each line of a justified block with a common left edge, with the block's right edge."""
    blocks = groupby(lines, lambda line: (line.column, line.size, round(line.box.left / 4)))
    for _, block in blocks:
        members = list(block)
        reach = max(line.box.right for line in members)
        full = sum(line.box.right > reach - line.size for line in members)
        if len(members) >= _MIN_BLOCK and full >= _MIN_JUSTIFIED * len(members):
            yield from ((line, reach) for line in members)
