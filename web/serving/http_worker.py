"""The server process of gunicorn that runs waitress' loop on gunicorn's socket."""

import os
import resource
from dataclasses import replace
from time import monotonic

from gunicorn.workers.base import Worker

from web.access.gate import GATE, Gate
from web.serving.listener import Listener
from web.serving.pace import Bounds
from web.serving.process_plan import ProcessPlan
from web.serving.request_parser import RequestParser
from web.serving.traffic import Traffic

FINISH_WITHIN = 10
"""Seconds in which answers under way may come to their end when the server is stopped."""
_FLUSH_WITHIN = 1
_TURN = 0.25  # seconds; in a longer one a signal to stop would wait
_OPEN_FILES = 4096
_OWN_FILES = 256  # of the index, the library and the log


class HttpWorker(Worker):  # type: ignore[misc]
    """Gunicorn starts, watches and ends it; each turn of the loop is a sign of life."""

    part: int
    """Where this process counts; no other one that lives counts there."""

    def run(self) -> None:
        """Serve until a signal arrives, then until the answers under way have been read."""
        self.app.meter.begin(self.part)
        listener = self._listener()
        while self.alive and self.ppid == os.getppid():
            self._turn(listener)
        listener.stop()
        self._finish(listener, FINISH_WITHIN)
        listener.cut_off()
        self._finish(listener, _FLUSH_WITHIN)

    def _finish(self, listener: Listener, within: float) -> None:
        """Go on until all has been answered and read, for some seconds at most."""
        deadline = monotonic() + within
        while not listener.is_done and monotonic() < deadline:
            self._turn(listener)

    def _listener(self) -> Listener:
        (bound,) = self.sockets
        bounds = Bounds()
        connections = min(bounds.connections, _open_files() - _OWN_FILES)
        plan: ProcessPlan = self.app.plan  # see `server.py`
        gate: Gate = self.wsgi.extensions[GATE]

        def admits(request: RequestParser) -> bool:
            return gate.may_send(request.command, request.path, request.headers)

        return Listener(
            self.wsgi,
            bound.sock,
            Traffic(plan.load),
            replace(bounds, connections=connections),
            admits,
            plan.observe,
        )

    def _turn(self, listener: Listener) -> None:
        listener.turn(_TURN)
        self.notify()


def _open_files() -> int:
    """Return how many files this process may open, after asking for enough."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return _OPEN_FILES if soft == resource.RLIM_INFINITY else soft
