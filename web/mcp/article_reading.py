"""Read a range of an article, never more than is asked for, and never more than a bound."""

from dataclasses import dataclass

from index.article import Article, Span
from index.errors import UsageError
from web.articles import find_article
from web.mcp.tool_inputs import ReadInput
from web.services import Services


@dataclass(frozen=True, slots=True)
class ArticleRange:
    """A range of an article as an index version has it."""

    article: Article
    span: Span
    version: str

    @property
    def text(self) -> str:
        """The text in the range."""
        return self.span.of(self.article.text)

    @property
    def is_followed(self) -> bool:
        """Whether the article goes on after the range."""
        return self.span.end < len(self.article.text)


def read_range(services: Services, wanted: ReadInput, most: int) -> ArticleRange:
    """Return the range that is wanted, cut to `most` characters.

    Raises:
        UsageError: there is no such article, or no such range in it.
        GoneError: the index version is no longer kept.
    """
    article, version = find_article(services.live, wanted.id, wanted.index_version)
    if article is None:
        raise UsageError(
            f"There is no article “{wanted.id}”. Use an id that list_articles or search gives."
        )
    return ArticleRange(article, fitting_span(len(article.text), wanted, most), version)


def fitting_span(length: int, wanted: ReadInput, most: int) -> Span:
    """Return the range of a text that is wanted; surroundings take what room is left.

    Raises:
        UsageError: the text has no such range.
    """
    start, end = wanted.start, length if wanted.end is None else wanted.end
    if start > 0 and start >= length:
        raise UsageError(f"The article has {length:,} characters; start at an earlier one.")
    if wanted.end is not None and end <= start:
        raise UsageError("The end must be greater than the start.")
    end = min(end, length, start + most)
    around = min(wanted.surroundings, (most - (end - start)) // 2)
    return Span(max(0, start - around), min(length, end + around))
