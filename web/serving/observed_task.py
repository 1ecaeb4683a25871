"""What every answer has in common: an id, a line in the log, a place in the metrics."""

from time import monotonic
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import Task

from web.observing.http_exchange import Exchange, request_id, working_on

EXCHANGE = "yiju.exchange"
"""Key of the environment: the exchange of the request."""


class ObservedTask(Task):  # type: ignore[misc]
    """A task that tells the listener's observer of its exchange when it has ended."""

    def __init__(self, channel: HTTPChannel, request: HTTPRequestParser) -> None:
        """Take a request, which is whole or refused."""
        super().__init__(channel, request)
        began = monotonic()
        self.exchange = Exchange(
            id=request_id(request.headers.get("X_REQUEST_ID", "")),
            method=getattr(request, "command", "") or "",
            path=request.path.encode("latin-1").decode("utf-8", "replace"),
            client=str(channel.addr[0]),
            began=request.whole_since or began,
        )
        self.exchange.waited = began - self.exchange.began

    def service(self) -> None:
        """Serve the request."""
        with working_on(self.exchange):
            try:
                super().service()
            finally:
                if self.wrote_header:  # else an error is answered in its place
                    self._tell()

    def write(self, data: bytes) -> None:
        """Write a piece of the answer, the head before the first."""
        super().write(data)
        self.exchange.sent += len(data)

    def build_response_header(self) -> bytes:
        """Return the head, with the id and with what pages of other sites may read."""
        told: list[tuple[str, str]] = self.response_headers
        told.append(("X-Request-ID", self.exchange.id))
        head: bytes = super().build_response_header()
        return head

    def _tell(self) -> None:
        exchange = self.exchange
        exchange.status = int(self.status[:3])
        exchange.seconds = monotonic() - exchange.began
        observe: Any = self.channel.server.observe
        observe(exchange)
