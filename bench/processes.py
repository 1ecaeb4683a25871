"""Servers as a user starts them, each ended with its block, and the memory of processes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx

ROOT = Path(__file__).parent.parent
START_WITHIN = 120  # seconds; a cold import of torch on a busy machine takes its time
_STOP_WITHIN = 30  # seconds


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the URL of its root and its process id."""

    address: str
    process_id: int


class Process(Protocol):
    """What is asked of the process of a server."""

    def poll(self) -> int | None:
        """Return the exit code if it has ended."""

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once it has ended."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it at once."""


def yiju_command(*arguments: object) -> list[str]:
    """Return the command line that runs Yiju with these arguments."""
    return [sys.executable, "-m", "yiju", *map(str, arguments)]


def free_port() -> int:
    """Return a free port of the loopback interface."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(
    store: Path,
    log: Path | None = None,
    *,
    root: Path = ROOT,
    until: str = "/healthz",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server over a store for the length of a block.

    Args:
        store: The store to serve; it may be empty.
        log: File for the server's output, which is discarded without one.
        root: Checkout of Yiju that serves.
        until: The path that must answer 200 before the block starts: `/readyz` waits for an index.
        environment: Additional environment variables.

    Raises:
        RuntimeError: the server ends, or `until` does not answer in time.
    """
    port = free_port()
    command = yiju_command("serve", "--store", store, "--port", port)
    address = f"http://127.0.0.1:{port}"
    with running_command(
        command, address, log, root=root, until=until, environment=environment
    ) as server:
        yield server


@contextmanager
def running_command(  # noqa: PLR0913 - three have a default that fits
    command: Sequence[str],
    address: str,
    log: Path | None = None,
    *,
    root: Path = ROOT,
    until: str = "/healthz",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a command that serves at an address, as `running_server` does."""
    with (log or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=root,
            env={**os.environ, **(environment or {})},
        )
        with serving_process(process, address + until, log):
            yield Server(address, process.pid)


@contextmanager
def serving_process(process: Process, url: str, log: Path | None) -> Iterator[None]:
    """Wait until a process answers 200 at an address; end it with the block."""
    try:
        _wait(url, process, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(_STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(store: Path, log: Path | None = None, **environment: str) -> Iterator[str]:
    """Run a server over a store, which may be empty; yield its address."""
    with running_server(store, log, environment=environment) as server:
        yield server.address


def _wait(url: str, process: Process, log: Path | None) -> None:
    deadline = time.monotonic() + START_WITHIN
    with httpx.Client(timeout=START_WITHIN) as client:  # to make one takes longer than to ask
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get(url).status_code == httpx.codes.OK:
                    return
            except httpx.ConnectError:
                pass
            time.sleep(0.05)
    output = log.read_text(encoding="utf-8") if log else ""
    ended = f"no answer within {START_WITHIN} s" if process.poll() is None else "it has ended"
    raise RuntimeError(f"The server did not start: {ended}. {output}")
