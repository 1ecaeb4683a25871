"""One worker process: the parent's handle, and the loop that the process runs.

What a forked worker needs is there from the start and never sent; results are. A worker ends when
its parent is gone, however that ended. Each has a connection of its own, so that its end shows.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Generic, NoReturn, Protocol, TypeVar

from index.errors import YijuError
from index.processes.limits import (
    BROKEN,
    TOO_LONG,
    TOO_MUCH_MEMORY,
    TOO_MUCH_OUTPUT,
    BeyondLimitsError,
    Limits,
    address_space,
    limit_work,
)

T = TypeVar("T")
R = TypeVar("R")

_ENDED = (
    "A process of the rebuild was ended from outside, likely for want of memory. Run the command "
    "again: it goes on from where it was."
)
_STOPS = (signal.SIGINT, signal.SIGTERM)
_FAULTS = frozenset({signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE})
_NO_MEMORY = 77  # exit code of a worker that had not even memory to tell so
_GRACE = 5.0  # seconds for a process to end whose connection is closed


class WorkerError(YijuError):
    """A process ended before its work was done: killed, probably because memory ran out."""


class Process(Protocol):
    """What a handle asks of the process behind it."""

    def kill(self) -> None:
        """End it at once."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end."""

    @property
    def exitcode(self) -> int | None:
        """Its exit code, negative for a signal, None while it runs."""


class Worker(Generic[T, R]):
    """A process that does one piece of work at a time.

    `is_worn` if what the last piece of work left in its memory is much of what the next may take.
    """

    def __init__(self, connection: Connection, process: Process) -> None:
        self.connection = connection
        self.is_worn = False
        self._process = process
        self._until: float | None = None

    @classmethod
    def forked(cls, work: Callable[[T], R]) -> "Worker[T, R]":
        """Fork this process; `work` is what it does with each item."""
        context = get_context("fork")
        own, theirs = context.Pipe()
        process = context.Process(target=_serve_forked, args=(work, theirs), daemon=True)
        with _signals_deferred():
            process.start()
        theirs.close()
        return cls(own, process)

    @classmethod
    def started(cls, module: str) -> "Worker[T, R]":
        """Start a program that calls `serve_started`: a process with threads must not fork."""
        own, theirs = socket.socketpair()
        with theirs:
            process = _Program(module, theirs.fileno())
        return cls(Connection(own.detach()), process)

    def give(self, item: T, limits: Limits | None = None) -> None:
        """Send an item of work.

        Raises:
            WorkerError: the process was killed.
        """
        self._until = None if limits is None else time.monotonic() + limits.wall
        try:
            self.connection.send((item, limits))
        except OSError as ended:
            raise WorkerError(_ENDED) from ended

    @property
    def seconds_left(self) -> float | None:
        """The seconds that the item may still take; None without a limit."""
        return None if self._until is None else max(0.0, self._until - time.monotonic())

    def take(self) -> R:
        """Wait for the item's result and return it.

        Raises:
            BeyondLimitsError: the item took more than its limits, or broke the process.
            WorkerError: the process was killed.
            Exception: whatever the work raised.
        """
        if self._until is not None and not self.connection.poll(self.seconds_left):
            self.is_worn = True
            raise BeyondLimitsError(TOO_LONG)
        try:
            result, error, self.is_worn = self.connection.recv()
        except (EOFError, OSError) as ended:  # killed between two messages, or in one
            raise self._reason() from ended
        if isinstance(error, MemoryError) and self._until is not None:
            self.is_worn = True
            raise BeyondLimitsError(TOO_MUCH_MEMORY) from error
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def end(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()

    def _reason(self) -> YijuError:
        """Return why the process has ended in the middle of its work."""
        self.is_worn = True
        self._process.join(_GRACE)
        code = self._process.exitcode
        if self._until is not None and code is not None:
            if code == -signal.SIGXCPU:
                return BeyondLimitsError(TOO_LONG)
            if code == _NO_MEMORY:
                return BeyondLimitsError(TOO_MUCH_MEMORY)
            if -code in _FAULTS:
                return BeyondLimitsError(BROKEN)
        return WorkerError(_ENDED)


class _Program:
    """A program of ours as a process; its first argument is its end of the connection."""

    def __init__(self, module: str, end: int) -> None:
        command = [sys.executable, "-m", module, str(end)]
        self._popen = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[end])

    def kill(self) -> None:
        self._popen.kill()

    def join(self, timeout: float | None = None) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout)

    @property
    def exitcode(self) -> int | None:
        return self._popen.poll()


def serve_started(work: Callable[[T], R]) -> NoReturn:
    """Run the loop of a worker that was `started`."""
    _ignore_stops()
    _serve(work, Connection(int(sys.argv[1])))


def _serve_forked(work: Callable[[T], R], end: Connection) -> NoReturn:
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
    for number in _STOPS:  # the parent handles them and ends the workers
        signal.signal(number, signal.SIG_IGN)


def _serve(work: Callable[[T], R], end: Connection) -> NoReturn:
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
            packed = _packed(work, item, limits, size)
        except MemoryError:
            os._exit(_NO_MEMORY)
        try:
            end.send_bytes(packed)
        except OSError:
            os._exit(0)


def _packed(work: Callable[[T], R], item: T, limits: Limits | None, size: int) -> bytes:
    """Return an item's result, or the exception to be raised in the parent, as it is sent."""
    outcome = _outcome(work, item)
    worn = limits is not None and address_space() > size + limits.memory // 2
    try:
        packed = bytes(ForkingPickler.dumps((*outcome, worn)))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the result can't be pickled
        return bytes(ForkingPickler.dumps((None, error, worn)))
    if limits is not None and len(packed) > limits.output:
        return bytes(ForkingPickler.dumps((None, BeyondLimitsError(TOO_MUCH_OUTPUT), True)))
    return packed


def _outcome(work: Callable[[T], R], item: T) -> tuple[R | None, Exception | None]:
    """Return an item's result, or the exception to be raised in the parent."""
    try:
        return work(item), None
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        return None, error


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
