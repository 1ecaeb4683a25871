"""Ragged arrays: rows of unequal length in two flat arrays, without a Python loop."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
Float32Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# numpy parses a file's header with Python's parser, which is not thread-safe before 3.12
# (python/cpython#106905): opening two generations at once would fail now and then.
_HEADER_LOCK = threading.Lock()
_SIGN_AND_MOVED = np.uint32(0x8FFFE000).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Ragged:
    """`len(starts) - 1` rows; row `i` is `values[starts[i]:starts[i + 1]]`."""

    values: Int32Array
    starts: Int64Array

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Ragged":
        """Return a ragged array of Python sequences."""
        starts = cumulated(np.fromiter(map(len, rows), np.int64, len(rows)))
        return cls(np.fromiter(chain.from_iterable(rows), np.int32, int(starts[-1])), starts)

    @classmethod
    def joined(cls, parts: Sequence["Ragged"]) -> "Ragged":
        """Return the rows of all parts, in order."""
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
        """The row number of each value."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def take(self, rows: Int64Array) -> "Ragged":
        """Return the rows with these numbers, in the order given."""
        positions, starts = stretches(self.starts, rows)
        return Ragged(self.values[positions], starts)

    def where(self, keep: Mask) -> "Ragged":
        """Return the same rows with only the values where `keep` is true."""
        return Ragged(self.values[keep], cumulated(keep)[self.starts])


def distinct(values: Int32Array) -> tuple[Int64Array, Int64Array]:
    """Return the distinct values, ascending, and the index of each value among them.

    For small non-negative integers, such as tokens; sorting takes six times as long.

    >>> [array.tolist() for array in distinct(np.array([7, 2, 7], dtype=np.int32))]
    [[2, 7], [1, 0, 1]]
    """
    at = values.astype(np.int64)  # once, as numpy would for each use as an index
    present = np.zeros(int(at.max(initial=-1)) + 1, dtype=np.bool_)
    present[at] = True
    used = np.flatnonzero(present)
    places = np.empty(len(present), dtype=np.int64)  # read only where a value is
    places[used] = np.arange(len(used))
    return used, places[at]


def stretches(starts: Int64Array, rows: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Return the positions of all values of the rows, and the offset of each row among them."""
    lengths = starts[rows + 1] - starts[rows]
    begins = cumulated(lengths)
    return np.arange(begins[-1]) + np.repeat(starts[rows] - begins[:-1], lengths), begins


def cumulated(lengths: npt.NDArray[np.integer] | Mask) -> Int64Array:
    """Return the offsets at which rows of these lengths begin, and the end of the last.

    >>> cumulated(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])


def widened(numbers: npt.NDArray[np.floating]) -> Float32Array:
    """Return numbers of half or single precision, none of them infinite, in single precision.

    Of half precision the bits are moved to where single precision has them, and the exponent is put
    right by a product: numpy takes twice as long, as it converts one by one.
    """
    if numbers.dtype != np.float16:
        return numbers.astype(np.float32)
    bits = numbers.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= _SIGN_AND_MOVED
    wide = bits.view(np.float32)
    wide *= np.float32(2.0**112)
    return wide


def read_array(path: Path, *, mapped: bool = False) -> npt.NDArray[Any]:
    """Return the array in a file; `mapped` leaves it on disk until it is used.

    Raises:
        OSError: the file can't be opened.
        ValueError: the file is not an array.
    """
    with _HEADER_LOCK:
        array = np.load(path, mmap_mode="r" if mapped else None)
    return np.asarray(array)  # no `memmap`, which is slower to index


def save_joined(path: Path, parts: Sequence[npt.NDArray[Any]]) -> None:
    """Write arrays of one kind, at least one, one after the other as `numpy.save` writes one.

    Raises:
        OSError: the file can't be written, as on a full disk.
    """
    header = {
        "descr": npy.dtype_to_descr(parts[0].dtype),
        "fortran_order": False,
        "shape": (sum(map(len, parts)), *parts[0].shape[1:]),
    }
    with path.open("wb") as file:
        npy.write_array_header_1_0(file, header)
        for part in parts:
            file.write(np.ascontiguousarray(part).data)
