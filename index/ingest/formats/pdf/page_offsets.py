"""Where each page of a document begins in the text that was made of its lines.

Between the two some lines were cut, and a title or a byline may have been put first. So the lines
are met again in the article, kept or removed, one after the other.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from index.article import Article

# A title moves to the front from among the first lines only, and at most two lines are added.
_AHEAD = 8


def page_offsets(
    lines: Sequence[str], marks: Sequence[tuple[int, int]], article: Article
) -> tuple[int, ...]:
    """The offset in the article's text at which each page begins, the first at 0.

    `marks` tell for each page the number of a line and the offset in it; `len(lines)` is the end.
    """
    starts = _starts(lines, article)
    offsets = [_offset(starts, mark, len(article.text)) for mark in marks]
    return tuple(accumulate([0, *offsets[1:]], max))[: len(marks)]


def _offset(starts: Sequence[tuple[int, bool]], mark: tuple[int, int], end: int) -> int:
    line, within = mark
    if line >= len(starts):
        return end
    start, kept = starts[line]
    return min(start + within, end) if kept else start


def _starts(lines: Sequence[str], article: Article) -> list[tuple[int, bool]]:
    """For each line its offset and whether it was kept; a lost one stands where the next does."""
    told = list(_told(article))
    place = 0
    passed: list[int] = []
    starts: list[tuple[int, bool]] = []
    for line in lines:
        words = line.rstrip()
        # A title that was put first was passed when the lines above it were met.
        ahead = [*passed, *range(place, min(place + _AHEAD, len(told)))]
        met = next((i for i in ahead if words and told[i][0] == words), None)
        if met is None:
            starts.append((told[place][1] if place < len(told) else len(article.text), False))
            continue
        starts.append(told[met][1:])
        passed = [i for i in (*passed, *range(place, met)) if i != met][-_AHEAD:]
        place = max(place, met + 1)
    return starts


def _told(article: Article) -> Iterator[tuple[str, int, bool]]:
    """The article's lines with their offsets, the removed ones in their places among them."""
    removed = [(part.at, line) for part in article.removed for line in part.text.split("\n")]
    offset = place = 0
    for line in article.text.split("\n"):
        # What was cut stands at the end of the line before it.
        while place < len(removed) and removed[place][0] < offset + (1 if line else 0):
            yield removed[place][1].rstrip(), removed[place][0], False
            place += 1
        if line:
            yield line, offset, True
        offset += len(line) + 1
    yield from ((line.rstrip(), at, False) for at, line in removed[place:])
