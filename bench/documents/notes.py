"""A footnote that stands where a reader of the text sees what it is a note to."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bench.documents.read_text import ReadText
from bench.documents.spelling import folded

_NEAR = 400
"""Characters behind the words that call the note within which it stands beside them."""

_LONGEST_MARK = 14
_MARK = re.compile(
    r"(?:\[?\(?(?:\d{1,2}|[a-z]|[ivx]+|注|note|脚注|脚註|註|尾注|附注|\*+|†|‡)[\d\s]{0,3}"
    r"\]?\)?[.:、]?)+$",
    re.IGNORECASE,
)
_BARE_MARK = re.compile(r"\W*(\d{1,2}|[a-z]|[*†‡])\W")
_MARK_ALONE = re.compile(r"\W*(\d{1,2}|[a-z]|[*†‡])\W*")
_HEADING = r"(注释|脚注|附注|注|註|註釋|備註|备注|说明|尾注|附註|notes?|footnotes?|references?)"
_HEADING_ALONE = re.compile(rf"{_HEADING}[:|]*", re.IGNORECASE)
_HEADING_FIRST = re.compile(rf"{_HEADING}[:(\d]", re.IGNORECASE)
_LINE_BEGINS = re.compile(r"^[#\->|]+")


@dataclass(frozen=True, slots=True)
class Note:
    """A note stands beside the words that call it, or bears a mark, or is below a heading."""

    text: str
    near: str

    def __str__(self) -> str:
        return f"{self.text} (near: {self.near})"

    def holds(self, text: ReadText) -> bool:
        """Return whether it does."""
        note = folded(self.text)
        body = text.folded if note in text.folded else text.folded_source
        if note not in body:
            return False
        lines = [line for line in text.lines if line]
        return (
            self._is_near(note, body)
            or _is_marked(note, lines)
            or any(
                _MARK_ALONE.fullmatch(line) and folded(after).startswith(note)
                for line, after in pairwise(lines)
            )
        )

    def _is_near(self, note: str, body: str) -> bool:
        callers = [match.end() for match in re.finditer(re.escape(folded(self.near)), body)]
        notes = [match.start() for match in re.finditer(re.escape(note), body)]
        return any(-1 <= start - end <= _NEAR for end in callers for start in notes)


def _is_marked(note: str, lines: list[str]) -> bool:
    """Return whether a line is the note behind a mark, or a heading of notes stands above it."""
    is_below_heading = False
    for line in lines:
        words = _LINE_BEGINS.sub("", folded(line))
        is_below_heading |= _HEADING_ALONE.fullmatch(words) is not None
        at = words.find(note)
        if at >= 0 and (is_below_heading or _HEADING_FIRST.match(words)):
            return True
        if 0 < at <= _LONGEST_MARK and (_MARK.search(words[:at]) or _BARE_MARK.match(line)):
            return True
    return False
