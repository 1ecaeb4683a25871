"""The process of one system: `python -m bench.peers.worker NAME COLLECTION`.

It imports, builds, and then finds what each line of its input asks, a JSON list of questions. It
prints JSON lines: what building took, then what was found and what that took.
"""

import contextlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TextIO, TypeVar

from bench.peers.retriever import Collection
from bench.peers.systems import system_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time and of a clock on the wall."""

    spent: float
    waited: float


@dataclass(frozen=True, slots=True)
class Built:
    """What an index took: its cost, and the most memory before and after, in MB.

    Before it stand the imports and the texts.
    """

    cost: Cost
    before: float
    peak: float


@dataclass(frozen=True, slots=True)
class Reply:
    """The positions of the passages that were found for a question, and the cost."""

    passages: list[int]
    cost: Cost


def measured(work: Callable[[], T]) -> tuple[T, Cost]:
    """Do some work and return its result with its cost."""
    began, spent = time.perf_counter(), time.process_time()
    result = work()
    return result, Cost(time.process_time() - spent, time.perf_counter() - began)


def peak_memory() -> float:
    """Return the most memory that this process has held so far, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main(name: str, path: str) -> None:
    """Build the index of a collection, and find until there are no more questions."""
    lines = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # where libraries may print what they like
        build = system_of(name).build()
        collection = Collection.read(Path(path))
        before = peak_memory()
        retriever, cost = measured(lambda: build(collection))
        retriever.find("预热 warm up")  # with what is loaded once
        _print(asdict(Built(cost, before, peak_memory())), lines)
        for line in sys.stdin:
            replies = []
            for question in json.loads(line):
                passages, cost = measured(partial(retriever.find, question))
                replies.append(asdict(Reply(passages, cost)))
            _print({"replies": replies, "peak": peak_memory()}, lines)


def _print(value: object, lines: TextIO) -> None:
    print(json.dumps(value), file=lines, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
