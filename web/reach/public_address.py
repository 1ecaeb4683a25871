"""Where the page and the API are, as those see them who asked."""

from flask import Request

from web.reach.forwarding import PUBLIC_URL


def public_root(request: Request) -> str:
    """Return the address of the page, with a slash at its end.

    It is the one that is set, or the one that the request was sent to.
    """
    return str(request.environ.get(PUBLIC_URL) or request.url_root)


def link_root(request: Request) -> str:
    """Return what links begin with: the address that is set, or the path on the same host."""
    return str(request.environ.get(PUBLIC_URL) or f"{request.script_root}/")
