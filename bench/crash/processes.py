"""Rebuilds as a user starts them, each certain to end with its block."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bench.crash import oracle
from bench.crash.oracle import StoreState
from bench.processes import ROOT, yiju_command

_POLL = 0.002  # seconds
_LONGEST = 300  # seconds that a rebuild may take


@dataclass(frozen=True, slots=True)
class Durations:
    """Seconds of a rebuild: in all, until the lock, until the manifest."""

    whole: float
    locked: float
    written: float


class Rebuild:
    """`yiju rebuild` in a session of its own, which identifies its worker processes."""

    def __init__(self, articles: Path, store: Path, logs: Path) -> None:
        self._articles = articles
        self._store = store
        self._out, self._err = logs / "rebuild.out", logs / "rebuild.err"

    def __enter__(self) -> Self:
        """Start the rebuild."""
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.began = time.monotonic()
            self._process = subprocess.Popen(
                yiju_command("rebuild", self._articles, "--json", "--store", self._store),
                stdout=out,
                stderr=err,
                cwd=ROOT,
                start_new_session=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Kill all of its processes."""
        self.kill(spare_workers=False)

    @property
    def id(self) -> int:
        """The id of the process, which is also that of its session."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the process has exited."""
        return self._process.poll() is not None

    def kill(self, *, spare_workers: bool) -> bool:
        """Kill the process, alone or with its workers; return whether it had ended by itself."""
        if self.has_ended:
            return True
        with suppress(ProcessLookupError):
            (os.kill if spare_workers else os.killpg)(self.id, signal.SIGKILL)
        return self._process.wait() != -signal.SIGKILL

    def watched(self, before: StoreState) -> Durations:
        """Let the rebuild end; return when it reached each point."""
        locked = wait_for(self, lambda: self.is_at_work(before))
        written = wait_for(self, lambda: self.has_written(before))
        self._process.wait(_LONGEST)
        whole = time.monotonic() - self.began
        return Durations(whole, min(locked, whole), min(written, whole))

    def is_at_work(self, before: StoreState) -> bool:
        """Return whether it has taken the lock."""
        with suppress(FileNotFoundError):
            return (self._store / "rebuild.lock").stat().st_mtime_ns > before.began
        return False

    def has_written(self, before: StoreState) -> bool:
        """Return whether all files of its generation are written."""
        partial = oracle.partial_generation(self._store)
        with suppress(FileNotFoundError):
            if partial is not None:
                return (partial / "manifest.json").stat().st_ctime_ns > before.began
        return False

    def has_renamed(self, before: StoreState) -> bool:
        """Return whether its generation is in its final place."""
        return bool(set(oracle.versions(self._store)) - before.versions)

    def report(self) -> dict[str, Any] | None:
        """Wait for the end; return its report, or None if it failed or wrote to stderr."""
        if self._process.wait() or self.stderr():
            return None
        report: dict[str, Any] = json.loads(self._out.read_bytes())
        return report

    def stderr(self) -> str:
        """Return its standard error."""
        return self._err.read_text(encoding="utf-8")


def wait_for(
    rebuild: Rebuild, sign: Callable[[], bool], at_most: float = _LONGEST, poll: float = _POLL
) -> float:
    """Wait for a sign, the end of the rebuild or `at_most` seconds; return the rebuild's age."""
    until = time.monotonic() + at_most
    while not (sign() or rebuild.has_ended) and (left := until - time.monotonic()) > 0:
        time.sleep(min(poll, left))
    return time.monotonic() - rebuild.began
