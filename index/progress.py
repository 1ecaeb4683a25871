"""Progress callbacks of long work."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[str, int, int], None]
"""Called with the phase (`reading`, `indexing`, …), the amount done, and the total."""

T = TypeVar("T")


def silent(phase: str, done: int, total: int) -> None:
    """Ignore progress."""


def both(first: Progress, second: Progress) -> Progress:
    """Return a callback that forwards progress to two others."""

    def forward(phase: str, done: int, total: int) -> None:
        first(phase, done, total)
        second(phase, done, total)

    return forward


def counted(items: Iterable[T], total: int, phase: str, progress: Progress) -> Iterator[T]:
    """Yield items, and report each as done when the next is requested."""
    progress(phase, 0, total)
    for done, item in enumerate(items, 1):
        yield item
        progress(phase, done, total)


class PartialProgress:
    """Progress of pieces of work by their sizes, of which some are told to be done in part.

    It never goes back, though a piece may be told to begin anew. It counts in thousands.
    """

    def __init__(self, phase: str, total: int, progress: Progress) -> None:
        self._phase, self._total, self._progress = phase, total, progress
        self._whole = self._reported = 0.0
        self._parts: dict[Hashable, float] = {}

    def partly(self, name: Hashable, size: int, share: float) -> None:
        """Report that a share of a piece of this size is done."""
        self._parts[name] = share * size
        self._report()

    def each(self, results: Iterable[T], piece: Callable[[T], tuple[Hashable, int]]) -> Iterator[T]:
        """Yield results, and report the `piece` of each, its name and size, as done afterwards."""
        self._report()
        for result in results:
            yield result
            name, size = piece(result)
            self._parts.pop(name, None)
            self._whole += size
            self._report()
        self._whole = self._total
        self._report()

    def _report(self) -> None:
        done = min(self._whole + sum(self._parts.values()), self._total)
        self._reported = max(self._reported, done)
        end = -(-self._total // 1000)
        is_all = self._reported == self._total
        self._progress(self._phase, end if is_all else int(self._reported // 1000), end)
