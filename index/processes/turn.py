"""One turn at a time, among all threads of several processes."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PAUSE = 0.02


class SharedTurn:
    """Can be had by one thread at a time of this process and those forked from it.

    The kernel takes it from a process that ends.
    """

    def __init__(self) -> None:
        self._file = os.memfd_create("turn")
        self._threads = threading.Lock()

    @contextmanager
    def taken(self, wait: float) -> Iterator[bool]:
        """Wait for the turn for some seconds, and yield whether it was taken."""
        until = time.monotonic() + wait
        if not self._threads.acquire(timeout=wait):
            yield False
            return
        try:
            taken = self._locked(until)
            try:
                yield taken
            finally:
                if taken:
                    fcntl.lockf(self._file, fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def _locked(self, until: float) -> bool:
        while True:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:  # another process has it
                if time.monotonic() >= until:
                    return False
                time.sleep(_PAUSE)
            else:
                return True
