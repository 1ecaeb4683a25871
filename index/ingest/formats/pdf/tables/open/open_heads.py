"""Read the header of a table without drawn cells: labels of columns, and labels above several.

A label of several columns has a rule below it that is as wide as they are, or stands above their
middle. A label beside two levels of others is that of its column alone.
"""

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from index.ingest.formats.pdf.page_content import Box, bounding_box
from index.ingest.formats.pdf.tables.open.head_columns import HeadLabel, column_labels
from index.ingest.formats.pdf.tables.open.open_columns import Columns, PlacedFragment, PlacedLine

# In em: how far below a label the rule that tells its columns is drawn.
_RULE_BELOW = 1.6
# Lines of one label are so much nearer than the rows of the table.
_TIGHT = 0.85
_LEADING = 1.35  # em
# In em: how far a label may be from the middle of its columns rather than leave one without.
_LEFT_OUT = 0.5


def head_levels(
    lines: Sequence[PlacedLine], columns: Columns, rules: Sequence[Box], usual: float | None
) -> list[list[HeadLabel | None]]:
    """Return for each level of a header the label of each column, from top to bottom.

    `rules` are the level rules within the header, `usual` is the usual distance of the rows.
    """
    labels = _labels(lines, rules, usual)
    lowest = column_labels(labels, columns)
    above = [label for label in labels if label not in lowest]
    widened = _with_labels(columns, lowest)
    groups: list[HeadLabel] = []
    for level in _by_height(above):
        for labels_below in _parted_by_groups(level, groups, widened):
            _share_columns(labels_below, lowest, widened, rules)
        groups += level
    levels = _levels(groups, len(columns))
    levels.append(list(lowest))
    # A label reaches up to where another one stands above it.
    for upper, lower in reversed(list(pairwise(levels))):
        upper[:] = [label or lower[column] for column, label in enumerate(upper)]
    return levels


def _parted_by_groups(
    level: Sequence[HeadLabel], groups: Sequence[HeadLabel], columns: Columns
) -> list[tuple[list[HeadLabel], list[int]]]:
    """Return the labels of a level below each label above them, with the columns of that."""
    parted: list[tuple[list[HeadLabel], list[int]]] = []
    for label in level:
        own = next((g.columns for g in reversed(groups) if _is_over(g, label, columns)), None)
        span = list(range(len(columns))) if own is None else own
        if parted and parted[-1][1] == span:
            parted[-1][0].append(label)
        else:
            parted.append(([label], span))
    return parted


def _is_over(group: HeadLabel, label: HeadLabel, columns: Columns) -> bool:
    left, right = columns.edges[group.columns[0]][0], columns.edges[group.columns[-1]][1]
    return len(group.columns) > 1 and left <= label.box.centre <= right


def _levels(labels: Sequence[HeadLabel], columns: int) -> list[list[HeadLabel | None]]:
    """Return the labels of several columns, each below those that stand above its columns."""
    levels: list[list[HeadLabel | None]] = []
    depths = [0] * columns
    for label in labels:
        depth = max((depths[column] for column in label.columns), default=0)
        if depth == len(levels):
            levels.append([None] * columns)
        for column in label.columns:
            levels[depth][column] = label
            depths[column] = depth + 1
    return levels


def _labels(
    lines: Sequence[PlacedLine], rules: Sequence[Box], usual: float | None
) -> list[HeadLabel]:
    """Return the labels of a header's lines; one may have several lines."""
    labels: list[HeadLabel] = []
    for line in lines:
        above = [_label_above(labels, part) for part in line]
        for part, upper in zip(line, above, strict=True):
            # A label above several others is that of their columns.
            alone = sum(label is upper for label in above) == 1
            if upper and alone and _goes_on(upper, part, rules, usual):
                upper.runs += part.fragment.runs
                upper.box = bounding_box([upper.box, part.box])
                upper.columns = sorted({*upper.columns, *range(part.first, part.last + 1)})
            else:
                span = list(range(part.first, part.last + 1))
                labels.append(HeadLabel([*part.fragment.runs], part.box, part.size, span))
    return labels


def _label_above(labels: Sequence[HeadLabel], part: PlacedFragment) -> HeadLabel | None:
    return next((label for label in reversed(labels) if _meets(label, part)), None)


def _meets(label: HeadLabel, part: PlacedFragment) -> bool:
    overlap = min(label.box.right, part.box.right) - max(label.box.left, part.box.left)
    return overlap > 0 and label.box.middle < part.box.middle


def _goes_on(
    label: HeadLabel, part: PlacedFragment, rules: Sequence[Box], usual: float | None
) -> bool:
    """Return whether a line goes on with the label above it."""
    step = part.box.bottom - label.box.bottom
    near = _LEADING * part.size if usual is None else min(_TIGHT * usual, 1.9 * part.size)
    parted = any(
        label.box.bottom - 0.3 * part.size < rule.middle < part.box.bottom
        and rule.left < part.box.centre < rule.right
        for rule in rules
    )
    return step <= near and not parted and label.size == part.size


