"""The lines at the edges of an article that may be furniture, and the article without them.

Which of them recur in other articles of the same source is not known here.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from index.article import Article, Removed, Section, Span
from index.ingest.structure.line_shapes import is_blank, width

_HEAD, _TAIL = 6, 10  # lines that count as edges
_WIDEST = 60.0  # of a line of furniture; a notice may be wider, but then words tell it


def edge_lines(article: Article) -> list[str]:
    """The lines that could be furniture: short, near the beginning or end, no title, no heading.

    `标题 / 正文…… / 扫一扫 关注我们` → `扫一扫 关注我们`.
    """
    return [line for line, _ in _edges(article)]


def without(article: Article, lines: Collection[str]) -> Article:
    """The article without some of its edge lines, every offset moved; they are in `removed`.

    What moves to an edge by that is looked at again: a second time nothing is left to cut.
    """
    while cut := [span for line, span in _edges(article) if line in lines]:
        article = _Cut(article, cut).made()
    return article


def _edges(article: Article) -> Iterator[tuple[str, Span]]:
    shown = [(line, span) for line, span in _lines(article.text) if not is_blank(line)]
    headings = {section.title for section in article.sections}
    places = [article.title_at, article.source_at, article.published_at]
    inner = range(_HEAD, max(_HEAD, len(shown) - _TAIL))
    for at, (line, span) in enumerate(shown):
        told = any(place and span.start <= place.start < span.end for place in places)
        if at not in inner and not told and width(line) <= _WIDEST and line not in headings:
            yield line, span


def _lines(text: str) -> Iterator[tuple[str, Span]]:
    start = 0
    for piece in text.split("\n"):
        line = piece.strip()
        if line:
            begin = start + piece.index(line)
            yield line, Span(begin, begin + len(line))
        start += len(piece) + 1


class _Cut:
    """An article with some lines cut out, each with the white space up to the next one."""

    def __init__(self, article: Article, lines: Sequence[Span]) -> None:
        self._article = article
        self._words = lines
        self._spans = [_with_break(article.text, span) for span in lines]
        self._starts = [span.start for span in self._spans]
        self._left = self._text()

    def made(self) -> Article:
        """What is left."""
        article = self._article
        sections = (
            Section(one.title, self._at(one.start), self._at(one.end)) for one in article.sections
        )
        return replace(
            article,
            text=self._left,
            sections=tuple(one for one in sections if one.start < one.end),
            pages=tuple(self._at(page) for page in article.pages),
            removed=self._removed(),
            title_at=self._moved(article.title_at),
            source_at=self._moved(article.source_at),
            published_at=self._moved(article.published_at),
        )

    def _text(self) -> str:
        text = self._article.text
        bounds = [0, *(end for span in self._spans for end in (span.start, span.end)), len(text)]
        left = "".join(text[bounds[at] : bounds[at + 1]] for at in range(0, len(bounds), 2))
        # What stood before lines cut off the end is the end now.
        return left.rstrip() if self._spans[-1].end == len(text) else left

    def _removed(self) -> tuple[Removed, ...]:
        here = [Removed(span.start, span.of(self._article.text)) for span in self._words]
        # In the order of the page: what was cut before stood before the words at its offset.
        both = sorted([*self._article.removed, *here], key=lambda one: one.at)
        return tuple(Removed(self._at(one.at), one.text) for one in both)

    def _moved(self, place: Span | None) -> Span | None:
        return Span(self._at(place.start), self._at(place.end)) if place else None

    def _at(self, offset: int) -> int:
        """Where an offset of the whole text lies in what is left."""
        before = self._spans[: bisect_left(self._starts, offset)]
        moved = offset - sum(min(span.end, offset) - span.start for span in before)
        return min(moved, len(self._left))


def _with_break(text: str, line: Span) -> Span:
    end = line.end
    while end < len(text) and text[end].isspace():
        end += 1
    return Span(line.start, end)
