"""Answers questions about an article itself: its title, its source, the day it appeared."""

from collections.abc import Sequence

from index.article import Article, Span
from index.search import Hit, Searcher
from qa.answer import Citation
from qa.kinds import Kind
from qa.question import Question


def cite_fact(question: Question, hits: Sequence[Hit], searcher: Searcher) -> Citation | None:
    """The line of the article that says it, or None.

    Which article is meant must be clear: there is only one, or the question names its title.
    """
    article = _meant(question, hits, searcher)
    if article is None:
        return None
    place = {
        Kind.TITLE: article.title_at,
        Kind.SOURCE: article.source_at,
        Kind.PUBLISHED: article.published_at,
    }[question.kind]
    if place is None:
        return None
    line = _line(article.text, place)
    return Citation(
        article.id,
        article.title,
        article.source,
        article.published,
        article.url,
        line.start,
        line.end,
        line.of(article.text),
        heading=None,
    )


def fact_value(question: Question, citation: Citation) -> str | None:
    """The value as the cited line writes it, where it does so in the plain form."""
    value = {
        Kind.TITLE: citation.title,
        Kind.SOURCE: citation.source,
        Kind.PUBLISHED: citation.published,
    }[question.kind]
    return value if value and value in citation.quote else None


def _meant(question: Question, hits: Sequence[Hit], searcher: Searcher) -> Article | None:
    if searcher.manifest.articles == 1:
        only, _ = searcher.catalogue.listings("", 0, 1)
        return searcher.catalogue.article(only[0].id)
    named = {hit.place.article_id for hit in hits if hit.place.title in question.text}
    named = {hit.place.article_id for hit in hits if hit.place.title} & named
    return searcher.catalogue.article(named.pop()) if len(named) == 1 else None


def _line(text: str, place: Span) -> Span:
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    return Span(start, end if end >= 0 else len(text))
