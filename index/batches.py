"""Takes many things in handfuls."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """All items in order, `size` at a time; the last handful may be smaller."""
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
