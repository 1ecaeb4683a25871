"""Run work in several forked processes and yield the results in order.

`concurrent.futures.ProcessPoolExecutor` was tried on 2026-11-26 (Python 3.11, fork) and dropped. It
needs 50 lines less and as much time (10,000 passages: 13.3 s of CPU against 13.8 s), but its
workers share one pipe for results. After one of two was killed at a random moment while they sent
results of 0.2 to 5 MB (a rebuild sends 2.4 MB at a time), the parent waited forever in 17 of 40
runs; here it reported the loss in all 40. Its workers also outlive a killed parent, with the lock
of the store, unless they watch the parent in a thread and close the files that they inherited.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar, cast

from index.processes.limits import BeyondLimitsError, Limits
from index.processes.worker_loop import Work
from index.processes.worker_process import Worker

T = TypeVar("T")
R = TypeVar("R")

_EARLY = 16  # results that may wait for one that takes long


def _nobody(item: object, done: int, total: int) -> None:
    """Ignore that a part of an item is done."""


@dataclass(frozen=True)  # a generic class with slots can't be subscripted and called
class Guard(Generic[T, R]):
    """The limits of each item, and the result of one that went beyond them.

    `on_part` is called with an item, how many of its parts are done, and how many there are.
    """

    limits: Callable[[T], Limits]
    lost: Callable[[T, BeyondLimitsError], R]
    on_part: Callable[[T, int, int], None] = _nobody


def in_order(
    work: Callable[[T], R], items: Iterable[T], processes: int, guard: Guard[T, R] | None = None
) -> Iterator[tuple[T, R]]:
    """Yield each item with its result of `work`, in the order given.

    With one process and no `guard` the work is done in this one. Each worker has one item at a
    time, and only a few results wait, so little is in memory. A worker that an item breaks, or
    takes beyond its limits, is replaced.

    Raises:
        WorkerError: a worker was killed.
        Exception: whatever `work` raises.
    """
    if processes < 2 and guard is None:
        for item in items:
            yield item, work(item)
        return
    yield from _through(_Pool(lambda item, _: work(item), processes, guard), items)


def in_parts(
    work: Work[T, R], items: Iterable[T], processes: int, guard: Guard[T, R]
) -> Iterator[tuple[T, R]]:
    """Yield as `in_order` does, in other processes, the results of work that tells of its parts."""
    yield from _through(_Pool(work, processes, guard), items)


class _Pool(Generic[T, R]):
    def __init__(self, work: Work[T, R], processes: int, guard: Guard[T, R] | None) -> None:
        self._work, self._guard = work, guard
        self._free = [Worker[T, R].forked(work) for _ in range(processes)]
        self._busy: dict[Connection, tuple[Worker[T, R], int, T]] = {}

    def through(self, items: Iterator[tuple[int, T]]) -> Iterator[tuple[T, R]]:
        """Give items to free workers; keep early results until their turn."""
        early, turn = dict[int, tuple[T, R]](), 0
        while True:
            while self._free and len(early) < _EARLY and (following := next(items, None)):
                self._give(*following)
            if turn in early:
                yield early.pop(turn)
                turn += 1
            elif self._busy:
                for connection in self._ready():
                    worker, number, item = self._busy[connection]
                    if worker.receive(partial(self._report_part, item)):
                        del self._busy[connection]
                        early[number] = (item, self._result(worker, item))
            else:
                return

    def end(self) -> None:
        """End all workers, whatever they do."""
        for worker in [*self._free, *(worker for worker, _, _ in self._busy.values())]:
            worker.end()

    def _give(self, number: int, item: T) -> None:
        worker = self._free.pop()
        self._busy[worker.connection] = (worker, number, item)
        worker.give(item, None if self._guard is None else self._guard.limits(item))

    def _report_part(self, item: T, done: int, total: int) -> None:
        if self._guard is not None:
            self._guard.on_part(item, done, total)

    def _ready(self) -> list[Connection]:
        """Wait for results, or until a worker's time is over; return their connections."""
        lefts = [worker.seconds_left for worker, _, _ in self._busy.values()]
        timeout = min((left for left in lefts if left is not None), default=None)
        ready = [cast("Connection", connection) for connection in wait(list(self._busy), timeout)]
        over = [
            connection
            for connection, (worker, _, _) in self._busy.items()
            if worker.seconds_left == 0 and connection not in ready
        ]
        return ready + over

    def _result(self, worker: Worker[T, R], item: T) -> R:
        """Take a worker's result and free the worker, or replace it."""
        try:
            return worker.take()
        except BeyondLimitsError as error:
            if self._guard is None:
                raise
            return self._guard.lost(item, error)
        finally:
            if worker.is_worn:
                worker.end()
                worker = Worker[T, R].forked(self._work)
            self._free.append(worker)


def _through(pool: _Pool[T, R], items: Iterable[T]) -> Iterator[tuple[T, R]]:
    try:
        yield from pool.through(enumerate(items))
    finally:
        pool.end()
