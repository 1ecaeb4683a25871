"""The second stage: a candidate passage stands by its best sentence.

One vector for a whole passage wastes most of a static model. Here each window of one or two
sentences is scored by two things: the cosine of its vector to the question's, and how well each
word of the question is met by some word of it (late interaction: Khattab and Zaharia 2020,
https://arxiv.org/abs/2004.12832), by the vectors of the words, so across languages too. What all of
the passage meets counts as much as what its best sentence does.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array, distinct
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from index.search.sentence_index import Sentences

_COSINE = 0.5
"""What the cosine counts beside the words that are met: chosen on held-out questions."""

_SHARPER = 1.5
"""Words weigh by their vectors' lengths to this power: the rarer, the more they tell."""


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """A question beside the sentences of some passages; passage `i` is `firsts[i]:firsts[i + 1]`.

    `cosines` of shape `(s, 2)` are those of each sentence, alone and with the next one of its
    passage. `met` of shape `(w, s)` tells how well each word of the question is met in each
    sentence, 0 to 1, and `weights` of shape `(w,)` how much each word tells; they sum to 1.
    `lengths` of shape `(s,)` counts the tokens of each sentence, and `repeated` tells what share
    of them stand in the question too.
    """

    firsts: Int64Array
    cosines: Vectors
    met: Vectors
    weights: Vectors
    lengths: Int64Array
    repeated: Vectors

    @property
    def scores(self) -> Vectors:
        """A score for each passage, shape `(n,)`: 0 for unlike, up to 2.5."""
        if len(self.firsts) == 1:
            return np.zeros(0, dtype=np.float32)
        paired = np.maximum(self.met, self.met[:, _following(self.firsts)])
        windows = window_scores(
            (self.cosines[:, 0], self.weights @ self.met),
            (self.cosines[:, 1], self.weights @ paired),
        )
        best = np.maximum.reduceat(windows, self.firsts[:-1])
        return np.asarray(best + self.whole, dtype=np.float32)

    @property
    def whole(self) -> Vectors:
        """How much of the question each passage meets anywhere in it, shape `(n,)`, 0 to 1."""
        return self.weights @ np.maximum.reduceat(self.met, self.firsts[:-1], axis=1)


def window_scores(alone: tuple[Vectors, Vectors], paired: tuple[Vectors, Vectors]) -> Vectors:
    """Score each sentence by its better window, alone or paired with the next sentence.

    A window is its cosine to the question and its term coverage, each of shape `(s,)`.
    """
    first, second = (_COSINE * cosine + coverage for cosine, coverage in (alone, paired))
    return np.asarray(np.maximum(first, second))


class LateInteraction:
    """A question, ready to be compared with passages."""

    def __init__(self, question: str, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._vector = encoder.questions([question])[0]
        self._tokens = np.unique(np.array(encoder.tokens([question])[0], dtype=np.int64))
        rows = encoder.rows(self._tokens)
        weights = np.linalg.norm(rows, axis=1) ** _SHARPER
        self._words = units(rows)
        self._weights = weights / max(float(weights.sum()), 1e-9)

    def scores(self, passages: Sentences) -> Vectors:
        """A score for each of some passages, shape `(n,)`: 0 for unlike, up to 2.5."""
        return self.compared(passages).scores

    def compared(self, passages: Sentences) -> SentenceScores:
        """The question beside each sentence of some passages."""
        used, places = distinct(passages.tokens.values)
        rows = self._encoder.rows(used)
        starts, counts = passages.tokens.starts[:-1], passages.tokens.lengths
        if len(starts) == 0:
            empty: npt.NDArray[np.float32] = np.zeros((len(self._weights), 0), np.float32)
            none = np.zeros((0, 2), dtype=np.float32)
            return SentenceScores(passages.firsts, none, empty, self._weights, counts, none[:, 0])
        dots = np.add.reduceat((rows @ self._vector)[places], starts)
        following = _following(passages.firsts)
        has_next = following > np.arange(len(dots))
        pairs = np.stack([dots, dots + np.where(has_next, dots[following], 0)], axis=1)
        lengths = np.sqrt(np.einsum("td,td->t", rows, rows))
        nearness = np.maximum(self._words @ rows.T, 0) / np.maximum(lengths, 1e-9)
        asked = np.isin(used, self._tokens)[places]
        return SentenceScores(
            passages.firsts,
            np.asarray(pairs / np.maximum(passages.norms, 1e-9), dtype=np.float32),
            np.maximum.reduceat(nearness[:, places], starts, axis=1),
            self._weights,
            counts,
            np.asarray(np.add.reduceat(asked, starts, dtype=np.float32) / counts, np.float32),
        )


def _following(firsts: Int64Array) -> Int64Array:
    """For each sentence the next one of its passage, or itself."""
    following = np.arange(1, firsts[-1] + 1)
    following[firsts[1:] - 1] -= 1
    return following
