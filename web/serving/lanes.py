"""Lanes: a kind of request, the threads that work on it, and a bounded line before them."""

import logging
import threading
from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from web.serving.refusal import Refusal

_log = logging.getLogger(__name__)


class Job(Protocol):
    """A connection whose first request is to be served."""

    def service(self) -> None:
        """Serve it."""


@dataclass(frozen=True, slots=True)
class LaneRule:
    """What a lane lets in."""

    name: str
    threads: int
    waiting: int
    """How many may wait while all threads are at work."""
    patience: float
    """Seconds that one of them waits at most."""
    largest_body: int
    refusal: Refusal
    """What the others get."""


class Lane:
    """A line of requests, and threads that serve them, first come, first served."""

    def __init__(self, rule: LaneRule) -> None:
        """Start the threads."""
        self.rule = rule
        self._at_work = 0
        self._line: deque[tuple[float, Job]] = deque()
        self._changed = threading.Condition()
        for number in range(rule.threads):
            name = f"{rule.name}-{number}"
            threading.Thread(target=self._work, name=name, daemon=True).start()

    def offer(self, job: Job) -> bool:
        """Put a job in line; return False if there is no room."""
        with self._changed:
            if self._at_work + len(self._line) >= self.rule.threads + self.rule.waiting:
                return False
            self._line.append((monotonic(), job))
            self._changed.notify()
            return True

    def withdraw(self, job: Job) -> None:
        """Take a job out of the line, if it is there: its client has left."""
        with self._changed:
            self._line = deque(entry for entry in self._line if entry[1] is not job)

    def take_overdue(self, now: float) -> list[Job]:
        """Take those out of the line that have waited for too long, and return them."""
        overdue = []
        with self._changed:
            while self._line and now - self._line[0][0] > self.rule.patience:
                overdue.append(self._line.popleft()[1])
        return overdue

    @property
    def is_idle(self) -> bool:
        """Whether nothing is at work or in line."""
        with self._changed:
            return not self._at_work and not self._line

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._line)
                _, job = self._line.popleft()
                self._at_work += 1
            try:
                job.service()
            except Exception:  # noqa: BLE001 - the thread must go on
                _log.exception("A request could not be served")
            finally:
                with self._changed:
                    self._at_work -= 1
