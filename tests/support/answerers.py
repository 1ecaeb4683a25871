"""Answerers for tests; the networks are loaded once for all of them."""

from functools import cache

import numpy as np

from index.search.query import Query, QueryTerms
from index.text.analyzer import bigrams_of_folded
from index.text.folding import FoldedText
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.entities.names import Names
from qa.evidence.confidence import Calibrator
from qa.evidence.sentence_ranker import SentenceRanker
from qa.reader.span_reader import SpanReader
from tests.support import small_index


def answerer(threshold: float = 0.5, possible: float = 0.2) -> Answerer:
    """Return an answerer that answers, or shows what is possible, from a confidence on."""
    return Answerer(ranker(), calibrator(), Thresholds(threshold, possible))


@cache
def names() -> Names:
    return Names(small_index.analyzer())


@cache
def reader() -> SpanReader:
    return SpanReader(small_index.bundled_encoder())


@cache
def ranker() -> SentenceRanker:
    return SentenceRanker.load(small_index.analyzer(), reader())


@cache
def calibrator() -> Calibrator:
    return Calibrator()


def query(question: FoldedText) -> Query:
    """Return a query without vector and index, all terms of one weight."""
    terms = QueryTerms(dict.fromkeys(small_index.analyzer().content_terms_of_folded(question), 1.0))
    vector = np.zeros((1, small_index.DIM), dtype=np.float32)
    return Query(question, terms, (), bigrams_of_folded(question.folded), vector)
