"""One worker process: the parent's handle. The loop that the process runs is in `worker_loop`.

What a forked worker needs is there from the start and never sent; results are. A worker ends when
its parent is gone, however that ended. Each has a connection of its own, so that its end shows.
"""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, Protocol, TypeVar

from index.errors import YijuError
from index.processes.limits import (
    BROKEN,
    TOO_LONG,
    TOO_MUCH_MEMORY,
    BeyondLimitsError,
    Limits,
)
from index.processes.worker_loop import NO_MEMORY, STOPS, Step, Tell, Work, serve_forked

T = TypeVar("T")
R = TypeVar("R")

_ENDED = (
    "A process of the rebuild was ended from outside, likely for want of memory. Run the command "
    "again: it goes on from where it was."
)
_FAULTS = frozenset({signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE})
_GRACE = 5.0  # seconds for a process to end whose connection is closed


def _nobody(done: int, total: int) -> None:
    """Ignore that a part of the work is done."""


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
        self._limits: Limits | None = None
        self._until: float | None = None
        self._outcome: tuple[R | None, Exception | None] | None = None

    @classmethod
    def forked(cls, work: Work[T, R]) -> "Worker[T, R]":
        """Fork this process; `work` is what it does with each item."""
        context = get_context("fork")
        own, theirs = context.Pipe()
        process = context.Process(target=serve_forked, args=(work, theirs), daemon=True)
        with _signals_deferred():
            process.start()
        theirs.close()
        return cls(own, process)

    @classmethod
    def started(cls, module: str, parts: object) -> "Worker[T, R]":
        """Start a program that calls `serve_started`, and send it the parts that it works with.

        A process with threads must not fork.

        Raises:
            WorkerError: the process was killed.
        """
        own, theirs = socket.socketpair()
        with theirs:
            process = _Program(module, theirs.fileno())
        worker = cls(Connection(own.detach()), process)
        worker._send(parts)
        return worker

    def give(self, item: T, limits: Limits | None = None) -> None:
        """Send an item of work.

        Raises:
            WorkerError: the process was killed.
        """
        self._limits, self._outcome = limits, None
        self._begin_time()
        self._send((item, limits))

    @property
    def seconds_left(self) -> float | None:
        """The seconds that the item may still take; None without a limit."""
        return None if self._until is None else max(0.0, self._until - time.monotonic())

    def receive(self, on_part: Tell) -> bool:
        """Wait for what the worker sends next; return whether it is the outcome of its work.

        For each part that is done `on_part` is called, and the time of the work begins anew.
        """
        if self._until is not None and not self.connection.poll(self.seconds_left):
            self._outcome, self.is_worn = (None, BeyondLimitsError(TOO_LONG)), True
            return True
        try:
            message = self.connection.recv()
        except (EOFError, OSError) as ended:  # killed between two messages, or in one
            self._outcome = None, self._reason(ended)
            return True
        if isinstance(message, Step):
            self._begin_time()
            on_part(message.done, message.total)
            return False
        result, error, self.is_worn = message
        self._outcome = result, error
        return True

    def take(self, on_part: Tell = _nobody) -> R:
        """Wait for the item's result and return it.

        Raises:
            BeyondLimitsError: the item took more than its limits, or broke the process.
            WorkerError: the process was killed.
            Exception: whatever the work raised.
        """
        while self._outcome is None:
            self.receive(on_part)
        (result, error), self._outcome = self._outcome, None
        if isinstance(error, MemoryError) and self._until is not None:
            self.is_worn = True
            raise BeyondLimitsError(TOO_MUCH_MEMORY) from error
        if error is not None:
            raise error
        return result  # type: ignore[return-value]

    def end(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()

    def _send(self, message: object) -> None:
        try:
            self.connection.send(message)
        except OSError as ended:
            raise WorkerError(_ENDED) from ended

    def _begin_time(self) -> None:
        """Let the time that the work may take begin now."""
        self._until = None if self._limits is None else time.monotonic() + self._limits.wall

    def _reason(self, ended: Exception) -> YijuError:
        """Return why the process has ended in the middle of its work."""
        self.is_worn = True
        self._process.join(_GRACE)
        code = self._process.exitcode
        error: YijuError = WorkerError(_ENDED)
        if self._until is not None and code is not None:
            if code == -signal.SIGXCPU:
                error = BeyondLimitsError(TOO_LONG)
            elif code == NO_MEMORY:
                error = BeyondLimitsError(TOO_MUCH_MEMORY)
            elif -code in _FAULTS:
                error = BeyondLimitsError(BROKEN)
        error.__cause__ = ended
        return error


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
        number: signal.signal(number, lambda number, _: received.append(number)) for number in STOPS
    }
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler or signal.SIG_DFL)
        for late in received[:1]:
            signal.raise_signal(late)
