"""Rank the sentences of the passages that retrieval returned as evidence.

The likeliest sentences of all passages, by the scores of the passage ranking, are read: which
question terms they cover, whether they have spans of the answer type, whether they are about the
required entities, and how likely the span reader finds an answer in them. A trained network
(`training/rankers`) orders them; two rules that it did not learn come after it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from index.article import Span
from index.library.catalogue import PassageRecord
from index.models.encoder import Vectors
from index.models.mlp import MLP
from index.search.query import Query
from index.search.searcher import Hit
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText
from qa.answer_types import SURE_AMOUNTS
from qa.entities.names import Names
from qa.evidence.agreement import Agreement, agreements, value_of
from qa.evidence.candidates import CandidateFinder
from qa.evidence.entity_match import (
    EntityMatcher,
    is_of_a_part,
    is_of_another,
    is_of_the_same,
    is_of_the_whole,
)
from qa.evidence.evidence_signals import FEATURES, ReadingSignals, Signals, feature_row
from qa.evidence.signal_extractor import SignalExtractor
from qa.question.understand import Question
from qa.reader.inputs import Piece
from qa.reader.sentence_selection import Sentence, likeliest
from qa.reader.span_reader import UNREAD, Reading, SentenceReading, piece_of

WEIGHTS = Path(__file__).with_name("sentence_ranker.json")
"""The weights that Yiju ships."""

Scorer = Callable[[Vectors], Vectors]
"""Scores rows of `FEATURES`, shape `(n, len(FEATURES))`: logits of shape `(n,)`."""

_CLOSE = 2.0
"""Log-probability by which a promoted sentence's reading may be behind that of the first."""

_NEAR = 3.0
"""The same where the first is about a part of what is asked about."""

