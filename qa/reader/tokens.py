"""Tokenize texts into words and marks with offsets."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array
from index.models.encoder import SentenceEncoder

MARK = -1
"""In place of a row: marks have none in the encoder's table."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: rows of the encoder's table, or `MARK`, and ranges of characters."""

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
    all_rows = np.concatenate([rows, np.full(len(marks), MARK)])
    order = np.argsort(starts, kind="stable")
    return Tokens(all_rows[order], starts[order], ends[order])
