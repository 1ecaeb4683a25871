"""Recognise the scanned pages of one piece of work, within a bound, and tell of each."""

from collections.abc import Callable

from index.errors import ArticleError
from index.ingest.recognition.recogniser import Pixels, Recogniser
from index.ingest.recognition.upright import ScanLine

Tell = Callable[[int, int], None]
"""Called with the pages of a document that are recognised, and how many there are to be."""


def untold(done: int, pages: int) -> None:
    """Take no note of a page that is recognised."""


class ScanRecognition:
    """Recognises pages with a `recogniser`: `most` of them, if there is a bound."""

    def __init__(
        self, recogniser: Recogniser, tell: Tell = untold, most: int | None = None
    ) -> None:
        self._recogniser, self._tell, self._left = recogniser, tell, most

    def begun(self, tell: Tell, most: int | None = None) -> "ScanRecognition":
        """Return that of another piece of work, with the same recogniser."""
        return ScanRecognition(self._recogniser, tell, most)

    def expect(self, pages: int) -> None:
        """Refuse a document of more pages than may be recognised.

        Raises:
            ArticleError: it has more.
        """
        if self._left is None:
            return
        if pages > self._left:
            raise ArticleError(
                f"has {pages:,} scanned pages, too many for one upload; send it in parts, or use "
                "yiju rebuild --ocr."
            )
        self._left -= pages

    def lines(self, pixels: Pixels, number: int, pages: int) -> list[ScanLine]:
        """Return the lines on page `number`, from 0, of so many `pages` of a document."""
        if not number:
            self._tell(0, pages)  # the limits of the work begin anew
        lines = self._recogniser.lines(pixels)
        self._tell(number + 1, pages)
        return lines
