"""Find tables without drawn cells: lines whose words stand below each other, or between rules."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from index.ingest.formats.pdf.lines import TextFragment, fragments_of, rows_of
from index.ingest.formats.pdf.page_content import Box, TextRun, bounding_box
from index.ingest.formats.pdf.tables.open_columns import FragmentLine
from index.ingest.formats.pdf.tables.open_table import open_table
from index.ingest.formats.pdf.tables.pdf_table import PdfTable
from index.ingest.structure.column_names import is_value
from index.ingest.structure.line_shapes import ends_sentence

# Points: rules of one table begin and end at the same place.
_SAME_EDGE = 4.0
_MIN_WIDTH = 60.0
# A page with more level rules is a drawing; each is compared with each.
_MAX_RULES = 400
# How far above its first rule a table's header begins at most.
_ABOVE = 100.0
# In em: how far apart two lines of a table are, and a line and the rule above or below it.
_MAX_GAP = 2.2
_RULE_GAP = 1.3
# Lines of one cell are nearer, and so is a label beside two levels of others to both of them.
_LEADING_GAP = 0.8
_HALF_STEP = 1.3
_MIN_LINES = 3
_MAX_PARTS = 6
# Lines of one cell, in em, that are no cell of a table but running text.
_PROSE_WIDTH = 18.0
_MAX_HEADER_LINES = 5
# What stands above a table and names no column: its caption, its unit, a name with its value.
_NO_HEADER = re.compile(r"[:：]\s*\S|^[表圖图附]\s*\d|^Table\b", re.IGNORECASE)
# Lines of a cell, where the row has others of one line.
_MAX_CELL_LINES = 5


def align(lines: Sequence[FragmentLine], rules: Sequence[Box]) -> list[FragmentLine | PdfTable]:
    """Replace lines whose cells stand below each other by tables."""
    items: list[FragmentLine | PdfTable] = []
    group: list[FragmentLine] = []
    for line in lines:
        if group and (_gap(group[-1], line) > _MAX_GAP * _size(line) or _is_prose(line)):
            items += _tables_in(group, rules)
            group = []
        if _is_prose(line):
            items.append(line)
        else:
            group.append(line)
    return items + _tables_in(group, rules)


def find_between_rules(
    rules: Sequence[Box], fragments: Sequence[TextFragment], turned: Sequence[TextRun]
) -> tuple[list[PdfTable], list[TextFragment]]:
    """Return the tables that stand between level rules of one width, and the fragments outside.

    Words turned by a right angle are among the fragments.
    """
    tables: list[PdfTable] = []
    left = [*fragments, *turned_fragments(turned)]
    for ladder in _ladders(rules) if len(rules) <= _MAX_RULES else ():
        for block in _blocks(ladder, _beside(ladder, left)):
            table = open_table(block, rules)
            if table is not None:
                tables.append(table)
                within = {id(fragment) for line in block for fragment in line}
                left = [fragment for fragment in left if id(fragment) not in within]
    return tables, left


def turned_fragments(turned: Sequence[TextRun]) -> Iterator[TextFragment]:
    """Yield the words that are turned by a right angle, each line as a part where it stands."""
    for turn in sorted({run.turn for run in turned}):
        runs = {run.upright: run for run in turned if run.turn == turn}
        for line in fragments_of(list(runs)):
            places = [runs[run] for run in line.runs]
            box = bounding_box([run.box for run in places])
            yield TextFragment(line.text, box, line.size, tuple(places))


def _ladders(rules: Sequence[Box]) -> Iterator[list[Box]]:
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


def _beside(ladder: Sequence[Box], fragments: Iterable[TextFragment]) -> Sequence[FragmentLine]:
    left = min(rule.left for rule in ladder) - _SAME_EDGE
    right = max(rule.right for rule in ladder) + _SAME_EDGE
    top = ladder[0].top - _ABOVE
    return rows_of(
        part
        for part in fragments
        if top <= part.box.bottom and left <= part.box.left and part.box.right <= right
    )


def _blocks(ladder: Sequence[Box], lines: Sequence[FragmentLine]) -> Iterator[list[FragmentLine]]:
    """Yield the lines of each part of a ladder that may be a table."""
    block: list[tuple[int, int]] = []
    for upper, lower in pairwise(ladder):
        start, end = (_lines_above(lines, rule) for rule in (upper, lower))
        if start == end:
            continue
        full = sum(len(line) > 1 for line in lines[start:end])
        if full * _MAX_CELL_LINES >= end - start:
            block.append((start, end))
        elif block:
            yield _extended(block, lines, ladder)
            block = []
    if block:
        yield _extended(block, lines, ladder)


def _lines_above(lines: Sequence[FragmentLine], rule: Box) -> int:
    return sum(_middle(line) < rule.middle for line in lines)


def _extended(
    block: Sequence[tuple[int, int]], lines: Sequence[FragmentLine], ladder: Sequence[Box]
) -> list[FragmentLine]:
    """Return the lines of a block, with a header above its first rule and rows below its last."""
    start, end = block[0][0], block[-1][1]
    # Names above figures: the header is below the first rule, not above it.
    if any(map(_has_figures, lines[start : block[0][1]])) or not any(
        map(_has_figures, lines[start:end])
    ):
        start -= _header_lines(lines[:start], lines[start:end], ladder)
    while end < len(lines) and len(lines[end]) > 1 and any(is_value(p.text) for p in lines[end]):
        if _gap(lines[end - 1], lines[end]) > _MAX_GAP * _size(lines[end]):
            break
        end += 1
    return list(lines[start : _tail(lines, end)])


def _header_lines(
    above: Sequence[FragmentLine], block: Sequence[FragmentLine], ladder: Sequence[Box]
) -> int:
    """Return how many lines above the first rule name the columns below it."""
    columns = max(map(len, block))
    edge = min(line[0].box.left for line in block)
    # The lines below the header reach up to its own: the first gap is one to a rule.
    place = max((rule.middle for rule in ladder if rule.middle < _middle(block[0])), default=0.0)
    parts = count = 0
    for number, line in enumerate(reversed(above[-_MAX_HEADER_LINES:]), 1):
        far = place - _bottom(line) > _RULE_GAP * _size(line)
        if far or any(_NO_HEADER.search(part.text) for part in line):
            break
        place = min(part.box.top for part in line)
        parts += len(line)
        # A caption stands above the first column, a label of several columns does not.
        if 2 * parts > columns and (len(line) > 1 or line[0].box.left > edge + _size(line)):
            count = number
    return count


def _has_figures(line: FragmentLine) -> bool:
    cells = [part.text for part in line[1:]]
    return 2 * sum(any(map(str.isdigit, text)) for text in cells) >= max(len(cells), 1)


def _tables_in(
    group: Sequence[FragmentLine], rules: Sequence[Box], parts: int = _MAX_PARTS
) -> list[FragmentLine | PdfTable]:
    """Return the tables and lines of a group; one that is no table is tried in two parts."""
    full = [number for number, line in enumerate(group) if len(line) > 1]
    if len(full) < _MIN_LINES:
        return list(group)
    start, end = _lead(group, full[0]), _tail(group, full[-1] + 1)
    table = open_table(group[start:end], rules)
    if table is not None:
        return [*group[:start], table, *group[end:]]
    if not parts:
        return list(group)
    gaps = [_gap(upper, lower) for upper, lower in pairwise(group)]
    widest = gaps.index(max(gaps)) + 1
    return [
        item
        for part in (group[:widest], group[widest:])
        for item in _tables_in(part, rules, parts - 1)
    ]


def _lead(lines: Sequence[FragmentLine], start: int) -> int:
    """Return where a table begins: a label of several columns may stand alone in its line."""
    if not start:
        return 0
    above, first = lines[start - 1], lines[start]
    box = above[0].box
    right = max(part.box.right for line in lines[start : start + 3] for part in line)
    inside = first[0].box.right < box.left and box.right <= right + _size(above)
    step = _middle(first) - _middle(above)
    return start - 1 if inside and step < _HALF_STEP * _size(above) else start


def _tail(lines: Sequence[FragmentLine], end: int) -> int:
    """Return where a table ends: further lines of a cell in its last row may stand below."""
    while end < len(lines) and len(lines[end]) == 1:
        part, above = lines[end][0], lines[end - 1]
        if _gap(above, lines[end]) > _LEADING_GAP * part.size:
            break
        first = lines[0][0].box.left + part.size
        unlabelled = above[0].box.left > first
        cells = [
            cell
            for line in lines[end - 2 : end]
            for cell in line
            if unlabelled or cell.box.left > first
        ]
        if not any(abs(cell.box.left - part.box.left) < part.size for cell in cells):
            break
        end += 1
    return end


def _is_prose(line: FragmentLine) -> bool:
    """Return whether a line is running text: one part, long or ending like a sentence."""
    if len(line) > 1:
        return False
    box = line[0].box
    return box.right - box.left > _PROSE_WIDTH * line[0].size or ends_sentence(line[0].text)


def _gap(upper: FragmentLine, lower: FragmentLine) -> float:
    return min(part.box.top for part in lower) - max(part.box.bottom for part in upper)


def _size(line: FragmentLine) -> float:
    return max(1.0, *(part.size for part in line))


def _middle(line: FragmentLine) -> float:
    return sum(part.box.middle for part in line) / len(line)


def _bottom(line: FragmentLine) -> float:
    return max(part.box.bottom for part in line)
