"""Answer a question: understand, retrieve, read, rank, compose."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from index.article import Span
from index.errors import StoreError
from index.models.encoder import SentenceEncoder
from index.models.loading import bundled
from index.search.query import Query
from index.search.searcher import Hit, Searcher
from index.store.catalogue import Filter
from index.text.analyzer import Analyzer
from qa.answer import Answer, Citation, FoundPassage, Timings
from qa.answer_types import OF_ARTICLE
from qa.evidence.confidence import Calibrator
from qa.evidence.entity_match import places_and_years
from qa.evidence.sentence_ranker import Evidence, SentenceRanker
from qa.language import NOT_ANSWERED, is_han
from qa.question.decompose import Part, asks_each, parts, parts_among
from qa.question.understand import Question, Turn, understand
from qa.reader.span_reader import SpanReader
from qa.replies.article_facts import cite_fact, fact_value
from qa.replies.conflicts import find_conflicts
from qa.replies.reply import (
    NOTHING,
    Reply,
    reply_of_conflict,
    reply_of_parties,
    reply_of_sentence,
    reply_with_list,
)
from qa.replies.short_answer import best_span, short_answer

READ = 8
"""How many passages are read."""

_PARTIES = 8
_NAMING = 3  # passages that name the parties of `各市`
_UNMENTIONED = 0.1
_FACT_CONFIDENCE = 0.9  # its range was noted when the article was read


@dataclass(frozen=True, slots=True)
class Request:
    """A question with its history, and how to answer it."""

    question: str
    history: Sequence[Turn] = ()
    k: int = 5
    articles: Filter | None = None
    decide: bool = True


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A question as understood, and its hits."""

    question: Question
    query: Query
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Party:
    """One of several parties, with the retrieval for its own question."""

    name: str
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Everything retrieved for a question and its parties."""

    request: Request
    searcher: Searcher
    retrieval: Retrieval
    parties: Sequence[Party]
    seconds: float

    @property
    def question(self) -> Question:
        """The question as understood."""
        return self.retrieval.question

    @property
    def passages(self) -> list[FoundPassage]:
        """The passages to show, best first."""
        return [
            FoundPassage(
                hit.passage.article_id,
                hit.passage.title,
                hit.passage.start,
                hit.passage.end,
                hit.passage.text,
                round(hit.score, 4),
            )
            for hit in self.retrieval.hits[: self.request.k]
        ]


class Answerer:
    """Answers questions over the index that comes with each of them. Threads may share it."""

    def __init__(self, ranker: SentenceRanker, calibrator: Calibrator, threshold: float) -> None:
        """Take the parts; below the confidence `threshold`, 0 to 1, nothing is answered."""
        self._names = ranker.names
        self._ranker = ranker
        self._calibrator = calibrator
        self._threshold = threshold

    @classmethod
    def load(
        cls, analyzer: Analyzer, threshold: float, encoder: SentenceEncoder | None = None
    ) -> "Answerer":
        """Return an answerer with the networks that Yiju ships.

        The span reader needs the bundled encoder: `encoder`, or opened here.
        """
        ranker = SentenceRanker.load(analyzer, SpanReader(encoder or bundled()))
        return cls(ranker, Calibrator(), threshold)

    def warm_up(self) -> None:
        """Load the lazily loaded parts now, so that the first question does not wait."""
        self._ranker.warm_up()

    def ask(self, request: Request, searcher: Searcher) -> Answer:
        """Answer a question: retrieve and answer in one call."""
        return self.answer(self.retrieve(request, searcher))

    def retrieve(self, request: Request, searcher: Searcher) -> Retrieved:
        """Understand the question; retrieve passages for it and its parties."""
        began = time.perf_counter()
        question = understand(request.question, request.history, self._names)
        retrieval = _retrieval(question, request, searcher)
        parties = []
        for part in _parts(retrieval):
            alone = understand(part.question, (), self._names)
            parties.append(Party(part.party, _retrieval(alone, request, searcher)))
        seconds = time.perf_counter() - began
        return Retrieved(request, searcher, retrieval, parties, seconds)

    def answer(self, retrieved: Retrieved) -> Answer:
        """Read the passages, compose the reply, and decide whether it is an answer.

        Raises:
            StoreError: a quote is not the text of its article.
        """
        began = time.perf_counter()
        question, searcher = retrieved.question, retrieved.searcher
        reply = self._of_parties(retrieved) or self._reply(retrieved, retrieved.retrieval)
        answered = bool(reply.citations) and self._is_enough(reply, retrieved.request)
        citations = [_checked(citation, searcher) for citation in reply.citations]
        seconds = time.perf_counter() - began
        return Answer(
            id=uuid4().hex,
            answered=answered,
            answer=reply.text if answered else NOT_ANSWERED[question.language],
            short_answer=reply.short if answered else None,
            confidence=round(reply.confidence, 4),
            interpreted_question=question.interpreted,
            index_version=searcher.manifest.version,
            citations=citations if answered else [],
            entries=list(reply.entries) if answered else [],
            passages=retrieved.passages,
            timings_ms=_timings(retrieved.seconds, seconds),
        )

    def _of_parties(self, retrieved: Retrieved) -> Reply | None:
        """Reply with an entry per party if the articles tell the parties apart."""
        parties, question = retrieved.parties, retrieved.question
        if not parties:
            return None
        replies = [self._reply(retrieved, party.retrieval) for party in parties]
        replies = [
            reply if self._is_enough(reply, retrieved.request) else NOTHING for reply in replies
        ]
        different = {reply.short or reply.text for reply in replies if reply.citations}
        if len(different) < len(parties[:2]):
            return None
        names = [party.name for party in parties]
        return reply_of_parties(question, names, replies, NOT_ANSWERED[question.language])

    def _is_enough(self, reply: Reply, request: Request) -> bool:
        return reply.confidence >= self._threshold or not request.decide

    def _reply(self, retrieved: Retrieved, retrieval: Retrieval) -> Reply:
        """Reply with an article fact or with evidence, however unsure."""
        question, terms, searcher = retrieval.question, retrieval.query.terms, retrieved.searcher
        if question.answer_type in OF_ARTICLE and (fact := _fact(retrieval, searcher)):
            return fact
        evidence = self._ranker.rank(question, retrieval.query, retrieval.hits[:READ])
        if not evidence:
            return NOTHING

        def confidence(ordered: Sequence[Evidence]) -> float:
            # A sentence is no answer to a question about the article itself.
            if question.answer_type in OF_ARTICLE:
                return 0.0
            return self._calibrator.confidence(question, terms, ordered)

        likely = confidence(evidence)
        if _is_unmentioned(question, evidence[0], searcher):
            likely = min(likely, _UNMENTIONED)
        if whole := reply_with_list(question, evidence, searcher, likely):
            return whole
        if conflicting := find_conflicts(question, terms, evidence, confidence):
            return reply_of_conflict(question, conflicting, likely)
        short = _short(retrieval, evidence[0], decide=retrieved.request.decide)
        return reply_of_sentence(question, evidence, short, likely)


def _retrieval(question: Question, request: Request, searcher: Searcher) -> Retrieval:
    query = searcher.query(question.forms)
    return Retrieval(
        question, query, searcher.search(query, max(request.k, READ), request.articles)
    )


def _parts(retrieval: Retrieval) -> list[Part]:
    """Return the parties named by the question or, for `各市`, by its passages; [] if too many."""
    text = retrieval.question.text
    noun = asks_each(text)
    texts = [hit.passage.text for hit in retrieval.hits[:_NAMING]]
    named = parts_among(text, noun, texts) if noun else parts(text)
    return named if 1 < len(named) <= _PARTIES else []


def _short(retrieval: Retrieval, first: Evidence, *, decide: bool) -> Span | None:
    if decide:
        return short_answer(retrieval.question, retrieval.query.terms, first)
    return best_span(retrieval.question, first)


def _is_unmentioned(question: Question, first: Evidence, searcher: Searcher) -> bool:
    """Return whether no article mentions the question's place or year."""
    latin = not is_han(first.quote)
    if latin and is_han(question.text):
        return False
    return not all(map(searcher.mentions, places_and_years(question, latin=latin)))


