"""Who can reach a server, and so what may be done there without a key."""

from index.access.access_key import Right
from index.settings import Settings
from web.hosts import is_loopback


def is_local(host: str, settings: Settings) -> bool:  # noqa: ARG001 - a proxy is to be asked for
    """Return whether only this machine reaches a server that listens on a host."""
    return is_loopback(host)


def right_without_key(host: str, settings: Settings) -> Right:
    """Return what may be done without a key: everything where only this machine reaches it."""
    if settings.without_key == "auto":
        return Right.WRITE if is_local(host, settings) else Right.NONE
    return Right[settings.without_key.upper()]
