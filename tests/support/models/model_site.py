"""A language model's server on the loopback interface that writes, or misbehaves, as told."""

import json
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from qa.writing.model_client import ModelClient, ModelServer

KEY = "sk-never-shown-0123456789"

Sent = Callable[["Exchange"], None]
"""What sends a reply."""


class Exchange(BaseHTTPRequestHandler):
    """One request and its reply."""

    protocol_version = "HTTP/1.1"
    site: "ModelSite"
    asked: dict[str, Any]

    def do_POST(self) -> None:
        """Reply as the site is told to."""
        self.close_connection = True
        self.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.site.take(self)
        try:
            self.site.reply(self)
        except OSError:
            self.site.was_left.set()

    def begin(self, status: int = 200, kind: str = "text/event-stream", *headers: str) -> None:
        """Send the head of a reply that ends with its connection."""
        lines = [f"HTTP/1.1 {status} ", f"Content-Type: {kind}", "Connection: close", *headers]
        self.put("\r\n".join([*lines, "", ""]).encode())

    def put(self, data: bytes) -> None:
        """Send bytes now."""
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name
        """Log nothing."""


class ModelSite:
    """A model's server; `asked` are the bodies of requests, `keys` their credentials."""

    def __init__(self, reply: Sent) -> None:
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.begun, self.was_left, self.closing = Event(), Event(), Event()
        handler = type("Handler", (Exchange,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, exchange: Exchange) -> None:
        """Keep a request."""
        self.asked.append(exchange.asked)
        self.keys.append(exchange.headers.get("Authorization", ""))
        self.begun.set()

    @property
    def base_url(self) -> str:
        """The address as the setting has it."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def client(self, seconds: float = 60.0) -> ModelClient:
        """Return a client of this server."""
        return ModelClient(ModelServer(self.base_url, "tiny", KEY, seconds))

    @property
    def material(self) -> str:
        """What the model was last given to read."""
        return str(self.asked[-1]["messages"][-1]["content"])


def event(value: object) -> bytes:
    """Return a Server-Sent Event with JSON in it."""
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def part(text: str | None, finish: str | None = None) -> bytes:
    """Return the event of a part of the text."""
    delta = {} if text is None else {"content": text}
    return event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def writes(text: str, *, tokens: int | None = None) -> Sent:
    """Write a text, a few characters at a time."""

    def send(exchange: Exchange) -> None:
        exchange.begin()
        for at in range(0, len(text), 7):
            exchange.put(part(text[at : at + 7]))
        exchange.put(part(None, "stop"))
        if tokens is not None:
            exchange.put(event({"choices": [], "usage": {"total_tokens": tokens}}))
        exchange.put(b"data: [DONE]\n\n")

    return send


def writes_whole(text: str) -> Sent:
    """Write a text in one JSON object, as a server does that cannot stream."""

    def send(exchange: Exchange) -> None:
        exchange.begin(200, "application/json; charset=utf-8")
        message = {"role": "assistant", "content": text}
        exchange.put(json.dumps({"choices": [{"message": message}]}).encode())

    return send


def sends(*chunks: bytes, status: int = 200, headers: Sequence[str] = ()) -> Sent:
    """Send these bytes, whatever they are."""

    def send(exchange: Exchange) -> None:
        exchange.begin(status, "text/event-stream", *headers)
        for chunk in chunks:
            exchange.put(chunk)

    return send


def waits(exchange: Exchange) -> None:
    """Begin a text and send no more of it until the site closes or the client leaves."""
    exchange.begin()
    while not exchange.site.closing.wait(0.02):
        exchange.put(b": still thinking\n\n" + part(""))


def floods(exchange: Exchange) -> None:
    """Write without end."""
    exchange.begin()
    while not exchange.site.closing.is_set():
        exchange.put(part("桥" * 2000))


def echoes(exchange: Exchange) -> None:
    """Write what it was given to read, as a model does that obeys whoever spoke last."""
    writes(exchange.site.material)(exchange)
