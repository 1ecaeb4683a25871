"""Answer questions about an article itself: its title, its source, its date."""

from dataclasses import replace

from index.article import Article, Span
from index.search.searcher import Searcher
from index.text.sentences import clauses, sentences
from qa.answer import Citation
from qa.answer_types import AnswerType
from qa.question.understand import Question
from qa.reader.sentence_selection import QUOTE_AT_MOST
from qa.replies.citations import cite
from qa.retrieval import Retrieval


def cite_fact(retrieval: Retrieval, searcher: Searcher) -> Citation | None:
    """Cite the article's line with the fact; None if the article is ambiguous.

    An article is certain if it is the only one asked, or if the question names its title.
    """
    question, hits = retrieval.question, retrieval.hits
    article = _meant(retrieval, searcher)
    if article is None:
        return None
    place = {
        AnswerType.TITLE: article.title_at,
        AnswerType.SOURCE: article.source_at,
        AnswerType.PUBLISHED: article.published_at,
    }[question.answer_type]
    if place is None and fact_value(question, article) is None:
        return None
    line = _line(article.text, place) if place else _opening(article.text)
    passage = next(hit.passage for hit in hits if hit.passage.article_id == article.id)
    # The line may be far from the passage: its heading is not the passage's.
    return cite(replace(passage, heading=None), line, line.of(article.text))


def fact_value(question: Question, source: Article | Citation) -> str | None:
    """Return the fact in its normalized form, None without one.

    The cited line may write it otherwise or lack it: what came beside the text is no part of it.
    """
    return {
        AnswerType.TITLE: source.title,
        AnswerType.SOURCE: source.source,
        AnswerType.PUBLISHED: source.published,
    }[question.answer_type] or None


def _opening(text: str) -> Span:
    """Return the first sentence, to cite if the text does not state the fact."""
    [first, *_] = sentences(text)
    return clauses(text, first, QUOTE_AT_MOST)[0]


def _meant(retrieval: Retrieval, searcher: Searcher) -> Article | None:
    passages = [hit.passage for hit in retrieval.hits]
    meant = {passage.article_id for passage in passages}
    if retrieval.articles > 1:
        titles = {passage.article_id: passage.title for passage in passages if passage.title}
        meant = {article for article, title in titles.items() if title in retrieval.question.text}
    return searcher.catalogue.article(meant.pop()) if len(meant) == 1 else None


def _line(text: str, place: Span) -> Span:
    """Return the line around a span; the span if it is too long to quote."""
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    line = Span(start, end if end >= 0 else len(text))
    if line.end - line.start <= QUOTE_AT_MOST:
        return line
    return Span(place.start, min(place.end, place.start + QUOTE_AT_MOST))
