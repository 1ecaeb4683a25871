"""Exact search over unit vectors with FAISS; the only home of faiss.

Which segments a generation has is left to `segments`; the protocol is in `dense_index`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import faiss
import numpy as np

from index.arrays import Int64Array
from index.models.encoder import Vectors


class VectorIndex:
    """A `DenseIndex` over several segments; its search is exact, by inner product."""

    def __init__(self, parts: Sequence["VectorPart"]) -> None:
        self._parts = parts

    @property
    def dim(self) -> int | None:
        """Components of a vector; None if there is no segment."""
        return self._parts[0].dim if self._parts else None

    def __len__(self) -> int:
        return sum(part.live_count for part in self._parts)

    def search(
        self, question: Vectors, limit: int, allowed: Int64Array | None = None
    ) -> list[tuple[int, float]]:
        """Return the nearest passages with their cosines, best first."""
        hits = [hit for part in self._parts for hit in part.search(question, limit, allowed)]
        return sorted(hits, key=lambda hit: -hit[1])[:limit]

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return the vectors of passages, shape `(len(numbers), dim)`.

        Raises:
            KeyError: a number has no vector.
        """
        return np.stack([self._vector(number) for number in numbers])

    def _vector(self, number: int) -> Vectors:
        for part in self._parts:
            row = int(np.searchsorted(part.numbers, number))
            if row < len(part.numbers) and part.numbers[row] == number:
                return part.vector(row)
        raise KeyError(number)


class VectorPart:
    """The vectors of one segment, in ascending order of passage numbers."""

    def __init__(self, path: Path, numbers: Int64Array, dropped: Int64Array) -> None:
        """Map the file; must run in the process that searches, as FAISS does not survive a fork.

        `numbers` are the passage numbers of the rows, `dropped` those to be skipped.

        Raises:
            OSError: the file can't be mapped, as where too many are open.
        """
        # One thread a search: requests run beside each other, and a team for each of them costs
        # ten times what it saves (20,000 vectors: 0.65 ms with one thread, 6.2 ms with two).
        faiss.omp_set_num_threads(1)
        try:
            # MMAP_IFC maps flat storage; plain MMAP would copy it into memory.
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:  # without an errno
            raise OSError(f"{path.name} can't be mapped") from error
        self.numbers = numbers
        self._is_live = ~np.isin(numbers, dropped)
        self.live_count = int(self._is_live.sum())

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def all_vectors(self) -> Vectors:
        """Return all vectors, shape `(n, dim)`, dropped passages included."""
        return np.asarray(self._index.reconstruct_n(0, len(self)))

    def vector(self, row: int) -> Vectors:
        """Return the vector at a row, shape `(dim,)`."""
        return np.asarray(self._index.reconstruct(row))

    def search(
        self, question: Vectors, limit: int, allowed: Int64Array | None
    ) -> list[tuple[int, float]]:
        """Search this segment alone, as `VectorIndex.search` does."""
        mask = self._is_live if allowed is None else self._is_live & np.isin(self.numbers, allowed)
        limit = min(limit, int(np.count_nonzero(mask)))
        if limit < 1:
            return []
        scores, rows = self._index.search(question, limit, params=_search_parameters(mask))
        return [
            (int(self.numbers[row]), float(score))
            for row, score in zip(rows[0], scores[0], strict=True)
            if row >= 0
        ]


class VectorWriter:
    """Writer of a segment's vectors, added in batches."""

    def __init__(self, dim: int) -> None:
        self._index = faiss.IndexFlatIP(dim)

    def add(self, vectors: Vectors) -> None:
        """Add vectors of shape `(n, dim)`."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def rows(self) -> Vectors:
        """Return all added vectors, shape `(n, dim)`."""
        return np.asarray(self._index.reconstruct_n(0, self._index.ntotal))

    def write(self, path: Path) -> None:
        """Write the added vectors.

        Raises:
            OSError: the file can't be written, as on a full disk.
        """
        with path.open("wb") as file:
            sink = _Sink(file)
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(sink))  # type: ignore[attr-defined]
            if sink.error:
                raise sink.error


class _Sink:
    """File-like target for FAISS that keeps the `OSError`, which FAISS would drop."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def __call__(self, data: bytes) -> int:
        if not self.error:
            try:
                self._file.write(data)
            except OSError as error:  # must not cross FAISS
                self.error = error
        return len(data)


def _search_parameters(mask: np.ndarray[Any, np.dtype[np.bool_]]) -> faiss.SearchParameters | None:
    """Return search parameters for the rows in `mask`; None if it has all."""
    if mask.all():
        return None
    marks = np.packbits(mask, bitorder="little")
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(marks))  # type: ignore[call-arg, arg-type]
