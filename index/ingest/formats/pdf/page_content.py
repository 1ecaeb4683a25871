"""Values that describe a page's content: positioned text, drawn rules, and their boxes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points, with y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Horizontal centre."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class TextRun:
    """A word, or Chinese between two gaps; `size` in points, `spaced` if a space precedes it.

    A `confidence` tells that it was recognised in a scan, 0 to 1.
    """

    text: str
    box: Box
    size: float
    spaced: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page's upright runs in the file's order, its rules, and its slanted text.

    `paper` is the left and right edge of the sheet, `unread` counts what is on it that is no text.
    """

    runs: tuple[TextRun, ...]
    paper: tuple[float, float]
    rules: tuple[Box, ...] = ()
    slanted: tuple[str, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PdfContent:
    """A document's pages, to be iterated once, and its metadata (`Title`, `Author`, …).

    `scanned` are the numbers, from 0, of pages whose words have to be recognised.
    """

    pages: Iterator[PdfPage]
    info: Mapping[str, str]
    unread: Mapping[str, int] = field(default_factory=dict)
    scanned: tuple[int, ...] = ()


class ScanReader(Protocol):
    """Recognises the words on the scanned pages of a document."""

    def pages(self, data: bytes, content: PdfContent) -> Iterator[PdfPage]:
        """Yield the pages of a document's bytes and content, scanned ones as recognised.

        Raises:
            ArticleError: more pages are scanned than may be.
        """
        ...


def mean_confidence(parts: Iterable[tuple[float | None, int]]) -> float | None:
    """Return the mean confidence of parts by their lengths; None if none was recognised.

    >>> mean_confidence([(0.5, 10), (1.0, 30), (None, 5)])
    0.875
    """
    recognised = [(value, length) for value, length in parts if value is not None]
    total = sum(length for _, length in recognised)
    return sum(value * length for value, length in recognised) / total if total else None


def bounding_box(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around at least one other.

    >>> bounding_box([Box(0, 0, 2, 1), Box(1, 0, 3, 2)])
    Box(left=0, top=0, right=3, bottom=2)
    """
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
