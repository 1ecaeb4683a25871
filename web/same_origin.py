"""Refuses requests that pages of other sites send through a reader's browser (CSRF).

Any page's form or script can send a POST here, a file upload too, without a preflight request. The
browser states the request's origin in headers that no page can forge.
"""

from urllib.parse import urlsplit

from flask import Request

from web.problems import problem
from web.request_body import refuse

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def refuse_cross_site(request: Request) -> None:
    """Refuse with 403 what isn't a mere read when it comes from a page of another site.

    Programs send none of these headers, and pass.
    """
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    # The browser's own "same-origin" counts first: a proxy may have changed the Host.
    foreign = (
        site != "same-origin" and origin and not is_same_origin(origin, request.headers.get("Host"))
    )
    if site == "cross-site" or foreign:
        detail = "A page of another site may not do this; open the page of this server."
        refuse(request, problem(403, detail))


def is_same_origin(origin: str, host: str | None) -> bool:
    """Tell whether an origin is the host and port of the request.

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
