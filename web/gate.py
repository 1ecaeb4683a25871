"""A gate that lets a few requests in at once, so that the others are not kept waiting."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Request

from web.problems import problem
from web.request_body import refuse

_SOON = "1"  # seconds


class Gate:
    """Lets at most `places` requests in; those beyond are told at once to come back."""

    def __init__(self, places: int, full: str) -> None:
        self._free = threading.BoundedSemaphore(places)
        self._full = full

    @contextmanager
    def entered(self, request: Request) -> Iterator[None]:
        """Hold a place for a block; abort with 503 if none is free."""
        if not self._free.acquire(blocking=False):
            response = problem(503, self._full)
            response.headers["Retry-After"] = _SOON
            refuse(request, response)
        try:
            yield
        finally:
            self._free.release()
