"""Tell addresses of events in the background: a bounded line and a thread for each address.

So nothing waits for a receiver, and one that is slow or gone keeps no other from being told.
"""

import atexit
import logging
import threading
from collections.abc import Iterable, Sequence
from time import monotonic
from urllib.parse import urlsplit

from index.webhooks.attempt import Attempt, NotToldError
from index.webhooks.event import Event

PAUSES = (1.0, 5.0, 25.0, 120.0)
"""Seconds before each further attempt."""

_MOST_WAITING = 100  # events for an address
_AT_EXIT = 5.0  # seconds for what still waits when the process ends
_log = logging.getLogger(__name__)


class Webhooks:
    """Tells all addresses of each event. Threads may share it; no thread starts before an event."""

    def __init__(
        self, addresses: Iterable[str], attempt: Attempt, pauses: Sequence[float] = PAUSES
    ) -> None:
        """Take normal URLs, and what tells one of them."""
        self._lines = [_Line(address, attempt, pauses) for address in addresses]
        self._starting = threading.Lock()
        self._is_registered = False

    def __bool__(self) -> bool:
        return bool(self._lines)

    def tell(self, event: Event) -> None:
        """Tell all addresses soon; an address with too many events waiting is not told."""
        with self._starting:
            if self._lines and not self._is_registered:
                atexit.register(self.flush, _AT_EXIT)
                self._is_registered = True
        for line in self._lines:
            line.put(event)

    def flush(self, within: float) -> None:
        """Wait until all is told or given up, for some seconds at most; log what is left."""
        until = monotonic() + within
        for line in self._lines:
            line.flush(until - monotonic())


class _Line:
    """The events that wait for one address, and the thread that tells them in order."""

    def __init__(self, address: str, attempt: Attempt, pauses: Sequence[float]) -> None:
        self._address, self._attempt, self._pauses = address, attempt, pauses
        # Not all of the address: it may have a key in it.
        self._name = urlsplit(address).netloc
        self._waiting: list[Event] = []  # the first is being told
        self._changed = threading.Condition()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_full = False

    def put(self, event: Event) -> None:
        with self._changed:
            was_full, self._is_full = self._is_full, len(self._waiting) >= _MOST_WAITING
            if self._is_full:
                if not was_full:
                    _log.error("The webhook at %s misses events: too many wait.", self._name)
                return
            self._waiting.append(event)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="webhook", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, within: float) -> None:
        with self._changed:
            if self._changed.wait_for(lambda: not self._waiting, max(0.0, within)):
                return
            left, self._waiting = len(self._waiting), []
        self._cancelled.set()
        _log.error(
            "The webhook at %s was not told of %d events in time; nothing else was held up.",
            self._name,
            left,
        )

    def _work(self) -> None:
        """Tell what waits; the thread ends with it, as a closed library should leave none."""
        while True:
            with self._changed:
                if not self._waiting or self._cancelled.is_set():
                    self._thread = None
                    return
                event = self._waiting[0]
            self._tell(event)
            with self._changed:
                self._waiting = self._waiting[1:]
                self._changed.notify_all()

    def _tell(self, event: Event) -> None:
        """Tell the address of an event, again if that fails; log it if all attempts did."""
        for pause in (*self._pauses, None):
            try:
                self._attempt(self._address, event, self._cancelled)
                return
            except NotToldError as error:
                reason, is_final = str(error), error.is_final or pause is None
            except Exception:  # noqa: BLE001 - the thread must go on
                _log.exception("The webhook at %s could not be told", self._name)
                return
            if self._cancelled.is_set():
                return
            if is_final:
                _log.error(
                    "The webhook at %s was not told of %s: %s.", self._name, event.kind, reason
                )
                return
            self._cancelled.wait(pause)
