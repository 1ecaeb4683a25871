"""Tokenize texts into words and marks with offsets."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array
from index.models.encoder import SentenceEncoder

MARKS = (
    "。，、；：？！“”‘’（）《》〈〉【】「」『』…—–-·～~%‰.,;:?!\"'()[]{}<>/\\|@#$&*+=_^°℃￥¥€£→•■●◆▲△○□"
    "①②③④⑤⑥⑦⑧⑨⑩″′×÷±≥≤"
)
"""The marks that have a vector of their own, as the encoder's table has none."""

CLS, SEP, MASK, NEWLINE, PADDING = (len(MARKS) + at for at in range(5))
"""Numbers of the tokens that are no text, behind those of the marks."""

SPECIAL = len(MARKS) + 5
"""The number of tokens that are not in the encoder's table."""

_NUMBERS = {mark: number for number, mark in enumerate(MARKS)}

Flags = npt.NDArray[np.bool_]


def special(number: int) -> int:
    """Return the row of a mark or another special token: below zero, unlike those of the table."""
    return -1 - number


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: rows of the encoder's table, or of `special`, and character ranges."""

    rows: Int64Array
    starts: Int64Array
    ends: Int64Array

    def __len__(self) -> int:
        return len(self.rows)


def cut(texts: Sequence[str], encoder: SentenceEncoder) -> list[Tokens]:
    """Cut each text into tokens; a visible character that the tokenizer skips is a mark."""
    return [
        _with_marks(text, rows, places)
        for text, (rows, places) in zip(texts, encoder.token_spans(texts), strict=True)
    ]


def _with_marks(text: str, rows: Int64Array, places: Int64Array) -> Tokens:
    """Insert the marks between the tokens of a text, in order."""
    open_ = np.array([not char.isspace() for char in text], dtype=np.bool_)
    for start, end in places.tolist():
        open_[start:end] = False
    marks = np.flatnonzero(open_)
    starts = np.concatenate([places[:, 0], marks])
    ends = np.concatenate([places[:, 1], marks + 1])
    of_marks = [_row(text[at]) for at in marks.tolist()]
    all_rows = np.concatenate([rows, np.array(of_marks, dtype=np.int64)])
    order = np.argsort(starts, kind="stable")
    return Tokens(all_rows[order], starts[order], ends[order])


def _row(mark: str) -> int:
    """Return the row of a mark: its own, that of its plain form, or that of the unknown."""
    plain = normalize("NFKC", mark)[:1]
    return special(_NUMBERS.get(plain, _NUMBERS.get(mark, MASK)))
