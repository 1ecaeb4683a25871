"""A receiver of webhooks on the loopback interface, which answers as a test needs it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver:
    """Keeps what is posted; `answers` gives the status of the nth request, counted from 0."""

    def __init__(self, answers: Callable[[int], int]) -> None:
        self.answers = answers
        self.requests: list[tuple[dict[str, str], str]] = []
        self.address = ""
        self.arrived = threading.Condition()

    def wait_for(self, count: int, seconds: float = 180) -> None:
        """Wait until so many requests have come."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.requests) >= count, seconds)

    def events(self) -> list[dict[str, Any]]:
        """Return the events that came, each verified by the library of the specification."""
        return [Webhook(SECRET).verify(body, headers) for headers, body in self.requests]


@contextmanager
def receiver(answers: Callable[[int], int] = lambda _: 204) -> Iterator[Receiver]:
    """Receive webhooks for a block."""
    received = Receiver(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            with received.arrived:
                received.requests.append((dict(self.headers), body))
                number = len(received.requests) - 1
                received.arrived.notify_all()
            status = received.answers(number)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    received.address = f"http://127.0.0.1:{server.server_port}/hook?key=secret-key"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
