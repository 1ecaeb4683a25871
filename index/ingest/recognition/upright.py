"""Turn the lines found on a crooked page upright, and tell how large their letters are."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
import numpy.typing as npt

Quad = npt.NDArray[np.float64]
"""The corners of a line in pixels, of shape `(4, 2)`: from the upper left one clockwise."""

# A line this many times as wide as high shows by its slope how the page lies.
_LONG = 5
# Sizes that differ by less are one. That of Chinese is measured by a line's length, that of other
# letters by its height, which depends on their strokes: “no” is lower than “by”.
_SAME_SIZE, _SAME_HEIGHT = 0.15, 0.3
# In heights of the box around a line.
_LETTERS = 0.9
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class ScanLine:
    """A recognised line: its words, the box around it in pixels and the size of its letters.

    `confidence` is the mean probability of its characters, 0 to 1.
    """

    text: str
    box: tuple[float, float, float, float]
    size: float
    confidence: float

    def below(self, height: float) -> "ScanLine":
        """Return the line where it is below something of a height in pixels."""
        left, top, right, bottom = self.box
        return replace(self, box=(left, top + height, right, bottom + height))


def upright(
    lines: Sequence[tuple[Quad, str, float]], centre: tuple[float, float]
) -> list[ScanLine]:
    """Return lines of corners, text and confidence on a page turned straight on its centre."""
    slope = _slope([corners for corners, _, _ in lines])
    turn = np.array([[math.cos(slope), -math.sin(slope)], [math.sin(slope), math.cos(slope)]])
    straight = [
        (_box((corners - centre) @ turn + centre), text, score) for corners, text, score in lines
    ]
    sizes = [_size(text, box) for box, text, _ in straight]
    main = _main(sizes, [len(text) for _, text, _ in straight])
    return [
        ScanLine(text, box, main if _are_same(size, main, text) else size, score)
        for (box, text, score), size in zip(straight, sizes, strict=True)
    ]


def _slope(quads: Sequence[Quad]) -> float:
    """Return the angle in radians at which most of the long lines run."""
    angles = [
        math.atan2(*(corners[1] - corners[0])[::-1])
        for corners in quads
        if _length(corners[1] - corners[0]) > _LONG * _length(corners[3] - corners[0])
    ]
    return median(angles) if angles else 0.0


def _box(corners: Quad) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a line: the means of two corners each."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners.tolist()
    return (x0 + x3) / 2, (y0 + y1) / 2, (x1 + x2) / 2, (y2 + y3) / 2


def _size(text: str, box: tuple[float, float, float, float]) -> float:
    """Return the size of a line's letters: of Chinese by its length, which tells it better."""
    height, wide = _LETTERS * (box[3] - box[1]), _wide(text)
    ems = wide + 0.5 * (len(text) - wide)
    return min(height, (box[2] - box[0]) / ems) if wide >= _MOSTLY * len(text) else height


def _wide(text: str) -> int:
    """Return how many characters are as wide as a Chinese one."""
    return sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def _are_same(size: float, main: float, text: str) -> bool:
    slack = _SAME_SIZE if _wide(text) >= _MOSTLY * len(text) else _SAME_HEIGHT
    return abs(size - main) <= slack * main


def _main(sizes: Sequence[float], chars: Sequence[int]) -> float:
    """Return the median size of a page's characters; 0 without lines."""
    ordered = sorted(zip(sizes, chars, strict=True))
    passed, half = 0, sum(chars) / 2
    for size, count in ordered:
        passed += count
        if passed >= half:
            return size
    return 0.0


def _length(vector: npt.NDArray[np.float64]) -> float:
    return math.hypot(*vector.tolist())
