"""The server that is attacked, one of its own for each attack, and what is told of an attack."""

import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bench.processes import ROOT, running_server, yiju_command

QUESTION = "港珠澳大桥全长多少公里?"
ANSWER = "55公里"


@dataclass(frozen=True, slots=True)
class Target:
    """A running server over the sample articles: its address, process and store."""

    address: str
    process_id: int
    store: Path
    log: Path

    def send(self, data: bytes, patience: float = 60) -> bytes:
        """Send bytes over a connection of its own; return what comes until it ends.

        What has come counts if the server falls silent for `patience` seconds, or resets.
        """
        replies = b""
        with suppress(OSError), self.connected(patience) as connection:
            with suppress(OSError):  # it may refuse before all is sent, with a reply
                connection.sendall(data)
            while piece := connection.recv(65536):
                replies += piece
        return replies

    def connected(self, patience: float = 60) -> socket.socket:
        """Open a connection."""
        place = urlsplit(self.address)
        return socket.create_connection((place.hostname, place.port), timeout=patience)


class Verdicts:
    """Prints whether each attack was withstood, and counts those that were not."""

    def __init__(self) -> None:
        self.failed = 0

    def add(self, name: str, complaint: str | None, figures: str = "") -> None:
        """Print a line; `complaint` is None if the attack was withstood."""
        self.failed += complaint is not None
        print(f"{'ok  ' if complaint is None else 'FAIL'} {name:42} {complaint or figures}")

    def end(self) -> None:
        """Print the count and end the process, with 1 if anything failed."""
        print(f"Failed: {self.failed}.")
        sys.exit(1 if self.failed else 0)


@contextmanager
def sample_server(**environment: str) -> Iterator[Target]:
    """Serve a new store of the sample articles for a block, with a line about the machine.

    Raises:
        RuntimeError: the server logged a traceback.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that the server is ended
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store, log = sample_store(Path(folder)), Path(folder) / "log"
        with running_server(store, log, until="/readyz", environment=environment) as server:
            yield Target(server.address, server.process_id, store, log)
        told = log.read_text(encoding="utf-8", errors="replace")
        if "Traceback" in told:
            raise RuntimeError(told[told.index("Traceback") :][:3000])


def sample_store(folder: Path) -> Path:
    """Copy the sample articles to a folder and build a store beside them."""
    shutil.copytree(ROOT / "articles", folder / "articles")
    store = folder / "store"
    command = yiju_command("rebuild", folder / "articles", "--store", store)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return store


def request(method: str, path: str, body: bytes = b"", *headers: str) -> bytes:
    r"""Return the bytes of a request that asks for the connection to be closed.

    >>> request("GET", "/healthz")
    b'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
    """
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([*lines, *headers, "", ""])
    return head.encode("utf-8") + body


def question(text: str = QUESTION, path: str = "/api/ask") -> bytes:
    """Return the bytes of a request that asks a question."""
    body = json.dumps({"question": text}).encode()
    return request("POST", path, body, "Content-Type: application/json")


def statuses(replies: bytes) -> list[int]:
    r"""Return the statuses of one reply after the other.

    >>> statuses(b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n")
    [200, 404]
    """
    parts = replies.split(b"HTTP/1.1 ")[1:]
    return [int(part[:3]) for part in parts if part[:3].isdigit()]
