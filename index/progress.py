"""Progress callbacks of long work."""

from collections.abc import Callable, Iterable, Iterator
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
