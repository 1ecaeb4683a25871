"""Answerers for tests; the networks are loaded once for all of them."""

from functools import cache

from qa.answerer import Answerer
from qa.entities.names import Names
from qa.evidence.confidence import Calibrator
from qa.evidence.sentence_ranker import SentenceRanker
from qa.reader.span_reader import SpanReader
from tests.support import small_index


def answerer(threshold: float = 0.5) -> Answerer:
    """Return an answerer that answers from a confidence on."""
    return Answerer(ranker(), calibrator(), threshold)


@cache
def names() -> Names:
    return Names(small_index.analyzer())


@cache
def reader() -> SpanReader:
    return SpanReader(small_index.bundled_encoder())


@cache
def ranker() -> SentenceRanker:
    return SentenceRanker.load(names(), reader())


@cache
def calibrator() -> Calibrator:
    return Calibrator()
