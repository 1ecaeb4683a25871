"""Find boxes of text that stand beside other text: sidebars, notes, a card with opening hours.

What is in a box is read by itself, not line by line with the words beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.ingest.formats.pdf.lines import TextFragment, rows_of
from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable

PageElement = TextFragment | PdfTable

_NEAR = 3.0  # points
_MIN_SIDE = 40.0
_MIN_LINES = 2
# A page with more is a drawing or a table.
_MAX_FRAMES = 400
# Share of a page's words that are in a box at most; one around more is a frame.
_MAX_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box with what is in it; it has no type size of its own."""

    elements: tuple[PageElement, ...]
    box: Box
    size: float = 0.0


def boxed(
    elements: Sequence[PageElement], rules: Sequence[Box], areas: Sequence[Box]
) -> list[PageElement | TextBox]:
    """Return a page's elements, those in a box beside others as one."""
    left: list[PageElement | TextBox] = list(elements)
    frames = {*_frames(rules), *areas}
    for frame in sorted(frames, key=_size_of, reverse=True) if len(frames) <= _MAX_FRAMES else ():
        if min(frame.right - frame.left, frame.bottom - frame.top) < _MIN_SIDE:
            continue
        inside = [part for part in left if not isinstance(part, TextBox) and _holds(frame, part)]
        outside = [part for part in left if not any(part is other for other in inside)]
        if _is_beside_others(frame, inside, outside, len(elements)):
            left = [*outside, TextBox(tuple(inside), frame)]
    return left


def _size_of(frame: Box) -> tuple[float, float, float]:
    return (frame.right - frame.left) * (frame.bottom - frame.top), frame.left, frame.top


def _holds(frame: Box, part: PageElement) -> bool:
    box = part.box
    across = frame.left - _NEAR <= box.left and box.right <= frame.right + _NEAR
    return across and frame.top <= box.middle <= frame.bottom


def _is_beside_others(
    frame: Box,
    inside: Sequence[PageElement],
    outside: Sequence[PageElement | TextBox],
    count: int,
) -> bool:
    """Return whether a box has some lines, and other words stand left or right of it."""
    if len(inside) > _MAX_SHARE * count or len(rows_of(inside)) < _MIN_LINES:
        return False
    level = [part for part in outside if frame.top <= part.box.middle <= frame.bottom]
    cut = any(part.box.left < frame.right and frame.left < part.box.right for part in level)
    return bool(level) and not cut


def _frames(rules: Sequence[Box]) -> Iterator[Box]:
    """Yield the rectangles of which all four sides are drawn."""
    level = [rule for rule in rules if rule.right - rule.left >= _MIN_SIDE]
    upright = [rule for rule in rules if rule.bottom - rule.top >= _MIN_SIDE]
    widths: list[list[Box]] = []
    for rule in level if len(level) + len(upright) <= _MAX_FRAMES else ():
        same = (group for group in widths if _is_as_wide(group[0], rule))
        group = next(same, None)
        if group is None:
            widths.append([rule])
        else:
            group.append(rule)
    for group in widths:
        for upper, lower in pairwise(sorted(group, key=lambda rule: rule.middle)):
            frame = Box(upper.left, upper.middle, upper.right, lower.middle)
            if _has_side(upright, frame, frame.left) and _has_side(upright, frame, frame.right):
                yield frame


def _is_as_wide(rule: Box, other: Box) -> bool:
    return abs(rule.left - other.left) <= _NEAR and abs(rule.right - other.right) <= _NEAR


def _has_side(upright: Sequence[Box], frame: Box, place: float) -> bool:
    return any(
        abs(rule.centre - place) <= _NEAR
        and abs(rule.top - frame.top) <= _NEAR
        and abs(rule.bottom - frame.bottom) <= _NEAR
        for rule in upright
    )
