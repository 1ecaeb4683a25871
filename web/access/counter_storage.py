"""The storage of `limits` that all server processes of a machine share, without a service."""

import sqlite3

from limits.storage import Storage

from index.access.access_state import AccessState


class CounterStorage(Storage):
    """Counters in the file of a store."""

    STORAGE_SCHEME = None  # made here, never by an address

    def __init__(self, state: AccessState) -> None:
        super().__init__()
        self._state = state

    @property
    def base_exceptions(self) -> type[Exception]:
        """The errors that `limits` may wrap; those of the file say what to do and stay."""
        return sqlite3.Error

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to a counter and return it."""
        return self._state.count(key, expiry, amount)

    def get(self, key: str) -> int:
        """Return a counter."""
        return self._state.counted(key)[0]

    def get_expiry(self, key: str) -> float:
        """Return when a counter begins anew."""
        return self._state.counted(key)[1]

    def check(self) -> bool:
        """Return whether it can be used; it says why not otherwise."""
        self._state.counted("")
        return True

    def reset(self) -> None:
        """Let all counters begin anew."""
        self._state.forget_counters()

    def clear(self, key: str) -> None:
        """Let a counter begin anew."""
        self._state.forget_counter(key)
