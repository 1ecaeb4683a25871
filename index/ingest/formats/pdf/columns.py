"""Detect a page's columns and put its elements in reading order, one column after the other.

A gutter is a horizontal position that few lines cross, with full lines on both sides. Whatever
crosses it (a title, a wide table) divides the page into bands above and below.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Generic

from index.ingest.formats.pdf.lines import Element, main_size, rows_of
from index.ingest.formats.pdf.page_content import Box, bounding_box

# Lines on each side of a gutter, at least: fewer may be a list of names in two rows.
_MIN_LINES = 6
# Lines that may cross a gutter, per line beside it: a page's title, an abstract, a wide figure.
_MAX_CROSSING = 0.4
# Mean share of the column's width that a line fills: words in a table's cells fill less.
_MIN_FILL = 0.6
# In em: the mean width of what stands in a column of text; the cells of a table are narrower.
_MIN_WIDTH = 5.0
_MIN_ALIGNED = 0.35
_MAX_TRIED = 5
# Type size below which a line at a page's foot is a note, as a multiple of the main one.
_SMALL = 0.93
_TOLERANCE = 3.0  # points
_MAX_DEPTH = 2
# Points: the least height of a rule between columns, and how much those of one page differ in it.
_MIN_DIVIDER = 60.0
_SAME_HEIGHT = 12.0


@dataclass(frozen=True, slots=True)
class PageColumn(Generic[Element]):
    """Elements that are read top down; `name` is the column's, `""` for the whole width."""

    name: str
    elements: tuple[Element, ...]


def columns_of(
    elements: Sequence[Element], name: str = "", upright: Sequence[Box] = ()
) -> Iterator[PageColumn[Element]]:
    """Yield the elements of a page column by column, in reading order.

    `upright` are the upright rules of the page, which may stand between columns.
    """
    if not elements:
        return
    dividers = _dividers(elements, upright) if len(name) < _MAX_DEPTH else []
    if dividers:
        yield from _divided(elements, name, dividers)
        return
    gutter = _gutter(elements) if len(name) < _MAX_DEPTH else None
    if gutter is None:
        yield PageColumn(name, tuple(elements))
        return
    foot = _foot(elements, gutter)
    ordered = sorted(
        (element for element in elements if not any(element is note for note in foot)),
        key=lambda element: element.box.middle,
    )
    for crossing, band in groupby(ordered, lambda element: _side(element, gutter) == "across"):
        members = list(band)
        if crossing:
            yield PageColumn(name, tuple(members))
        for number, side in enumerate(() if crossing else ("left", "right")):
            part = [element for element in members if _side(element, gutter) == side]
            yield from columns_of(part, f"{name}{number}")
    if foot:
        yield PageColumn(name, tuple(foot))


def _dividers(elements: Sequence[Element], upright: Sequence[Box]) -> list[Box]:
    """Return the rules that stand between columns of text, from left to right.

    They are of one height, words stand on both sides, and nothing crosses them.
    """
    high = [rule for rule in upright if rule.bottom - rule.top >= _MIN_DIVIDER]
    dividers = [rule for rule in high if _divides(rule, elements)]
    longest = max(dividers, key=lambda rule: rule.bottom - rule.top, default=None)
    return sorted(
        (
            rule
            for rule in dividers
            if longest
            and abs(rule.top - longest.top) <= _SAME_HEIGHT
            and abs(rule.bottom - longest.bottom) <= _SAME_HEIGHT
        ),
        key=lambda rule: rule.centre,
    )


def _divides(rule: Box, elements: Sequence[Element]) -> bool:
    level = [element for element in elements if rule.top < element.box.middle < rule.bottom]
    left = sum(element.box.right <= rule.left + 1 for element in level)
    right = sum(element.box.left >= rule.right - 1 for element in level)
    return left + right == len(level) and min(left, right) > 1


def _divided(
    elements: Sequence[Element], name: str, dividers: Sequence[Box]
) -> Iterator[PageColumn[Element]]:
    """Yield what is above dividing rules, what is between them, and what is below."""
    top, bottom = dividers[0].top, dividers[0].bottom
    yield from columns_of([part for part in elements if part.box.middle <= top], name)
    within = [part for part in elements if top < part.box.middle < bottom]
    for number in range(len(dividers) + 1):
        column = [
            part
            for part in within
            if sum(rule.centre < part.box.centre for rule in dividers) == number
        ]
        yield from columns_of(column, f"{name}{number}")
    yield from columns_of([part for part in elements if part.box.middle >= bottom], name)


def _foot(elements: Sequence[Element], gutter: float) -> list[Element]:
    """Return what stands below both columns in smaller type: notes, an imprint."""
    size = _SMALL * main_size((element.size, 1) for element in elements)
    lowest = sorted(elements, key=lambda element: -element.box.middle)
    foot = list(takewhile(lambda element: 0 < element.size < size, lowest))
    # Where each column has notes of its own, they are read with it.
    return foot if all(_side(element, gutter) != "right" for element in foot) else []


def _gutter(elements: Sequence[Element]) -> float | None:
    """Return the left edge of the page's right column, None without a gutter."""
    area = bounding_box([element.box for element in elements])
    width = area.right - area.left
    starts = Counter(
        round(element.box.left)
        for element in elements
        if 0.2 * width < element.box.left - area.left < 0.8 * width
    )
    likely = [float(start) for start, count in starts.most_common(_MAX_TRIED) if count >= 2]
    # Lists are indented in the right column: what nothing crosses goes before what many start at.
    likely.sort(key=lambda start: sum(_side(part, start) == "across" for part in elements))
    return next((start for start in likely if _is_gutter(elements, start)), None)


def _is_gutter(elements: Sequence[Element], start: float) -> bool:
    left = [element for element in elements if _side(element, start) == "left"]
    right = [element for element in elements if _side(element, start) == "right"]
    if min(len(left), len(right)) < _MIN_LINES:
        return False
    crossing = len(elements) - len(left) - len(right)
    aligned = sum(abs(element.box.left - start) <= _TOLERANCE for element in right)
    return (
        crossing <= _MAX_CROSSING * (len(left) + len(right))
        and aligned >= _MIN_ALIGNED * len(right)
        and min(map(_mean_width, (left, right))) >= _MIN_WIDTH
        and _fill(left) >= _MIN_FILL
        and _fill(right) >= _MIN_FILL
    )


def _mean_width(elements: Sequence[Element]) -> float:
    """Return the mean width of elements, in em."""
    widths = (part.box.right - part.box.left for part in elements)
    return sum(widths) / max(sum(part.size for part in elements), 1)


def _fill(elements: Sequence[Element]) -> float:
    """Return the mean share of the column's width that a row of it fills."""
    area = bounding_box([element.box for element in elements])
    width = max(area.right - area.left, 1)
    filled = sum(element.box.right - element.box.left for element in elements)
    return filled / width / len(rows_of(elements))


def _side(element: Element, gutter: float) -> str:
    if element.box.right <= gutter + _TOLERANCE - 1:
        return "left"
    return "right" if element.box.left >= gutter - _TOLERANCE else "across"
