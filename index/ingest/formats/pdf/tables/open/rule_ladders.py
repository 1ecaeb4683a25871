"""Find the lines of tables that have level rules alone: a ladder of rules of one width.

Several tables of one width on a page have one ladder. They are parted by what stands between them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from index.ingest.formats.pdf.lines import TextFragment, rows_of
from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.tables.open.fragment_lines import (
    MAX_GAP,
    bottom_of,
    end_with_cells,
    gap_between,
    is_prose,
    middle_of,
    size_of,
    top_of,
)
from index.ingest.formats.pdf.tables.open.open_columns import FragmentLine
from index.ingest.structure.column_names import is_value

# Points: rules of one table begin and end at the same place.
_SAME_EDGE = 4.0
_MIN_WIDTH = 60.0
# How far above its first rule a table's header begins at most.
_ABOVE = 100.0
# In em: how far apart a line and the rule below it are, and what stands between two tables.
_RULE_GAP = 1.3
_OUTER_GAP = 0.6
_MAX_HEADER_LINES = 5
# Rows that have labels left of the ladder, at least and as a share, and how far left, in em.
_MIN_LABELLED = 3
_MOST_LABELLED = 0.8
_MAX_LABEL = 14.0
_MIN_NAMES = 2
# What stands above a table and names no column: its caption, its unit, a name with its value.
_NO_HEADER = re.compile(r"[:：]\s*\S|^[表圖图附]\s*\d|^Table\b", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:[备備]?[注註]|资料来源|資料來源|来源|說明|说明)\d{0,2}(?:[:：]|\Z)|(?:Notes?|Sources?)\b[:.]"
)
# Lines of a cell, where the row has others of one line.
_MAX_CELL_LINES = 5
# Type size of a heading, as a multiple of that of the cells.
_HEADING_SIZE = 1.07


def ladders_of(rules: Sequence[Box]) -> Iterator[list[Box]]:
    """Yield rules that begin and end at the same places, two at least, from top to bottom."""
    rest = sorted(rules, key=lambda rule: rule.middle)
    while rest:
        first = rest[0]
        ladder = [
            rule
            for rule in rest
            if abs(rule.left - first.left) <= _SAME_EDGE
            and abs(rule.right - first.right) <= _SAME_EDGE
        ]
        rest = [rule for rule in rest if not any(rule is other for other in ladder)]
        if len(ladder) > 1 and first.right - first.left > _MIN_WIDTH:
            yield ladder


def _beside(ladder: Sequence[Box], fragments: Iterable[TextFragment]) -> list[list[TextFragment]]:
    """Return the lines within the width of a ladder, with the labels of rows left of it."""
    left = min(rule.left for rule in ladder) - _SAME_EDGE
    right = max(rule.right for rule in ladder) + _SAME_EDGE
    top = ladder[0].top - _ABOVE
    lines = rows_of(
        part for part in fragments if top <= part.box.bottom and part.box.right <= right
    )
    inner = [[part for part in line if left <= part.box.left] for line in lines]
    labels = [[part for part in line if left > part.box.left] for line in lines]
    rows = [number for number, line in enumerate(inner) if any(is_value(p.text) for p in line)]
    labelled = [number for number in rows if _are_labels(labels[number], left)]
    if len(labelled) < max(_MIN_LABELLED, _MOST_LABELLED * len(rows)):
        return [line for line in inner if line]
    first = ladder[0].middle - size_of(lines[labelled[0]])
    whole = (
        [*own, *line] if _are_labels(own, left) and middle_of([*own, *line]) > first else line
        for own, line in zip(labels, inner, strict=True)
    )
    return [line for line in whole if line]


def _are_labels(parts: Sequence[TextFragment], left: float) -> bool:
    """Return whether what stands left of a ladder is the label of a row."""
    return (
        len(parts) == 1
        and not is_value(parts[0].text)
        and left - parts[0].box.left <= _MAX_LABEL * parts[0].size
    )


def blocks_of(
    ladder: Sequence[Box], fragments: Iterable[TextFragment]
) -> Iterator[list[FragmentLine]]:
    """Yield the lines of each part of a ladder that may be a table."""
    lines = _beside(ladder, fragments)
    block: list[tuple[int, int]] = []
    floor = 0
    for upper, lower in pairwise(ladder):
        start, end = (_lines_above(lines, rule) for rule in (upper, lower))
        if start == end:
            continue
        outer = [
            at
            for at in range(start, end)
            if _is_outside(lines, at, end, ladder)
            or (block and _is_set_apart(lines, at, end, ladder))
        ]
        full = sum(len(line) > 1 for line in lines[start:end])
        if not outer and full * _MAX_CELL_LINES >= end - start:
            block.append((start, end))
            continue
        if block:
            first, last = _extended(block, lines[: outer[0] if outer else end], ladder, floor)
            yield list(lines[first:last])
            floor = last
        floor = max(floor, outer[-1] + 1) if outer else floor
        block = []
    if block:
        first, last = _extended(block, lines, ladder, floor)
        yield list(lines[first:last])


def _is_outside(lines: Sequence[FragmentLine], at: int, end: int, ladder: Sequence[Box]) -> bool:
    """Return whether a line is no table's: a note, running text, or in larger type than cells."""
    line = lines[at]
    if _NOTE.match(line[0].text) and line[0].box.left < ladder[0].left + 1.5 * size_of(line):
        return True
    if not _is_alone(line, ladder):
        return False
    below = [other for other in lines[at + 1 : end] if len(other) > 1]
    cells = min(map(size_of, below)) if below else median(map(size_of, lines))
    return is_prose(line) or size_of(line) >= _HEADING_SIZE * cells


