"""Sum up the article that is about a subject, by its own sentences, each cited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.article import Article, Span
from index.search.query import QueryTerms
from index.search.searcher import Hit, Searcher
from index.store.catalogue import PassageRecord
from index.text.folding import fold, plain
from qa.answer import Citation
from qa.language import is_han
from qa.question.overview_request import Subject
from qa.replies.citations import cite
from qa.replies.reply import Reply
from qa.replies.sentence_choice import choose, quotable
from qa.retrieval import Retrieval

_TITLED = 0.9
_TOLD = 0.75
"""Confidence if the title names the subject, and if the article keeps telling of it."""

_ARTICLES = 3  # whose aboutness is looked at
_COVERED = 0.99
_TOLD_OFTEN = 3  # sentences
_TOLD_SHARE = 0.1
_HEAD = re.compile(r"\s*[：:｜|—–]+\s*|\s-\s|[,，。?？!！]")
_SPACED = re.compile(r"[\u4e00-\u9fff]\s+\S")
_SPACE = {True: "", False: " "}


@dataclass(frozen=True, slots=True)
class ArticleFound:
    """An article with its best passage, its sentences, and where each names the subject."""

    article: Article
    passage: PassageRecord
    spans: list[Span]
    mentions: list[Span | None]

    @classmethod
    def of(cls, article: Article, hit: Hit, subject: str, terms: QueryTerms) -> "ArticleFound":
        """Look for the subject in the sentences of an article."""
        spans = quotable(article)
        mentions = [_mentioned(span.of(article.text), subject, terms) for span in spans]
        return cls(article, hit.passage, spans, mentions)


def overview(subject: Subject, retrieval: Retrieval, searcher: Searcher) -> Reply | None:
    """Sum up the best article about a subject; None if none of the articles found is about it."""
    terms = retrieval.query.terms
    for hit in _of_articles(retrieval.hits):
        if subject.is_bare and _SPACED.search(subject.text) and not _is_title(subject, hit):
            continue  # keywords, which ask for a fact
        article = searcher.catalogue.article(hit.passage.article_id)
        if article is None:
            continue
        found = ArticleFound.of(article, hit, subject.text, terms)
        if subject.is_last and not subject.text:
            likely = _TITLED if searcher.manifest.articles == 1 else 0.0
        else:
            likely = _TOLD if subject.is_last else _aboutness(subject, found, terms)
        if likely and found.spans:
            return _summed_up(found, searcher, likely)
    return None


def _of_articles(hits: list[Hit]) -> Iterator[Hit]:
    """Yield the best hit of each of the first articles."""
    best = dict[str, Hit]()
    for hit in hits:
        best.setdefault(hit.passage.article_id, hit)
    yield from list(best.values())[:_ARTICLES]


def _is_title(subject: Subject, hit: Hit) -> bool:
    return fold(subject.text) == fold(hit.passage.title)


def _mentioned(sentence: str, subject: str, terms: QueryTerms) -> Span | None:
    """Return where a sentence names the subject, its start if it has all words of it, or None."""
    at = plain(sentence).find(plain(subject))
    if at >= 0 and subject:
        return Span(at, at + len(subject))
    return Span(0, 0) if terms.coverage(fold(sentence)) >= _COVERED else None


def _aboutness(subject: Subject, found: ArticleFound, terms: QueryTerms) -> float:
    """Return the confidence that an article is about a subject, 0 if it is not."""
    article, passage, mentions = found.article, found.passage, found.mentions
    name, title = fold(subject.text), fold(article.title)
    if name == title:
        return _TITLED
    told = sum(named is not None for named in mentions)
    heads = [fold(head) for head in _HEAD.split(article.title) if head]
    if name in heads[:1] or (terms.coverage(title) >= _COVERED and told >= 1):
        return _TITLED
    if name == fold(passage.heading or ""):
        return _TITLED
    # 北斗卫星导航系统 is what an article headed 北斗 tells of, if it has the other words, too.
    is_longer = any(name.startswith(head) for head in heads[:1] if len(head) > 1)
    whole = fold(f"{article.title}\n{passage.text}")
    if not subject.is_bare and is_longer and terms.coverage(whole) >= _COVERED:
        return _TITLED
    often = told >= _TOLD_OFTEN and told >= _TOLD_SHARE * len(mentions)
    return _TOLD if often else 0.0


def _summed_up(found: ArticleFound, searcher: Searcher, confidence: float) -> Reply:
    text, spans = found.article.text, found.spans
    vectors = searcher.sentence_vectors([span.of(text) for span in spans])
    chosen = choose(text, spans, vectors, found.mentions)
    cited = [_cited(found, choice.span) for choice in chosen]
    in_order = sorted(cited, key=lambda citation: citation.start)
    said = _SPACE[is_han(text)].join(citation.quote for citation in in_order)
    # The most important citation comes first, the others as they stand.
    others = [citation for citation in in_order if citation != cited[0]]
    return Reply(said, [cited[0], *others], None, confidence, kind="summary")


def _cited(found: ArticleFound, span: Span) -> Citation:
    """Cite a sentence under the heading of its own section."""
    sections = found.article.sections
    around = [section for section in sections if section.start <= span.start < section.end]
    innermost = min(around, key=lambda section: section.end - section.start, default=None)
    heading = innermost.title if innermost else None
    quote = span.of(found.article.text)
    return cite(replace(found.passage, heading=heading), span, quote)
