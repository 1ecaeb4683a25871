"""The second stage: a candidate passage stands by its best sentence.

One vector for a whole passage wastes most of a static model. Here each window of one or two
sentences is scored by two things: the cosine of its vector to the question's, and how well each
word of the question is met by some word of it (late interaction: Khattab and Zaharia 2020,
https://arxiv.org/abs/2004.12832), by the vectors of the words, so across languages too. What all of
the passage meets counts as much as what its best sentence does.
"""

import numpy as np

from index.encoder import Vectors
from index.ragged import Places, distinct
from index.sentence_index import Sentences
from index.static import StaticEncoder, units

_COSINE = 0.5
"""What the cosine counts beside the words that are met: chosen on held-out questions."""

_SHARPER = 1.5
"""Words weigh by their vectors' lengths to this power: the rarer, the more they tell."""


class BestSentence:
    """A question, ready to score passages."""

    def __init__(self, question: str, encoder: StaticEncoder) -> None:
        self._encoder = encoder
        self._vector = encoder.questions([question])[0]
        tokens = np.unique(np.array(encoder.tokens([question])[0], dtype=np.int64))
        rows = encoder.rows(tokens)
        weights = np.linalg.norm(rows, axis=1) ** _SHARPER
        self._words = units(rows)
        self._weights = weights / max(float(weights.sum()), 1e-9)

    def scores(self, passages: Sentences) -> Vectors:
        """A score for each of some passages, shape `(n,)`: 0 for unlike, up to 2.5."""
        if len(passages.firsts) == 1:
            return np.zeros(0, dtype=np.float32)
        dots, nearest = self._by_sentence(passages)
        following = _following(passages.firsts)
        has_next = following > np.arange(len(dots))
        norms = np.maximum(passages.norms, 1e-9)
        alone = _COSINE * dots / norms[:, 0] + self._weights @ nearest
        paired = _COSINE * (dots + np.where(has_next, dots[following], 0)) / norms[:, 1]
        paired += self._weights @ np.maximum(nearest, nearest[:, following])
        firsts = passages.firsts[:-1]
        whole = self._weights @ np.maximum.reduceat(nearest, firsts, axis=1)
        best = np.maximum.reduceat(np.maximum(alone, paired), firsts)
        return np.asarray(best + whole, dtype=np.float32)

    def _by_sentence(self, passages: Sentences) -> tuple[Vectors, Vectors]:
        """What adds up to a window's cosine, `(s,)`, and how near each word is met, `(w, s)`."""
        used, places = distinct(passages.tokens.values)
        rows = self._encoder.rows(used)
        starts = passages.tokens.starts[:-1]
        dots = np.add.reduceat((rows @ self._vector)[places], starts)
        lengths = np.sqrt(np.einsum("td,td->t", rows, rows))
        nearness = np.maximum(self._words @ rows.T, 0) / np.maximum(lengths, 1e-9)
        return dots, np.maximum.reduceat(nearness[:, places], starts, axis=1)


def _following(firsts: Places) -> Places:
    """For each sentence the next one of its passage, or itself."""
    following = np.arange(1, firsts[-1] + 1)
    following[firsts[1:] - 1] -= 1
    return following
