"""Find boxes of text that stand beside other text: sidebars, notes, a card with opening hours.

What is in a box is read by itself, not line by line with the words beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.ingest.formats.pdf.lines import TextFragment, rows_of
from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.tables.pdf_table import PdfTable

PageElement = TextFragment | PdfTable

_NEAR = 3.0  # points
_MIN_SIDE = 40.0
_MIN_LINES = 2
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
    for frame in sorted({*_frames(rules), *areas}, key=_size_of, reverse=True):
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
    for left_side in upright:
        ends = [
            rule
            for rule in level
            if abs(rule.left - left_side.left) <= _NEAR
            and (
                abs(rule.middle - left_side.top) <= _NEAR
                or abs(rule.middle - left_side.bottom) <= _NEAR
            )
        ]
        for right_side in upright if len(ends) > 1 else ():
            if (
                right_side.left > left_side.left + _MIN_SIDE
                and abs(right_side.top - left_side.top) <= _NEAR
                and abs(right_side.bottom - left_side.bottom) <= _NEAR
                and any(abs(rule.right - right_side.left) <= _NEAR for rule in ends)
            ):
                yield Box(left_side.left, left_side.top, right_side.left, left_side.bottom)
