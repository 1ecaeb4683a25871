"""Protection against DNS rebinding: which names this server is addressed by.

A page of another site may let its own name lead to this machine; to the browser this server is then
a part of that site. Its requests are told by their `Host`, which no page can forge.
"""

import re
import socket
from collections.abc import Sequence
from ipaddress import ip_address

from flask import Request, abort

from web.problems import problem

ANY = "*"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[^\s:,/@\[\]]+))(?::\d*)?")


class AllowedHosts:
    """The names that requests may be addressed to.

    They are those of `listed` and the address the server is bound to; and on a loopback address
    those of this machine, elsewhere any IP address, for none can be bound anew.
    """

    def __init__(self, bound: str, listed: Sequence[str] = ()) -> None:
        self._names = _LOOPBACK | {plain_name(name) for name in (bound, *listed)}
        self._any = ANY in self._names
        self._addresses = not is_loopback(bound)

    def check(self, request: Request) -> None:
        """Abort with 421 if a request is addressed to another name, with 400 if to none."""
        host = request.headers.get("Host")
        if host is None:
            if request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0":
                abort(problem(400, "The request has no Host header; send one."))
            return
        if not self.has(host):
            detail = (
                "This server is not addressed by that name. If it shall be, list the name in "
                "YIJU_HOSTS where the server is started."
            )
            abort(problem(421, detail))

    def has(self, host: str) -> bool:
        """Return whether the value of a `Host` header, with or without a port, is allowed.

        >>> hosts = AllowedHosts("127.0.0.1", ["news.example"])
        >>> hosts.has("localhost:8000"), hosts.has("News.Example"), hosts.has("evil.example")
        (True, True, False)
        """
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = plain_name(match["v6"] or match["name"])
        return self._any or name in self._names or (self._addresses and _is_address(name))


def plain_name(name: str) -> str:
    """Return a host name or IP address in its one form.

    >>> plain_name("Localhost."), plain_name("0:0:0:0:0:0:0:1")
    ('localhost', '::1')
    """
    name = name.lower().removesuffix(".")
    return str(ip_address(name)) if _is_address(name) else name


def is_loopback(host: str) -> bool:
    """Return whether a host to listen on is reached from this machine only."""
    if not host:
        return False  # all addresses
    try:
        entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(ip_address(str(entry[4][0]).partition("%")[0]).is_loopback for entry in entries)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
