"""Reads the sentences that were found, all at once, for the span that answers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from index.article import Span
from index.models.encoder import Vectors
from index.models.loading import bundled
from qa.answer_types import AnswerType
from qa.reader.features import told
from qa.reader.inputs import Piece, Words
from qa.reader.network import LONGEST, SpanNetwork
from qa.reader.sentence_selection import Sentence

AT_MOST = 320
"""So many words are read for a question: what a few milliseconds are enough for."""

FILE = Path(__file__).with_name("reader.npz")
UNREAD = -20.0
"""The log-probability of a piece that there was no room for."""


@dataclass(frozen=True, slots=True)
class ReadPiece:
    """What was read in a sentence: its likeliest span, as characters of it.

    `best` is the log-probability that this span answers, of all spans in all that was read and
    none; `whole` that any span of the sentence does.
    """

    span: Span
    best: float
    whole: float

    @property
    def share(self) -> float:
        """The probability of the likeliest span if any in this sentence answers."""
        return math.exp(min(self.best - self.whole, 0.0))


class Reading:
    """Probabilities of spans in some pieces."""

    def __init__(self, words: Words, spans: Vectors, none: float, unmet: Vectors) -> None:
        """`spans` of shape `(t, LONGEST)` and `none` are logits of one softmax."""
        self.unmet = unmet
        """For each piece, the weight of the most telling word that its passage meets least."""
        highest = max(float(spans.max(initial=none)), none)
        shares = np.exp(spans - highest)
        total = float(shares.sum() + np.exp(none - highest))
        self.none = float(none - highest - np.log(total))
        """The log-probability that no span answers."""
        self._words = words
        self._shares = shares / total
        self.pieces = [self._piece(at) for at in range(len(unmet))]
        """What was read in each piece; None where there was no room for it."""

    def _piece(self, at: int) -> ReadPiece | None:
        rows = np.flatnonzero(self._words.pieces == at)
        if len(rows) == 0:
            return None
        shares = self._shares[rows]
        first, length = divmod(int(shares.argmax()), LONGEST)
        return ReadPiece(
            Span(int(self._words.starts[rows[first]]), int(self._words.ends[rows[first] + length])),
            _log(float(shares.max())),
            _log(float(shares.sum())),
        )

    def overlapping(self, at: int, span: Span) -> float:
        """The probability that the answer overlaps a range of characters of a piece."""
        words = self._words
        rows = np.flatnonzero(words.pieces == at)
        if len(rows) == 0:
            return 0.0
        ends = np.minimum(rows[:, np.newaxis] + np.arange(LONGEST), rows[-1])
        overlap = (words.starts[rows] < span.end)[:, np.newaxis] & (words.ends[ends] > span.start)
        return float(self._shares[rows][overlap].sum())


def read(question: str, answer_type: AnswerType, pieces: Sequence[Piece]) -> Reading:
    """Reads as many of the pieces, the likeliest first, as there is room for; one at least."""
    seen = told(question, answer_type, pieces, bundled(), AT_MOST)
    scores = _network()(seen, bundled())
    return Reading(seen.words, scores.spans, scores.none, seen.unmet)


def piece_of(one: Sentence, candidates: tuple[Span, ...]) -> Piece:
    """A sentence as the reader takes it."""
    place = one.hit.passage
    return Piece(one.quote, candidates, one.hit.number, place.start + one.span.start)


def _log(share: float) -> float:
    return max(float(np.log(max(share, 1e-12))), UNREAD)


@cache
def _network() -> SpanNetwork:
    return SpanNetwork(FILE)
