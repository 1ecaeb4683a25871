"""How long work tells how far it is."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[str, int, int], None]
"""Called with the phase (`reading`, `embedding`, …), what is done, and of how many."""

T = TypeVar("T")


def silent(phase: str, done: int, total: int) -> None:
    """Tells nobody."""


def both(one: Progress, other: Progress) -> Progress:
    """Tells two."""

    def tell(phase: str, done: int, total: int) -> None:
        one(phase, done, total)
        other(phase, done, total)

    return tell


def counted(items: Iterable[T], total: int, phase: str, progress: Progress) -> Iterator[T]:
    """Passes items on and reports each one as done when the next is asked for."""
    progress(phase, 0, total)
    for done, item in enumerate(items, 1):
        yield item
        progress(phase, done, total)
