"""Tell which label of a header names which column of a table without drawn cells.

Labels may stand beside the figures that they name: on the left of a column whose figures are on the
right. But they stand in the order of the columns.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.ingest.formats.pdf.page_content import Box, TextRun
from index.ingest.formats.pdf.tables.open.open_columns import Columns

# In em: how far labels may be away rather than leave a column without one, or the first column.
_NO_LABEL = 4.0
_NO_FIRST_LABEL = 1.5


@dataclass(slots=True)
class HeadLabel:
    """A label of a header: its words, its box, and the columns that it names."""

    runs: list[TextRun]
    box: Box
    size: float
    columns: list[int]


def column_labels(labels: Sequence[HeadLabel], columns: Columns) -> list[HeadLabel | None]:
    """Return the label of each column that is above no other label, and tell the labels."""
    lowest: list[HeadLabel | None] = [None] * len(columns)
    single = sorted((label for label in labels if not _is_above_others(label, labels)), key=_centre)
    for label, own in zip(single, _spans(single, columns), strict=True):
        if own:
            label.columns = list(own)
        for column in own:
            lowest[column] = label
    return lowest


def _centre(label: HeadLabel) -> float:
    return label.box.centre


def _is_above_others(label: HeadLabel, labels: Sequence[HeadLabel]) -> bool:
    """Return whether other labels stand below a label."""
    return any(
        min(label.box.right, other.box.right) - max(label.box.left, other.box.left) > 0
        and label.box.bottom < other.box.middle
        for other in labels
    )


def _spans(labels: Sequence[HeadLabel], columns: Columns) -> list[range]:
    """Return the columns of each label, in order and as near as may be; those of some are none."""
    if len(labels) == len(columns):
        return [range(number, number + 1) for number in range(len(labels))]
    last = max((label.box.bottom for label in labels), default=0.0)

    @cache
    def best(place: int, start: int) -> tuple[float, list[range]]:
        """Return the cost of labels from one on with columns from one on, and their columns."""
        if place == len(labels):
            return _cost_without_labels(labels, start, len(columns)), []
        label = labels[place]
        ways = []
        if label.box.bottom < last - label.size / 2:
            cost, rest = best(place + 1, start)  # it is above the gap between others
            ways.append((cost, [range(start, start), *rest]))
        for begin in range(start, len(columns)):
            for own in _own_columns(label, begin, columns):
                cost, rest = best(place + 1, own.stop)
                cost += _cost_without_labels(labels, start, begin)
                cost += sum(_distance(label.box, columns.edges[column]) for column in own)
                ways.append((cost, [own, *rest]))
        return min(ways, key=lambda way: way[0], default=(math.inf, []))

    cost, spans = best(0, 0)
    if math.isfinite(cost):
        return spans
    return [range(label.columns[0], label.columns[-1] + 1) for label in labels]


def _cost_without_labels(labels: Sequence[HeadLabel], start: int, end: int) -> float:
    size = labels[0].size if labels else 1.0
    first = _NO_FIRST_LABEL * size if start == 0 < end else 0.0
    return first + _NO_LABEL * size * (end - max(start, 1) if end > 0 else 0)


def _own_columns(label: HeadLabel, begin: int, columns: Columns) -> list[range]:
    """Return the columns from one on that a label may name: several if it is above all of them."""
    ways = [range(begin, begin + 1)]
    for end in range(begin + 1, len(columns)):
        if _distance(label.box, columns.edges[begin]) or _distance(label.box, columns.edges[end]):
            break
        ways.append(range(begin, end + 1))
    return ways


def _distance(box: Box, edges: tuple[float, float]) -> float:
    """Return how far a label is beside a column; 0 if it is above it in part."""
    return max(0.0, edges[0] - box.right, box.left - edges[1])
