"""A model's server that writes the first sentence it may cite, at once or never."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

_FIRST = re.compile(r"^\[1\] (.+)$", re.MULTILINE)


@contextmanager
def model_server(*, writes: bool) -> Iterator[str]:
    """Serve a model for a block; yield its address. One that does not write keeps each waiting."""
    ended = Event()

    class Handler(BaseHTTPRequestHandler):
        """Answers each request."""

        def do_POST(self) -> None:
            """Write, or wait."""
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not writes:
                ended.wait()
                return
            match = _FIRST.search(asked["messages"][-1]["content"])
            text = f"{match[1].rstrip('。.')}[1]。" if match else "NONE"
            body = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
