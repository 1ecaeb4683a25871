"""Typed signals of a sentence as evidence, and their feature row."""

from dataclasses import dataclass
from typing import NamedTuple


class RankingSignals(NamedTuple):
    """Log-odds by the passage ranking: of the sentence, its neighbours and its passage.

    Those called behind are distances to the best of all passages; so are those of neighbours, to
    the best sentence.
    """

    sentence: float
    behind_best: float
    before: float
    after: float
    passage: float
    passage_behind_best: float


class CoverageSignals(NamedTuple):
    """Shares of the question covered: terms in the sentence and in its context, bigrams."""

    matched: float
    around: float
    pairs: float


class EntitySignals(NamedTuple):
    """Shares of required entities in sentence and context; whether it has a rival."""

    required: float
    required_around: float
    rival: bool


class AnswerTypeSignals(NamedTuple):
    """Spans of the answer type: whether any, and how many distinct texts (at most 5).

    `lacks` is true if the answer is a span and the sentence has none of its type; `named` if the
    answer is a name. `cue` is 1 with a cue word of the answer type, 0 without, and -0.5 for
    types that have no cue words.
    """

    fits: bool
    lacks: bool
    candidates: int
    named: bool
    cue: float


class FormSignals(NamedTuple):
    """Log length in characters, whether the sentence asks, whether it opens its article."""

    length: float
    asks: bool
    opens: bool


class ReadingSignals(NamedTuple):
    """Log-probabilities by the span reader.

    They are those of the best span, of any, of any of the answer type, of the sentence's value in
    all sentences together, and of none anywhere.
    """

    span: float
    spans: float
    typed_span: float
    agreed: float
    none: float


@dataclass(frozen=True, slots=True)
class Signals:
    """All signals of one sentence."""

    ranking: RankingSignals
    coverage: CoverageSignals
    entities: EntitySignals
    answer_type: AnswerTypeSignals
    form: FormSignals
    reading: ReadingSignals


FEATURES = (
    *RankingSignals._fields,
    *CoverageSignals._fields,
    *EntitySignals._fields,
    *AnswerTypeSignals._fields,
    *FormSignals._fields,
    *ReadingSignals._fields,
)
"""Names of the features in the order of training; the weights files repeat them."""


def feature_row(signals: Signals) -> list[float]:
    """Return the signals as numbers in the order of `FEATURES`."""
    return [
        *signals.ranking,
        *signals.coverage,
        *signals.entities,
        *signals.answer_type,
        *signals.form,
        *signals.reading,
    ]
