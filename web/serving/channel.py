"""One connection: requests are read whole before they are served, answers written as they are read.

waitress does the work; what is added here are the bounds in time, the comments of a silent stream,
and the end of a connection on which the client is still sending.
"""

import socket
from time import monotonic
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel

from web.serving.pace import Bounds, Pace
from web.serving.refusal import RefusalTask
from web.serving.request_parser import TOO_SLOW, RequestParser
from web.serving.response_task import ResponseTask

_MAX_IGNORED = 256_000_000  # bytes; a client that sends more may miss the answer


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection. All but `service` runs in the thread of the loop."""

    task_class = ResponseTask
    error_task_class = RefusalTask
    is_deaf = False
    """Whether the rest of what the client sends is ignored."""
    request: RequestParser | None
    _hangs_up = False
    task: ResponseTask | None = None
    """What is being served."""

    def __init__(
        self,
        server: Any,  # noqa: ANN401 - the listener, which knows this module
        sock: socket.socket,
        addr: Any,  # noqa: ANN401
        adj: Adjustments,
        map: dict[int, Any] | None = None,  # noqa: A002 - waitress names it
    ) -> None:
        """Register the connection with the loop."""
        self._free_since = monotonic()
        self._reading: Pace | None = None
        self._writing: Pace | None = None
        super().__init__(server, sock, addr, adj, map=map)

    def parser_class(self, adj: Adjustments) -> RequestParser:
        """Create the parser of the next request."""
        return RequestParser(adj, self)

    @property
    def held(self) -> int:
        """The bytes of bodies that are in memory."""
        return sum(request.held for request in (*self.requests, self.request) if request)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the client to send a request."""
        return not self.requests and not self.total_outbufs_len

    @property
    def worth(self) -> tuple[int, float]:
        """By which the connection to give up is chosen: what has come of a request, then age."""
        return self._reading.moved if self._reading else 0, self._free_since

    def received(self, data: bytes) -> bool:
        """Take what the client has sent."""
        self._reading = self._reading or Pace(monotonic())
        self._reading.moved += len(data)
        if self.is_deaf:
            if self._reading.moved > _MAX_IGNORED:
                self.drop()
            return False
        super().received(data)
        if self.request is None and not self.is_deaf:
            self._reading = None
        return True

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what the socket takes."""
        count: int = super().send(data, do_close)
        if self._writing:
            self._writing.moved += count
        return count

    def service(self) -> None:
        """Serve the first request, in the thread of a lane."""
        if self.server.is_stopping:
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()
        self.task = None
        self._free_since = monotonic()

    def is_overdue(self, now: float) -> bool:
        """Return whether the client has kept this connection for too long; ask once in a while."""
        bounds: Bounds = self.server.bounds
        if self.total_outbufs_len:
            self._writing = self._writing or Pace(now)
            return self._writing.is_lost(now, bounds)
        self._writing = None
        if self.requests:
            return False
        if self.request is not None or self._hangs_up:
            return self._reading is not None and self._reading.is_lost(now, bounds)
        return now - self._free_since > bounds.idle

    def give_up(self) -> bool:
        """Put a refusal in the place of a request that does not come; return False without one."""
        request = self.request
        if request is None or self.requests or self.total_outbufs_len or self._hangs_up:
            return False
        request.error, request.completed = TOO_SLOW, True
        with self.requests_lock:
            self.requests.append(request)
            self.request = None
        return True

    def keep_alive(self, now: float) -> None:
        """Send a comment on a stream that has been silent; ask once in a while."""
        task, bounds = self.task, self.server.bounds
        if task is not None and self.connected and not self.total_outbufs_len:
            task.break_silence(now, bounds.silence)

    def cut_off(self) -> None:
        """End the stream that is under way, if there is one."""
        if self.task is not None and self.connected:
            self.task.cut_off()

    @property
    def unread_since(self) -> float:
        """Since when the answer waits for its reader."""
        return self._writing.began if self._writing else monotonic()

    def drop(self) -> None:
        """Close the connection now, whatever is under way."""
        self.is_deaf = False
        self.handle_close()

    def handle_close(self) -> None:
        """Close the connection, or only our side of it while the client is still sending."""
        if self.is_deaf and self.will_close and not self._hangs_up and self._hang_up():
            return
        self.server.withdraw(self)
        super().handle_close()

    def _hang_up(self) -> bool:
        """Send the end; a client whose bytes meet a closed socket would miss the answer."""
        self._hangs_up = True
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            return False
        self.will_close = self.close_when_flushed = False
        self._reading = Pace(monotonic())
        return True
