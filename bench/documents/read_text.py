"""The text that a system made of a document, in the forms in which facts are looked for."""

import re
from functools import cached_property

from bench.documents.grids import ESCAPED_BAR, Grid, grids_of, has_html_cells
from bench.documents.spelling import alike, folded, without_markup

_CELL_TAG = re.compile(r"\s*(?:<t[dh][^<>]*>|</t[dh]>)\s*", re.IGNORECASE)
_ROW_TAG = re.compile(
    r"</?(?:table|thead|tbody|tfoot|caption|colgroup|col|tr)[^<>]*>", re.IGNORECASE
)
_LINE_TAG = re.compile(r"</?(?:li|ul|ol|h\d|dt|dd|dl|details|summary)[^<>]*>", re.IGNORECASE)
_BARS = re.compile(r"\|(-+\|)*")
_NOTE_MARK = re.compile(r"\[\d{1,2}\]")
_LEAST = 20
"""Characters below which a document counts as not read: nothing holds of it, absence neither."""


class ReadText:
    """A text with its lines and its tables."""

    def __init__(self, text: str) -> None:
        """Take the text as the system gives it."""
        self._text = text

    @property
    def is_read(self) -> bool:
        """Whether there is any text to speak of."""
        return len(self.folded) >= _LEAST

    @cached_property
    def grids(self) -> list[Grid]:
        """Every table of the text."""
        return list(grids_of(self._text))

    @cached_property
    def lines(self) -> list[str]:
        """The lines in the common spelling, without markup; a row of an HTML table is a line."""
        text = self._text.replace("\r\n", "\n").replace("\f", "\n")
        if has_html_cells(text):
            text = _ROW_TAG.sub("\n", _CELL_TAG.sub(" ", text))
        text = without_markup(_LINE_TAG.sub("\n", text).replace("\\|", ESCAPED_BAR))
        return [alike(line).strip().replace(ESCAPED_BAR, "|") for line in text.split("\n")]

    @cached_property
    def folded(self) -> str:
        """The whole text in the common spelling, without markup and white space."""
        return folded(" ".join(self.lines))

    @cached_property
    def folded_source(self) -> str:
        """The same with its markup: what looks like markup may be the document's own words."""
        return folded(self._text)

    def has(self, text: str) -> bool:
        """Return whether the words stand here, bars of a table and marks of notes left out."""
        words = folded(text)
        bodies = (
            self.folded,
            self.folded_source,
            _BARS.sub("", self.folded),
            _NOTE_MARK.sub("", self.folded),
        )
        return any(words in body for body in bodies)

    @cached_property
    def list_bodies(self) -> tuple[str, str, str]:
        """The lines in which items are looked for, as they are, without bars, without marks."""
        body = "\n".join(self.lines)
        return body, body.replace("|", " "), _NOTE_MARK.sub("", body)
