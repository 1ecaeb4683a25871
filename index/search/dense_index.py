"""Dense retrieval as a search needs it, whatever engine does it."""

from collections.abc import Collection, Sequence
from typing import Protocol

from index.models.encoder import Vectors


class DenseIndex(Protocol):
    """The unit vectors of a generation's passages, each known by its passage's number.

    Vectors that a later generation no longer has are neither counted nor returned by a search.
    Threads may share it.
    """

    @property
    def dim(self) -> int | None:
        """Components of a vector; None where there is no vector."""

    def __len__(self) -> int:
        """Return the number of vectors."""

    def search(
        self, question: Vectors, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the nearest passages with their cosines, best first.

        `question` is of shape `(1, dim)`. With `allowed`, only passages of these numbers count;
        a number without a passage is no error.
        """

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return the vectors of passages, shape `(len(numbers), dim)`.

        Raises:
            KeyError: a number has no vector.
        """
