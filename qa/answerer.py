"""The way from a question to an answer: understand, retrieve, read, decide."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from index.catalogue import Filter
from index.search import Hit, Searcher
from index.words import Words
from qa.answer import Answer, Citation, FoundPassage, Timings
from qa.article_facts import cite_fact, fact_value
from qa.confidence import confidence
from qa.evidence import Evidence, Reader
from qa.kinds import OF_ARTICLE, SHORT
from qa.language import NOT_ANSWERED
from qa.names import Names
from qa.question import Question, Turn, understand

READ = 8
"""How many passages are read."""

_ALSO_CITED = 0.5  # at most so far behind the best one's score: then a sentence is cited beside it
_CITATIONS = 3
_FACT_IS_SURE = 0.9  # its range was noted when the article was read


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and how."""

    question: str
    history: Sequence[Turn] = ()
    k: int = 5
    chosen: Filter | None = None
    decide: bool = True


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The first half of an answer: the question as understood, and what was found for it."""

    request: Request
    question: Question
    hits: list[Hit]
    searcher: Searcher
    seconds: float

    @property
    def passages(self) -> list[FoundPassage]:
        """The passages to show, best first."""
        return [
            FoundPassage(
                hit.place.article_id,
                hit.place.title,
                hit.place.start,
                hit.place.end,
                hit.place.text,
                round(hit.score, 4),
            )
            for hit in self.hits[: self.request.k]
        ]


class _Reading(NamedTuple):
    """What was found to say: citations, the short answer, how sure it is."""

    cited: list[Citation]
    short: str | None
    sure: float


class Answerer:
    """Answers questions over the index it is handed with each of them."""

    def __init__(self, words: Words, threshold: float) -> None:
        self._words = words
        self._names = Names(words)
        self._threshold = threshold

    def ask(self, request: Request, searcher: Searcher) -> Answer:
        """Both halves in one."""
        return self.answer(self.retrieve(request, searcher))

    def retrieve(self, request: Request, searcher: Searcher) -> Retrieved:
        """Understands the question and finds passages for it."""
        began = time.perf_counter()
        question = understand(request.question, request.history, self._names)
        hits = searcher.search(question.text, max(request.k, READ), request.chosen)
        return Retrieved(request, question, hits, searcher, time.perf_counter() - began)

    def answer(self, found: Retrieved) -> Answer:
        """Reads the passages and decides."""
        began = time.perf_counter()
        question, searcher = found.question, found.searcher
        reading = self._fact(found) if question.kind in OF_ARTICLE else None
        cited, short, sure = reading or self._sentence(found)
        answered = bool(cited) and (sure >= self._threshold or not found.request.decide)
        read = time.perf_counter() - began
        return Answer(
            id=uuid4().hex,
            answered=answered,
            answer=cited[0].quote if answered else NOT_ANSWERED[question.language],
            short_answer=short if answered else None,
            confidence=round(sure, 4),
            interpreted_question=question.interpreted,
            index_version=searcher.manifest.version,
            citations=cited if answered else [],
            passages=found.passages,
            timings_ms=_timings(found.seconds, read),
        )

    def _fact(self, found: Retrieved) -> _Reading | None:
        """What an article says of itself, where it is clear which one is meant."""
        citation = cite_fact(found.question, found.hits, found.searcher)
        if citation is None:
            return None
        return _Reading([citation], fact_value(found.question, citation), _FACT_IS_SURE)

    def _sentence(self, found: Retrieved) -> _Reading:
        """The best sentences of the passages."""
        question = found.question
        weights = found.searcher.weights(question.text)
        evidence = Reader(question, weights, self._names).read(found.hits[:READ])
        if not evidence:
            return _Reading([], None, 0.0)
        # A sentence is no answer to a question about the article itself.
        is_answer = question.kind not in OF_ARTICLE
        sure = confidence(question, weights, evidence) if is_answer else 0.0
        cited = [_citation(one) for one in _cited(evidence)]
        return _Reading(cited, _short(question, evidence[0]), sure)


def _cited(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence, and those that are nearly as good."""
    near = [one for one in evidence if one.score >= evidence[0].score - _ALSO_CITED]
    distinct: dict[str, Evidence] = {}
    for one in near:
        distinct.setdefault(one.quote, one)
    return list(distinct.values())[:_CITATIONS]


def _short(question: Question, first: Evidence) -> str | None:
    """The one span of the kind asked for in the first citation; where several fit, none."""
    if question.kind not in SHORT or len(first.answers) != 1:
        return None
    return first.answers[0]


def _citation(evidence: Evidence) -> Citation:
    place = evidence.place
    return Citation(
        place.article_id,
        place.title,
        place.source,
        place.published,
        place.url,
        evidence.span.start,
        evidence.span.end,
        evidence.quote,
        place.heading,
    )


def _timings(retrieve: float, read: float) -> Timings:
    def ms(seconds: float) -> float:
        return round(seconds * 1000, 2)

    return Timings(ms(retrieve), ms(read), ms(retrieve + read))
