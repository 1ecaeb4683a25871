"""End a command with one sentence on Ctrl-C or SIGTERM, even while its modules are loading.

Import it before everything that takes long to load. It acts in Yiju's own programs only: a program
that imports Yiju as a library handles its signals itself.

It acts even on a signal that was ignored at the start: a shell has its background jobs ignore
SIGINT, and they could not be stopped otherwise. SIGHUP is left alone, for nohup.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import FrameType

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_CLEANUP_WITHIN = 5  # seconds
_PROGRAMS = ("yiju", "yiju.py", "index/rebuild.py")


class Stopped(BaseException):
    """The command was asked to stop; a BaseException, so that no handler takes it for an error.

    `number` is the signal's, `code` the exit code that a shell expects of a program ended by it.
    """

    def __init__(self, number: int) -> None:
        super().__init__("Stopped; nothing is lost. Run the command again to go on.")
        self.number = number
        self.code = 128 + number


@contextmanager
def raise_on_stop() -> Iterator[None]:
    """Raise `Stopped` in the block on the first signal to stop; exit at once on the second."""
    _handle(_raise_stopped)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _handle(_exit)


@contextmanager
def exit_on_stop() -> Iterator[None]:
    """Exit at once when a signal stops the block, which has nothing to put in order.

    A thread of it may wait for input, and asyncio tells what a handler raises within a callback as
    an error of that callback, and goes on.
    """
    _handle(_exit)
    try:
        yield
    finally:
        _handle(_raise_stopped)


def _raise_stopped(number: int, _: FrameType | None) -> None:
    _handle(_exit)
    # An exception raised within a destructor is lost, so a timer exits in any case.
    signal.signal(signal.SIGALRM, lambda *_: _exit(number, None))
    signal.setitimer(signal.ITIMER_REAL, _CLEANUP_WITHIN)
    raise Stopped(number)


def _exit(number: int, _: FrameType | None) -> None:
    stopped = Stopped(number)
    os.write(2, f"{stopped}\n".encode())
    os._exit(stopped.code)


def _handle(handler: "signal._HANDLER") -> None:
    if any(PurePath(sys.argv[0]).match(program) for program in _PROGRAMS):
        for number in _STOP_SIGNALS:
            signal.signal(number, handler)


_handle(_exit)
