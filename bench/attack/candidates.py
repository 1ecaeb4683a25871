"""`python -m bench.attack.candidates NAME`: the application on another server, for comparison.

Each is set as its manual says for threads that answer in a process; `yiju` is what ships.
"""

import argparse
import os
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.processes import free_port, running_command, yiju_command
from cli.server_parts import app_factory
from index.settings import Settings
from index.store.manifest import FileSums
from web.observing.meter import Meter
from web.observing.shared_counts import SharedCounts

CORES = len(os.sched_getaffinity(0))
THREADS = 8
_DEADLINE = 30  # seconds
_HOST = "127.0.0.1"

Make = Callable[[], Any]


def main() -> None:
    """Serve a store until a signal arrives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=[name for name in NAMES if name != "yiju"])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    settings = Settings(store=arguments.store)
    make = app_factory(settings, _HOST, Meter(SharedCounts()), FileSums())(settings, 1)
    _SERVERS[arguments.name](make, arguments.port, arguments.workers)


@contextmanager
def candidate(name: str, store: Path, workers: int) -> Iterator[tuple[str, int]]:
    """Run one of `NAMES` over a store for a block; yield host and port."""
    port = free_port()
    options = ("--store", store, "--port", port, "--workers", workers)
    command = yiju_command("serve", *options)
    if name != "yiju":
        command = [command[0], "-m", __name__, name, *map(str, options)]
    with running_command(command, f"http://{_HOST}:{port}", until="/readyz"):
        yield _HOST, port


def _gthread(make: Make, port: int, workers: int) -> None:
    """Run gunicorn's threads, with deadlines of the kernel on each socket."""

    def set_deadlines(arbiter: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        for listener in arbiter.LISTENERS:  # what is accepted inherits them
            for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                listener.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", _DEADLINE, 0))

    _gunicorn(make, port, workers, worker_class="gthread", when_ready=set_deadlines)


def _gevent(make: Make, port: int, workers: int) -> None:
    _gunicorn(make, port, workers, worker_class="gevent")


def _waitress(make: Make, port: int, workers: int) -> None:  # noqa: ARG001 - it has one process
    from waitress import serve

    serve(make(), host=_HOST, port=port, threads=THREADS, connection_limit=1000)


def _uvicorn(make: Make, port: int, workers: int) -> None:  # noqa: ARG001 - needs an import path
    import uvicorn
    from a2wsgi import WSGIMiddleware

    app: Any = WSGIMiddleware(make(), workers=THREADS)
    uvicorn.run(app, host=_HOST, port=port, log_level="warning")


def _gunicorn(make: Make, port: int, workers: int, **options: object) -> None:
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]
        """Gunicorn, configured here."""

        def load_config(self) -> None:
            values = {"bind": f"{_HOST}:{port}", "workers": workers, "threads": THREADS}
            common = {"timeout": 120, "loglevel": "error", "control_socket_disable": True}
            for name, value in {**values, **common, **options}.items():
                self.cfg.set(name, value)

        def load(self) -> Any:  # noqa: ANN401
            return make()

    Site().run()


_SERVERS: dict[str, Callable[[Make, int, int], None]] = {
    "gthread": _gthread,
    "gevent": _gevent,
    "waitress": _waitress,
    "uvicorn": _uvicorn,
}
NAMES = ("yiju", *_SERVERS)


if __name__ == "__main__":
    main()
