"""Dense retrieval in Milvus: a `DenseIndex` over a collection of passages."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.arrays import Int64Array
from index.batches import batches
from index.milvus.milvus_server import MOST_HITS, MilvusServer
from index.models.encoder import Vectors

LEAST_DIM = 2
"""The fewest components that Milvus takes; a vector with fewer gets zeros."""

_ALLOWED = 10_000  # passage numbers in one condition
_FETCHED = 1000  # vectors looked up together


class MilvusDenseIndex:
    """A `DenseIndex` of a collection with `count` vectors of `dim` components, None without any."""

    def __init__(self, server: MilvusServer, collection: str, count: int, dim: int | None) -> None:
        self._server = server
        self._collection = collection
        self._count = count
        self.dim = dim if count else None

    def __len__(self) -> int:
        return self._count

    def search(
        self, question: Vectors, limit: int, allowed: Int64Array | None = None
    ) -> list[tuple[int, float]]:
        """Return the nearest passages with their cosines, best first."""
        limit = min(limit, self._count, MOST_HITS)
        if limit < 1:
            return []
        vector = padded(question)[0].tolist()
        hits = [
            (number, cosine)
            for condition in conditions(allowed)
            for number, cosine, _ in self._server.search(
                self._collection, "vector", vector, limit, condition
            )
        ]
        return sorted(hits, key=lambda hit: -hit[1])[:limit]

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return the vectors of passages, shape `(len(numbers), dim)`.

        Raises:
            KeyError: a number has no vector.
        """
        rows = {
            row["id"]: row["vector"]
            for batch in batches(numbers, _FETCHED)
            for row in self._server.get(self._collection, batch, ["id", "vector"])
        }
        return np.array([rows[number] for number in numbers], dtype=np.float32)[:, : self.dim]


def padded(vectors: Vectors) -> Vectors:
    """Return vectors with as many components as Milvus wants at least."""
    missing = max(0, LEAST_DIM - vectors.shape[1])
    return np.pad(vectors, ((0, 0), (0, missing)))


def conditions(allowed: Int64Array | None) -> Iterator[str]:
    """Yield conditions that together allow these passages; the empty one allows all."""
    if allowed is None:
        yield ""
        return
    for batch in batches(allowed.tolist(), _ALLOWED):
        yield f"id in {batch}"
