"""The span reader's network, run by onnxruntime; `training/reader` makes its weights.

A small transformer reads each row. A span is scored by its ends, by how they go together and by its
length. This is the only home of onnxruntime.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array
from index.models.encoder import SentenceEncoder, Vectors
from index.models.static import units
from qa.reader.features import Layout

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ENDS = 64
"""Dimensions in which the two ends of a span are compared."""

LONGEST = 40
"""Tokens of the longest span."""

FAR = np.float32(-1e4)
_THREADS = 2


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits of one softmax: spans by first token and length - 1, `(t, LONGEST)`, and none."""

    spans: Vectors
    none: float


class SpanNetwork:
    """Scores all spans of a question's rows. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder with `reader.onnx` and `reader.npz`; they are loaded when needed."""
        self._folder = folder

    def load(self) -> None:
        """Load the files now, so that the first question does not wait."""
        assert len(self.rarity)
        assert self._session

    @property
    def rarity(self) -> Vectors:
        """How rare each row of the encoder's table is, 0 to 1.5."""
        return self._arrays["rarity"]

    def __call__(
        self, rows: Layout, pieces: npt.NDArray[np.int64], encoder: SentenceEncoder
    ) -> Scores:
        """Score the spans of the sentences in all rows, one row after the other.

        `pieces` is the piece of each of these tokens, `(t,)`; a span lies in one piece.
        """
        lengths = rows.real.sum(axis=1)
        parts: list[list[Vectors]] = [[] for _ in lengths]
        none = np.empty(len(lengths), dtype=np.float32)
        for lot in _lots(lengths):
            *scores, none[lot] = self._run(rows, lot, int(lengths[lot].max()), encoder)
            for at, row in enumerate(lot.tolist()):
                parts[row] = [values[at, rows.heads[row] : lengths[row]] for values in scores]
        starts, ends, firsts, lasts = map(np.concatenate, zip(*parts, strict=True))
        # One after the other, yet no span reaches into the next row: its pieces are others.
        spans = _span_scores(starts, ends, firsts, lasts, pieces)
        spans[spans > FAR] += np.broadcast_to(self._arrays["lengths"], spans.shape)[spans > FAR]
        least = -np.logaddexp.reduce(-none)  # nothing answers if not even the likeliest row does
        return Scores(spans, float(self._arrays["null"][0] + least))

    def _run(
        self, rows: Layout, lot: Int64Array, longest: int, encoder: SentenceEncoder
    ) -> list[Vectors]:
        """Run the network on some rows, cut off behind their longest."""
        outputs: list[Vectors] = self._session.run(
            None,
            {
                "vectors": self._vectors(rows.ids[lot, :longest], encoder),
                "segments": rows.segments[lot, :longest],
                "features": rows.features[lot, :longest],
                "real": rows.real[lot, :longest],
            },
        )
        return outputs

    def _vectors(self, ids: Int64Array, encoder: SentenceEncoder) -> Vectors:
        known = ids >= 0
        vectors = np.empty((*ids.shape, encoder.dim), dtype=np.float32)
        vectors[known] = units(encoder.token_vectors(ids[known]))
        vectors[~known] = self._arrays["special"][-1 - ids[~known]]
        return vectors

    @cached_property
    def _arrays(self) -> dict[str, Vectors]:
        with np.load(self._folder / "reader.npz") as file:
            arrays = {name: file[name].astype(np.float32) for name in file.files}
        arrays["rarity"] /= 100  # stored in whole hundredths
        return arrays

    @cached_property
    def _session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # memory that is kept would count for each worker
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return InferenceSession(
            self._folder / "reader.onnx", options, providers=["CPUExecutionProvider"]
        )


def _lots(lengths: Int64Array) -> list[Int64Array]:
    """Split rows into short and long ones, so that as little as possible is padding.

    >>> _lots(np.array([90, 30, 80, 20]))
    [array([3, 1]), array([2, 0])]
    """
    order = np.argsort(lengths, kind="stable")
    longest, count = lengths[order], len(order)
    areas = [
        at * (longest[at - 1] if at else 0) + (count - at) * longest[-1] for at in range(count)
    ]
    split = int(np.argmin(areas))
    return [lot for lot in (order[:split], order[split:]) if len(lot)]


def _span_scores(
    starts: Vectors, ends: Vectors, firsts: Vectors, lasts: Vectors, pieces: npt.NDArray[np.int64]
) -> Vectors:
    """Score the spans that lie in one piece; all others get a score far below."""
    count = len(starts)
    padding = (0, LONGEST - 1)
    reach = np.arange(count)[:, np.newaxis] + np.arange(LONGEST)
    lasting = np.pad(lasts, (padding, (0, 0)))
    scores = starts[:, np.newaxis] + np.pad(ends, padding)[reach]
    scores += np.einsum("td,tmd->tm", firsts, lasting[reach]) / np.float32(ENDS**0.5)
    fits = np.pad(pieces, padding, constant_values=-1)[reach] == pieces[:, np.newaxis]
    return np.where(fits & (pieces >= 0)[:, np.newaxis], scores, FAR).astype(np.float32)
