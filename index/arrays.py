"""Rows of unequal length in two flat arrays, handled without a Python loop; and numpy's files."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]

# numpy reads a file's header with Python's parser, which is not safe for threads before 3.12
# (python/cpython#106905): two generations opened at once would fail now and then.
_ONE_BY_ONE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ragged:
    """`len(starts) - 1` rows; row `i` is `values[starts[i]:starts[i + 1]]`."""

    values: Int32Array
    starts: Int64Array

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Ragged":
        """From Python sequences."""
        starts = cumulated(np.fromiter(map(len, rows), np.int64, len(rows)))
        return cls(np.fromiter(chain.from_iterable(rows), np.int32, int(starts[-1])), starts)

    @classmethod
    def joined(cls, parts: Sequence["Ragged"]) -> "Ragged":
        """The rows of all parts, in order."""
        values = np.concatenate([part.values for part in parts])
        return cls(values, cumulated(np.concatenate([part.lengths for part in parts])))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> Int64Array:
        """The length of each row."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Int64Array:
        """For each value the number of its row."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def take(self, rows: Int64Array) -> "Ragged":
        """Some rows, in the order given."""
        places, starts = stretches(self.starts, rows)
        return Ragged(self.values[places], starts)

    def where(self, keep: npt.NDArray[np.bool_]) -> "Ragged":
        """The same rows with only the values marked true."""
        return Ragged(self.values[keep], cumulated(keep)[self.starts])


def distinct(values: Int32Array) -> tuple[Int64Array, Int64Array]:
    """The different values, ascending, and for each value its place among them.

    For numbers that are not negative and not large, such as tokens: sorting takes five times as
    long.
    """
    seen = np.zeros(int(values.max(initial=-1)) + 1, dtype=np.bool_)
    seen[values] = True
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[values]


def stretches(starts: Int64Array, rows: Int64Array) -> tuple[Int64Array, Int64Array]:
    """The places of all values of some rows, and where each row begins among them."""
    lengths = starts[rows + 1] - starts[rows]
    begins = cumulated(lengths)
    return np.arange(begins[-1]) + np.repeat(starts[rows] - begins[:-1], lengths), begins


def cumulated(lengths: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> Int64Array:
    """Where rows of these lengths begin, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def read_array(path: Path, *, mapped: bool = False) -> npt.NDArray[Any]:
    """The array in a file; `mapped` leaves it on disk until it is used.

    Raises:
        OSError: it can't be opened.
        ValueError: it is none.
    """
    with _ONE_BY_ONE:
        found: npt.NDArray[Any] = np.load(path, mmap_mode="r" if mapped else None)
    return found
