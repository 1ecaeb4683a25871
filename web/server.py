"""Run the application on gunicorn with threaded workers; the only home of gunicorn."""

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from errno import EADDRINUSE
from typing import Any

from flask import Flask

from index.errors import UsageError


@dataclass(frozen=True, slots=True)
class Address:
    """The host and port to listen on."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def serve_app(
    make_app: Callable[[], Flask],
    address: Address,
    workers: int,
    threads: int,
    ready: Callable[[], None],
) -> None:
    """Serve until a signal arrives. Each worker calls `make_app` and opens its own index.

    `threads` is per worker; `ready` is called once, when the first worker can answer.

    Raises:
        UsageError: the address can't be listened on, or no worker could start.
    """
    _check_free(address)

    def worker_started(worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        if worker.age == 1:
            ready()

    options = {
        "bind": str(address),
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "timeout": 120,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "post_worker_init": worker_started,
        "control_socket_disable": True,
        "forwarder_headers": "",  # else any client on this machine sets SCRIPT_NAME by a header
        "limit_request_line": 8190,  # room for a long id, percent-encoded
    }
    try:
        _gunicorn(make_app, options).run()
    except SystemExit as ended:
        if ended.code not in (None, 0):  # gunicorn has logged the reason
            raise UsageError("The server could not start; the lines above tell why.") from ended
        raise


def _gunicorn(make_app: Callable[[], Flask], options: Mapping[str, object]) -> Any:  # noqa: ANN401
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn, configured here instead of by a file."""

        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            # numpy imports it lazily, through `ast`, which Python 3.11 does not let two threads
            # use at once: opening an index beside it would fail (CPython #106905).
            import numpy.ma  # noqa: F401

            return make_app()

    return Server()


def _check_free(address: Address) -> None:
    """Bind once, with a clear error: gunicorn would retry five times and only log it."""
    try:
        candidates = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, endpoint = candidates[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(endpoint)
    except OSError as error:
        advice = (
            "Is another server running there? Choose another one with --port."
            if error.errno == EADDRINUSE
            else "Choose another address with --host and --port."
        )
        raise UsageError(f"Can't listen on {address}: {error.strerror}. {advice}") from error
