"""Compute the span reader's features of each token.

Training and answering use the same function.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array, cumulated
from index.models.encoder import SentenceEncoder, Vectors
from index.text.folding import FoldedText, plain
from qa.answer_types import AnswerType
from qa.language import is_han
from qa.reader.inputs import JoinedTokens, Piece, assembled
from qa.reader.similarity import Nearness
from qa.reader.tokens import MARK, Flags, cut

Column = npt.NDArray[Any]
"""A value for each word."""

KINDS = tuple(AnswerType)
FEATURES = (
    # the word in the question: the same word, its characters, a run of them, its vector
    "same", "same_telling", "characters", "run", "near", "near_telling", "from_same",
    # coverage of the question by its sentence, and the distance to the best sentence
    "met", "met_behind_best",
    # the word: how rare, how long, its script
    "rare", "long", "han", "latin", "digits",
    # the mark
    "comma", "enumeration", "end", "opening", "closing", "title", "other_mark",
    # a span of the answer type
    "candidate", "candidate_begins", "candidate_ends",
    # a gap between two pieces, the beginning of an article, another language than the question's
    "gap", "opens", "across",
)  # fmt: skip
ASKED = ("rare", "han", "latin", "digits", "there", "near")

_SAME_RUN = 6  # characters: a shared run as long is the same phrase
_LONG = 5
_MARKS = {
    "comma": "，,；;：:", "enumeration": "、", "end": "。.！!？?…", "opening": "（(“「『‘[【\"",
    "closing": "）)”」』’]】", "title": "《》〈〉",
}  # fmt: skip


_KIND_OF_MARK = {mark: name for name, marks in _MARKS.items() for mark in marks}


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """A question and the tokens of some pieces, as the network sees them.

    `asked` are the rows of the question's words, `(m,)`, and `asked_features` their features,
    `(m, len(ASKED))`; `kind` is the answer type's place in `KINDS`; `features` has shape
    `(t, len(FEATURES))`. `missing_weights`, `(n,)`, has for each of the `n` pieces the weight of
    the question word that the tokens of its passage cover least, 0 to 1.
    """

    asked: Int64Array
    asked_features: Vectors
    kind: int
    tokens: JoinedTokens
    features: Vectors
    missing_weights: Vectors


def reader_input(
    question: FoldedText,
    answer_type: AnswerType,
    pieces: Sequence[Piece],
    encoder: SentenceEncoder,
    at_most: int,
) -> ReaderInput:
    """Return the input of the first pieces that have `at_most` tokens together; at least one."""
    asked, *cuts = cut([question.text, *(piece.text for piece in pieces)], encoder)
    tokens = assembled(pieces, cuts, at_most)
    rows = asked.rows[asked.rows != MARK]
    near = Nearness(rows, tokens, encoder)
    columns = near.of_words() | _shared(question, pieces, tokens) | _of_places(pieces, tokens)
    columns["across"] = np.full(len(tokens.rows), is_han(question.text) != is_han(pieces[0].text))
    own = {"rare": near.rare_asked, "there": near.same.any(axis=1), "near": near.highest}
    own |= _scripts(question.lowered, asked.starts[asked.rows != MARK])
    return ReaderInput(
        rows,
        np.stack([own[name] for name in ASKED], axis=1).astype(np.float32),
        KINDS.index(answer_type),
        tokens,
        np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32),
        near.missing_weights(pieces),
    )


def _shared(
    question: FoldedText, pieces: Sequence[Piece], tokens: JoinedTokens
) -> dict[str, Column]:
    """Return the columns of characters: shared with the question, script, kind of mark."""
    texts = [plain(piece.text) for piece in pieces]
    offsets = cumulated(np.array([len(text) for text in texts]))
    text = "".join(texts) + "\0"
    places = np.where(tokens.pieces < 0, len(text) - 1, tokens.starts + offsets[tokens.pieces])
    lengths = np.maximum(tokens.ends - tokens.starts, 1)
    codes, asked = _codes(text), _codes(question.lowered)
    there = np.isin(codes, asked[asked > ord("/")])
    wanted = _paired(asked)
    pairs = np.isin(_paired(codes), wanted[wanted >= 0])
    runs = _runs(pairs)
    ends = places + lengths - 1
    marks = tokens.rows == MARK
    columns = {
        "characters": _summed(there, places, lengths) / lengths,
        "run": np.minimum(np.maximum(runs[places], runs[ends]), _SAME_RUN) / _SAME_RUN,
        "long": np.minimum(lengths, _LONG) / _LONG,
        **_scripts(text, places),
    }
    kinds = np.array([_KIND_OF_MARK.get(text[place], "other_mark") for place in places])
    for name in (*_MARKS, "other_mark"):
        columns[name] = marks & (tokens.pieces >= 0) & (kinds == name)
    return columns


def _of_places(pieces: Sequence[Piece], tokens: JoinedTokens) -> dict[str, Column]:
    """Return the columns of candidates, gaps and beginnings."""
    inside, begins, ends = (np.zeros(len(tokens.rows), dtype=np.bool_) for _ in range(3))
    for at, piece in enumerate(pieces):
        own = tokens.pieces == at
        for span in piece.candidates:
            inside |= own & (tokens.starts < span.end) & (tokens.ends > span.start)
            begins |= own & (tokens.starts == span.start)
            ends |= own & (tokens.ends == span.end)
    opening = np.array([*(piece.start == 0 for piece in pieces), False])
    return {
        "candidate": inside,
        "candidate_begins": begins,
        "candidate_ends": ends,
        "gap": tokens.pieces < 0,
        "opens": opening[tokens.pieces],
    }


def _codes(text: str) -> Int64Array:
    return np.array([ord(char) for char in text], dtype=np.int64)


def _paired(codes: Int64Array) -> Int64Array:
    """Return each character with the next as a number; -1 if either is a mark."""
    letters = codes > ord("/")
    pairs = codes * 0x200000 + np.append(codes[1:], 0)
    return np.where(letters & np.append(letters[1:], False), pairs, -1)


def _runs(pairs: Flags) -> Vectors:
    """Return the length of each character's run of shared pairs, in characters."""
    chars = pairs | np.append(False, pairs[:-1])
    edges = np.flatnonzero(np.diff(chars, prepend=False, append=False))
    runs = np.zeros(len(pairs), dtype=np.float32)
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        runs[start:end] = end - start
    return runs


def _summed(flags: Flags, places: Int64Array, lengths: Int64Array) -> Int64Array:
    sums = cumulated(flags)
    return np.asarray(sums[places + lengths] - sums[places])


def _scripts(text: str, places: Int64Array) -> dict[str, Column]:
    """Return the script of each word, by its first character."""
    codes = _codes(text)[places]
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | (codes >= 0x20000)
    latin = ((codes >= ord("a")) & (codes <= ord("z"))) | ((codes >= 0xC0) & (codes < 0x250))
    return {"han": han, "latin": latin, "digits": digits}
