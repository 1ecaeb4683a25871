"""Inter-process writer lock of a store, which also publishes a rebuild's progress.

The operating system holds the lock on `rebuild.lock` for the writer's life. The status in that file
counts only while it is locked; that of a failure, and how long a success took, until the next
rebuild begins. An edit
publishes nothing: by that a rebuild knows that it need not wait for long.
"""

import fcntl
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TextIO

from pydantic import TypeAdapter, ValidationError

from index.errors import BusyError, YijuError, unusable

NAME = "rebuild.lock"
QUEUE = "next.lock"

_STATUS = TypeAdapter(tuple[str, int, int, str | None])
_STARTING = "starting"
_FAILED = "failed"
_ENDED = "ended"
_EVERY = 0.2  # seconds between two notes of progress
_PAUSE = 0.05  # seconds between two attempts to take the lock
_GLANCE = 0.2  # seconds to try at least: a reader of the status takes the lock for an instant
_EDITS = 60.0  # seconds that a rebuild waits for edits, of which there may be one after the other


@dataclass(frozen=True, slots=True)
class WriterStatus:
    """The phase and progress of a rebuild, or the reason of its failure."""

    state: str
    done: int
    total: int
    reason: str | None = None

    @classmethod
    def starting(cls) -> "WriterStatus":
        """Return the status of a writer before its first phase."""
        return cls(_STARTING, 0, 1)

    @classmethod
    def failed(cls, reason: str) -> "WriterStatus":
        """Return the status of a writer that has ended with an error."""
        return cls(_FAILED, 0, 1, reason)

    @classmethod
    def ended(cls, seconds: float) -> "WriterStatus":
        """Return the status of a writer that has ended well; it counts milliseconds."""
        return cls(_ENDED, round(seconds * 1000), 0)

    @property
    def is_at_work(self) -> bool:
        """Return whether the writer has not ended."""
        return self.state not in {_FAILED, _ENDED}


class WriterLock:
    """The lock of one writer. The operating system releases it, however its process ends."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._noted = 0.0
        self._state = ""

    def progress(self, phase: str, done: int, total: int) -> None:
        """Note the writer's progress, a few times a second at most."""
        now = time.monotonic()
        if phase != self._state or now - self._noted >= _EVERY:
            self._state, self._noted = phase, now
            self.note(WriterStatus(phase, done, total))

    def note(self, status: WriterStatus) -> None:
        """Write the writer's status."""
        self._file.seek(0)
        # Padded, so that nothing is left of a longer status before.
        self._file.write(json.dumps(astuple(status), ensure_ascii=False).ljust(400) + "\n")
        self._file.flush()


@contextmanager
def writer_lock(store: Path, wait: float = 0) -> Iterator[WriterLock]:
    """Lock a store for a rebuild, waiting at most `wait` seconds for another one.

    Edits are waited for in any case: their writers take turns with this one.

    Raises:
        BusyError: another writer is at work.
    """
    path, began = store / NAME, time.monotonic()

    def gives_up() -> bool:
        waited = time.monotonic() - began
        return waited >= max(wait, _GLANCE if _is_rebuilding(store) else _EDITS)

    with _opened(path) as appended:
        _take_in_turn(appended, path, gives_up)
        with path.open("r+", encoding="utf-8") as file:
            lock, has_it_since = WriterLock(file), time.monotonic()
            try:
                lock.progress(_STARTING, 0, 1)
            except OSError as error:
                raise unusable(path, error) from error
            try:
                yield lock
            except Exception as error:
                reason = error.public if isinstance(error, YijuError) else str(error)
                with suppress(OSError):  # a full disk: the error itself matters more
                    lock.note(WriterStatus.failed(reason[:200]))
                raise
            lock.note(WriterStatus.ended(time.monotonic() - has_it_since))


@contextmanager
def edit_lock(store: Path, wait: float) -> Iterator[None]:
    """Lock a store for an edit, waiting at most `wait` seconds for other writers.

    Raises:
        BusyError: another writer is at work.
    """
    path, until = store / NAME, time.monotonic() + wait
    with _opened(path) as file:
        _take_in_turn(file, path, lambda: time.monotonic() >= until)
        file.seek(0)
        status = _read(file.read())
        if status and status.is_at_work:  # of a rebuild that was killed
            try:
                file.truncate(0)
            except OSError as error:
                raise unusable(path, error) from error
        yield


def writer_status(store: Path) -> WriterStatus | None:
    """Return the status of the current rebuild, of the last if it failed, or None."""
    try:
        with (store / NAME).open("r", encoding="utf-8", errors="replace") as file:
            busy = not _is_free(file)
            status = _read(file.read())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unusable(store / NAME, error) from error
    if status is None or not status.is_at_work:
        return status if status and status.state == _FAILED else None
    return status if busy else None  # else of a rebuild that was killed


def last_seconds(store: Path) -> float | None:
    """Return how long the last rebuild took, None if it failed, is at work, or never was."""
    try:
        status = _read((store / NAME).read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unusable(store / NAME, error) from error
    return status.done / 1000 if status and status.state == _ENDED else None


def last_noted(store: Path) -> int | None:
    """Return when a rebuild last noted anything, in nanoseconds, or None if none ever did.

    A rebuild notes something as soon as it has the lock, and when it ends.
    """
    try:
        return (store / NAME).stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _take_in_turn(file: TextIO, path: Path, gives_up: Callable[[], bool]) -> None:
    """Take the lock; who waits for it holds another one, so that no writer that ends passes by."""
    with _opened(path.with_name(QUEUE)) as queue:
        _take(queue, path, gives_up)
        _take(file, path, gives_up)


def _opened(path: Path) -> TextIO:
    """Open a file to be locked, created where it is missing."""
    try:
        return path.open("a+", encoding="utf-8", errors="replace")
    except OSError as error:
        raise unusable(path, error) from error


def _take(file: TextIO, path: Path, gives_up: Callable[[], bool]) -> None:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if gives_up():
                store = path.parent
                work = "rebuild" if _is_rebuilding(store) else "change"
                raise BusyError(
                    f"Another {work} is at work in {store}. Wait until it has ended.", store
                ) from None
            time.sleep(_PAUSE)


def _is_rebuilding(store: Path) -> bool:
    status = writer_status(store)
    return status is not None and status.is_at_work


def _is_free(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def _read(text: str) -> WriterStatus | None:
    try:
        return WriterStatus(*_STATUS.validate_json(text, strict=True))
    except ValidationError:  # an empty one, or read in the middle of a write
        return None
