"""The dense leg: exact search over unit vectors in FAISS; the only home of faiss."""

from collections.abc import Collection, Sequence
from pathlib import Path

import faiss
import numpy as np

from index.encoder import Vectors


class VectorIndex:
    """Vectors, each known by the number of its passage. Search is by inner product, exact."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @staticmethod
    def write(path: Path, ids: Sequence[int], vectors: Vectors) -> None:
        """Writes the index file for vectors of shape `(len(ids), dim)`."""
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(vectors, np.asarray(ids, dtype=np.int64))
        faiss.write_index(index, str(path))

    @classmethod
    def open(cls, path: Path) -> "VectorIndex":
        """Maps the file. Call it in the process that searches: FAISS does not survive a fork."""
        # One thread a search: requests run beside each other, and a team for each of them costs
        # ten times what it saves (20,000 vectors: 0.65 ms with one thread, 6.2 ms with two).
        faiss.omp_set_num_threads(1)
        # MMAP_IFC maps flat storage; plain MMAP would copy it into memory.
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    @property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, question: Vectors, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The nearest passages to a vector of shape `(1, dim)`: number and cosine, best first."""
        limit = min(limit, len(self))
        if limit == 0:
            return []
        params = None
        if allowed is not None:
            chosen = faiss.IDSelectorBatch(np.asarray(sorted(allowed), dtype=np.int64))
            params = faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
        scores, ids = self._index.search(question, limit, params=params)
        return [
            (int(number), float(score))
            for number, score in zip(ids[0], scores[0], strict=True)
            if number >= 0
        ]
