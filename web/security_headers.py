"""The headers of every answer that forbid what no page here needs."""

from typing import TypeVar

from werkzeug.sansio.response import Response

AnyResponse = TypeVar("AnyResponse", bound=Response)

# What is no page may load nothing at all, should a browser show it as one.
_NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'"


def add_security_headers(response: AnyResponse) -> AnyResponse:
    """Forbid what no response here needs; an answer must not outlive the articles in a cache."""
    response.headers.setdefault("Content-Security-Policy", _NO_PAGE_POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    # Older browsers know no frame-ancestors, and this header knows no list of sites.
    if "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]:
        response.headers["X-Frame-Options"] = "DENY"
    return response
