"""Protocol of dense retrieval, independent of the engine; `vectors` implements it."""

from collections.abc import Sequence
from typing import Protocol

from index.arrays import Int64Array
from index.models.encoder import Vectors


class DenseIndex(Protocol):
    """Unit vectors of a generation's passages, addressed by passage number. Thread-safe.

    Vectors of dropped passages are neither counted nor returned by a search.
    """

    @property
    def dim(self) -> int | None:
        """Components of a vector; None if there is no vector."""

    def __len__(self) -> int:
        """Return the number of vectors."""

    def search(
        self, question: Vectors, limit: int, allowed: Int64Array | None = None
    ) -> list[tuple[int, float]]:
        """Return the numbers of the `limit` nearest passages with their cosines, best first.

        `question` has shape `(1, dim)`. With `allowed`, the search is restricted to these passage
        numbers; unknown numbers are ignored.
        """

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return the vectors of passages, shape `(len(numbers), dim)`.

        Raises:
            KeyError: a number has no vector.
        """
