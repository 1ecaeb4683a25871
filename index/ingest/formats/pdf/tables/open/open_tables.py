"""Find tables without drawn cells: lines whose words stand below each other, or between rules."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.ingest.formats.pdf.lines import TextFragment, fragments_of
from index.ingest.formats.pdf.page_content import Box, TextRun, bounding_box
from index.ingest.formats.pdf.tables.open.fragment_lines import (
    MAX_GAP,
    end_with_cells,
    gap_between,
    is_prose,
    middle_of,
    size_of,
)
from index.ingest.formats.pdf.tables.open.open_columns import FragmentLine
from index.ingest.formats.pdf.tables.open.open_table import open_table
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable
from index.ingest.formats.pdf.tables.open.rule_ladders import blocks_of, ladders_of

# A page with more level rules is a drawing; each is compared with each.
_MAX_RULES = 400
# In em: a label beside two levels of others is nearer to both of them.
_HALF_STEP = 1.3
# In em: how far a row's middle is from a line of its highest cell.
_BESIDE = 0.9
_MIN_LINES = 3
_MAX_PARTS = 6


def align(lines: Sequence[FragmentLine], rules: Sequence[Box]) -> list[FragmentLine | PdfTable]:
    """Replace lines whose cells stand below each other by tables."""
    items: list[FragmentLine | PdfTable] = []
    group: list[FragmentLine] = []
    for number, line in enumerate(lines):
        prose = is_prose(line) and not _is_beside_a_row(lines, number)
        if group and (gap_between(group[-1], line) > MAX_GAP * size_of(line) or prose):
            items += _tables_in(group, rules)
            group = []
        if prose:
            items.append(line)
        else:
            group.append(line)
    return items + _tables_in(group, rules)


def _is_beside_a_row(lines: Sequence[FragmentLine], number: int) -> bool:
    """Return whether a line is one of a cell that is higher than the others in its row."""
    near = [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]]
    return any(
        len(other) > 1
        and abs(middle_of(other) - middle_of(lines[number])) < _BESIDE * size_of(lines[number])
        for other in near
    )


def find_between_rules(
    rules: Sequence[Box], fragments: Sequence[TextFragment], turned: Sequence[TextRun]
) -> tuple[list[PdfTable], list[TextFragment]]:
    """Return the tables that stand between level rules of one width, and the fragments outside.

    Words turned by a right angle are among the fragments.
    """
    tables: list[PdfTable] = []
    left = [*fragments, *turned_fragments(turned)]
    for ladder in ladders_of(rules) if len(rules) <= _MAX_RULES else ():
        for block in blocks_of(ladder, left):
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


def _tables_in(
    group: Sequence[FragmentLine], rules: Sequence[Box], parts: int = _MAX_PARTS
) -> list[FragmentLine | PdfTable]:
    """Return the tables and lines of a group; one that is no table is tried in two parts."""
    full = [number for number, line in enumerate(group) if len(line) > 1]
    if len(full) < _MIN_LINES:
        return list(group)
    start, end = _lead(group, full[0]), end_with_cells(group, full[-1] + 1)
    table = open_table(group[start:end], rules)
    if table is not None:
        return [*group[:start], table, *group[end:]]
    if not parts:
        return list(group)
    gaps = [gap_between(upper, lower) for upper, lower in pairwise(group)]
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
    inside = first[0].box.right < box.left and box.right <= right + size_of(above)
    step = middle_of(first) - middle_of(above)
    return start - 1 if inside and step < _HALF_STEP * size_of(above) else start
