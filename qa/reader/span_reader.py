"""Read sentences, all at once, to find the span that answers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.article import Span
from index.models.encoder import SentenceEncoder, Vectors
from index.text.folding import FoldedText
from qa.reader.features import candidate_flags, layout
from qa.reader.inputs import JoinedTokens, Piece, reader_input
from qa.reader.network import LONGEST, SpanNetwork
from qa.reader.sentence_selection import Sentence
from qa.reader.similarity import missing_weights

AT_MOST = 320
"""Tokens that are read per question: as many as a few milliseconds allow."""

WEIGHTS = Path(__file__).parent
"""The folder of the weights that Yiju ships."""

UNREAD = -20.0
"""The log-probability of a sentence that did not fit."""


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """The reading of one sentence: its likeliest span, as characters of it.

    `best` is the log-probability that this span answers, among all spans of all sentences read and
    no answer at all; `whole` that any span of the sentence does.
    """

    span: Span
    best: float
    whole: float

    @property
    def share(self) -> float:
        """The probability of the likeliest span, given that the sentence has the answer."""
        return math.exp(min(self.best - self.whole, 0.0))


class Reading:
    """Probabilities of all spans in the sentences that were read.

    `sentences` has the reading of each sentence, None if it did not fit. `missing_weights` has the
    weight of the question word that its passage covers least, 0 to 1. `none` is the
    log-probability that no span answers.
    """

    def __init__(
        self, tokens: JoinedTokens, spans: Vectors, none: float, missing_weights: Vectors
    ) -> None:
        """Normalise logits: `spans` of shape `(t, LONGEST)` and `none` share one softmax."""
        highest = max(float(spans.max(initial=none)), none)
        shares = np.exp(spans - highest)
        total = float(shares.sum() + np.exp(none - highest))
        self._tokens = tokens
        self._shares = shares / total
        self.none = float(none - highest - np.log(total))
        self.missing_weights = missing_weights
        self.sentences = [self._sentence(number) for number in range(len(missing_weights))]

    def _sentence(self, number: int) -> SentenceReading | None:
        rows = np.flatnonzero(self._tokens.pieces == number)
        if len(rows) == 0:
            return None
        shares = self._shares[rows]
        first, length = divmod(int(shares.argmax()), LONGEST)
        return SentenceReading(
            Span(
                int(self._tokens.starts[rows[first]]), int(self._tokens.ends[rows[first] + length])
            ),
            _log(float(shares.max())),
            _log(float(shares.sum())),
        )

    def overlapping(self, number: int, span: Span) -> float:
        """Return the probability that the answer overlaps a range of characters of a sentence."""
        tokens = self._tokens
        rows = np.flatnonzero(tokens.pieces == number)
        if len(rows) == 0:
            return 0.0
        ends = np.minimum(rows[:, np.newaxis] + np.arange(LONGEST), rows[-1])
        overlap = (tokens.starts[rows] < span.end)[:, np.newaxis] & (tokens.ends[ends] > span.start)
        return float(self._shares[rows][overlap].sum())


class SpanReader:
    """Reads sentences with a network over the encoder's word vectors. Threads may share it."""

    def __init__(self, encoder: SentenceEncoder, weights: Path = WEIGHTS) -> None:
        """Load the network; `encoder` must be the one it was trained on."""
        self._encoder = encoder
        self._network = SpanNetwork(weights)

    def warm_up(self) -> None:
        """Load the network, and the parts of the encoder that are loaded lazily."""
        self._network.load()
        self._encoder.token_spans([""])
        self._encoder.token_vectors(np.zeros(1, dtype=np.int64))

    def read(self, question: FoldedText, pieces: Sequence[Piece]) -> Reading:
        """Read as many pieces, likeliest first, as fit into `AT_MOST` tokens; at least one."""
        inputs = reader_input(question.text, pieces, self._encoder, AT_MOST)
        flags = [candidate_flags(row.tokens, pieces) for row in inputs.rows]
        rows, tokens = layout(inputs, flags, self._network.rarity), inputs.tokens
        scores = self._network(rows, tokens.pieces, self._encoder)
        read = [tokens.rows[tokens.pieces == number] for number in range(len(pieces))]
        missing = missing_weights(inputs.asked, read, pieces, self._encoder)
        return Reading(tokens, scores.spans, scores.none, missing)


def piece_of(sentence: Sentence, candidates: tuple[Span, ...]) -> Piece:
    """Return a sentence as the reader takes it."""
    hit = sentence.hit
    passage = hit.passage
    title = "\n".join(filter(None, (passage.title, passage.heading)))
    start = passage.start + sentence.span.start
    return Piece(sentence.quote, candidates, hit.number, start, title)


def _log(share: float) -> float:
    return max(float(np.log(max(share, 1e-12))), UNREAD)
