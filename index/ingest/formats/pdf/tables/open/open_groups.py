"""Find the rows that a label in the first column of a table without drawn cells stands beside.

It stands beside the first of its rows, or in their middle. Rules that leave the first column out
part the rows of one label.
"""

from collections.abc import Sequence
from itertools import pairwise

from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.tables.open.open_columns import Columns, PlacedLine
from index.ingest.formats.pdf.tables.open.open_rows import OpenRow
from index.ingest.structure.column_names import is_value

_LEVEL = 0.5  # em


def grouped(
    rows: Sequence[OpenRow],
    between: Sequence[PlacedLine],
    columns: Columns,
    separators: Sequence[Box],
) -> list[OpenRow]:
    """Return the rows, the first one of each group with the label of the group.

    `between` are labels that are on the line of no row.
    """
    if _is_header(rows[:1], len(columns)) and any(map(_has_figures, rows[1:])):
        return [rows[0], *grouped(rows[1:], between, columns, separators)]
    groups = (
        _parted_by_rules(rows, between, columns, separators)
        or (_below_labels(rows, len(columns)) if not between else None)
        or _around_labels(rows, between)
    )
    if groups is None:
        # A label that is beside no group is a row of its own.
        own = [OpenRow([line]) for line in between]
        return sorted([*rows, *own], key=lambda row: row.top)
    for start, end in groups:
        _lift_label(rows[start:end], between)
    return list(rows)


def _is_header(rows: Sequence[OpenRow], columns: int) -> bool:
    """Return whether a row is complete and has no figures: it names the columns."""
    return any(len(row.columns) == columns and not _has_figures(row) for row in rows)


def _has_figures(row: OpenRow) -> bool:
    return any(is_value(part.fragment.text) for part in row.fragments)


def _labels(row: OpenRow) -> list[str]:
    return [part.fragment.text for part in row.fragments if part.first == 0]


def _middle(line: PlacedLine) -> float:
    return sum(part.box.middle for part in line) / len(line)


def _lift_label(rows: Sequence[OpenRow], between: Sequence[PlacedLine]) -> None:
    """Put the label of a group into its first row."""
    if len(rows) < 2:
        return
    own = [[part for part in line if part.first == 0] for row in rows for line in row.lines]
    own += [line for line in between if rows[0].top < _middle(line) < rows[-1].bottom]
    for row in rows:
        row.lines = [[part for part in line if part.first] for line in row.lines]
        row.lines = [line for line in row.lines if line]
    rows[0].lines += sorted(filter(None, own), key=_middle)
    rows[0].high = len(rows)


def _parted_by_rules(
    rows: Sequence[OpenRow],
    between: Sequence[PlacedLine],
    columns: Columns,
    separators: Sequence[Box],
) -> list[tuple[int, int]] | None:
    """Return the groups that rules show: those between rows of one group are shorter."""
    left, right = columns.edges[0]
    whole = [rule.middle for rule in separators if rule.left <= (left + right) / 2 <= rule.right]
    gaps = [(upper.bottom, lower.top) for upper, lower in pairwise(rows)]
    parts = [any(top < rule < bottom for rule in whole) for top, bottom in gaps]
    inner = [any(top < rule.middle < bottom for rule in separators) for top, bottom in gaps]
    if not any(parts) or all(parts) or not all(inner):
        return None
    starts = [0, *(at + 1 for at, parted in enumerate(parts) if parted)]
    groups = list(pairwise([*starts, len(rows)]))
    for start, end in groups:
        own = sum(bool(_labels(row)) for row in rows[start:end])
        own += sum(rows[start].top < _middle(line) < rows[end - 1].bottom for line in between)
        if own > 1 and end - start > 1:
            return None
    return groups


def _below_labels(rows: Sequence[OpenRow], columns: int) -> list[tuple[int, int]] | None:
    """Return the groups of rows below a label; a row without one is otherwise complete."""
    if not rows or not _labels(rows[0]) or all(map(_labels, rows)):
        return None
    groups: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        labels = _labels(row)
        named = {part.first for part in row.fragments}
        complete = not labels and len(named) == columns - 1
        if complete and groups and _may_have_rows_below(rows[groups[-1][0]]):
            groups[-1] = groups[-1][0], number + 1
        else:
            groups.append((number, number + 1))
    return groups


def _may_have_rows_below(row: OpenRow) -> bool:
    alone = all(part.first == 0 for part in row.fragments)
    return not alone and not any(map(is_value, _labels(row)))


def _around_labels(
    rows: Sequence[OpenRow], between: Sequence[PlacedLine]
) -> list[tuple[int, int]] | None:
    """Return the groups that have their labels in the middle, if these fit all rows."""
    middles = [(row.top + row.bottom) / 2 for row in rows if _labels(row)]
    middles = sorted([*middles, *map(_middle, between)])
    if not middles or len(middles) >= len(rows):
        return None
    groups: list[tuple[int, int]] = []
    start = 0
    for middle in middles:
        ends = range(start, len(rows))
        offsets = [abs((rows[start].top + rows[end].bottom) / 2 - middle) for end in ends]
        if not offsets or min(offsets) > _LEVEL * max(part.size for part in rows[start].fragments):
            return None
        end = start + offsets.index(min(offsets)) + 1
        groups.append((start, end))
        start = end
    return groups if start == len(rows) else None
