"""Rebuilds and servers as a user starts them, each sure to be ended."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bench.crash import oracle as seen
from bench.service import ROOT, wait_until_ready

_LOOK = 0.002  # seconds between two looks
_LONGEST = 300  # seconds that a rebuild may take


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds of a rebuild: all of it, until it takes the lock, until its manifest is written."""

    whole: float
    locked: float
    written: float


class Rebuild:
    """`yiju rebuild` in a session of its own, so that its worker processes are known by it."""

    def __init__(self, articles: Path, store: Path, logs: Path) -> None:
        self._articles = articles
        self._store = store
        self._out, self._err = logs / "rebuild.out", logs / "rebuild.err"

    def __enter__(self) -> Self:
        """Starts it."""
        command = [sys.executable, "-m", "yiju", "rebuild", str(self._articles), "--json"]
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.began = time.monotonic()
            self._process = subprocess.Popen(
                [*command, "--store", str(self._store)],
                stdout=out,
                stderr=err,
                cwd=ROOT,
                start_new_session=True,
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Leaves nothing of it running."""
        self.kill(spare_workers=False)

    @property
    def id(self) -> int:
        """The process, and the session of it and its workers."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether it came to its end."""
        return self._process.poll() is not None

    def kill(self, *, spare_workers: bool) -> bool:
        """Kills it, alone or with its workers; tells whether it had ended by itself."""
        if self.has_ended:
            return True
        with suppress(ProcessLookupError):
            (os.kill if spare_workers else os.killpg)(self.id, signal.SIGKILL)
        return self._process.wait() != -signal.SIGKILL

    def watched(self, before: seen.Before) -> Span:
        """Lets it end, and tells when it came how far."""
        locked = wait_for(self, lambda: self.is_at_work(before))
        written = wait_for(self, lambda: self.has_written(before))
        self._process.wait(_LONGEST)
        whole = time.monotonic() - self.began
        return Span(whole, min(locked, whole), min(written, whole))

    def is_at_work(self, before: seen.Before) -> bool:
        """Whether it has taken the lock."""
        with suppress(FileNotFoundError):
            return (self._store / "rebuild.lock").stat().st_mtime_ns > before.began
        return False

    def has_written(self, before: seen.Before) -> bool:
        """Whether all files of its generation are written."""
        made = seen.half_made(self._store)
        with suppress(FileNotFoundError):
            if made is not None:
                return (made / "manifest.json").stat().st_ctime_ns > before.began
        return False

    def has_renamed(self, before: seen.Before) -> bool:
        """Whether its generation has taken its place."""
        return bool(set(seen.versions(self._store)) - before.versions)

    def report(self) -> dict[str, Any] | None:
        """What it says it did; None where it failed, or complained of anything."""
        if self._process.wait() or self.stderr():
            return None
        report: dict[str, Any] = json.loads(self._out.read_bytes())
        return report

    def stderr(self) -> str:
        """What it complained of."""
        return self._err.read_text(encoding="utf-8")


def wait_for(
    rebuild: Rebuild, sign: Callable[[], bool], at_most: float = _LONGEST, look: float = _LOOK
) -> float:
    """Waits for a sign, the end of the rebuild or some seconds; gives its age by then."""
    until = time.monotonic() + at_most
    while not (sign() or rebuild.has_ended) and (left := until - time.monotonic()) > 0:
        time.sleep(min(look, left))
    return time.monotonic() - rebuild.began


@contextmanager
def serving(store: Path, log: Path) -> Iterator[str]:
    """A server over a store for the length of a block; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "yiju", "serve", "--store", str(store), "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
