"""The dense leg: exact search over unit vectors in FAISS; the only home of faiss."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import faiss
import numpy as np

from index.arrays import Int64Array
from index.models.encoder import Vectors


class VectorIndex:
    """Vectors, each known by the number of its passage. Search is by inner product, exact.

    They lie in several segments; what a later generation dropped of one is passed over.
    """

    def __init__(self, parts: Sequence["VectorPart"]) -> None:
        self._parts = parts

    @property
    def dim(self) -> int | None:
        """Components of a vector; None where there is none at all."""
        return self._parts[0].dim if self._parts else None

    def __len__(self) -> int:
        return sum(part.live for part in self._parts)

    def search(
        self, question: Vectors, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The nearest passages to a vector of shape `(1, dim)`: number and cosine, best first."""
        chosen = None if allowed is None else np.fromiter(allowed, dtype=np.int64)
        found = [hit for part in self._parts for hit in part.search(question, limit, chosen)]
        return sorted(found, key=lambda hit: -hit[1])[:limit]

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """The vectors of some passages, shape `(len(numbers), dim)`.

        Raises:
            KeyError: one of them is not here.
        """
        return np.stack([self._vector(number) for number in numbers])

    def _vector(self, number: int) -> Vectors:
        for part in self._parts:
            row = int(np.searchsorted(part.numbers, number))
            if row < len(part.numbers) and part.numbers[row] == number:
                return part.row(row)
        raise KeyError(number)


class VectorPart:
    """The vectors of one segment, in the order of its passages' numbers, ascending."""

    def __init__(self, path: Path, numbers: Int64Array, dropped: Int64Array) -> None:
        """Maps the file. Call it in the process that searches: FAISS does not survive a fork."""
        # One thread a search: requests run beside each other, and a team for each of them costs
        # ten times what it saves (20,000 vectors: 0.65 ms with one thread, 6.2 ms with two).
        faiss.omp_set_num_threads(1)
        # MMAP_IFC maps flat storage; plain MMAP would copy it into memory.
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        self.numbers = numbers
        self._keeps = ~np.isin(numbers, dropped)
        self.live = int(self._keeps.sum())

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def all(self) -> Vectors:
        """All vectors, shape `(n, dim)`, those of dropped passages too."""
        return np.asarray(self._index.reconstruct_n(0, len(self)))

    def row(self, at: int) -> Vectors:
        """One vector, shape `(dim,)`."""
        return np.asarray(self._index.reconstruct(at))

    def search(
        self, question: Vectors, limit: int, allowed: Int64Array | None
    ) -> list[tuple[int, float]]:
        """The nearest of this segment, as `VectorIndex.search` gives them."""
        keeps = self._keeps if allowed is None else self._keeps & np.isin(self.numbers, allowed)
        limit = min(limit, int(np.count_nonzero(keeps)))
        if limit < 1:
            return []
        scores, rows = self._index.search(question, limit, params=_only(keeps))
        return [
            (int(self.numbers[row]), float(score))
            for row, score in zip(rows[0], scores[0], strict=True)
            if row >= 0
        ]


class VectorWriter:
    """Collects the vectors of a segment, a handful at a time, and writes its file."""

    def __init__(self, dim: int) -> None:
        self._index = faiss.IndexFlatIP(dim)

    def add(self, vectors: Vectors) -> None:
        """Adds vectors of shape `(n, dim)`."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def rows(self) -> Vectors:
        """All that was added, shape `(n, dim)`."""
        return np.asarray(self._index.reconstruct_n(0, self._index.ntotal))

    def write(self, path: Path) -> None:
        """Writes what was added.

        Raises:
            OSError: it can't be written, as on a full disk.
        """
        with path.open("wb") as file:
            into = _Into(file)
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(into))  # type: ignore[attr-defined]
            if into.failed:
                raise into.failed


class _Into:
    """Where FAISS writes to: by itself it tells of a full disk without its number, on stderr."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed: OSError | None = None

    def __call__(self, data: bytes) -> int:
        if not self.failed:
            try:
                self._file.write(data)
            except OSError as error:  # must not cross FAISS
                self.failed = error
        return len(data)


def _only(keeps: np.ndarray[Any, np.dtype[np.bool_]]) -> faiss.SearchParameters | None:
    """A search over the rows that are marked; all rows need no parameters."""
    if keeps.all():
        return None
    marks = np.packbits(keeps, bitorder="little")
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(marks))  # type: ignore[call-arg, arg-type]
