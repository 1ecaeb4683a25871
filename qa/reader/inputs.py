"""Join the sentences that are read together into one run of tokens."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Int64Array
from index.article import Span
from qa.reader.tokens import MARK, Tokens

_WHITE_SPACE = 3  # characters between two sentences that follow each other


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to read, with its spans of the answer type.

    `passage` is the number of its passage; `start` is its offset in the article.
    """

    text: str
    candidates: tuple[Span, ...]
    passage: int
    start: int


@dataclass(frozen=True, slots=True)
class JoinedTokens:
    """The tokens of some pieces, one piece after the other; all arrays have shape `(t,)`.

    `rows` are rows of the encoder's table or `MARK`; `pieces` is the piece of each token, -1 for a
    gap; `starts` and `ends` are its characters in the piece.
    """

    rows: Int64Array
    pieces: Int64Array
    starts: Int64Array
    ends: Int64Array


def assembled(pieces: Sequence[Piece], cuts: Sequence[Tokens], at_most: int) -> JoinedTokens:
    """Join the first pieces that have `at_most` tokens, in text order, with gaps between them."""
    total = np.cumsum([len(tokens) for tokens in cuts])
    fitting = max(1, int(np.searchsorted(total, at_most, side="right")))
    parts: list[tuple[Int64Array, int, Int64Array, Int64Array]] = []
    gap = np.array([MARK])
    before = None
    for at in sorted(range(fitting), key=lambda at: (pieces[at].passage, pieces[at].start)):
        piece = pieces[at]
        if before is not None and not _follows(before, piece):
            parts.append((gap, -1, gap * 0, gap * 0))
        parts.append((cuts[at].rows, at, cuts[at].starts, cuts[at].ends))
        before = piece
    return JoinedTokens(
        np.concatenate([rows for rows, *_ in parts]),
        np.concatenate([np.full(len(rows), at) for rows, at, *_ in parts]),
        np.concatenate([starts for *_, starts, _ in parts]),
        np.concatenate([ends for *_, ends in parts]),
    )


def _follows(piece: Piece, following: Piece) -> bool:
    """Return whether nothing but white space lies between two pieces."""
    gap = following.start - piece.start - len(piece.text)
    return piece.passage == following.passage and gap <= _WHITE_SPACE
