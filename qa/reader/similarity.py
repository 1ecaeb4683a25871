"""Compare the question's words with the words of the passages, by their vectors."""

from collections.abc import Sequence

import numpy as np

from index.arrays import Int64Array, distinct
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from qa.reader.inputs import JoinedTokens, Piece

_SHARPER = 1.5


def missing_weights(
    asked: Int64Array, tokens: JoinedTokens, pieces: Sequence[Piece], encoder: SentenceEncoder
) -> Vectors:
    """Return, per piece, the weight of its passage's least covered word; 1 if unread.

    The length of a word's vector is its weight; the weights of the question's words add up to 1.
    """
    missing = np.ones(len(pieces), dtype=np.float32)
    wanted = encoder.token_vectors(asked[asked >= 0])
    weights = np.linalg.norm(wanted, axis=1) ** _SHARPER
    weights /= max(float(weights.sum()), 1e-9)
    words = tokens.rows >= 0
    used, places = distinct(tokens.rows[words].astype(np.int32))
    nearness = np.maximum(units(wanted) @ units(encoder.token_vectors(used)).T, 0)
    passage_of = np.array([piece.passage for piece in pieces])
    owners = np.where(tokens.pieces[words] >= 0, passage_of[tokens.pieces[words]], -1)
    for passage in set(passage_of[tokens.pieces[tokens.pieces >= 0]].tolist()):
        there = np.zeros(len(used), dtype=np.bool_)
        there[places[owners == passage]] = True
        covered = nearness[:, there].max(axis=1, initial=0.0)
        missing[passage_of == passage] = float((weights * (1 - covered)).max(initial=0.0))
    return missing
