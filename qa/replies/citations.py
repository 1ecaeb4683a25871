"""Make citations, each of an exact range of a stored article."""

from index.article import Span
from index.store.catalogue import PassageRecord
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
