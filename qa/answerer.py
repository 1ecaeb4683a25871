"""Answer a question: retrieve, compose a reply, decide what becomes of it, check its quotes."""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol
from uuid import uuid4

from index.models.encoder import ExtractiveModel, SentenceEncoder
from index.models.loading import bundled
from index.search.searcher import Searcher
from index.text.analyzer import Analyzer
from qa.answer import Answer, Citation, Possible, Timings
from qa.decision import Decision, Thresholds
from qa.evidence.confidence import Calibrator
from qa.evidence.sentence_ranker import SentenceRanker
from qa.language import NOT_ANSWERED
from qa.reader.span_reader import SpanReader
from qa.reader.transformers_reader import TransformersReader
from qa.replies.citations import checked
from qa.replies.composer import Composer
from qa.replies.reply import NOTHING, Reply, reply_of_parties
from qa.retrieval import Request, Retrieval, Retrieved, retrieve
from qa.suggestion_choice import follow_ups


class AnswerWriter(Protocol):
    """What adds to an answer, as a language model does."""

    def before(self, request: Request, searcher: Searcher) -> Request:
        """Return the request, with a question that stands alone beside its own, if it leans."""

    def beside(self, retrieved: Retrieved, answer: Answer) -> Answer:
        """Return the answer with what was added."""


class Answerer:
    """Answers questions over the index that comes with each of them. Threads may share it."""

    def __init__(
        self,
        ranker: SentenceRanker,
        calibrator: Calibrator,
        thresholds: Thresholds,
        writer: AnswerWriter | None = None,
    ) -> None:
        """Take the parts; the thresholds decide what becomes of a reply, `writer` only adds."""
        self._ranker = ranker
        self._composer = Composer(ranker, calibrator)
        self._thresholds = thresholds
        self._writer = writer

    @classmethod
    def load(
        cls,
        analyzer: Analyzer,
        thresholds: Thresholds,
        encoder: SentenceEncoder | None = None,
        model: ExtractiveModel | None = None,
        writer: AnswerWriter | None = None,
    ) -> "Answerer":
        """Return an answerer with the networks that Yiju ships; `model`, if any, reads instead.

        Both readers need the bundled encoder: `encoder`, or opened here.
        """
        own = encoder or bundled()
        reader = SpanReader(own) if model is None else TransformersReader(model, own)
        return cls(SentenceRanker.load(analyzer, reader), Calibrator(), thresholds, writer)

    def warm_up(self) -> None:
        """Load the lazily loaded parts now, so that the first question does not wait."""
        self._ranker.warm_up()

    def ask(self, request: Request, searcher: Searcher) -> Answer:
        """Answer a question: retrieve and answer in one call, with what the writer adds."""
        if self._writer is None:
            return self.answer(self.retrieve(request, searcher))
        retrieved = self.retrieve(self._writer.before(request, searcher), searcher)
        return self._writer.beside(retrieved, self.answer(retrieved))

    def retrieve(self, request: Request, searcher: Searcher) -> Retrieved:
        """Understand the question; retrieve passages for it and its parties."""
        return retrieve(request, searcher, self._ranker.names)

    def answer(self, retrieved: Retrieved) -> Answer:
        """Read the passages, compose the reply, and decide whether it is an answer.

        Raises:
            StoreError: a quote is not the text of its article.
        """
        began = time.perf_counter()
        reply = self._whole_reply(retrieved)
        citations = checked(reply.citations, retrieved.searcher)
        confidence = round(reply.confidence, 4)
        not_found = Answer(
            id=uuid4().hex,
            answered=False,
            answer=NOT_ANSWERED[retrieved.question.language],
            short_answer=None,
            confidence=confidence,
            interpreted_question=retrieved.question.interpreted,
            index_version=retrieved.searcher.manifest.version,
            passages=retrieved.passages,
            rewriting=retrieved.request.rewriting,
            timings_ms=_timings(retrieved.seconds, time.perf_counter() - began),
        )
        match self._decision(reply, retrieved.request):
            case Decision.ANSWERED:
                return replace(
                    not_found,
                    answered=True,
                    answer=reply.text,
                    short_answer=reply.short,
                    citations=citations,
                    entries=list(reply.entries),
                    kind=reply.kind,
                    follow_ups=_follow_ups(retrieved, citations, reply.short),
                )
            case Decision.POSSIBLE:
                possible = Possible(reply.text, reply.short, confidence, citations)
                return replace(not_found, possible=possible)
            case Decision.NOT_FOUND:
                return not_found

    def _whole_reply(self, retrieved: Retrieved) -> Reply:
        if retrieved.page_answer is not None:
            return Reply(retrieved.page_answer, [], None, 1.0, kind="page")
        return self._of_parties(retrieved) or self._reply(retrieved, retrieved.retrieval)

    def _of_parties(self, retrieved: Retrieved) -> Reply | None:
        """Reply with an entry per party if the articles tell the parties apart."""
        parties, question = retrieved.parties, retrieved.question
        if not parties:
            return None
        replies = [self._reply(retrieved, party.retrieval) for party in parties]
        replies = [
            reply if self._decision(reply, retrieved.request) is Decision.ANSWERED else NOTHING
            for reply in replies
        ]
        different = {reply.short or reply.text for reply in replies if reply.citations}
        if len(different) < len(parties[:2]):
            return None
        names = [party.name for party in parties]
        return reply_of_parties(question, names, replies, NOT_ANSWERED[question.language])

    def _decision(self, reply: Reply, request: Request) -> Decision:
        if not reply.citations and reply.kind != "page":
            return Decision.NOT_FOUND
        return self._thresholds.decision(reply.confidence, decide=request.decide)

    def _reply(self, retrieved: Retrieved, retrieval: Retrieval) -> Reply:
        decide = retrieved.request.decide
        return self._composer.reply(retrieval, retrieved.searcher, decide=decide)


def _follow_ups(
    retrieved: Retrieved, citations: Sequence[Citation], short: str | None
) -> list[str]:
    """Return further questions that the article cited first answers."""
    if not citations:
        return []
    request = retrieved.request
    earlier = (turn.content for turn in request.history if turn.role == "user")
    asked = [retrieved.question.text, request.question, *earlier]
    return follow_ups(retrieved.searcher.catalogue, citations[0].article_id, asked, short)


def _timings(retrieve_seconds: float, read: float) -> Timings:
    def ms(seconds: float) -> float:
        return round(seconds * 1000, 2)

    return Timings(ms(retrieve_seconds), ms(read), ms(retrieve_seconds + read))
