"""The task that writes the answer to one request, and the comments of a stream that is silent."""

import threading
from time import monotonic
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from web.openai.openai_errors import speaks_openai
from web.serving.observed_task import EXCHANGE, ObservedTask
from web.serving.refusal import Refusal

_COMMENT = b": keep-alive\n\n"
_STOPPED = "The server is being stopped. Ask again in a moment."


class ResponseTask(ObservedTask, WSGITask):  # type: ignore[misc]
    """Serves a request, in the thread of a lane.

    Proxies and clients give up connections on which nothing comes, and a client that is gone is
    noticed where something is sent. So the loop sends comments on silent event streams. Each piece
    that the application yields must be whole events, for a comment may come between two of them.
    """

    def __init__(self, channel: HTTPChannel, request: HTTPRequestParser) -> None:
        """Take a request, and tell the channel."""
        super().__init__(channel, request)
        # Reentrant, for waitress' methods call each other.
        self._writing = threading.RLock()
        self._speaks_since: float | None = None
        self._is_cut_off = False
        channel.task = self

    def get_environment(self) -> dict[str, Any]:
        """Return the WSGI environment."""
        environ: dict[str, Any] = super().get_environment()
        # Files are read into the answer: left open, they would be without bound.
        environ.pop("wsgi.file_wrapper", None)
        environ[EXCHANGE] = self.exchange
        return environ

    def write(self, data: bytes) -> None:
        """Write a piece of the answer, the head before the first."""
        with self._writing:
            if self._is_cut_off:
                return
            super().write(data)
            if self._is_event_stream:
                self._speaks_since = monotonic()

    def finish(self) -> None:
        """Write the end of the answer; no comment may follow."""
        with self._writing:
            if not self._is_cut_off:
                super().finish()
            self._speaks_since = None

    def break_silence(self, now: float, silence: float) -> None:
        """Write a comment after some seconds of silence; called in the thread of the loop."""
        # While the application is writing, there is no silence, and the loop must not wait.
        if not self._writing.acquire(blocking=False):
            return
        try:
            if self._speaks_since is not None and now - self._speaks_since > silence:
                self.write(_COMMENT)
        finally:
            self._writing.release()

    def cut_off(self) -> None:
        """End an event stream that is under way with an error; called in the thread of the loop."""
        # What is being written is an event, and short.
        with self._writing:
            if self._speaks_since is not None:
                self.write(_last_event(self.request.path))
                self.finish()
                self._is_cut_off = True

    @property
    def _is_event_stream(self) -> bool:
        return any(
            name.lower() == "content-type" and value.startswith("text/event-stream")
            for name, value in self.response_headers
        )


def _last_event(path: str) -> bytes:
    """Return the event that tells the end of a stream, in the shape of its address."""
    refusal = Refusal.of(503, _STOPPED)
    if speaks_openai(path):
        return b"data: " + refusal.in_openai_shape().body + b"\n\n"
    return b"event: error\ndata: " + refusal.body + b"\n\n"
