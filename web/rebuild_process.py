"""Start a rebuild of the recorded PATHs in a process of its own, and report its progress.

Of several server processes only one can start it: the rebuild process keeps a file lock until it
ends. It outlives the server process that started it.
"""

import fcntl
import logging
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from index.errors import BusyError, UsageError, unusable
from index.library.database import translated_errors
from index.library.library_file import LibraryFile
from index.store.lock import WriterStatus
from index.store.store import Store

STARTING = WriterStatus.starting()

_BUSY = "A rebuild is at work. Wait until it has ended: GET /api/index tells how far it is."
_CLAIM_WITHIN = 0.5  # seconds: `_is_starting` of another process holds the lock for an instant
_PAUSE = 0.02
_log = logging.getLogger(__name__)


class Rebuilder:
    """Runs the rebuild command of a store, one process at a time."""

    def __init__(self, store: Store, command: Sequence[str]) -> None:
        self._store = store
        self._command = command
        self._claim = store.root / "start.lock"

    def under_way(self) -> WriterStatus | None:
        """Return the status of the current rebuild or of the last failed one, None if idle."""
        # In this order: a process that begins to write in between counts as at work either way.
        starting = self._is_starting()
        status = self._store.under_way()
        return STARTING if starting and not (status and status.is_at_work) else status

    @property
    def folder(self) -> Path:
        """The folder of the store."""
        return self._store.root

    def last_seconds(self) -> float | None:
        """Return how long the last rebuild took, None if it failed or never was."""
        return self._store.last_seconds()

    def start(self) -> WriterStatus:
        """Start a rebuild, which waits for the edits that are at work.

        Where nothing was ever built, it makes an index without articles, for uploads.

        Raises:
            BusyError: another rebuild is at work.
            UsageError: no PATH is recorded.
            StoreError: the store can't be used.
        """
        is_first = self._store.is_blank
        if is_first:
            self._store.create()
        else:
            self._check_recorded()
        with self._claimed() as claim:
            status = self._store.under_way()
            if status and status.is_at_work:
                raise BusyError(_BUSY)
            process = subprocess.Popen(
                [*self._command, *(["--empty"] if is_first else [])],
                stdin=subprocess.DEVNULL,
                pass_fds=[claim.fileno()],
                start_new_session=True,  # a signal to the server's group must not reach it
            )
        threading.Thread(target=_reap, args=(process,), daemon=True).start()
        return STARTING

    def _check_recorded(self) -> None:
        if self._store.library.is_file() or self._store.versions():
            with (
                translated_errors(self._store.library),
                closing(LibraryFile(self._store.library)) as library,
            ):
                if library.state.roots():
                    return
        raise UsageError(
            "No folder is recorded that could be read again. Name it once on the server: "
            "yiju rebuild FOLDER"
        )

    @contextmanager
    def _claimed(self) -> Iterator[IO[bytes]]:
        """Open and lock the claim; a process that inherits the file keeps the lock."""
        deadline = time.monotonic() + _CLAIM_WITHIN
        try:
            claim = self._claim.open("ab")
        except OSError as error:
            raise unusable(self._claim, error) from error
        with claim:
            while not _lock(claim, fcntl.LOCK_EX):
                if time.monotonic() >= deadline:
                    raise BusyError(_BUSY)
                time.sleep(_PAUSE)
            os.utime(claim.fileno())
            yield claim

    def _is_starting(self) -> bool:
        """Return whether a started process is still loading and has not begun to write."""
        try:
            with self._claim.open("rb") as claim:
                if _lock(claim, fcntl.LOCK_SH):
                    return False
                since = os.fstat(claim.fileno()).st_mtime_ns
        except FileNotFoundError:
            return False
        except OSError as error:
            raise unusable(self._claim, error) from error
        noted = self._store.last_noted()
        return noted is not None and noted < since


def _lock(file: IO[bytes], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _reap(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process, so that it leaves no zombie, and log its failure."""
    code = process.wait()
    if code:
        _log.error("The rebuild ended with exit code %d; what it said stands above.", code)
