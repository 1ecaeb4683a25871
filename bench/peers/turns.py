"""Have systems build and find in turns, each in a process of its own with one thread."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import click

from bench.peers.collections_of_passages import Question
from bench.peers.figures import every_nth
from bench.peers.systems import System
from bench.peers.worker import Built, Cost, Reply
from bench.processes import ROOT
from index.progress import Progress

# One thread each; no telemetry; no downloads.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
}


@dataclass(frozen=True, slots=True)
class Effort:
    """How often each index is built, and in how many turns the questions are asked."""

    builds: int
    turns: int

    def asked(self, questions: Sequence[Question], turn: int) -> list[int]:
        """Return the positions of the questions of a turn; each is asked in one turn alone."""
        return list(every_nth(len(questions), self.turns, turn))


@dataclass
class Measurement:
    """What a system took and found over a collection.

    `builds` is one for each time that it built. `replies` are those to each set of questions, and
    `turns` which of them were given in which turn.
    """

    system: System
    builds: list[Built] = field(default_factory=list)
    peak: float = 0.0
    replies: dict[str, dict[int, Reply]] = field(default_factory=dict)
    turns: dict[str, list[list[int]]] = field(default_factory=dict)

    def passages(self, name: str) -> list[list[int]]:
        """Return what was found for each question of a set, in their order."""
        replies = self.replies[name]
        return [replies[at].passages for at in range(len(replies))]

    def milliseconds(self, name: str) -> list[float]:
        """Return the processor time of each question of a set."""
        return [reply.cost.spent * 1000 for reply in self.replies[name].values()]

    def by_turn(self, name: str) -> list[list[float]]:
        """Return the processor time of each question of a set, turn by turn."""
        replies = self.replies[name]
        return [[replies[at].cost.spent for at in turn] for turn in self.turns[name]]


class Worker:
    """The running process of a system."""

    def __init__(self, process: "subprocess.Popen[str]", complaints: Any, name: str) -> None:  # noqa: ANN401
        self._process = process
        self._complaints = complaints
        self._name = name
        built = self._answer()
        self.built = Built(Cost(**built["cost"]), built["before"], built["peak"])
        self.peak = self.built.peak

    def ask(self, questions: Sequence[str]) -> list[Reply]:
        """Return what it finds for some questions."""
        assert self._process.stdin is not None
        print(json.dumps(list(questions)), file=self._process.stdin, flush=True)
        answer = self._answer()
        self.peak = answer["peak"]
        return [Reply(reply["passages"], Cost(**reply["cost"])) for reply in answer["replies"]]

    def _answer(self) -> dict[str, Any]:
        """Return the next line of its output.

        Raises:
            ClickException: it has ended; its last line of complaint is told.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        code = self._process.wait()
        self._complaints.seek(0)
        last = (self._complaints.read().strip().splitlines() or ["no word"])[-1]
        raise click.ClickException(f"{self._name} ended with {code}: {last}")


@contextmanager
def running(system: System, collection: Path) -> Iterator[Worker]:
    """Run the process of a system, which has built its index when the block begins."""
    command = [sys.executable, "-m", "bench.peers.worker", system.name, str(collection)]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, **_ENVIRONMENT},
        ) as process,
    ):
        try:
            yield Worker(process, complaints, system.name)
        finally:
            process.kill()  # it holds nothing but memory


def measured(
    collection: Path,
    sets: Mapping[str, Sequence[Question]],
    systems: Sequence[System],
    effort: Effort,
    progress: Progress,
) -> list[Measurement]:
    """Have every system build, one after the other and again, then find in turns."""
    measurements = [Measurement(system) for system in systems]
    steps = len(systems) * (effort.builds + effort.turns * len(sets))
    done = count()
    with ExitStack() as alive:
        pairs: list[_Pair] = []
        for build in range(effort.builds):
            for measurement in measurements:
                progress(f"building: {measurement.system.name}", next(done), steps)
                with ExitStack() as ending:
                    stack = alive if build == effort.builds - 1 else ending
                    worker = stack.enter_context(running(measurement.system, collection))
                    measurement.builds.append(worker.built)
                    pairs.append((measurement, worker))
        pairs = pairs[-len(measurements) :]  # the others have ended
        for name, questions in sets.items():
            for turn in range(min(effort.turns, len(questions))):
                for measurement, worker in _rotated(pairs, turn):
                    progress(f"finding: {measurement.system.name}", next(done), steps)
                    _take_turn(measurement, worker, name, questions, effort.asked(questions, turn))
    progress("finding", steps, steps)
    return measurements


def _take_turn(
    measurement: Measurement,
    worker: Worker,
    name: str,
    questions: Sequence[Question],
    asked: Sequence[int],
) -> None:
    """Have a system find some questions of a set; without their answers, which it never sees."""
    replies = worker.ask([questions[at].text for at in asked])
    measurement.replies.setdefault(name, {}).update(zip(asked, replies, strict=True))
    measurement.turns.setdefault(name, []).append(list(asked))
    measurement.peak = worker.peak


_Pair = tuple[Measurement, Worker]


def _rotated(pairs: Sequence[_Pair], turn: int) -> list[_Pair]:
    """Return each system with its process, beginning with another one in each turn."""
    first = turn % len(pairs)
    return [*pairs[first:], *pairs[:first]]
