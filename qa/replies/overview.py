"""Sum up the article that is about a subject, by its own sentences, each cited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.article import Article, Span
from index.library.catalogue import PassageRecord
from index.search.query import QueryTerms
from index.search.searcher import Hit, Searcher
from index.text.folding import fold, plain
from qa.answer import Citation
from qa.language import is_han
from qa.question.overview_request import Subject
from qa.replies.citations import cite
from qa.replies.reply import Reply
from qa.replies.sentence_choice import choose, defines, leads_on, quotable
from qa.retrieval import Retrieval
from qa.titles import head_of, says_across

_TITLED = 0.9
_TOLD = 0.75
"""Confidence if the title names the subject, and if the article keeps telling of it."""

_ARTICLES = 3  # whose aboutness is looked at
_COVERED = 0.99
_TOLD_OFTEN = 3  # sentences
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

    @property
    def naming(self) -> int:
        """The number of sentences that name the subject."""
        return sum(named is not None for named in self.mentions)

    @property
    def defines(self) -> bool:
        """Whether a sentence says what the subject is."""
        return any(
            named is not None and defines(span.of(self.article.text), named)
            for span, named in zip(self.spans, self.mentions, strict=True)
        )

    def narrowed(self) -> "ArticleFound":
        """Leave out the sentences that neither name the subject nor lead on from one that does."""
        kept: list[int] = []
        for row, (span, named) in enumerate(zip(self.spans, self.mentions, strict=True)):
            follows = bool(kept) and kept[-1] == row - 1 and leads_on(span.of(self.article.text))
            if named is not None or follows:
                kept.append(row)
        spans, mentions = [self.spans[row] for row in kept], [self.mentions[row] for row in kept]
        return replace(self, spans=spans, mentions=mentions)


def overview(subject: Subject, retrieval: Retrieval, searcher: Searcher) -> Reply | None:
    """Sum up the best article about a subject; None if none of the articles found is about it."""
    terms = retrieval.query.terms
    hits = list(_of_articles(retrieval.hits))
    across = says_across(subject.text, [hit.passage.title for hit in hits], searcher)
    for hit, says in zip(hits, across, strict=True):
        if subject.is_bare and _SPACED.search(subject.text) and not _is_title(subject, hit):
            continue  # keywords, which ask for a fact
        article = searcher.catalogue.article(hit.passage.article_id)
        if article is None:
            continue
        found = ArticleFound.of(article, hit, subject.text, terms)
        if subject.is_last and not subject.text:
            likely = _TITLED if retrieval.articles == 1 else 0.0
        elif subject.is_last or says:
            likely = _TOLD
        elif _is_titled(subject, found, terms):
            likely = _TITLED
        else:
            found = found.narrowed()
            likely = _TOLD if _is_told(found) else 0.0
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


def _is_titled(subject: Subject, found: ArticleFound, terms: QueryTerms) -> bool:
    """Return whether the title of an article, or the heading of its best passage, has a subject."""
    article, passage, name = found.article, found.passage, fold(subject.text)
    title, head = fold(article.title), head_of(article.title)
    if name in {title, head, fold(passage.heading or "")}:
        return True
    if found.naming and terms.coverage(title) >= _COVERED:
        return True
    # 东岭气象观测站 is what an article headed 东岭 tells of, if it has the other words, too.
    is_longer = len(head) > 1 and name.startswith(head) and not subject.is_bare
    return is_longer and terms.coverage(fold(f"{title}\n{passage.text}")) >= _COVERED


def _is_told(found: ArticleFound) -> bool:
    """Return whether an article tells of a subject more than in passing."""
    return found.naming >= _TOLD_OFTEN or found.defines


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
