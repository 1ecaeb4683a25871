"""Late interaction: compare a question with each sentence of the candidate passages.

One vector for a whole passage wastes most of a static model. Here each window of one or two
sentences is scored by the cosine of its vector to the question's, and by MaxSim: how similar its
most similar token is to each token of the question (Khattab and Zaharia 2020,
https://arxiv.org/abs/2004.12832). Token vectors make this work across languages. The coverage of
the question by the whole passage counts as much as that by its best sentence.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array, distinct
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from index.search.sentence_index import Sentences

_COSINE_WEIGHT = 0.5
"""Weight of the cosine beside term coverage, chosen on held-out questions."""

_WEIGHT_POWER = 1.5
"""Tokens weigh by their vectors' lengths to this power: rare tokens have long vectors."""

_BATCH = 96
"""Tokens compared at a time: their vectors stay in the cache, which halves the time of all."""


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """A question compared with the sentences of passages.

    Passage `i` has the sentences `firsts[i]:firsts[i + 1]`. `cosines` of shape `(s, 2)` are those
    of each sentence, alone and with the next sentence of its passage. `maxsim` of shape `(w, s)` is
    the similarity, 0 to 1, of each question token to the most similar token of each sentence;
    `weights` of shape `(w,)` are the weights of question tokens and sum to 1. `lengths` of shape
    `(s,)` counts the tokens of each sentence, and `overlap` is the share of them that occur in the
    question.
    """

    firsts: Int64Array
    cosines: Vectors
    maxsim: Vectors
    weights: Vectors
    lengths: Int64Array
    overlap: Vectors

    @property
    def scores(self) -> Vectors:
        """The score of each passage, shape `(n,)`, from 0 to 2.5."""
        if len(self.firsts) == 1:
            return np.zeros(0, dtype=np.float32)
        paired = np.maximum(self.maxsim, self.maxsim[:, _following(self.firsts)])
        windows = window_scores(
            (self.cosines[:, 0], self.weights @ self.maxsim),
            (self.cosines[:, 1], self.weights @ paired),
        )
        best = np.maximum.reduceat(windows, self.firsts[:-1])
        return np.asarray(best + self.coverage, dtype=np.float32)

    @property
    def coverage(self) -> Vectors:
        """How much of the question each passage covers, shape `(n,)`, 0 to 1."""
        return self.weights @ np.maximum.reduceat(self.maxsim, self.firsts[:-1], axis=1)


def window_scores(alone: tuple[Vectors, Vectors], paired: tuple[Vectors, Vectors]) -> Vectors:
    """Score each sentence by its better window, alone or paired with the next sentence.

    A window is its cosine to the question and its term coverage, each of shape `(s,)`.
    """
    first, second = (_COSINE_WEIGHT * cosine + coverage for cosine, coverage in (alone, paired))
    return np.asarray(np.maximum(first, second))


class LateInteraction:
    """A question, ready to be compared with passages."""

    def __init__(
        self, question: str, encoder: SentenceEncoder, vector: Vectors | None = None
    ) -> None:
        """Prepare the question; `vector` is the encoder's of it, `(1, dim)`, made here if None."""
        self._encoder = encoder
        vector = encoder.embed_questions([question]) if vector is None else vector
        self._tokens = np.unique(np.array(encoder.tokens([question])[0], dtype=np.int64))
        rows = encoder.token_vectors(self._tokens)
        weights = np.linalg.norm(rows, axis=1) ** _WEIGHT_POWER
        self._weights = weights / max(float(weights.sum()), 1e-9)
        self._compared = np.vstack([units(rows), vector])

    def scores(self, passages: Sentences) -> Vectors:
        """Return the score of each passage, shape `(n,)`, from 0 to 2.5."""
        return self.compare(passages).scores

    def compare(self, passages: Sentences) -> SentenceScores:
        """Compare the question with each sentence of passages."""
        used, columns = distinct(passages.tokens.values)
        starts, counts = passages.tokens.starts[:-1], passages.tokens.lengths
        if len(starts) == 0:
            empty: npt.NDArray[np.float32] = np.zeros((len(self._weights), 0), np.float32)
            none = np.zeros((0, 2), dtype=np.float32)
            return SentenceScores(passages.firsts, none, empty, self._weights, counts, none[:, 0])
        products, lengths = self._products(used)
        dots = np.add.reduceat(products[-1].take(columns), starts)
        following = _following(passages.firsts)
        has_next = following > np.arange(len(dots))
        pairs = np.stack([dots, dots + np.where(has_next, dots[following], 0)], axis=1)
        similarity = np.maximum(products[:-1], 0) / np.maximum(lengths, 1e-9)
        in_question = np.isin(used, self._tokens)[columns]
        return SentenceScores(
            passages.firsts,
            np.asarray(pairs / np.maximum(passages.norms, 1e-9), dtype=np.float32),
            np.maximum.reduceat(similarity.take(columns, axis=1), starts, axis=1),
            self._weights,
            counts,
            np.asarray(np.add.reduceat(in_question, starts, dtype=np.float32) / counts, np.float32),
        )

    def _products(self, tokens: Int64Array) -> tuple[Vectors, Vectors]:
        """Return the products of tokens' vectors, and the vectors' lengths, shape `(t,)`.

        The products, of shape `(w + 1, t)`, are those with the direction of each token of the
        question, and with the question's own vector.
        """
        products = np.empty((len(self._compared), len(tokens)), dtype=np.float32)
        squares = np.empty(len(tokens), dtype=np.float32)
        for at in range(0, len(tokens), _BATCH):
            rows = self._encoder.token_vectors(tokens[at : at + _BATCH])
            products[:, at : at + _BATCH] = self._compared @ rows.T
            np.vecdot(rows, rows, out=squares[at : at + _BATCH])
        return products, np.sqrt(squares)


def _following(firsts: Int64Array) -> Int64Array:
    """Return the row of the sentence that follows each in its passage, or its own."""
    following = np.arange(1, firsts[-1] + 1)
    following[firsts[1:] - 1] -= 1
    return following