_PROMOTED_FROM = 3  # sentences
_NEARLY_AS_GOOD = 1.0  # score


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, as a range of its article.

    `typed` are the spans of the answer type in `quote`, each with the probability that it overlaps
    the answer; `read` is the reader's span, None if the sentence did not fit the reader.
    `missing_weight` is the weight of the question word that the passage covers least, 0 to 1;
    `agreement` is how the other sentences agree.
    `score` is the ranker's logit, once it is ordered: the higher, the likelier.
    """

    passage: PassageRecord
    span: Span
    quote: str
    typed: tuple[tuple[Span, float], ...]
    read: SentenceReading | None
    missing_weight: float
    agreement: Agreement
    signals: Signals
    score: float = 0.0

    def without(self, others: Sequence["Evidence"]) -> "Evidence":
        """Return the evidence as if the others had not been read."""
        taken = sum(math.exp(other.signals.reading.spans) for other in others)
        left = math.log(max(1 - taken, math.exp(UNREAD)))
        reading = ReadingSignals(*(min(value - left, 0.0) for value in self.signals.reading))
        return replace(self, signals=replace(self.signals, reading=reading))

    @property
    def context(self) -> str:
        """The text by which the sentence can be understood."""
        return self.passage.context

    @property
    def typed_spans(self) -> list[Span]:
        """The spans of the answer type."""
        return [span for span, _ in self.typed]


class SentenceReader(Protocol):
    """Reads sentences, all at once, to find the span that answers."""

    def warm_up(self) -> None:
        """Load everything that is loaded lazily."""

    def read(self, question: FoldedText, pieces: Sequence[Piece]) -> Reading:
        """Read as many pieces as fit, likeliest first; at least one."""


class SentenceRanker:
    """Orders sentences by how likely they answer. Threads may share it."""

    def __init__(self, names: Names, reader: SentenceReader, scorer: Scorer) -> None:
        self.names = names
        self._reader = reader
        self._scorer = scorer

    @classmethod
    def load(
        cls, analyzer: Analyzer, reader: SentenceReader, weights: Path = WEIGHTS
    ) -> "SentenceRanker":
        """Return a ranker with the network of a weights file."""
        return cls(Names(analyzer), reader, MLP.read(weights, FEATURES))

    def warm_up(self) -> None:
        """Load everything that the reader loads lazily."""
        self._reader.warm_up()

    def rank(
        self,
        question: Question,
        query: Query,
        hits: Sequence[Hit],
        sentences: Sequence[Sentence] | None = None,
    ) -> list[Evidence]:
        """Return the likeliest sentences of the hits, or those given, likeliest first."""
        sentences = likeliest(hits) if sentences is None else sentences
        if not sentences:
            return []
        extractor = SignalExtractor(question, query, self.names, hits)
        read = self.read(question, extractor, sentences)
        return self.ordered(question, extractor.entities, read)

    def ordered(
        self, question: Question, entities: EntityMatcher, read: Sequence[Evidence]
    ) -> list[Evidence]:
        """Score sentences that were read; return them likeliest first."""
        rows = np.array([feature_row(item.signals) for item in read], dtype=np.float32)
        scored = [
            replace(item, score=score)
            for item, score in zip(read, self._scorer(rows).tolist(), strict=True)
        ]
        ordered = _of_its_own(question, sorted(scored, key=_best_first))
        better = _promoted(question, entities, ordered)
        if better is None:
            return ordered
        first = replace(better, score=ordered[0].score)
        return [first, *(evidence for evidence in ordered if evidence is not better)]

    def read(
        self, question: Question, extractor: SignalExtractor, sentences: Sequence[Sentence]
    ) -> list[Evidence]:
        """Read sentences, all at once, in the order given. They have no scores yet."""
        finder = CandidateFinder(question, self.names)
        typed = [finder.spans(sentence.quote) for sentence in sentences]
        pieces = [piece_of(*pair) for pair in zip(sentences, typed, strict=True)]
        reading = self._reader.read(question.forms, pieces)
        likely = [
            tuple((span, reading.overlapping(number, span)) for span in spans)
            for number, spans in enumerate(typed)
        ]
        agreed = _agreed(question, sentences, reading, likely)
        signals = [
            extractor.signals(
                sentence,
                typed[number],
                _signals(reading, number, likely[number], agreed[number]),
            )
            for number, sentence in enumerate(sentences)
        ]
        return [
            Evidence(
                sentence.hit.passage,
                sentence.in_article,
                sentence.quote,
                likely[number],
                reading.sentences[number],
                float(reading.missing_weights[number]),
                agreed[number],
                signals[number],
            )
            for number, sentence in enumerate(sentences)
        ]


def _agreed(
    question: Question,
    sentences: Sequence[Sentence],
    reading: Reading,
    typed: Sequence[tuple[tuple[Span, float], ...]],
) -> list[Agreement]:
    values = []
    for number, sentence in enumerate(sentences):
        read = reading.sentences[number]
        best = (read.span, math.exp(read.best)) if read else None
        article = sentence.hit.passage.article_id
        values.append(value_of(question.answer_type, sentence.quote, typed[number], best, article))
    return agreements(values)


def _signals(
    reading: Reading, number: int, typed: Sequence[tuple[Span, float]], agreed: Agreement
) -> ReadingSignals:
    sentence = reading.sentences[number]
    likeliest_typed = max([likely for _, likely in typed] + [math.exp(UNREAD)])
    return ReadingSignals(
        sentence.best if sentence else UNREAD,
        sentence.whole if sentence else UNREAD,
        math.log(likeliest_typed),
        math.log(max(agreed.shared, math.exp(UNREAD))),
        reading.none,
    )


def _of_its_own(question: Question, ordered: list[Evidence]) -> list[Evidence]:
    """Leave out sentences about another thing of the kind that is asked about.

    If the best one is, those are left that surely are about the right one; if none is, all are.
    """
    own = [item for item in ordered if not is_of_another(question, item.passage, item.quote)]
    if not own or own[0] is ordered[0]:
        return own or ordered
    return [item for item in own if is_of_the_same(question, item.passage)] or ordered


def _promoted(
    question: Question, entities: EntityMatcher, ordered: Sequence[Evidence]
) -> Evidence | None:
    """Return the evidence that rules put first; None to keep the network's order."""
    first = ordered[0]
    for evidence in ordered[1:_PROMOTED_FROM]:
        if _goes_before(question, entities, evidence, first):
            return evidence
    return None


def _goes_before(
    question: Question, entities: EntityMatcher, evidence: Evidence, first: Evidence
) -> bool:
    """Return whether evidence, unlike the first, has the amount or party asked for.

    The first lacks any amount; or it is about a part of what is asked about, about another year, or
    opens with another party.
    """
    own, other = evidence.signals, first.signals
    if question.answer_type in SURE_AMOUNTS and other.answer_type.lacks:
        return own.answer_type.fits and evidence.score >= first.score - _NEARLY_AS_GOOD
    if own.answer_type.fits < other.answer_type.fits:
        return False
    behind = other.reading.spans - own.reading.spans
    if own.entities.required >= other.entities.required and is_of_a_part(question, first.quote):
        return behind <= _NEAR and is_of_the_whole(question, first.quote, evidence.quote)
    if behind > _CLOSE or own.entities.required <= other.entities.required:
        return False
    return other.entities.rival or (
        entities.opens(evidence.quote) and entities.opens_with_another(first.quote)
    )


def _best_first(evidence: Evidence) -> float:
    return -evidence.score