def _with_labels(columns: Columns, lowest: Sequence[HeadLabel | None]) -> Columns:
    """Return the columns as wide as the figures in them and the labels right above."""
    boxes = [label.box if label else None for label in lowest]
    return Columns(
        tuple(
            (min(left, box.left), max(right, box.right)) if box else (left, right)
            for (left, right), box in zip(columns.edges, boxes, strict=True)
        )
    )


def _by_height(labels: Sequence[HeadLabel]) -> list[list[HeadLabel]]:
    levels: list[list[HeadLabel]] = []
    for label in sorted(labels, key=lambda label: label.box.middle):
        if levels and label.box.middle - levels[-1][0].box.middle < 0.7 * label.size:
            levels[-1].append(label)
        else:
            levels.append([label])
    return [sorted(level, key=lambda label: label.box.centre) for level in levels]


def _share_columns(
    below: tuple[Sequence[HeadLabel], Sequence[int]],
    lowest: Sequence[HeadLabel | None],
    columns: Columns,
    rules: Sequence[Box],
) -> None:
    """Give each label of a level the columns below it: those above its rule, or the nearest.

    `below` has the labels, and the columns of the label above them.
    """
    level, span = below
    by_rule: dict[tuple[int, ...], list[HeadLabel]] = {}
    for label in level:
        by_rule.setdefault(tuple(_ruled_columns(label, columns, rules)), []).append(label)
    open_labels = by_rule.pop((), [])
    # Rules that touch are one: the labels above it share its columns.
    for own, labels in by_rule.items():
        if len(labels) == 1:
            labels[0].columns = list(own)
        else:
            _share(labels, own, columns)
    taken = {column for own in by_rule for column in own}
    free = [
        column
        for column, low in enumerate(lowest)
        if low and column in span and column not in taken and _is_below(low, level, lowest)
    ]
    # The first column names the rows: a label that is not above it is that of others.
    if open_labels and open_labels[0].columns[0] > 0:
        free = [column for column in free if column > 0]
    _share(open_labels, free, columns)


def _share(labels: Sequence[HeadLabel], free: Sequence[int], columns: Columns) -> None:
    if 0 < len(labels) <= len(free):
        for label, own in zip(labels, _best_shares(labels, free, columns), strict=True):
            label.columns = list(own)


def _is_below(
    low: HeadLabel, level: Sequence[HeadLabel], lowest: Sequence[HeadLabel | None]
) -> bool:
    """Return whether a column's lowest label is below a level, and not beside all of the levels."""
    top = min(label.box.top for label in level)
    bottom = max(label.box.bottom for label in lowest if label)
    is_beside = (
        abs(low.box.middle - (top + bottom) / 2) < 0.3 * low.size
        and low.box.bottom < bottom - 0.45 * low.size
    )
    return low.box.middle > level[0].box.middle + 0.45 * low.size and not is_beside


def _ruled_columns(label: HeadLabel, columns: Columns, rules: Sequence[Box]) -> list[int]:
    """Return the columns above which a label's own rule is drawn, right below it."""
    left, right = columns.edges[0][0], columns.edges[-1][1]
    for rule in sorted(rules, key=lambda rule: rule.middle):
        below = rule.middle - label.box.bottom
        near = -0.4 * label.size < below < _RULE_BELOW * label.size
        if near and rule.left - 2 <= label.box.centre <= rule.right + 2:
            own = columns.centres_within(rule.left - 2, rule.right + 2)
            whole = rule.left <= left + 2 and rule.right >= right - 2
            return [] if whole and len(own) == len(columns) else own
    return []


def _best_shares(
    labels: Sequence[HeadLabel], free: Sequence[int], columns: Columns
) -> list[Sequence[int]]:
    """Return the columns of each label: next to each other, and the label above their middle."""

    @cache
    def best(place: int, start: int) -> tuple[float, list[Sequence[int]]]:
        """Return the cost of labels from one on with columns from one on, and their columns."""
        if place == len(labels):
            return _LEFT_OUT * labels[0].size * (len(free) - start), []
        ways = []
        for begin in range(start, len(free) - len(labels) + place + 1):
            for end in range(begin + 1, len(free) - len(labels) + place + 2):
                if free[end - 1] - free[begin] != end - 1 - begin:
                    break
                cost, rest = best(place + 1, end)
                cost += _distance(labels[place], free[begin:end], columns)
                cost += _LEFT_OUT * labels[0].size * (begin - start)
                ways.append((cost, [free[begin:end], *rest]))
        return min(ways, default=(math.inf, []))

    cost, shares = best(0, 0)
    return shares if math.isfinite(cost) else [label.columns for label in labels]


def _distance(label: HeadLabel, share: Sequence[int], columns: Columns) -> float:
    left, right = columns.edges[share[0]][0], columns.edges[share[-1]][1]
    return min(abs(label.box.centre - (left + right) / 2), abs(label.box.left - left))
