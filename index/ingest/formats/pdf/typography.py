"""How a document is set: its size of type, its columns' edges, its spacing, whether it indents.

Told from all of its lines, for a single page may hold too few.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from index.ingest.formats.pdf.layout import Item
from index.ingest.formats.pdf.line_joining import compounds
from index.ingest.formats.pdf.lines import Line, main_size

# In em: how far in a paragraph's first line begins, at least.
INDENT = 0.8
# A narrower block of justified text: an abstract, a quotation. Short lines form none.
_BLOCK = 4
_JUSTIFIED = 0.6
_FEW = 12


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document is set: its size of type, line spacing, columns, indents and compounds.

    `edges` are the left and right of a column on even pages (0) and odd ones (1); `reach` that
    right edge of single lines which stand in a narrower block.
    """

    size: float
    spacing: dict[float, float]
    edges: dict[tuple[str, int], tuple[float, float]]
    indents: bool
    compounds: frozenset[str]
    reach: dict[Line, float]

    def right_of(self, line: Line, page: int) -> float:
        """How far a line of a page may reach."""
        return self.reach.get(line, self.edges[line.column, page % 2][1])

    def indent_of(self, line: Line, page: int) -> float:
        """How far in a line begins."""
        return line.box.left - self.edges[line.column, page % 2][0]

    def spacing_of(self, size: float) -> float:
        """The usual distance from line to line, in em."""
        return self.spacing.get(size, self.spacing[self.size])


def manner_of(pages: Sequence[Sequence[Item]]) -> Manner:
    """How the lines of a document's pages are set."""
    lines = [[item for item in items if isinstance(item, Line)] for items in pages]
    flat = [(line, number % 2) for number, page in enumerate(lines) for line in page]
    size = main_size((line.size, len(line.text)) for line, _ in flat)
    edges = _edges(flat)
    shifted = sum(line.box.left - edges[line.column, odd][0] > INDENT * size for line, odd in flat)
    return Manner(
        size=size,
        spacing=_spacings(lines, size),
        edges=edges,
        # One line in ten is the first of a paragraph where these are indented, or more.
        indents=0.08 * len(flat) <= shifted <= 0.75 * len(flat),
        compounds=compounds(line.text for line, _ in flat),
        reach=dict(pair for page in lines for pair in _reaches(page)),
    )


def _edges(flat: Sequence[tuple[Line, int]]) -> dict[tuple[str, int], tuple[float, float]]:
    """Left and right of each column, where most lines start and the fuller ones end."""
    columns: dict[tuple[str, int], list[Line]] = {}
    for line, odd in flat:
        columns.setdefault((line.column, odd), []).append(line)
    edges = {}
    for key, own in columns.items():
        ends = sorted(line.box.right for line in own)
        starts = Counter(round(line.box.left) for line in own)
        # Most lines start at the edge; where all paragraphs are short, at the indent.
        often = [start for start, count in starts.items() if count >= 0.1 * len(own)]
        left, right = min(often, default=own[0].box.left), ends[int(0.95 * (len(ends) - 1))]
        if len(flat) < _FEW and not key[0]:
            # A few short lines tell nothing of how long one may be; margins are alike.
            right = max(right, sum(own[0].paper) - left)
        edges[key] = (left, right)
    return edges


def _spacings(pages: Iterable[Sequence[Line]], size: float) -> dict[float, float]:
    """The usual distance from line to line, in em, for each size; that of the body at least."""
    steps: dict[float, list[float]] = {size: []}
    for lines in pages:
        for one, other in pairwise(lines):
            step = (other.box.middle - one.box.middle) / max(one.size, 1)
            if one.column == other.column and one.size == other.size and 0.7 < step < 3:
                steps.setdefault(one.size, []).append(step)
    # The narrower half: where every paragraph is one line, the gaps between them are no measure.
    halves = {key: sorted(found)[: len(found) // 2 + 1] for key, found in steps.items()}
    return {key: median(half) if half else 1.5 for key, half in halves.items()}


def _reaches(lines: Sequence[Line]) -> Iterator[tuple[Line, float]]:
    """For each line in a justified block of one left edge, where that block's right edge is."""
    blocks = groupby(lines, lambda line: (line.column, line.size, round(line.box.left / 4)))
    for _, block in blocks:
        members = list(block)
        reach = max(line.box.right for line in members)
        full = sum(line.box.right > reach - line.size for line in members)
        if len(members) >= _BLOCK and full >= _JUSTIFIED * len(members):
            yield from ((line, reach) for line in members)
