"""The task that writes the answer to one request, and the comments of a stream that is silent."""

import threading
from time import monotonic
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from web.serving.observed_task import EXCHANGE, ObservedTask

_COMMENT = b": keep-alive\n\n"


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
            super().write(data)
            if self._is_event_stream:
                self._speaks_since = monotonic()

    def finish(self) -> None:
        """Write the end of the answer; no comment may follow."""
        with self._writing:
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

    @property
    def _is_event_stream(self) -> bool:
        return any(
            name.lower() == "content-type" and value.startswith("text/event-stream")
            for name, value in self.response_headers
        )
