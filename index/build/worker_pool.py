"""Run work in several forked processes and yield the results in order.

What a worker needs is there from the start and never sent; results are. A worker ends when its
parent is gone, however that ended. Each worker has a pipe of its own, so that its end shows there.

`concurrent.futures.ProcessPoolExecutor` was tried on 2026-11-26 (Python 3.11, fork) and dropped. It
needs 50 lines less and as much time (10,000 passages: 13.3 s of CPU against 13.8 s), but its
workers share one pipe for results. After one of two was killed at a random moment while they sent
results of 0.2 to 5 MB (a rebuild sends 2.4 MB at a time), the parent waited forever in 17 of 40
runs; here it reported the loss in all 40. Its workers also outlive a killed parent, with the lock
of the store, unless they watch the parent in a thread and close the files that they inherited.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar, cast

from index.errors import YijuError

T = TypeVar("T")
R = TypeVar("R")

_ENDED = (
    "A process of the rebuild was ended from outside, likely for want of memory. Run the command "
    "again: it goes on from where it was."
)
_STOPS = (signal.SIGINT, signal.SIGTERM)
_HIGHEST_FILE = 4096
_EARLY = 16  # results that may wait for one that takes long


class WorkerError(YijuError):
    """A process ended before its work was done: killed, probably because memory ran out."""


def in_order(work: Callable[[T], R], items: Iterable[T], processes: int) -> Iterator[tuple[T, R]]:
    """Yield each item with its result of `work`, in the order given.

    With one process the work is done in this one. Each worker has one item at a time, and only a
    few results wait, so little is in memory.

    Raises:
        WorkerError: a worker was killed.
        Exception: whatever `work` raises.
    """
    if processes < 2:
        for item in items:
            yield item, work(item)
        return
    workers = [_Worker[T, R](work) for _ in range(processes)]
    try:
        yield from _through(workers, enumerate(items))
    finally:
        for worker in workers:
            worker.end()


class _Worker(Generic[T, R]):
    def __init__(self, work: Callable[[T], R]) -> None:
        context = get_context("fork")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(work, theirs), daemon=True)
        with _signals_deferred():
            self._process.start()
        theirs.close()

    def give(self, item: T) -> None:
        try:
            self.connection.send(item)
        except OSError as ended:
            raise WorkerError(_ENDED) from ended

    def take(self) -> R:
        try:
            result, error = self.connection.recv()
        except (EOFError, OSError) as ended:  # killed between two messages, or in one
            raise WorkerError(_ENDED) from ended
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def end(self) -> None:
        self.connection.close()
        self._process.kill()
        self._process.join()


def _through(
    workers: Sequence[_Worker[T, R]], items: Iterator[tuple[int, T]]
) -> Iterator[tuple[T, R]]:
    """Give items to free workers; keep early results until their turn."""
    busy: dict[Connection, tuple[_Worker[T, R], int, T]] = {}
    free, early, turn = list(workers), dict[int, tuple[T, R]](), 0
    while True:
        while free and len(early) < _EARLY and (following := next(items, None)):
            worker, (number, item) = free.pop(), following
            worker.give(item)
            busy[worker.connection] = (worker, number, item)
        if turn in early:
            yield early.pop(turn)
            turn += 1
        elif busy:
            for ready in wait(list(busy)):
                worker, number, item = busy.pop(cast("Connection", ready))
                early[number] = (item, worker.take())
                free.append(worker)
        else:
            return


@contextmanager
def _signals_deferred() -> Iterator[None]:
    """Defer signals during a fork: an exception raised in it would be lost.

    The child ignores them from its first instant on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread handles signals
        return
    received: list[int] = []
    former = {
        number: signal.signal(number, lambda number, _: received.append(number))
        for number in _STOPS
    }
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler or signal.SIG_DFL)
        for late in received[:1]:
            signal.raise_signal(late)


def _serve(work: Callable[[T], R], end: Connection) -> None:
    """Run a worker: process items until the parent closes its end, or is gone."""
    for number in _STOPS:  # the parent handles them and ends the workers
        signal.signal(number, signal.SIG_IGN)
    # One core per process: the thread pools of libraries would compete for them.
    os.putenv("TOKENIZERS_PARALLELISM", "false")
    # Inherited files would stay open here: the store's lock, and the parent's ends of other pipes,
    # whose closing shows other workers that it is gone.
    own = end.fileno()
    os.closerange(3, own)
    os.closerange(own + 1, _HIGHEST_FILE)
    while True:
        try:
            item = end.recv()
        except (EOFError, OSError):  # the parent is gone
            os._exit(0)
        outcome = _outcome(work, item)
        try:
            end.send(outcome)
        except OSError:
            os._exit(0)
        except Exception as error:  # noqa: BLE001 - the result can't be pickled
            end.send((None, error))


def _outcome(work: Callable[[T], R], item: T) -> tuple[R | None, Exception | None]:
    """Return an item's result, or the exception to be raised in the parent."""
    try:
        return work(item), None
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        return None, error
