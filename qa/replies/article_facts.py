"""Answers questions about an article itself: its title, its source, the day it appeared."""

from collections.abc import Sequence

from index.article import Article, Span
from index.search.searcher import Hit, Searcher
from index.text.sentences import clauses, sentences
from qa.answer import Citation
from qa.answer_types import AnswerType
from qa.question.understand import Question
from qa.reader.sentence_selection import QUOTE_AT_MOST


def cite_fact(question: Question, hits: Sequence[Hit], searcher: Searcher) -> Citation | None:
    """The line of the article that says it, or None.

    Which article is meant must be clear: there is only one, or the question names its title.
    """
    article = _meant(question, hits, searcher)
    if article is None:
        return None
    place = {
        AnswerType.TITLE: article.title_at,
        AnswerType.SOURCE: article.source_at,
        AnswerType.PUBLISHED: article.published_at,
    }[question.answer_type]
    if place is None and _known(question, article) is None:
        return None
    line = _line(article.text, place) if place else _opening(article.text)
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
    """The value in the plain form; None where only the cited line writes it, in a form of its own.

    It need not stand in the line: what came beside the text is no part of it.
    """
    return _known(question, citation)


def _known(question: Question, told: Article | Citation) -> str | None:
    return {
        AnswerType.TITLE: told.title,
        AnswerType.SOURCE: told.source,
        AnswerType.PUBLISHED: told.published,
    }[question.answer_type] or None


def _opening(text: str) -> Span:
    """The first sentence, which stands for the article where its line is not in the text."""
    [first, *_] = sentences(text)
    return clauses(text, first, QUOTE_AT_MOST)[0]


def _meant(question: Question, hits: Sequence[Hit], searcher: Searcher) -> Article | None:
    meant = {hit.passage.article_id for hit in hits}
    if searcher.manifest.articles > 1:
        titles = {hit.passage.article_id: hit.passage.title for hit in hits if hit.passage.title}
        meant = {article for article, title in titles.items() if title in question.text}
    return searcher.catalogue.article(meant.pop()) if len(meant) == 1 else None


def _line(text: str, place: Span) -> Span:
    """The line around a place; the place itself where the line is too long to quote."""
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    line = Span(start, end if end >= 0 else len(text))
    if line.end - line.start <= QUOTE_AT_MOST:
        return line
    return Span(place.start, min(place.end, place.start + QUOTE_AT_MOST))
