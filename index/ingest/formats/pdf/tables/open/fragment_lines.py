"""Measure lines of fragments: how far they are apart, and whether they are running text."""

from collections.abc import Sequence

from index.ingest.formats.pdf.lines import TextFragment
from index.ingest.formats.pdf.tables.open.open_columns import FragmentLine
from index.ingest.structure.line_shapes import ends_sentence

MAX_GAP = 2.2
"""In em: how far apart two lines of a table are at most."""

# In em: lines of one cell are nearer.
_LEADING_GAP = 0.8
# In em: the width of one part that is no cell of a table but running text.
_PROSE_WIDTH = 18.0


def gap_between(upper: FragmentLine, lower: FragmentLine) -> float:
    """Return how much is free between two lines, in points."""
    return top_of(lower) - max(part.box.bottom for part in upper)


def size_of(line: FragmentLine) -> float:
    """Return the largest type size of a line, in points."""
    return max(1.0, *(part.size for part in line))


def middle_of(line: FragmentLine) -> float:
    """Return the mean height of a line's parts."""
    return sum(part.box.middle for part in line) / len(line)


def top_of(line: FragmentLine) -> float:
    """Return where the highest part of a line begins."""
    return min(part.box.top for part in line)


def bottom_of(line: FragmentLine) -> float:
    """Return where the lowest part of a line ends."""
    return max(part.box.bottom for part in line)


def is_prose(line: FragmentLine) -> bool:
    """Return whether a line is running text: one part, long or ending like a sentence."""
    if len(line) > 1:
        return False
    box = line[0].box
    return box.right - box.left > _PROSE_WIDTH * line[0].size or ends_sentence(line[0].text)


def end_with_cells(lines: Sequence[FragmentLine], end: int) -> int:
    """Return where a table ends: further lines of a cell in its last row may stand below."""
    while end < len(lines) and len(lines[end]) == 1:
        part, above = lines[end][0], lines[end - 1]
        if gap_between(above, lines[end]) > _LEADING_GAP * part.size:
            break
        first = min(line[0].box.left for line in lines[:end]) + part.size
        unlabelled = above[0].box.left > first
        cells = [
            cell
            for line in lines[end - 2 : end]
            for cell in line
            if unlabelled or cell.box.left > first
        ]
        below_cell = any(abs(cell.box.left - part.box.left) < part.size for cell in cells)
        if not below_cell and not _is_rest_of_label(part, lines[:end]):
            break
        end += 1
    return end


def _is_rest_of_label(part: TextFragment, lines: Sequence[FragmentLine]) -> bool:
    """Return whether a part goes on with the label above it, which had no more room."""
    label = lines[-1][0]
    labels = [line[0] for line in lines if abs(line[0].box.left - part.box.left) < 1]
    if len(lines[-1]) < 2 or len(labels) < 2 or labels[-1] is not label:
        return False
    right = max(other.box.right for other in labels)
    return label.box.right > right - 1.5 * part.size and part.box.right <= right
