"""`python -m bench.attack.hostile_uploads`: files made to take all of a machine, one by one.

They are those of the tests, twenty times as large. Prints time, memory and how long others waited
for each. Exits with 1 if one was not answered within half a minute, or with a 5xx, took more than
600 MB, or kept others waiting for more than a second. Timings count on an idle machine alone.
"""

import argparse
import threading
import time
from contextlib import suppress

import httpx

from bench.attack.target import Target, Verdicts, sample_server
from bench.held import held_by
from tests.support.hostile.files import hostile_files

SCALE = 20
_WITHIN = 30.0  # seconds
_MEMORY = 600.0  # MB
_OTHERS = 1.0  # seconds
_EVERY = 0.1


class Watch:
    """Looks at a server's memory and how fast it answers others, for the length of a block."""

    def __init__(self, target: Target) -> None:
        self.memory = self.first = held_by(target.process_id).memory
        self.waited = 0.0
        self._target = target
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        with httpx.Client(base_url=self._target.address, timeout=_WITHIN) as client:
            while not self._ended.wait(_EVERY):
                self.memory = max(self.memory, held_by(self._target.process_id).memory)
                began = time.monotonic()
                with suppress(httpx.HTTPError):
                    client.get("/healthz")
                self.waited = max(self.waited, time.monotonic() - began)


def attack(target: Target, verdicts: Verdicts, name: str, data: bytes) -> None:
    """Upload a file and tell what it took."""
    with Watch(target) as watch:
        began = time.monotonic()
        try:
            response = httpx.post(
                f"{target.address}/api/articles", files={"files": (name, data)}, timeout=120
            )
            status = response.status_code
        except httpx.HTTPError:
            status = 0
        seconds = time.monotonic() - began
    grown = watch.memory - watch.first
    wrong = [
        message
        for message, is_so in (
            (f"answered {status}", status not in (201, 413, 422)),
            ("too slow", seconds > _WITHIN),
            ("too much memory", grown > _MEMORY),
            ("others waited", watch.waited > _OTHERS),
        )
        if is_so
    ]
    figures = (
        f"{len(data) / 1e6:6.2f} MB, {status} in {seconds:5.1f} s, {grown:4.0f} MB more, others "
        f"waited {watch.waited:.2f} s"
    )
    verdicts.add(name, f"{', '.join(wrong)}: {figures}" if wrong else None, figures)
    httpx.delete(f"{target.address}/api/articles/{name}", timeout=120)


def main() -> None:
    """Upload them all; exit with 1 if one took too much."""
    parser = argparse.ArgumentParser("python -m bench.attack.hostile_uploads", description=__doc__)
    parser.add_argument("--scale", type=int, default=SCALE)
    parser.add_argument("--only", default="", help="part of the names of the files")
    options = parser.parse_args()
    verdicts = Verdicts()
    with sample_server() as target:
        for name, data in hostile_files(options.scale).items():
            if options.only in name:
                attack(target, verdicts, name, data)
    verdicts.end()


if __name__ == "__main__":
    main()
