"""Starts a rebuild of the recorded PATHs in a process of its own, and tells how far it is.

Any number of server processes may start one: a lock on a file, which the started process holds for
as long as it lives, lets only one through. The rebuild outlives the server process that started it.
"""

import fcntl
import logging
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import IO

from index.errors import BusyError, UsageError
from index.store.library import Library
from index.store.lock import WriterStatus
from index.store.rebuild_state import RebuildState
from index.store.store import Store

STARTING = WriterStatus("starting", 0, 1)

_FAILED = "failed"
_log = logging.getLogger(__name__)
_PATIENCE = 0.5  # seconds: who asks whether it is held holds it for a moment
_PAUSE = 0.02


class Rebuilder:
    """Rebuilds a store by a command, which is to read the recorded PATHs."""

    def __init__(self, store: Store, command: Sequence[str]) -> None:
        self._store = store
        self._command = command
        self._claim = store.root / "start.lock"
        self._written = store.root / "rebuild.lock"  # by whoever writes, at begin and end

    def under_way(self) -> WriterStatus | None:
        """What is being written, from wherever that was started, or how the last one failed."""
        # In this order: a process that begins to write in between is at work either way.
        starting = self._is_starting()
        work = self._store.under_way()
        return STARTING if starting and not _is_at_work(work) else work

    def start(self) -> WriterStatus:
        """Starts a rebuild.

        Raises:
            BusyError: one is at work.
            UsageError: no PATH is recorded.
        """
        self._check_recorded()
        with self._claimed() as claim:
            if _is_at_work(self._store.under_way()):
                raise BusyError(_BUSY)
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                pass_fds=[claim.fileno()],
                start_new_session=True,  # what ends the server does not end it
            )
        threading.Thread(target=_wait_for, args=(process,), daemon=True).start()
        return STARTING

    def _check_recorded(self) -> None:
        if self._store.library.is_file():
            with closing(Library(self._store.library)) as library:
                if RebuildState(library).roots():
                    return
        raise UsageError(
            "No folder is recorded that could be read again. Name it once on the server: "
            "yiju rebuild FOLDER"
        )

    @contextmanager
    def _claimed(self) -> Iterator[IO[bytes]]:
        """Holds the file open and locked; a process that is handed it holds the lock from then."""
        until = time.monotonic() + _PATIENCE
        with self._claim.open("ab") as claim:
            while not _lock(claim, fcntl.LOCK_EX):
                if time.monotonic() >= until:
                    raise BusyError(_BUSY)
                time.sleep(_PAUSE)
            os.utime(claim.fileno())
            yield claim

    def _is_starting(self) -> bool:
        """Whether a started process has not come to write yet: its program is being loaded."""
        try:
            with self._claim.open("rb") as claim:
                if _lock(claim, fcntl.LOCK_SH):
                    return False
                since = os.fstat(claim.fileno()).st_mtime_ns
            return self._written.stat().st_mtime_ns < since
        except FileNotFoundError:
            return False


_BUSY = "A rebuild is at work. Wait until it has ended: GET /api/index tells how far it is."


def _is_at_work(work: WriterStatus | None) -> bool:
    return work is not None and work.state != _FAILED


def _lock(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    """Takes note of its end, so that nothing is left of it in the list of processes."""
    code = process.wait()
    if code:
        _log.error("The rebuild ended with exit code %d; what it said stands above.", code)
