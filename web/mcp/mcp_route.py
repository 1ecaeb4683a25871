"""The route `/mcp`, which loads the SDK when it is first used."""

import gc
from functools import cache
from typing import TYPE_CHECKING

from flask import Flask, Response, abort, request

from web.problems import problem
from web.request_body import require_json
from web.services import Services

if TYPE_CHECKING:
    from web.mcp.http_transport import HttpTransport


def register_mcp(app: Flask, services: Services) -> None:
    """Add the route. Only POST: without sessions there is no stream to GET or DELETE."""

    @cache
    def transport() -> "HttpTransport":
        # It takes 32 MB and most of a second, which only those who use it are to pay.
        from web.mcp.http_transport import HttpTransport

        loaded = HttpTransport(services)
        gc.freeze()  # as what is loaded before: a collection need not go through it
        return loaded

    def mcp() -> Response:
        require_json(request, services.limits.body)
        if request.get_json().get("jsonrpc") != "2.0":
            abort(problem(400, "The body is no message of JSON-RPC 2.0."))
        return transport().response(request)

    # Some programs put a slash behind every address.
    app.add_url_rule("/mcp", "mcp", mcp, methods=["POST"], strict_slashes=False)
