"""When to rebuild: some seconds after the last of several changes, and never too late."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds.

    `settle` after the last change, though at most `longest` after the first, for files that never
    rest; `again` after a rebuild that failed; `idle` between two looks when nothing happens.
    """

    settle: float = 3
    longest: float = 60
    again: float = 60
    idle: float = 10


class Settling:
    """Notes changes and failures, and tells when a rebuild is due.

    All instants are in seconds of one clock, which the caller reads.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._first: float | None = None
        self._last = 0.0
        self._again: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether something has changed since the last rebuild began."""
        return self._first is not None

    @property
    def has_failed(self) -> bool:
        """Whether the last rebuild failed."""
        return self._again is not None

    def changed(self, now: float) -> None:
        """Note a change."""
        if self._first is None:
            self._first = now
        self._last = now

    def began(self) -> None:
        """Note that a rebuild begins, which takes up all changes so far."""
        self._first = self._again = None

    def failed(self, now: float) -> None:
        """Note that the rebuild failed, and is to be tried again."""
        self._again = now + self._patience.again

    def due(self) -> float | None:
        """Return when a rebuild is due, as things stand; None if there is no reason for one."""
        dates = [] if self._again is None else [self._again]
        if self._first is not None:
            longest = max(self._patience.longest, self._patience.settle)
            dates.append(min(self._last + self._patience.settle, self._first + longest))
        return min(dates, default=None)