def _is_set_apart(lines: Sequence[FragmentLine], at: int, end: int, ladder: Sequence[Box]) -> bool:
    """Return whether a line below a table is further from its neighbours than those of one row."""
    line = lines[at]
    if at + 1 == end or not _is_alone(line, ladder):
        return False
    above = max(rule.middle for rule in ladder if rule.middle <= middle_of(line))
    room = top_of(line) - max([above, *map(bottom_of, lines[max(0, at - 1) : at])])
    return min(room, gap_between(line, lines[at + 1])) > _OUTER_GAP * size_of(line)


def _is_alone(line: FragmentLine, ladder: Sequence[Box]) -> bool:
    """Return whether a line is one part, at the left of a ladder or in its middle."""
    size, box = size_of(line), line[0].box
    at_left = box.left <= ladder[0].left + 1.5 * size
    return len(line) == 1 and (at_left or abs(box.centre - ladder[0].centre) <= size)


def _lines_above(lines: Sequence[FragmentLine], rule: Box) -> int:
    return sum(middle_of(line) < rule.middle for line in lines)


def _extended(
    block: Sequence[tuple[int, int]],
    lines: Sequence[FragmentLine],
    ladder: Sequence[Box],
    floor: int,
) -> tuple[int, int]:
    """Return where a block's lines begin and end: with a header above and rows below its rules.

    Those above the line of number `floor` are of another table.
    """
    start, end = block[0][0], block[-1][1]
    # Names above figures: the header is below the first rule, not above it.
    count = _header_lines(lines[floor:start], lines[start:end], ladder)
    if (
        any(map(_has_figures, lines[start : block[0][1]]))
        or not any(map(_has_figures, lines[start:end]))
        or _is_complete(lines[start - count : start], lines[start:end])
    ):
        start -= count
    while end < len(lines) and len(lines[end]) > 1 and any(is_value(p.text) for p in lines[end]):
        if gap_between(lines[end - 1], lines[end]) > MAX_GAP * size_of(lines[end]):
            break
        end += 1
    return start, start + end_with_cells(lines[start:], end - start)


def _is_complete(head: Sequence[FragmentLine], block: Sequence[FragmentLine]) -> bool:
    """Return whether a line has a name for each column of the lines below it."""
    columns = max(map(len, block))
    return columns > _MIN_NAMES and max(map(len, head), default=0) == columns


def _header_lines(
    above: Sequence[FragmentLine], block: Sequence[FragmentLine], ladder: Sequence[Box]
) -> int:
    """Return how many lines above the first rule name the columns below it."""
    columns = max(map(len, block))
    edge = min(line[0].box.left for line in block)
    # The lines below the header reach up to its own: the first gap is one to a rule.
    place = max((rule.middle for rule in ladder if rule.middle < middle_of(block[0])), default=0.0)
    parts = count = 0
    for number, line in enumerate(reversed(above[-_MAX_HEADER_LINES:]), 1):
        far = place - bottom_of(line) > _RULE_GAP * size_of(line)
        if far or any(_NO_HEADER.search(part.text) for part in line):
            break
        place = min(part.box.top for part in line)
        parts += len(line)
        # A caption stands above the first column, a label of several columns does not.
        if 2 * parts > columns and (len(line) > 1 or line[0].box.left > edge + size_of(line)):
            count = number
    return count


def _has_figures(line: FragmentLine) -> bool:
    cells = [part.text for part in line[1:]]
    return 2 * sum(any(map(str.isdigit, text)) for text in cells) >= max(len(cells), 1)
