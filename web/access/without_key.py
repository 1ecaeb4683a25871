"""Who can reach a server, and so what may be done there without a key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.access.access_key import Right
from index.settings import Settings
from web.hosts import is_loopback
from web.reach.forwarding import IS_FORWARDED

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED")
"""As the loop sees them, before `Forwarding` takes them out and leaves its own mark."""


@dataclass(frozen=True, slots=True)
class WithoutKey:
    """What may be done without a key.

    A request that a proxy forwards comes from elsewhere, though it arrives from this machine.
    """

    right: Right
    forwarded: Right

    @classmethod
    def of(cls, settings: Settings, host: str) -> "WithoutKey":
        """Take what is set, for a server that listens on a host; else what fits who reaches it."""
        if settings.without_key == "auto":
            return cls(Right.WRITE if is_local(host, settings) else Right.NONE, Right.NONE)
        right = Right[settings.without_key.upper()]
        return cls(right, right)

    def right_in(self, environ: Mapping[str, Any]) -> Right:
        """Return what may be done in a request, by its environment as WSGI has it."""
        is_forwarded = environ.get(IS_FORWARDED) or any(name in environ for name in _FORWARDED)
        return self.forwarded if is_forwarded else self.right


def is_local(host: str, settings: Settings) -> bool:
    """Return whether only this machine reaches a server that listens on a host."""
    return is_loopback(host) and not settings.trusted_proxy
