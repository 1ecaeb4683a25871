"""Select lines at the edges of an article that may be boilerplate, and cut them from it.

Which of them recur in other articles of a source is left to `index/build/recurring_lines.py`.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from index.article import Article, Recognised, Removed, Section, Span
from index.ingest.boilerplate.edge_patterns import EdgeMark, mark_of
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.structure.line_shapes import is_blank, width
from index.table import Table

_HEAD_LINES, _TAIL_LINES = 6, 10  # lines that count as edges
_MAX_WIDTH = 60.0  # in Han characters; wider notices are recognised by their words


def edge_lines(article: Article) -> list[str]:
    r"""Return the lines that may be boilerplate: short, near an edge, no title, no heading.

    >>> edge_lines(Article("a", "标题", "标题\n扫一扫 关注我们", title_at=Span(0, 2)))
    ['扫一扫 关注我们']
    """
    return [line for line, _ in _edges(article)]


def is_worded_as_boilerplate(line: str) -> bool:
    """Return whether a line's words are those of boilerplate, wherever it stands.

    >>> is_worded_as_boilerplate("扫一扫 关注我们"), is_worded_as_boilerplate("夜间停水。")
    (True, False)
    """
    return bool(clues_of(line)) or mark_of(line) is not EdgeMark.NONE


def without(article: Article, lines: Collection[str]) -> Article:
    """Move the edge lines that are in `lines` from the article's text to `removed`.

    This is repeated for lines that become edge lines by it, so a second call changes nothing.
    """
    while spans := [span for line, span in _edges(article) if line in lines]:
        article = _Cut(article, spans).article()
    return article


def _edges(article: Article) -> Iterator[tuple[str, Span]]:
    visible = [(line, span) for line, span in _lines(article.text) if not is_blank(line)]
    headings = {section.title for section in article.sections}
    facts = [article.title_at, article.source_at, article.published_at]
    inner = range(_HEAD_LINES, max(_HEAD_LINES, len(visible) - _TAIL_LINES))
    for rank, (line, span) in enumerate(visible):
        is_fact = any(fact and span.start <= fact.start < span.end for fact in facts)
        if rank not in inner and not is_fact and width(line) <= _MAX_WIDTH and line not in headings:
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
    """Cut of lines from an article, each with the white space up to the next line."""

    def __init__(self, article: Article, lines: Sequence[Span]) -> None:
        self._article = article
        self._lines = lines
        self._spans = [_with_break(article.text, span) for span in lines]
        self._starts = [span.start for span in self._spans]
        self._text = self._remaining()

    def article(self) -> Article:
        """Return the article without the lines, with every offset adjusted."""
        article = self._article
        sections = (
            Section(section.title, self._at(section.start), self._at(section.end))
            for section in article.sections
        )
        return replace(
            article,
            text=self._text,
            sections=tuple(section for section in sections if section.start < section.end),
            pages=tuple(self._at(page) for page in article.pages),
            removed=self._removed(),
            recognised=self._recognised(),
            title_at=self._moved(article.title_at),
            source_at=self._moved(article.source_at),
            published_at=self._moved(article.published_at),
            tables=tuple(
                self._moved_table(table) for table in article.tables if self._is_whole(table)
            ),
        )

    def _is_whole(self, table: Table) -> bool:
        """Return whether nothing is cut from a table; any other is left to its lines."""
        return not any(Span(table.start, table.end).overlaps(span) for span in self._spans)

    def _moved_table(self, table: Table) -> Table:
        return table.moved(self._at(table.start) - table.start)

    def _remaining(self) -> str:
        text = self._article.text
        bounds = [0, *(end for span in self._spans for end in (span.start, span.end)), len(text)]
        remaining = "".join(text[bounds[i] : bounds[i + 1]] for i in range(0, len(bounds), 2))
        # White space above lines cut off the end would be at the end now.
        return remaining.rstrip() if self._spans[-1].end == len(text) else remaining

    def _removed(self) -> tuple[Removed, ...]:
        cut = [Removed(span.start, span.of(self._article.text)) for span in self._lines]
        # In the order of the page: a part cut before came before the words at its offset.
        parts = sorted([*self._article.removed, *cut], key=lambda part: part.at)
        return tuple(Removed(self._at(part.at), part.text) for part in parts)

    def _recognised(self) -> tuple[Recognised, ...]:
        moved = (
            Recognised(self._at(part.start), self._at(part.end), part.confidence)
            for part in self._article.recognised
        )
        return tuple(part for part in moved if part.start < part.end)

    def _moved(self, span: Span | None) -> Span | None:
        return Span(self._at(span.start), self._at(span.end)) if span else None

    def _at(self, offset: int) -> int:
        """Convert an offset in the original text to one in the remaining text."""
        before = self._spans[: bisect_left(self._starts, offset)]
        moved = offset - sum(min(span.end, offset) - span.start for span in before)
        return min(moved, len(self._text))


def _with_break(text: str, line: Span) -> Span:
    end = line.end
    while end < len(text) and text[end].isspace():
        end += 1
    return Span(line.start, end)
