"""Compute what the network is told of each token beside its vector.

Training and answering use the same functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array
from index.models.encoder import Vectors
from qa.reader.inputs import JoinedTokens, Piece, ReaderInput
from qa.reader.tokens import PADDING, Flags, special

FEATURES = ("same", "same_rare", "candidate", "candidate_begins", "candidate_ends")


@dataclass(frozen=True, slots=True)
class Layout:
    """A padded batch of rows; `r` rows of `t` tokens.

    `ids` `(r, t)` are rows of the table or of special tokens, `segments` `(r, t)` are 0 in the
    question and 1 after it, `features` `(r, t, len(FEATURES))`, `real` `(r, t)` is False for
    padding, and `heads` `(r,)` is where the sentences of each row begin.
    """

    ids: Int64Array
    segments: Int64Array
    features: Vectors
    real: Flags
    heads: list[int]


def layout(inputs: ReaderInput, candidates: Sequence[Flags], rarity: Vectors) -> Layout:
    """Pad the rows to one length and compute their features.

    `candidates` are those of `candidate_flags` for each row; `rarity` is that of each row of the
    encoder's table.
    """
    heads = [len(row.head) for row in inputs.rows]
    lengths = [head + len(row.tokens.rows) for head, row in zip(heads, inputs.rows, strict=True)]
    shape = len(heads), max(lengths)
    ids = np.full(shape, special(PADDING), dtype=np.int64)
    segments = np.zeros(shape, dtype=np.int64)
    features = np.zeros((*shape, len(FEATURES)), dtype=np.float32)
    asked = len(inputs.asked) + 2
    for at, row in enumerate(inputs.rows):
        length, head = lengths[at], heads[at]
        ids[at, :length] = np.concatenate([row.head, row.tokens.rows])
        segments[at, asked:length] = 1
        same = np.zeros(length, dtype=np.bool_)
        same[asked:] = np.isin(ids[at, asked:length], inputs.asked)
        same[1 : asked - 1] = np.isin(inputs.asked, ids[at, asked:length])
        same &= ids[at, :length] >= 0
        features[at, :length, 0] = same
        features[at, :length, 1] = same * rarity[np.maximum(ids[at, :length], 0)]
        features[at, head:length, 2:] = candidates[at]
    real = np.arange(shape[1]) < np.array(lengths)[:, np.newaxis]
    return Layout(ids, segments, features, real, heads)


def candidate_flags(tokens: JoinedTokens, pieces: Sequence[Piece]) -> Flags:
    """Return whether each token is in a candidate, begins one and ends one, shape `(t, 3)`."""
    flags: npt.NDArray[np.bool_] = np.zeros((len(tokens.rows), 3), dtype=np.bool_)
    for at in set(tokens.pieces.tolist()) - {-1}:
        own = tokens.pieces == at
        for span in pieces[at].candidates:
            flags[:, 0] |= own & (tokens.starts < span.end) & (tokens.ends > span.start)
            flags[:, 1] |= own & (tokens.starts == span.start)
            flags[:, 2] |= own & (tokens.ends == span.end)
    return flags
