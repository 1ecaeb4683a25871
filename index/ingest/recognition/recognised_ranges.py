"""Mark the ranges of an article whose words were recognised in pictures of pages."""

import math
from collections.abc import Iterable

from index.article import Recognised


def recognised_ranges(
    lines: Iterable[tuple[str, float | None, int | None]],
) -> tuple[Recognised, ...]:
    """Return the ranges of lines with a confidence, from text, confidence and start of each.

    It is cut to two digits: nothing is recognised for certain.

    >>> recognised_ranges([("标题", None, 0), ("扫描件 ", 0.9987, 4), ("页脚", 0.5, None)])
    (Recognised(start=4, end=7, confidence=0.99),)
    """
    return tuple(
        Recognised(start, start + len(text.rstrip()), _cut(confidence))
        for text, confidence, start in lines
        if confidence is not None and start is not None
    )


def _cut(confidence: float) -> float:
    return min(0.99, math.floor(100 * confidence) / 100)
