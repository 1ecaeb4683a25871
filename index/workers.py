"""Does work in several processes, in order, on Linux and alike: they are forked.

What a process needs is there from the start and is never sent; what it gives back is. A process
whose parent is gone, however it ended, ends as well.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from index.errors import YijuError

T = TypeVar("T")
R = TypeVar("R")

_HIGHEST_FILE = 4096


class WorkerError(YijuError):
    """A process ended before its work was done: killed, likely for want of memory."""


def in_order(work: Callable[[T], R], items: Iterable[T], processes: int) -> Iterator[tuple[T, R]]:
    """Each item with what `work` makes of it, in the order given.

    With one process the work is done here. Each process has one item at a time, so little waits
    in memory.

    Raises:
        WorkerError: a process was killed.
        Exception: what `work` itself raises.
    """
    if processes < 2:
        for item in items:
            yield item, work(item)
        return
    workers = [_Worker(work) for _ in range(processes)]
    try:
        yield from _through(workers, iter(items))
    finally:
        for worker in workers:
            worker.end()


class _Worker(Generic[T, R]):
    def __init__(self, work: Callable[[T], R]) -> None:
        context = get_context("fork")
        self._end, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(work, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, item: T) -> None:
        self._end.send(item)

    def take(self) -> R:
        try:
            result, error = self._end.recv()
        except EOFError as ended:
            raise WorkerError(
                "A process of the rebuild was ended from outside, likely for want of memory. "
                "Run the command again: it goes on from where it was."
            ) from ended
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def end(self) -> None:
        self._end.close()
        self._process.kill()
        self._process.join()


def _through(workers: list[_Worker[T, R]], items: Iterator[T]) -> Iterator[tuple[T, R]]:
    busy: list[tuple[_Worker[T, R], T]] = []
    for worker, item in zip(workers, items, strict=False):
        worker.give(item)
        busy.append((worker, item))
    while busy:
        worker, item = busy.pop(0)
        result = worker.take()
        for following in items:
            worker.give(following)
            busy.append((worker, following))
            break
        yield item, result


def _serve(work: Callable[[T], R], end: Connection) -> None:
    """A process's whole life: takes items until the parent closes its end, or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and ends us
    # One process, one core: the teams of threads that libraries start would fight for them.
    os.putenv("TOKENIZERS_PARALLELISM", "false")
    # All that was open in the parent would stay open with us: the store's lock, and the parent's
    # ends of other pipes, whose closing tells that it is gone.
    own = end.fileno()
    os.closerange(3, own)
    os.closerange(own + 1, _HIGHEST_FILE)
    while True:
        try:
            item = end.recv()
        except EOFError:
            os._exit(0)
        try:
            end.send((work(item), None))
        except BrokenPipeError:
            os._exit(0)
        except Exception as error:  # noqa: BLE001 - raised again in the parent
            end.send((None, error))
