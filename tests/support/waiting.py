"""Wait for what is sure to come, with a deadline for the day on which it does not."""

import time
from collections.abc import Callable

WITHIN = 120  # seconds; generous: other work may be done beside the tests


def until(sign: Callable[[], object], within: float = WITHIN) -> None:
    """Wait until a sign is true.

    Raises:
        AssertionError: it was not within some seconds.
    """
    deadline = time.monotonic() + within
    while not sign():
        assert time.monotonic() < deadline, f"not within {within} s"
        time.sleep(0.01)
