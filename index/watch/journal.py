"""What a watcher tells of its rebuilds: a line each, and what is new about it."""

import time
from collections.abc import Callable

from index.watch.rebuild_command import RebuildOutcome


class Journal:
    """Tells each rebuild in a line with its time, and failures of files when they are new."""

    def __init__(self, tell: Callable[[str], None], again: float) -> None:
        """Tell by `tell`; a rebuild that fails is tried again after `again` seconds."""
        self._tell, self._again = tell, again
        self._details = frozenset[str]()
        self._failure = ""

    def note(self, outcome: RebuildOutcome, *, is_repeat: bool) -> None:
        """Tell how a rebuild went; a repeat that fails for the same reason is not told again."""
        now = time.strftime("%Y-%m-%d %H:%M:%S")
        if outcome.failure:
            if not (is_repeat and outcome.failure == self._failure):
                again = f"Tried again at the next change, or in {self._again:.0f} s."
                self._tell(f"{now} The rebuild failed: {outcome.failure} {again}")
        else:
            head, *details = outcome.report
            self._tell(f"{now} {head}")
            for detail in details:
                if detail not in self._details:
                    self._tell(detail)
            self._details = frozenset(details)
        self._failure = outcome.failure
