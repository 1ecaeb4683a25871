"""Compare the question's words with the words of the sentences, by their vectors."""

from collections.abc import Sequence

import numpy as np

from index.arrays import Int64Array, distinct
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from qa.reader.inputs import JoinedTokens, Piece
from qa.reader.tokens import MARK

_NEAR = 5.0  # words
_TELLING = 0.2  # beside the most telling word
_SHARPER = 1.5
_LEAST = 1e-3


class Nearness:
    """Cosines of the `m` question words and the `u` different words of the pieces.

    `same` and `nearness` have shape `(m, u)`; the length of a vector is the weight of its word.
    """

    def __init__(self, asked: Int64Array, tokens: JoinedTokens, encoder: SentenceEncoder) -> None:
        self._tokens = tokens
        used, self._places = distinct((tokens.rows + 1).astype(np.int32))
        used = used - 1
        vectors = encoder.token_vectors(np.maximum(used, 0)) * (used != MARK)[:, np.newaxis]
        wanted = encoder.token_vectors(asked)
        lengths = np.linalg.norm(wanted, axis=1)
        self.rare_asked = np.log(lengths + _LEAST)
        self._rare = np.log(np.linalg.norm(vectors, axis=1) + _LEAST) * (used != MARK)
        self._weights = lengths**_SHARPER / max(float((lengths**_SHARPER).sum()), 1e-9)
        self.nearness = np.maximum(units(wanted) @ units(vectors).T, 0)
        self.same = asked[:, np.newaxis] == used
        self.highest = self.nearness.max(axis=1, initial=0.0)

    def of_words(self) -> dict[str, Vectors]:
        """Return the feature columns of the words."""
        telling = (self._weights / max(float(self._weights.max(initial=0)), 1e-9))[:, np.newaxis]
        same, places = self.same.any(axis=0), self._places
        same_telling = (self.same * telling).max(axis=0, initial=0.0)
        covered, behind = self._coverage()
        return {
            "same": same[places],
            "same_telling": same_telling[places],
            "near": self.nearness.max(axis=0, initial=0.0)[places],
            "near_telling": (self.nearness * telling).max(axis=0, initial=0.0)[places],
            "from_same": _from(np.flatnonzero(same_telling[places] > _TELLING), len(places)),
            "met": covered,
            "met_behind_best": behind,
            "rare": self._rare[places],
        }

    def missing_weights(self, pieces: Sequence[Piece]) -> Vectors:
        """Return, per piece, the weight of its passage's least covered word; 1 if unread."""
        missing = np.ones(len(pieces), dtype=np.float32)
        owners = self._tokens.pieces
        passages = np.array([pieces[at].passage if at >= 0 else -1 for at in owners.tolist()])
        for passage in {piece.passage for piece in pieces}:
            there = np.zeros(self.nearness.shape[1], dtype=np.bool_)
            there[self._places[(passages == passage) & (owners >= 0)]] = True
            covered = self.nearness[:, there].max(axis=1, initial=0.0)
            share = float((self._weights * (1 - covered)).max(initial=0.0)) if there.any() else 1.0
            missing[[at for at, piece in enumerate(pieces) if piece.passage == passage]] = share
        return missing

    def _coverage(self) -> tuple[Vectors, Vectors]:
        """Return, per token, its piece's coverage of the question, and how far behind the best."""
        pieces = self._tokens.pieces
        begins = np.flatnonzero(np.diff(pieces, prepend=-2))
        best = np.maximum.reduceat(self.nearness[:, self._places], begins, axis=1)
        covered = self._weights @ best
        lengths = np.diff([*begins, len(pieces)])
        return np.repeat(covered, lengths), np.repeat(covered - covered.max(), lengths)


def _from(matches: Int64Array, count: int) -> Vectors:
    """Return how near each place is to the nearest match, 1 to 0."""
    if len(matches) == 0:
        return np.zeros(count, dtype=np.float32)
    places = np.arange(count)
    after = np.minimum(np.searchsorted(matches, places), len(matches) - 1)
    before = np.maximum(after - 1, 0)
    away = np.minimum(abs(matches[after] - places), abs(matches[before] - places))
    return np.asarray(np.exp(-away / _NEAR), dtype=np.float32)
