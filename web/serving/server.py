"""Run the application on gunicorn, whose processes speak HTTP through waitress."""

import ctypes
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from errno import EADDRINUSE
from typing import Any

from flask import Flask

from index.errors import UsageError
from web.serving.http_worker import HttpWorker
from web.serving.traffic import Load, Traffic

_ARENA_MAX = -8  # of malloc.h
_POOLS = 2


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
    load: Load,
    ready: Callable[[], None],
) -> None:
    """Serve until a signal arrives. Each process calls `make_app` and opens its own index.

    `ready` is called once, when the first process can answer.

    Raises:
        UsageError: the address can't be listened on, or no worker could start.
    """
    _check_free(address)
    _share_pools()

    def worker_started(worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        if worker.age == 1:
            ready()

    options = {
        "bind": str(address),
        "workers": load.workers,
        "worker_class": HttpWorker,
        "timeout": 120,  # for the start; afterwards each turn of the loop is a sign of life
        "graceful_timeout": 10,
        "loglevel": "warning",
        "post_worker_init": worker_started,
        "control_socket_disable": True,
    }
    try:
        _gunicorn(make_app, load, options).run()
    except SystemExit as ended:
        if ended.code not in (None, 0):  # gunicorn has logged the reason
            raise UsageError("The server could not start; the lines above tell why.") from ended
        raise


def _share_pools() -> None:
    """Let all threads take memory from a few pools; before there are threads.

    glibc gives each thread a pool of its own, which keeps what the largest question and the last
    index took: under load and edits a third of the server's memory.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl, for one, has no such pools
    if mallopt is not None:
        mallopt(_ARENA_MAX, _POOLS)


def _gunicorn(make_app: Callable[[], Flask], load: Load, options: Mapping[str, object]) -> Any:  # noqa: ANN401
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

        def traffic(self) -> Traffic:
            return Traffic(load)

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
