"""The loop of a worker process: it does one piece of work after the other until its parent is gone.

The parent's handle is in `worker_process`.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import NoReturn, TypeVar

from index.processes.limits import (
    TOO_MUCH_OUTPUT,
    BeyondLimitsError,
    Limits,
    address_space,
    limit_work,
)

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")

Tell = Callable[[int, int], None]
"""Called at work with the parts that are done, and all parts of the piece of work."""

Work = Callable[[T, Tell], R]
"""What a worker does with an item. Whenever it tells of a part, its limits begin anew."""

STOPS = (signal.SIGINT, signal.SIGTERM)
NO_MEMORY = 77
"""Exit code of a worker that had not even memory to tell so."""


@dataclass(frozen=True, slots=True)
class Step:
    """A message in the middle of a piece of work: so many of its parts are done."""

    done: int
    total: int


def serve_started(work_of: Callable[[P], Work[T, R]]) -> NoReturn:
    """Run the loop of a worker that was `started`, with the work of the parts that it is sent."""
    _ignore_stops()
    end = Connection(int(sys.argv[1]))
    try:
        parts = end.recv()
    except (EOFError, OSError):  # the parent is gone
        os._exit(0)
    _serve(work_of(parts), end)


def serve_forked(work: Work[T, R], end: Connection) -> NoReturn:
    """Run the loop of a worker that was forked."""
    _ignore_stops()
    # One core per process: the thread pools of libraries would compete for them.
    os.putenv("TOKENIZERS_PARALLELISM", "false")
    # Inherited files would stay open here: the store's lock, and the parent's ends of other pipes,
    # whose closing shows other workers that it is gone.
    own = end.fileno()
    os.closerange(3, own)
    os.closerange(own + 1, 1 + max(int(file.name) for file in Path("/dev/fd").iterdir()))
    _serve(work, end)


def _ignore_stops() -> None:
    for number in STOPS:  # the parent handles them and ends the workers
        signal.signal(number, signal.SIG_IGN)


def _serve(work: Work[T, R], end: Connection) -> NoReturn:
    """Process items until the parent closes its end, or is gone."""
    size = address_space()
    while True:
        try:
            item, limits = end.recv()
        except (EOFError, OSError):  # the parent is gone
            os._exit(0)
        try:
            if limits is not None:
                limit_work(limits, size)
            packed = _packed(work, item, _Telling(end, limits, size))
        except MemoryError:
            os._exit(NO_MEMORY)
        try:
            end.send_bytes(packed)
        except OSError:
            os._exit(0)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells the parent of parts of a piece of work, which has `limits` beyond a `size`."""

    end: Connection
    limits: Limits | None
    size: int

    def __call__(self, done: int, total: int) -> None:
        if self.limits is not None:
            limit_work(self.limits, self.size)
        self.end.send(Step(done, total))


def _packed(work: Work[T, R], item: T, tell: _Telling) -> bytes:
    """Return an item's result, or the exception to be raised in the parent, as it is sent."""
    limits = tell.limits
    outcome = _outcome(work, item, tell)
    worn = limits is not None and address_space() > tell.size + limits.memory // 2
    try:
        packed = bytes(ForkingPickler.dumps((*outcome, worn)))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the result can't be pickled
        return bytes(ForkingPickler.dumps((None, error, worn)))
    if limits is not None and len(packed) > limits.output:
        return bytes(ForkingPickler.dumps((None, BeyondLimitsError(TOO_MUCH_OUTPUT), True)))
    return packed


def _outcome(work: Work[T, R], item: T, tell: Tell) -> tuple[R | None, Exception | None]:
    """Return an item's result, or the exception to be raised in the parent."""
    try:
        return work(item, tell), None
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        return None, error
