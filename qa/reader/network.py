"""The span reader's network, run by numpy; `training/reader` makes its weights.

Gated convolutions over frozen word vectors. A span is scored by its ends, each word in it and its
length.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import Int64Array
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from qa.reader.features import ReaderInput
from qa.reader.tokens import MARK

HEADS = 2
STEPS = (1, 2, 4, 8, 1)
LONGEST = 48
_BORDERS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48)
BUCKETS = np.searchsorted(np.array(_BORDERS), np.arange(1, LONGEST + 1))
"""The number of the length score for each length in words, from 1 on."""

LENGTHS = len(_BORDERS)
_FAR = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits of one softmax: spans by first word and length - 1, `(t, LONGEST)`, and none."""

    spans: Vectors
    none: float


class SpanNetwork:
    """Scores all spans of a run of words. Threads may share it."""

    def __init__(self, path: Path) -> None:
        """Load the weights of an npz file."""
        with np.load(path) as file:
            self._weights = {name: file[name].astype(np.float32) for name in file.files}
        for name, values in self._weights.items():
            if name.endswith("inner.weight"):  # a matrix for each of three words, ready to multiply
                self._weights[name] = np.ascontiguousarray(values.transpose(2, 1, 0))
        # Frequent words have a vector of their own here, by their rows; 0 is that of all others.
        rows = self._weights["common_rows"].astype(np.int64).tolist()
        self._common = {row: at for at, row in enumerate(rows, 1)}

    def __call__(self, inputs: ReaderInput, encoder: SentenceEncoder) -> Scores:
        """Score all spans of the input."""
        asked = self._linear("asked", inputs.asked_features) + self._words(inputs.asked, encoder)
        asked = self._convolved("asked_convolution", np.maximum(asked, 0), 1)
        bid = self._bid(asked, inputs.kind)
        read = self._linear("features", inputs.features) + self._words(inputs.tokens.rows, encoder)
        values = self._merged(np.maximum(read, 0), asked) + bid
        for at, step in enumerate(STEPS):
            values = self._convolved(f"convolutions.{at}", values, step)
        values = self._normed("norm", values)
        values = np.maximum(self._linear("out", np.concatenate([values, values * bid], 1)), 0)
        highest = values.max(axis=0, initial=0.0)
        none = self._linear("none", np.concatenate([highest, bid]))
        words = self._linear("words", values)
        return Scores(
            _spans(words, self._linear("lengths", bid), inputs.tokens.pieces), float(none[0])
        )

    def _words(self, rows: Int64Array, encoder: SentenceEncoder) -> Vectors:
        """Return word vectors `(t, width)`: the encoder's, plus trained ones of frequent words.

        Marks have only the latter.
        """
        used, places = np.unique(rows, return_inverse=True)
        known = (used != MARK)[:, np.newaxis]
        vectors = (units(encoder.token_vectors(np.maximum(used, 0))) * known) @ self._weights[
            "vectors.weight"
        ].T
        common = [self._common.get(row, 0) for row in used.tolist()]
        return np.asarray((vectors + self._weights["common.weight"][common])[places], np.float32)

    def _bid(self, asked: Vectors, kind: int) -> Vectors:
        heads = self._linear("heads", asked)
        shares = _softmax(heads.T)
        pooled = (shares @ asked).reshape(-1)
        kinds = self._weights["kinds.weight"][kind]
        return np.maximum(self._linear("bid", np.concatenate([pooled, kinds])), 0)

    def _merged(self, read: Vectors, asked: Vectors) -> Vectors:
        """Merge each word with its attention over the question."""
        dots = self._linear("meet", read) @ self._linear("meet_asked", asked).T
        attended = _softmax(dots / np.float32(read.shape[1] ** 0.5)) @ asked
        return np.maximum(
            self._linear("merge", np.concatenate([read, attended, read * attended], 1)), 0
        )

    def _convolved(self, name: str, values: Vectors, step: int) -> Vectors:
        plain = np.pad(self._normed(f"{name}.norm", values), ((step, step), (0, 0)))
        count, width = values.shape
        weights = self._weights[f"{name}.inner.weight"]
        mixed = self._weights[f"{name}.inner.bias"] + sum(
            plain[at * step : at * step + count] @ weights[at] for at in range(3)
        )
        gate = 0.5 * (1 + np.tanh(0.5 * mixed[:, width:]))
        return np.asarray(values + mixed[:, :width] * gate, np.float32)

    def _normed(self, name: str, values: Vectors) -> Vectors:
        centred = values - values.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        return np.asarray(
            centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"],
            np.float32,
        )

    def _linear(self, name: str, values: Vectors) -> Vectors:
        weights, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return np.asarray(values @ weights.T + bias, np.float32)


def _softmax(logits: Vectors) -> Vectors:
    shares = np.exp(logits - logits.max(axis=-1, keepdims=True, initial=_FAR))
    return np.asarray(shares / np.maximum(shares.sum(axis=-1, keepdims=True), 1e-9), np.float32)


def _spans(words: Vectors, lengths: Vectors, pieces: Int64Array) -> Vectors:
    """Score the spans that lie in one piece; all others get a score far below."""
    firsts, lasts, inner = words.T
    summed = np.concatenate([np.zeros(1, np.float32), np.cumsum(inner)])
    ends = np.pad(lasts + summed[1:], (0, LONGEST - 1))
    same = np.pad(pieces, (0, LONGEST - 1), constant_values=-1)
    ends = np.lib.stride_tricks.sliding_window_view(ends, LONGEST)
    same = np.lib.stride_tricks.sliding_window_view(same, LONGEST)
    scores = (firsts - summed[:-1])[:, np.newaxis] + ends + lengths[BUCKETS]
    fits = (same == pieces[:, np.newaxis]) & (pieces >= 0)[:, np.newaxis]
    return np.where(fits, scores, _FAR).astype(np.float32)
