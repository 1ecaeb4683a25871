"""Read uploads in a process of its own, within limits, one upload at a time for all of a server.

What the process does is in `upload_process`. It stays for the next upload for a while, because it
takes a quarter of a second to start.
"""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from index.article import Failure
from index.errors import OccupiedError
from index.ingest.read import Reading
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.ingest.reading_limits import MOST_SCANS, UPLOAD_LIMITS, UPLOAD_OCR_LIMITS
from index.ingest.upload_process import Uploaded, within_bounds
from index.processes.limits import BeyondLimitsError, Limits
from index.processes.turn import SharedTurn
from index.processes.worker_loop import Tell
from index.processes.worker_process import Worker

_WAIT = 2.0  # seconds that an upload waits for another one's reading
_IDLE = 30.0  # seconds that the process stays
_OCCUPIED = "Another upload is being read. Send this one again in a moment."
_NO_TIME = "was not read: the files before it took all the time of one upload; send it again."


class UploadReader:
    """Reads uploads in one process, which is replaced when a file breaks it. Thread-safe."""

    def __init__(
        self,
        limits: Limits = UPLOAD_LIMITS,
        idle: float = _IDLE,
        aids: ReadingAids = NO_AIDS,
    ) -> None:
        """Make one before a server's processes are forked: their turn is then the same.

        Files of old kinds and scans are read with the `aids` that are there.
        """
        self.turn, self._limits, self._idle, self._aids = SharedTurn(), limits, idle, aids
        self._worker: Worker[Uploaded, Reading] | None = None
        self._timer: threading.Timer | None = None
        self._at_work = threading.Lock()

    @classmethod
    def aided(cls, aids: ReadingAids) -> "UploadReader":
        """Return a reader with the limits that its aids need."""
        return cls(UPLOAD_OCR_LIMITS if aids.scans else UPLOAD_LIMITS, aids=aids)

    @contextmanager
    def upload(self) -> Iterator["OneUpload"]:
        """Take the turn to read the files of one upload.

        Raises:
            OccupiedError: another upload is being read.
        """
        with self.turn.taken(_WAIT) as taken:
            if not taken:
                raise OccupiedError(_OCCUPIED)
            with self._at_work:
                yield OneUpload(self, self._limits)
            self._close_later()

    @property
    def is_running(self) -> bool:
        """Whether the process is there, ready for the next upload."""
        return self._worker is not None

    def close(self) -> None:
        """End the process, unless an upload is being read."""
        if self._at_work.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._at_work.release()

    def read(self, uploaded: Uploaded, limits: Limits, on_page: Tell) -> Reading:
        """Return the articles and the failures of a file or a record; only in an `upload`.

        `on_page` is called with each scanned page.
        """
        if self._worker is None:
            self._worker = Worker.started("index.ingest.upload_process", self._aids)
        try:
            self._worker.give(uploaded, limits)
            return self._worker.take(on_page)
        except BeyondLimitsError as error:
            return [], [Failure(uploaded.name, str(error))]
        finally:
            if self._worker.is_worn:
                self._end()

    def _close_later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self._idle, self.close)
        self._timer.daemon = True
        self._timer.start()

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class OneUpload:
    """The files of one upload: their time and their bounds are shared.

    The time of files with scanned pages does not count: how many there may be does.
    """

    def __init__(self, reader: UploadReader, limits: Limits) -> None:
        self._reader, self._limits = reader, limits
        self._until = time.monotonic() + limits.wall
        self._articles = self._chars = 0
        self._scans = MOST_SCANS

    def read(self, name: str, content: bytes | Mapping[str, Any]) -> Reading:
        """Return the articles of a file's bytes, or of a record, and the failures."""
        began, left = time.monotonic(), self._until - time.monotonic()
        if left <= 0:
            return [], [Failure(name, _NO_TIME)]
        scanned = 0

        def count(done: int, pages: int) -> None:  # noqa: ARG001
            nonlocal scanned
            scanned += done > 0

        uploaded = Uploaded(name, content, self._scans)
        read = self._reader.read(uploaded, replace(self._limits, wall=left), count)
        if scanned:
            self._scans -= scanned
            self._until += time.monotonic() - began
        articles, failed = within_bounds(name, read, self._articles, self._chars)
        self._articles += len(articles)
        self._chars += sum(len(article.text) for article in articles)
        return articles, failed
