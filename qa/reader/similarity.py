"""Compare the question's words with the words of the passages, by their vectors."""

from collections.abc import Sequence

import numpy as np

from index.arrays import Int64Array, distinct
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from qa.reader.inputs import Piece

_SHARPER = 1.5


def missing_weights(
    asked: Int64Array,
    read: Sequence[Int64Array],
    pieces: Sequence[Piece],
    encoder: SentenceEncoder,
) -> Vectors:
    """Return, per piece, the weight of its passage's least covered word; 1 if unread.

    The length of a word's vector is its weight; the weights of the question's words add up to 1.
    `asked` and `read`, for each piece, are rows of the encoder's table; rows below 0 are no words.
    """
    missing = np.ones(len(pieces), dtype=np.float32)
    wanted = encoder.token_vectors(asked[asked >= 0])
    weights = np.linalg.norm(wanted, axis=1) ** _SHARPER
    weights /= max(float(weights.sum()), 1e-9)
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *read])
    owners = np.repeat([piece.passage for piece in pieces], [len(part) for part in read])
    words = rows >= 0
    used, places = distinct(rows[words].astype(np.int32))
    nearness = np.maximum(units(wanted) @ units(encoder.token_vectors(used)).T, 0)
    for passage in set(owners.tolist()):
        there = np.zeros(len(used), dtype=np.bool_)
        there[places[owners[words] == passage]] = True
        covered = nearness[:, there].max(axis=1, initial=0.0)
        own = [piece.passage == passage for piece in pieces]
        missing[own] = float((weights * (1 - covered)).max(initial=0.0))
    return missing
