"""The way from a question to an answer: understand, retrieve, read, decide."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from index.article import Span
from index.errors import StoreError
from index.search.query import Query
from index.search.searcher import Hit, Searcher
from index.store.catalogue import Filter
from index.text.folding import FoldedText
from qa.answer import Answer, Citation, FoundPassage, Timings
from qa.answer_types import OF_ARTICLE
from qa.evidence.confidence import Calibrator
from qa.evidence.entity_match import places_and_years
from qa.evidence.sentence_ranker import Evidence, SentenceRanker
from qa.language import NOT_ANSWERED, is_han
from qa.question.decompose import Part, asks_each, parts, parts_among
from qa.question.understand import Question, Turn, understand
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
_UNHEARD_OF = 0.1
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
    query: Query
    hits: list[Hit]
    searcher: Searcher
    seconds: float

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
            for hit in self.hits[: self.request.k]
        ]


class Answerer:
    """Answers questions over the index it is handed with each of them."""

    def __init__(self, ranker: SentenceRanker, calibrator: Calibrator, threshold: float) -> None:
        """Take the parts; `threshold` is the confidence below which nothing is answered, 0 to 1."""
        self._names = ranker.names
        self._ranker = ranker
        self._calibrator = calibrator
        self._threshold = threshold

    def warm_up(self) -> None:
        """Load what is loaded when first used, so that the first question does not wait."""
        self._ranker.warm_up()

    def ask(self, request: Request, searcher: Searcher) -> Answer:
        """Both halves in one."""
        return self.answer(self.retrieve(request, searcher))

    def retrieve(self, request: Request, searcher: Searcher) -> Retrieved:
        """Understands the question and finds passages for it."""
        began = time.perf_counter()
        question = understand(request.question, request.history, self._names)
        query = searcher.query(FoldedText.of(question.text))
        hits = searcher.search(query, max(request.k, READ), request.chosen)
        return Retrieved(request, question, query, hits, searcher, time.perf_counter() - began)

    def answer(self, found: Retrieved) -> Answer:
        """Reads the passages and decides."""
        began = time.perf_counter()
        question = found.question
        reply = self._of_parties(found) or self._reply(found)
        answered = bool(reply.citations) and (
            reply.confidence >= self._threshold or not found.request.decide
        )
        citations = [_checked(one, found.searcher) for one in reply.citations]
        seconds = time.perf_counter() - began
        return Answer(
            id=uuid4().hex,
            answered=answered,
            answer=reply.text if answered else NOT_ANSWERED[question.language],
            short_answer=reply.short if answered else None,
            confidence=round(reply.confidence, 4),
            interpreted_question=question.interpreted,
            index_version=found.searcher.manifest.version,
            citations=citations if answered else [],
            entries=list(reply.entries) if answered else [],
            passages=found.passages,
            timings_ms=_timings(found.seconds, seconds),
        )

    def _of_parties(self, found: Retrieved) -> Reply | None:
        """An entry for each of several parties, where the articles tell them apart."""
        question = found.question
        noun = asks_each(question.text)
        texts = [hit.passage.text for hit in found.hits[:_NAMING]]
        asked = parts_among(question.text, noun, texts) if noun else parts(question.text)
        if not 1 < len(asked) <= _PARTIES:
            return None
        replies = [self._of_party(part, found) for part in asked]
        told = [reply for reply in replies if reply.citations]
        if len({reply.short or reply.text for reply in told}) < len(asked[:2]):
            return None
        no = NOT_ANSWERED[question.language]
        return reply_of_parties(question, [part.party for part in asked], replies, no)

    def _of_party(self, part: Part, found: Retrieved) -> Reply:
        request = replace(found.request, question=part.question, history=())
        reply = self._reply(self.retrieve(request, found.searcher))
        return reply if reply.confidence >= self._threshold or not request.decide else NOTHING

    def _reply(self, found: Retrieved) -> Reply:
        """What the articles say, of themselves or in a sentence; it may be far from sure."""
        question, searcher = found.question, found.searcher
        if question.answer_type in OF_ARTICLE and (fact := _fact(found)):
            return fact
        terms = found.query.terms
        evidence = self._ranker.rank(question, terms, found.hits[:READ])
        if not evidence:
            return NOTHING

        def sure(ordered: Sequence[Evidence]) -> float:
            # A sentence is no answer to a question about the article itself.
            return (
                0.0
                if question.answer_type in OF_ARTICLE
                else self._calibrator.confidence(question, terms, ordered)
            )

        likely = sure(evidence)
        if self._is_unheard_of(question, evidence[0], searcher):
            likely = min(likely, _UNHEARD_OF)
        if whole := reply_with_list(question, evidence, searcher, likely):
            return whole
        if several := find_conflicts(question, terms, evidence, sure):
            return reply_of_conflict(question, several, likely)
        short = short_answer(question, terms, evidence[0])
        if not found.request.decide:
            short = best_span(question, evidence[0])
        return reply_of_sentence(question, evidence, short, likely)

    def _is_unheard_of(self, question: Question, first: Evidence, searcher: Searcher) -> bool:
        """Whether the question is about a place or a year that no article mentions."""
        latin = not is_han(first.quote)
        if latin and is_han(question.text):
            return False
        needed = places_and_years(question, self._names, latin=latin)
        return not all(map(searcher.mentions, needed))


def _checked(citation: Citation, searcher: Searcher) -> Citation:
    """Holds a citation to its article; gives it with its page.

    Raises:
        StoreError: the article has another text there: nothing false is shown.
    """
    span = Span(citation.start, citation.end)
    if searcher.catalogue.text_at(citation.article_id, span) != citation.quote:
        raise StoreError(
            f"The index and the library differ in {citation.article_id}. Make the index anew with: "
            "yiju rebuild FOLDER --full"
        )
    page = searcher.catalogue.page_at(citation.article_id, citation.start)
    return replace(citation, page=page)


def _fact(found: Retrieved) -> Reply | None:
    """What an article says of itself, where it is clear which one is meant."""
    citation = cite_fact(found.question, found.hits, found.searcher)
    if citation is None:
        return None
    value = fact_value(found.question, citation)
    if value is None or value in citation.quote:
        return Reply(citation.quote, [citation], value, _FACT_IS_SURE)
    return Reply(value, [citation], None, _FACT_IS_SURE)


def _timings(retrieve: float, read: float) -> Timings:
    def ms(seconds: float) -> float:
        return round(seconds * 1000, 2)

    return Timings(ms(retrieve), ms(read), ms(retrieve + read))
