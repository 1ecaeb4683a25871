"""Product quantisation: codes of 4 bits by which the likely nearest of many vectors are found.

Every vector is compared, 64 bytes each where it has 512, by tables in the processor's registers
(Jégou, Douze, Schmid 2011; André, Kermarrec, Le Scouarnec 2015). Indexes that look at a part of the
vectors only, such as IVF and HNSW, lose those of a question: it is unlike the passages by whose
vectors the parts are made. `docs/performance.md` has the figures.
"""

from pathlib import Path

import faiss
import numpy as np

from index.arrays import Int64Array
from index.models.encoder import Vectors
from index.search.dense.faiss_files import write_index

LEAST = 16
"""Vectors below which there are no codes: each part of a vector has as many."""

SAMPLE = 65_536
"""Vectors that the coding is made for; more change nothing that could be measured."""

_ROUNDS = 10  # of k-means


class Codes:
    """Codes of vectors, by row. Threads may share them."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def trained_on(cls, sample: Vectors) -> "Codes":
        """Return no codes yet, in a coding made for vectors like these, shape `(n, dim)`.

        `n` is at least `LEAST`.
        """
        dim = sample.shape[1]
        parts = dim // 2 if dim % 2 == 0 else dim
        index = faiss.IndexPQFastScan(dim, parts, 4, faiss.METRIC_INNER_PRODUCT)
        index.pq.cp.niter = _ROUNDS
        index.pq.cp.min_points_per_centroid = 1  # it warns below
        index.train(np.ascontiguousarray(sample, dtype=np.float32))
        return cls(index)

    def add(self, vectors: Vectors) -> None:
        """Add the codes of vectors of shape `(n, dim)`."""
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    @classmethod
    def read(cls, path: Path) -> "Codes":
        """Read codes from a file.

        Raises:
            OSError: the file can't be read.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:  # without an errno
            raise OSError(f"{path.name} can't be read") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, questions: Vectors, count: int) -> Int64Array:
        """Return the rows of the `count` likely nearest to each question, `(n, count)`."""
        _, rows = self._index.search(questions, min(count, len(self)))
        return np.asarray(rows)

    def write(self, path: Path) -> None:
        """Write the codes.

        Raises:
            OSError: the file can't be written, as on a full disk.
        """
        write_index(self._index, path)
