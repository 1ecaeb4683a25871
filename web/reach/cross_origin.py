"""Let pages of listed sites call this server from a browser (CORS, as the Fetch standard has it).

A site is let in by its exact origin. Cookies play no part: whoever calls sends a key by itself.
"""

from collections.abc import Collection, Mapping

from flask import Request, Response

_METHODS = "GET, POST, DELETE"
_HEADERS = (
    "Accept-Language, Authorization, Content-Type, Last-Event-ID, Mcp-Protocol-Version, "
    "Mcp-Session-Id, X-Request-ID"
)
_EXPOSED = "Retry-After, X-Request-ID"
_LASTS = "600"  # seconds that a browser need not ask again


class CrossOrigin:
    """The sites whose pages may call."""

    def __init__(self, origins: Collection[str] = ()) -> None:
        self._origins = frozenset(origins)

    def has(self, origin: str | None) -> bool:
        """Return whether an `Origin` header is that of a listed site."""
        return origin in self._origins

    def headers(self, origin: str | None) -> Mapping[str, str]:
        """Return what every answer says to a page of an origin, if any site is listed."""
        if not self._origins:
            return {}
        if origin is None or not self.has(origin):
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": _EXPOSED,
        }

    def preflight(self, request: Request) -> Response | None:
        """Return the answer to a browser that asks whether it may send a request; None if not."""
        asked = request.headers.get("Access-Control-Request-Method")
        origin = request.headers.get("Origin")
        if request.method != "OPTIONS" or asked is None or not self.has(origin):
            return None
        response = Response(status=204)
        del response.headers["Content-Type"]
        response.headers["Access-Control-Allow-Methods"] = _METHODS
        response.headers["Access-Control-Allow-Headers"] = _HEADERS
        response.headers["Access-Control-Max-Age"] = _LASTS
        return response

    def add_headers(self, request: Request, response: Response) -> Response:
        """Tell the browser whether a page may read a response."""
        for name, value in self.headers(request.headers.get("Origin")).items():
            if name == "Vary":
                response.vary.add(value)
            else:
                response.headers[name] = value
        return response
