"""Who writes in a store and how far that is, for whoever asks from another process.

The lock's own file tells it: it is held by the operating system for the writer's life, and what it
says counts only while it is held. A failure is told until the next writer comes.
"""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from index.errors import BusyError

_EVERY = 0.2  # seconds between two notes of progress
_PAUSE = 0.05  # seconds between two tries to get the lock
_GLANCE = 0.2  # seconds to try at least: who only looks whether it is free holds it for an instant


@dataclass(frozen=True, slots=True)
class WriterStatus:
    """A rebuild under way: its phase, what is done, of how many; or why the last one failed."""

    state: str
    done: int
    total: int
    reason: str | None = None


class WriterLock:
    """Held by one writer. The operating system takes it back, however its process ends."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._told = 0.0
        self._state = ""

    def progress(self, phase: str, done: int, total: int) -> None:
        """Notes how far the work is, a few times a second."""
        now = time.monotonic()
        if phase != self._state or now - self._told >= _EVERY:
            self._state, self._told = phase, now
            self.note(WriterStatus(phase, done, total))

    def note(self, work: WriterStatus | None) -> None:
        """Writes a note, or that there is none."""
        values = [work.state, work.done, work.total, work.reason] if work else []
        self._file.seek(0)
        # Longer than any note before: what is left of that is white space.
        self._file.write(json.dumps(values, ensure_ascii=False).ljust(400) + "\n")
        self._file.flush()


@contextmanager
def held(path: Path, wait: float = 0) -> Iterator[WriterLock]:
    """Holds a store for one writer; waits for another one, at most so many seconds.

    Raises:
        BusyError: another writer is at work.
    """
    with path.open("a+", encoding="utf-8") as appended:
        _take(appended, path, time.monotonic() + max(wait, _GLANCE))
        with path.open("r+", encoding="utf-8") as file:
            lock = WriterLock(file)
            lock.progress("starting", 0, 1)
            try:
                yield lock
            except Exception as error:
                with suppress(OSError):  # a full disk: what failed is to be told, not this
                    lock.note(WriterStatus("failed", 0, 1, str(error)[:200]))
                raise
            lock.note(None)


def under_way(path: Path) -> WriterStatus | None:
    """What is being written now, or how the last writer failed; None otherwise."""
    try:
        with path.open("r", encoding="utf-8") as file:
            busy = not _is_free(file)
            work = _read(file.read())
    except FileNotFoundError:
        return None
    if work is None or work.state == "failed":
        return work if not busy else WriterStatus("starting", 0, 1)
    return work if busy else None  # of a writer that was killed


def _take(file: TextIO, path: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise BusyError(
                    f"Another rebuild is at work in {path.parent}. Wait until it has ended."
                ) from None
            time.sleep(_PAUSE)


def _is_free(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def _read(text: str) -> WriterStatus | None:
    try:
        values = json.loads(text or "[]")
        return WriterStatus(*values) if values else None
    except (ValueError, TypeError):  # written at this very moment
        return None
