"""Find boxes of text that stand beside other text: sidebars, notes, a card with opening hours.

What is in a box is read by itself, not line by line with the words beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from index.ingest.formats.pdf.lines import TextFragment, rows_of
from index.ingest.formats.pdf.page_content import Box
from index.ingest.formats.pdf.tables.pdf_table import PdfTable

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
    upright = {
        (round(rule.centre), round(rule.top), round(rule.bottom))
        for rule in rules
        if rule.bottom - rule.top >= _MIN_SIDE
    }
    levels: dict[tuple[int, int], list[float]] = {}
    for rule in rules:
        if rule.right - rule.left >= _MIN_SIDE:
            levels.setdefault((round(rule.left), round(rule.right)), []).append(rule.middle)
    for (left, right), places in levels.items():
        for top, bottom in pairwise(sorted(places)):
            sides = [(left, round(top), round(bottom)), (right, round(top), round(bottom))]
            if all(_is_drawn(side, upright) for side in sides):
                yield Box(left, top, right, bottom)


def _is_drawn(side: tuple[int, int, int], upright: set[tuple[int, int, int]]) -> bool:
    return any(
        tuple(map(sum, zip(side, shift, strict=True))) in upright
        for shift in product((0, -1, 1), repeat=3)
    )
