"""Lay out a question and the sentences that are read as rows of tokens, a row for each passage.

A row is the question, the passage's title and heading, and its sentences in the order of the text.
Training and answering use the same function.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from index.arrays import Int64Array
from index.article import Span
from index.models.encoder import SentenceEncoder
from qa.reader.tokens import CLS, NEWLINE, SEP, Tokens, cut, special

_ASKED = 48  # tokens of a question
_TITLE = 20  # tokens of a title with its heading
_WHITE_SPACE = 3  # characters between two sentences that follow each other


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to read, with its spans of the answer type.

    `passage` is the number of its passage, `start` its offset in the article, `title` what stands
    above it.
    """

    text: str
    candidates: tuple[Span, ...]
    passage: int
    start: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class JoinedTokens:
    """The tokens of some pieces, one piece after the other; all arrays have shape `(t,)`.

    `rows` are rows of the encoder's table, or of special tokens; `pieces` is the piece of each
    token, -1 for a gap; `starts` and `ends` are its characters in the piece.
    """

    rows: Int64Array
    pieces: Int64Array
    starts: Int64Array
    ends: Int64Array


@dataclass(frozen=True, slots=True)
class PassageRow:
    """The tokens of a passage's row: before its sentences `head`, then `tokens`."""

    head: Int64Array
    tokens: JoinedTokens


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """A question and the rows of the passages that are read.

    `asked` are the question's tokens, `(m,)`; each row's head begins with `[CLS]`, the question and
    `[SEP]`.
    """

    asked: Int64Array
    rows: list[PassageRow]

    @property
    def tokens(self) -> JoinedTokens:
        """The tokens of all sentences, row after row."""
        parts = [row.tokens for row in self.rows]
        return JoinedTokens(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.pieces for part in parts]),
            np.concatenate([part.starts for part in parts]),
            np.concatenate([part.ends for part in parts]),
        )


def reader_input(
    question: str, pieces: Sequence[Piece], encoder: SentenceEncoder, at_most: int
) -> ReaderInput:
    """Lay out the first pieces that have `at_most` tokens together; at least one."""
    titles = list(dict.fromkeys(piece.title for piece in pieces))
    asked, *cuts = cut([question, *titles, *(piece.text for piece in pieces)], encoder)
    heads = dict(zip(titles, cuts, strict=False))
    own = cuts[len(titles) :]
    total = np.cumsum([len(tokens) for tokens in own])
    fitting = max(1, int(np.searchsorted(total, at_most, side="right")))
    rows = asked.rows[:_ASKED]
    opening = np.concatenate([[special(CLS)], rows, [special(SEP)]])
    order = sorted(range(fitting), key=lambda at: (pieces[at].passage, pieces[at].start))
    laid_out = []
    for _, group in groupby(order, key=lambda at: pieces[at].passage):
        numbers = list(group)
        title = heads[pieces[numbers[0]].title].rows[:_TITLE]
        head = np.concatenate([opening, title, [special(NEWLINE)]]) if len(title) else opening
        laid_out.append(PassageRow(head, _joined(numbers, pieces, own, at_most)))
    return ReaderInput(rows, laid_out)


def _joined(
    numbers: Sequence[int], pieces: Sequence[Piece], cuts: Sequence[Tokens], at_most: int
) -> JoinedTokens:
    """Join the pieces of a passage in text order, with a gap between those that do not follow."""
    parts: list[tuple[Int64Array, int, Int64Array, Int64Array]] = []
    gap = np.array([special(NEWLINE)])
    before = None
    for at in numbers:
        piece, tokens = pieces[at], cuts[at]
        if before is not None and not _follows(before, piece):
            parts.append((gap, -1, gap * 0, gap * 0))
        parts.append((tokens.rows[:at_most], at, tokens.starts[:at_most], tokens.ends[:at_most]))
        before = piece
    return JoinedTokens(
        np.concatenate([rows for rows, *_ in parts]),
        np.concatenate([np.full(len(rows), at) for rows, at, *_ in parts]),
        np.concatenate([starts for *_, starts, _ in parts]),
        np.concatenate([ends for *_, ends in parts]),
    )


def _follows(piece: Piece, following: Piece) -> bool:
    """Return whether nothing but white space lies between two pieces."""
    return following.start - piece.start - len(piece.text) <= _WHITE_SPACE
