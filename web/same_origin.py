"""Protection against cross-site request forgery (CSRF).

A form or script of any page can send a POST here, a file upload too, without a preflight request.
Browsers state the request's origin in headers that no page can forge.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Request, abort

from web.problems import problem

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def refuse_cross_site(
    request: Request, own: str = "", is_let_in: Callable[[str], bool] = lambda _: False
) -> None:
    """Abort with 403 if a page of another site sent a request that may change something.

    Programs other than browsers send none of these headers and are not refused. `own` is the
    origin of the page where that is set; further origins may be let in.
    """
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if origin and (origin == own or is_let_in(origin)):
        return
    # The browser's own "same-origin" counts first: a proxy may have changed the Host.
    foreign = (
        site != "same-origin" and origin and not is_same_origin(origin, request.headers.get("Host"))
    )
    if site == "cross-site" or foreign:
        detail = "A page of another site may not do this; open the page of this server."
        abort(problem(403, detail))


def is_same_origin(origin: str, host: str | None) -> bool:
    """Return whether an `Origin` header has the host and port of the `Host` header.

    >>> is_same_origin("https://a.example", "a.example:443")
    True
    """
    try:
        parts = urlsplit(origin.lower())
    except ValueError:
        return False
    port = _DEFAULT_PORTS.get(parts.scheme)
    if port is None or not host:
        return False
    return parts.netloc.removesuffix(port) == host.lower().removesuffix(port)
