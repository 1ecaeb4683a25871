"""Run `yiju rebuild` in a process of its own, and tell how it went.

In its own process a rebuild may take 500 MB and gives all of it back, may fork its workers beside
the threads of the watcher, and may be ended from outside without taking the watcher along.
"""

import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from index.errors import StoreError
from index.progress import Progress
from index.store.store import Store

_POLL = 0.2  # seconds between two looks at the progress of a rebuild
_GRACE = 3.0  # seconds for a rebuild to end that is told to stop


@dataclass(frozen=True, slots=True)
class RebuildOutcome:
    """How a rebuild went: the lines of its report, or the sentence that says why it failed."""

    report: tuple[str, ...] = ()
    failure: str = ""


class RebuildCommand:
    """Rebuilds one store by a command."""

    def __init__(self, store: Store, command: Sequence[str]) -> None:
        self._store, self._command = store, command

    def run(
        self, arguments: Sequence[str], is_stopping: Callable[[], bool], progress: Progress
    ) -> RebuildOutcome:
        """Run the command to its end, or until the watcher is stopping: then it is ended, too."""
        with subprocess.Popen(
            [*self._command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl-C in the terminal is for the watcher, which passes it on
        ) as process:
            while True:
                try:
                    out, errors = process.communicate(timeout=_POLL)
                except subprocess.TimeoutExpired:
                    if is_stopping():
                        _end(process)
                        return RebuildOutcome(failure="It was stopped.")
                    self._report(progress)
                else:
                    return _outcome(process.returncode, out, errors)

    def _report(self, progress: Progress) -> None:
        """Report how far the rebuild is, as it notes it for all who ask."""
        with suppress(StoreError):  # which the rebuild itself tells
            status = self._store.under_way()
            if status and status.is_at_work:
                progress(status.state, status.done, status.total)


def _end(process: "subprocess.Popen[str]") -> None:
    """Have a rebuild end, which may be killed at any instant."""
    process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def _outcome(code: int, out: str, errors: str) -> RebuildOutcome:
    if code == 0:
        return RebuildOutcome((*out.splitlines(), *errors.splitlines()))
    said = errors.strip().splitlines()
    if said and said[-1].startswith("Error: "):
        return RebuildOutcome(failure=said[-1].removeprefix("Error: "))
    if code < 0:
        name = signal.Signals(-code).name
        return RebuildOutcome(
            failure=f"It was ended from outside ({name}), perhaps for want of memory."
        )
    return RebuildOutcome(
        failure=f"It ended with exit code {code}: {said[-1] if said else 'no word'}."
    )
