"""Keeps pages from elsewhere from acting through a reader's browser.

A form or script of any page may send a POST here, a file upload as well, without the browser
asking first. It tells where the request comes from, in headers that no page can forge.
"""

from urllib.parse import urlsplit

from flask import Request

from web.problems import problem
from web.request_body import refuse

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_PORTS = {"http": ":80", "https": ":443"}


def refuse_foreign(request: Request) -> None:
    """Refuses what changes something or costs work when a page of another site asks for it.

    Programs send none of these headers, and pass.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    # What the browser itself calls of one origin is so, also where a proxy changes the Host.
    foreign = site != "same-origin" and origin and not is_own(origin, request.headers.get("Host"))
    if site == "cross-site" or foreign:
        detail = "A page of another site may not do this; open the page of this server."
        refuse(request, problem(403, detail))


def is_own(origin: str, host: str | None) -> bool:
    """Whether an origin is the host and port that were asked: `https://a.example`, `a.example`."""
    try:
        parts = urlsplit(origin.lower())
    except ValueError:
        return False
    port = _PORTS.get(parts.scheme)
    if port is None or not host:
        return False
    return parts.netloc.removesuffix(port) == host.lower().removesuffix(port)
