"""Requests as bytes, over sockets that a test holds in its hand."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tests.conftest import WITHIN
from web.services import ServerLimits
from web.serving.channel import Channel
from web.serving.listener import Listener
from web.serving.pace import Bounds
from web.serving.request_parser import RequestParser
from web.serving.traffic import Load, Traffic

Place = tuple[str, int]
Start = Callable[[str, list[tuple[str, str]]], Any]


class LoopServer:
    """The loop of a server process, in a thread of the test's own process."""

    def __init__(
        self,
        app: Callable[..., Any],
        bounds: Bounds,
        limits: ServerLimits,
        admits: Callable[[RequestParser], bool],
    ) -> None:
        """Listen; questions are answered one at a time."""
        sock = socket.create_server(("127.0.0.1", 0))
        self.place: Place = sock.getsockname()
        self.listener = Listener(app, sock, Traffic(Load(1, 1, 4, limits)), bounds, admits)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    @property
    def channels(self) -> list[Channel]:
        """The open connections."""
        return list(self.listener.active_channels.values())

    def stop(self) -> None:
        """Stop as a worker process does, and wait until all is done."""
        self._stop.set()
        self._thread.join(WITHIN)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.listener.turn(0.05)
        self.listener.stop()
        while not self.listener.is_done:
            self.listener.turn(0.05)
        self.listener.close()


@contextmanager
def loop_server(
    app: Callable[..., Any],
    bounds: Bounds | None = None,
    limits: ServerLimits | None = None,
    admits: Callable[[RequestParser], bool] = lambda _: True,
) -> Iterator[LoopServer]:
    """Serve a WSGI application for a block."""
    default = ServerLimits(body=100_000, upload=1_000_000, read_only=False)
    server = LoopServer(app, bounds or Bounds(), limits or default, admits)
    try:
        yield server
    finally:
        server.stop()


def echo(environ: dict[str, Any], start: Start) -> list[bytes]:
    """Answer with the body."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def connect(place: Place, sent: bytes = b"", *, room: int | None = None) -> socket.socket:
    """Connect and send; `room` is the size of the buffer for what is received."""
    client = socket.socket()
    if room is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.settimeout(WITHIN)
    client.connect(place)
    client.sendall(sent)
    return client


def head(method: str, path: str, *headers: str) -> bytes:
    """Return the head of a request to this machine."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_answer(client: socket.socket) -> tuple[int, bytes]:
    """Return status and body of the next answer, which has a length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(client)
    start, _, body = data.partition(b"\r\n\r\n")
    size = int(start.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < size:
        body += _some(client)
    assert len(body) == size, "the next answer came along"
    return int(start.split()[1]), body


def read_to_end(client: socket.socket) -> bytes:
    """Return all that comes until the server closes the connection, or resets it."""
    data = b""
    try:
        while chunk := client.recv(65_536):
            data += chunk
    except ConnectionResetError:
        pass
    return data


def ask(place: Place, path: str) -> int:
    """Send a request without a body; return the status of the answer."""
    with connect(place, head("GET", path)) as client:
        return read_answer(client)[0]


def _some(client: socket.socket) -> bytes:
    data = client.recv(65_536)
    assert data, "the server has closed the connection"
    return data
