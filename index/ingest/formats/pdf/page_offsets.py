"""Map the page breaks of a PDF's lines to offsets in the article's text.

Between lines and text some lines were cut, and a title or a byline may have been put first. So
each line is located again in the article, kept or removed, in order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.article import Article

# A title moves to the front from among the first lines only, and at most two lines are added.
_LOOKAHEAD = 8

PageMark = tuple[int, int]
"""A page's first character: the number of its line and the offset in that line."""


@dataclass(frozen=True, slots=True)
class _LineStart:
    """A line of the article at its offset; `kept` is False for one that was removed there."""

    text: str
    offset: int
    kept: bool


def page_offsets(
    lines: Sequence[str], marks: Sequence[PageMark], article: Article
) -> tuple[int, ...]:
    """Return the offset in the article's text at which each page begins, the first at 0.

    A mark at line `len(lines)` is the end of the text.
    """
    starts = _line_starts(lines, article)
    offsets = [_offset(starts, mark, len(article.text)) for mark in marks]
    return tuple(accumulate([0, *offsets[1:]], max))[: len(marks)]


def _offset(starts: Sequence[_LineStart], mark: PageMark, end: int) -> int:
    line, within = mark
    if line >= len(starts):
        return end
    start = starts[line]
    return min(start.offset + within, end) if start.kept else start.offset


def _line_starts(lines: Sequence[str], article: Article) -> list[_LineStart]:
    """Locate each line in the article; one that is lost gets the offset of the next."""
    targets = list(_article_lines(article))
    place = 0
    skipped: list[int] = []
    starts: list[_LineStart] = []
    for line in lines:
        words = line.rstrip()
        # A title that was put first was skipped when the lines above it were located.
        candidates = [*skipped, *range(place, min(place + _LOOKAHEAD, len(targets)))]
        match = next((i for i in candidates if words and targets[i].text == words), None)
        if match is None:
            offset = targets[place].offset if place < len(targets) else len(article.text)
            starts.append(_LineStart(words, offset, kept=False))
            continue
        starts.append(targets[match])
        skipped = [i for i in (*skipped, *range(place, match)) if i != match][-_LOOKAHEAD:]
        place = max(place, match + 1)
    return starts


def _article_lines(article: Article) -> Iterator[_LineStart]:
    """Yield the article's lines, the removed ones among them where they were cut."""
    removed = [(part.at, line) for part in article.removed for line in part.text.split("\n")]
    offset = place = 0
    for line in article.text.split("\n"):
        # What was cut is recorded at the end of the line before it.
        while place < len(removed) and removed[place][0] < offset + (1 if line else 0):
            yield _LineStart(removed[place][1].rstrip(), removed[place][0], kept=False)
            place += 1
        if line:
            yield _LineStart(line, offset, kept=True)
        offset += len(line) + 1
    for at, line in removed[place:]:
        yield _LineStart(line.rstrip(), at, kept=False)
