"""The hosts that a rebuild asks: one request at a time each, with a rest between two.

A host that asks to be left alone (429, 503 with Retry-After) gets its rest, within a bound: beyond
it nothing more is asked of it in this rebuild.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from index.errors import ArticleError
from index.fetch.guarded_network import HostError
from index.fetch.socket_stream import Deadline

LONGEST_DELAY = 10.0
"""Seconds; a robots.txt that asks for a longer one gets this one."""

PATIENCE = 60.0
"""Seconds that a rebuild waits for one host in all, where it asks to be left alone."""

_POLL = 0.05  # seconds; how soon a turn that was given back is taken


class HostBusyError(ArticleError):
    """A host asks to be left alone for a while; the same request may be sent again then."""


@dataclass(slots=True)
class _Host:
    """One host: whose turn it is, when it may be asked again, and whether at all."""

    turn: Lock = field(default_factory=Lock)
    rest_until: float = 0.0
    delay: float = 0.0
    patience: float = PATIENCE
    refusal: str = ""


class Hosts:
    """All hosts of a rebuild, by name; threads may share it."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    def rest_until(self, name: str) -> float:
        """Return the time, as `monotonic` has it, until which a host rests."""
        return self._of(name).rest_until

    def slow_down(self, url: str, delay: float) -> None:
        """Note the delay that a URL's site asks for."""
        host = self._of(name_of(url))
        host.delay = max(host.delay, min(delay, LONGEST_DELAY))

    @contextmanager
    def turn(self, url: str, delay: float, deadline: Deadline) -> Iterator[None]:
        """Wait for a host's turn, which lasts as long as the block; then it rests for `delay`.

        Raises:
            HostError: nothing more is asked of the host.
            ArticleError: the fetch was cancelled.
        """
        host = self._of(name_of(url))
        while not host.turn.acquire(blocking=False):
            deadline.rest(_POLL)
        try:
            if host.refusal:
                raise HostError(host.refusal)
            deadline.rest(max(0.0, host.rest_until - monotonic()))
            try:
                yield
            finally:
                pause = monotonic() + max(delay, host.delay)
                host.rest_until = max(host.rest_until, pause)
        finally:
            host.turn.release()

    def leave_alone(self, url: str, seconds: float) -> ArticleError:
        """Give a host the rest that it asks for; return what to raise. To be called in its turn."""
        name = name_of(url)
        host = self._of(name)
        reason = (
            f"is not fetched: {name} asks to be left alone for {seconds:.0f} s; rebuild again "
            "later."
        )
        cost = max(1.0, seconds)  # a server that says 0 for ever is bounded, too
        if cost > host.patience:
            host.refusal = reason
            return HostError(reason)
        host.patience -= cost
        host.rest_until = monotonic() + seconds
        return HostBusyError(reason)

    def _of(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host())


def name_of(url: str) -> str:
    """Return the host of a normal URL."""
    return urlsplit(url).hostname or ""
