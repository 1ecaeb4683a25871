"""Run the application on gunicorn, whose processes speak HTTP through waitress."""

import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from errno import EADDRINUSE
from itertools import count
from typing import Any

from flask import Flask
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from index.errors import UsageError, YijuError
from index.processes.memory_pools import limit_pools
from web.observing.meter import Meter
from web.serving.http_worker import FINISH_WITHIN, HttpWorker
from web.serving.process_plan import ProcessPlan

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Address:
    """The host and port to listen on."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


class _Messages(Logger):  # type: ignore[misc]
    """Gunicorn's log, as a part of the server's."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Have the messages written where all others are, in the same form."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


@dataclass(slots=True)
class Processes:
    """What the parent of the server's processes works with.

    `again` is called at SIGHUP and returns the next plan; where it raises a YijuError, that is
    logged and the plan stays.
    """

    address: Address
    plan: ProcessPlan
    again: Callable[[], ProcessPlan]
    meter: Meter
    ready: Callable[[], None]
    is_running: bool = field(default=False, init=False)

    def options(self) -> dict[str, object]:
        """Return how gunicorn is to run the plan: the next one, where it asks again."""
        if self.is_running:
            try:
                self.plan = self.again()
            except YijuError as error:
                _log.error("The settings stay as they were: %s", error)
        self.is_running = True
        return {
            "bind": str(self.address),
            "workers": self.plan.load.workers,
            "worker_class": HttpWorker,
            "timeout": 120,  # for the start; afterwards each turn of the loop is a sign of life
            "graceful_timeout": FINISH_WITHIN + 2,  # what is cut off is told so first
            "loglevel": "warning",
            "pre_fork": _give_part,
            "post_worker_init": self._worker_started,
            "control_socket_disable": True,
            "logger_class": _Messages,
        }

    def _worker_started(self, worker: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        if worker.age == 1:
            self.ready()


def serve_app(processes: Processes) -> None:
    """Serve until a signal arrives. Each process makes an app and opens its own index.

    `processes.ready` is called once, when the first process can answer.

    Raises:
        UsageError: the address can't be listened on, or no worker could start.
    """
    _check_free(processes.address)
    limit_pools()
    try:
        _gunicorn(processes).run()
    except SystemExit as ended:
        if ended.code not in (None, 0):  # gunicorn has logged the reason
            raise UsageError("The server could not start; the lines above tell why.") from ended
        raise


def _give_part(arbiter: Any, worker: HttpWorker) -> None:  # noqa: ANN401 - gunicorn has no types
    """Give a process that is about to be forked a part of the counts that no living one has."""
    taken = {other.part for other in arbiter.WORKERS.values()}
    worker.part = next(part for part in count(1) if part not in taken)


class _Parent(Arbiter):  # type: ignore[misc]
    """Gunicorn's parent process, which lets those that it replaces go when the new ones serve."""

    def manage_workers(self) -> None:
        """Start processes that are missing, and end the oldest of those that are too many."""
        if len(self.WORKERS) > self.num_workers:
            serving = self.app.meter.processes()
            by_age = sorted(self.WORKERS, key=lambda process: self.WORKERS[process].age)
            if not set(by_age[-self.num_workers :]) <= set(serving):
                return  # asked again within a second
        super().manage_workers()


def _gunicorn(processes: Processes) -> Any:  # noqa: ANN401
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn, configured here instead of by a file."""

        def load_config(self) -> None:
            """Take the options; called again at SIGHUP."""
            for name, value in processes.options().items():
                self.cfg.set(name, value)

        def run(self) -> None:
            """Serve until a signal arrives."""
            _Parent(self).run()

        def load(self) -> Flask:
            """Make the application, in a process that was just forked."""
            # numpy imports it lazily, through `ast`, which Python 3.11 does not let two threads
            # use at once: opening an index beside it would fail (CPython #106905).
            import numpy.ma  # noqa: F401

            return self.plan.make_app()

        @property
        def plan(self) -> ProcessPlan:
            """What processes that are started now do."""
            return processes.plan

        @property
        def meter(self) -> Meter:
            """What counts for all processes."""
            return processes.meter

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
