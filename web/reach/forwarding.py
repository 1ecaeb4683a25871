"""Believe what a proxy tells of a request, if it is declared; forget what anybody else tells."""

import logging
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.utils import redirect

from web.problems import problem
from web.reach.reach import Reach
from web.security_headers import add_security_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

IS_FORWARDED = "yiju.is_forwarded"
"""Key of the environment: whether the request was forwarded, by a declared proxy or another."""
PUBLIC_URL = "yiju.public_url"
"""Key of the environment: the address of the page, if it is set."""

_FOR, _PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
_HOST, _PREFIX = "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PREFIX"
_TOLD = (_FOR, _PROTO, _HOST, _PREFIX, "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED")
_PREFIXES = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")
_log = logging.getLogger(__name__)


class Forwarding:
    """Hands requests to an application as the client sent them to the first declared proxy.

    werkzeug's `ProxyFix` believes whoever connects, and a fixed number of proxies; this one looks
    at the address of each.
    """

    def __init__(self, app: "WSGIApplication", reach: Reach) -> None:
        self._app, self._reach = app, reach
        self._has_warned = False

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Serve a request."""
        reach = self._reach
        told = {name: str(environ.pop(name)) for name in _TOLD if name in environ}
        environ[IS_FORWARDED] = bool(told)
        if told:
            peer = environ["REMOTE_ADDR"]
            if not reach.proxies.has(peer):
                self._warn(peer)
            elif wrong := _take(environ, told, reach):
                detail = f"The proxy in front forwards a wrong header: {wrong}"
                return add_security_headers(problem(400, detail))(environ, start_response)
        if reach.public_url:
            environ[PUBLIC_URL], environ["SCRIPT_NAME"] = reach.public_url, reach.prefix
        if reach.prefix and environ["PATH_INFO"] == reach.prefix:
            # The addresses of the page are relative to the slash at its end.
            leading = redirect(f"{reach.prefix}/", 308)
            return add_security_headers(leading)(environ, start_response)
        return self._app(environ, start_response)

    def _warn(self, peer: str) -> None:
        """Log once that somebody forwards who is not declared."""
        if not self._has_warned:
            self._has_warned = True
            _log.warning(
                "Requests come through a proxy at %s that is not declared, so that what it tells "
                "of its clients is passed over. If it is yours, name it in YIJU_TRUSTED_PROXY.",
                peer,
            )


def _take(environ: "WSGIEnvironment", told: dict[str, str], reach: Reach) -> str | None:
    """Put what a declared proxy tells in its place; return what is wrong with it, if anything."""
    prefix = _last(told.get(_PREFIX, ""))
    scheme = _last(told.get(_PROTO) or str(environ["wsgi.url_scheme"])).lower()
    if not _PREFIXES.fullmatch(prefix):
        return "X-Forwarded-Prefix is no path such as /yiju."
    if scheme not in {"http", "https"}:
        return "X-Forwarded-Proto is neither http nor https."
    environ["REMOTE_ADDR"] = reach.proxies.client(environ["REMOTE_ADDR"], told.get(_FOR, ""))
    environ["wsgi.url_scheme"] = scheme
    environ["SCRIPT_NAME"] = prefix.rstrip("/")
    if _HOST in told:
        environ["HTTP_HOST"] = _last(told[_HOST])
    return None


def _last(values: str) -> str:
    """Return what the proxy nearest to us has told; the others are not known to be ours."""
    return values.rpartition(",")[2].strip()
