"""Batches of an iterable, and how a rebuild divides its work into them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Workload:
    """How a rebuild divides its work among processes, and into batches.

    `files` are stored in one transaction, `passages` are processed and stored together: a killed
    rebuild loses one batch at most. From `parallel_passages` on more than one process pays.
    """

    processes: int = 1
    files: int = 200
    passages: int = 512
    parallel_passages: int = 2000


DEFAULT_WORKLOAD = Workload()


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield all items in order, in lists of `size`; the last may be shorter.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
