"""Make citations, each of an exact range of a stored article."""

from collections.abc import Sequence
from dataclasses import replace

from index.article import Article, Span, least_confidence, page_of
from index.errors import StoreError
from index.library.catalogue import PassageRecord
from index.search.searcher import Searcher
from qa.answer import Citation
from qa.evidence.sentence_ranker import Evidence


def cite(passage: PassageRecord, span: Span, quote: str) -> Citation:
    """Cite a range of a passage's article; `quote` is the text in it."""
    return Citation(
        passage.article_id,
        passage.title,
        passage.source,
        passage.published,
        passage.url,
        span.start,
        span.end,
        quote,
        passage.heading,
    )


def cite_evidence(evidence: Evidence) -> Citation:
    """Cite the sentence of some evidence."""
    return cite(evidence.passage, evidence.span, evidence.quote)


def checked(citations: Sequence[Citation], searcher: Searcher) -> list[Citation]:
    """Check citations against their articles, and add page, digest and whether recognised.

    Raises:
        StoreError: an article has another text there: nothing false is shown.
    """
    ids = {citation.article_id for citation in citations}
    articles = {name: searcher.catalogue.article(name) for name in ids}
    return [
        _checked_in(articles[citation.article_id], citation, searcher) for citation in citations
    ]


def _checked_in(article: Article | None, citation: Citation, searcher: Searcher) -> Citation:
    span = Span(citation.start, citation.end)
    if article is None or span.of(article.text) != citation.quote:
        raise StoreError(
            f"The index and the library differ in {citation.article_id} of version "
            f"{searcher.manifest.version}. Make the index anew with: yiju rebuild FOLDER --full"
        )
    page = page_of(article.pages, citation.start)
    recognised = least_confidence(article.recognised, span)
    return replace(citation, page=page, digest=article.digest, recognised=recognised)
