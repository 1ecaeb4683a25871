"""Ends a command that is told to stop (Ctrl-C, SIGTERM) in one sentence, even while it is loading.

It is imported before all that takes long. Only the program listens: who imports Yiju as a library
decides on signals himself.

It listens even where a signal was ignored when it began: a shell that runs a job in the background
has it ignore SIGINT, and nobody could stop it so. What nohup ignores, SIGHUP, is left alone.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import FrameType

_STOPS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 5  # seconds to clear away
_PROGRAMS = ("yiju", "yiju.py", "rebuild.py")


class Stopped(BaseException):
    """The command was told to stop; no error, so that nobody takes it for one."""

    def __init__(self, number: int) -> None:
        super().__init__("Stopped; nothing is lost. Run the command again to go on.")
        self.code = 128 + number
        """What a shell expects of a program that a signal ended."""


@contextmanager
def unwinding() -> Iterator[None]:
    """Raises `Stopped` in a block that is told to stop; told so again, it ends at once."""
    _listen(_unwind)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _listen(_end)


def _unwind(number: int, _: FrameType | None) -> None:
    _listen(_end)
    # An error that is raised within a destructor gets lost.
    signal.signal(signal.SIGALRM, lambda *_: _end(number, None))
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    raise Stopped(number)


def _end(number: int, _: FrameType | None) -> None:
    stopped = Stopped(number)
    os.write(2, f"{stopped}\n".encode())
    os._exit(stopped.code)


def _listen(hear: "signal._HANDLER") -> None:
    if PurePath(sys.argv[0]).name in _PROGRAMS:
        for number in _STOPS:
            signal.signal(number, hear)


_listen(_end)