def _checked(citation: Citation, searcher: Searcher) -> Citation:
    """Check a citation against its article, and add its page.

    Raises:
        StoreError: the article has another text there: nothing false is shown.
    """
    span = Span(citation.start, citation.end)
    if searcher.catalogue.text_at(citation.article_id, span) != citation.quote:
        raise StoreError(
            f"The index and the library differ in {citation.article_id} of version "
            f"{searcher.manifest.version}. Make the index anew with: yiju rebuild FOLDER --full"
        )
    page = searcher.catalogue.page_at(citation.article_id, citation.start)
    return replace(citation, page=page)


def _fact(retrieval: Retrieval, searcher: Searcher) -> Reply | None:
    """Reply with a fact of the article meant, if it is clear which."""
    citation = cite_fact(retrieval.question, retrieval.hits, searcher)
    if citation is None:
        return None
    value = fact_value(retrieval.question, citation)
    if value is None or value in citation.quote:
        return Reply(citation.quote, [citation], value, _FACT_CONFIDENCE)
    return Reply(value, [citation], None, _FACT_CONFIDENCE)


def _timings(retrieve: float, read: float) -> Timings:
    def ms(seconds: float) -> float:
        return round(seconds * 1000, 2)

    return Timings(ms(retrieve), ms(read), ms(retrieve + read))
