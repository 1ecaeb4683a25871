"""Answer one HTTP request with the SDK's streamable HTTP: without sessions, in JSON.

A session would live in one of several server processes. The SDK is written for ASGI; here it runs
in the thread of the request, in a loop of its own, so that the server's lanes bound it.
"""

from collections.abc import Callable, MutableMapping
from typing import Any, TypeVar

import anyio
from flask import Request, Response
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from web.mcp.protocol_server import PUBLIC_ROOT, protocol_server
from web.reach.public_address import public_root
from web.services import Services

Result = TypeVar("Result")
Message = MutableMapping[str, Any]


class HttpTransport:
    """Serves the protocol over HTTP. Threads may share it."""

    def __init__(self, services: Services) -> None:
        self._server = protocol_server(services, _run)
        self._largest = services.limits.body

    def response(self, request: Request) -> Response:
        """Return the answer to a request."""
        exchange = _Exchange(request)
        anyio.run(self._handle, exchange)
        return Response(bytes(exchange.body), exchange.status, exchange.headers)

    async def _handle(self, exchange: "_Exchange") -> None:
        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, max_request_body_size=self._largest
        )
        async with manager.run():
            await manager.handle_request(exchange.scope, exchange.receive, exchange.send)


class _Exchange:
    """A request and the answer to it, as ASGI has them."""

    def __init__(self, request: Request) -> None:
        self.scope = _scope(request)
        self.status = 500
        self.headers: list[tuple[str, str]] = []
        self.body = bytearray()
        self._unread: bytes | None = request.get_data()

    async def receive(self) -> Message:
        """Return the body, once; the client is there until it is answered."""
        body, self._unread = self._unread, None
        if body is None:
            await anyio.sleep_forever()
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
        else:
            self.body += message.get("body", b"")


def _scope(request: Request) -> Message:
    encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in request.headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "root_path": request.root_path,
        "query_string": request.query_string,
        "headers": encoded,
        "server": request.server,
        PUBLIC_ROOT: public_root(request),
    }


async def _run(work: Callable[[], Result]) -> Result:
    return work()
