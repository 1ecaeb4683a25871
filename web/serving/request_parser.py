"""Read one request: its head and, within bounds, its body. waitress does the parsing."""

from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.utilities import BadRequest, RequestHeaderFieldsTooLarge

from web.serving.refusal import Refusal

if TYPE_CHECKING:
    from web.serving.channel import Channel

_MAX_CHUNK_LINE = 4096  # bytes of a chunk's size with its extensions, or of the trailers
_CROWDED = Refusal.of(
    503, "The server receives as much as it can. Try again in a moment.", 1, "overload"
)
_LONG_ADDRESS = Refusal.of(414, "The address of the request is too long.")
TOO_SLOW = Refusal.of(
    408, "The request did not come to its end in time. Send it again.", None, "slow"
)


class RequestParser(HTTPRequestParser):  # type: ignore[misc]
    """Collects a request.

    A body that is too large, or comes from nobody who may send it, is cut off; the application
    will refuse it.
    """

    path = ""
    """What is asked for; nothing if the head can't be read."""
    error: Any
    whole_since = 0.0
    """Since when it waits to be served."""

    def __init__(self, adj: Adjustments, channel: "Channel") -> None:
        """Create the parser of the next request of a connection."""
        super().__init__(adj)
        self._channel = channel
        self._admitted: bool | None = None

    @property
    def held(self) -> int:
        """The bytes of the body so far."""
        return len(self.body_rcv) if self.body_rcv else 0

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; what is asked for is a path below that of the page."""
        super().parse_header(header_plus)
        prefix = self._channel.server.prefix
        if prefix and self.path.startswith(f"{prefix}/"):
            self.path = self.path.removeprefix(prefix)

    def received(self, data: bytes) -> int:
        """Take bytes of the request; return how many of them belong to it."""
        before, head = self.held, self.header_plus
        consumed: int = super().received(data)
        if (
            isinstance(self.error, RequestHeaderFieldsTooLarge)
            and b"\n" not in ((head + data)[: self.adj.max_request_header_size])
        ):
            self.error = _LONG_ADDRESS
        if self.headers_finished and not self.empty and self.error is None:
            self._channel.server.add_held(self.held - before)
            self._check_body()
        if self.error is not None or self._channel.is_deaf:
            # What follows can't be told from this request's own bytes.
            self._channel.is_deaf = self.completed = True
            return len(data)
        return consumed

    def _check_body(self) -> None:
        receiver = self.body_rcv
        if receiver is None:
            self.expect_continue = False  # waitress would wait for a body that never comes
            return
        size = self.content_length or len(receiver)
        server = self._channel.server
        if size > server.lane(self).rule.largest_body or not self._is_admitted(size):
            self._cut(size)
        elif self.chunked and len(receiver.control_line + receiver.trailer) > _MAX_CHUNK_LINE:
            self.error = BadRequest("A chunk size or a trailer is too long")
        elif len(receiver) > server.bounds.small_body and server.is_crowded:
            self.error = _CROWDED

    def _is_admitted(self, size: int) -> bool:
        """Return whether the client may send a body of this size; asked once of a request."""
        if self._admitted is None and size > self._channel.server.bounds.small_body:
            self._admitted = self._channel.server.admits(self)
        return self._admitted is not False

    def _cut(self, size: int) -> None:
        """Drop the body, but tell the application its size."""
        self.close()
        self.body_rcv, self.expect_continue = None, False
        self.headers["CONTENT_LENGTH"] = str(size)
        self.headers["CONNECTION"] = "close"
        self._channel.is_deaf = True
