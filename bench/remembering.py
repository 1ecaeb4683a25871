"""`python -m bench.remembering STORE`: what it costs to remember each answer for feedback.

Three servers answer the sample questions in turns: one that is read-only and remembers nothing, one
that remembers answers, one that also keeps the questions without a sure answer. Prints the median
of `/api/ask` of each and the processor time that a question takes, with the ratios to those of the
first.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import httpx
import psutil

from bench.processes import ROOT, running_server
from index.eval_cases import read_cases

TURNS = 10
SERVERS: dict[str, Mapping[str, str]] = {
    "nothing": {"YIJU_READ_ONLY": "true"},
    "answers": {},
    "answers, questions": {"YIJU_KEEP_QUESTIONS": "true"},
}


def main() -> None:
    """Ask all servers in turns, and print what they take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="a store of the articles in articles/")
    store = parser.parse_args().store
    samples = ROOT / "tests" / "data" / "sample-questions.jsonl"
    questions = [case.question for case in read_cases(samples)]
    times: dict[str, list[float]] = {name: [] for name in SERVERS}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as servers:
        clients, processes, spent = {}, {}, dict.fromkeys(SERVERS, 0.0)
        for name, environment in SERVERS.items():
            copy = shutil.copytree(store, Path(folder) / name)
            server = servers.enter_context(
                running_server(copy, until="/readyz", environment=environment)
            )
            client = httpx.Client(base_url=server.address, timeout=60)
            clients[name], processes[name] = servers.enter_context(client), server.process_id
            asked(clients[name], questions)
        for turn in range(TURNS):
            names = list(SERVERS) if turn % 2 else list(SERVERS)[::-1]
            for name in names:
                before = processor_time(processes[name])
                times[name] += asked(clients[name], questions)
                time.sleep(1)  # for what is written afterwards
                spent[name] += processor_time(processes[name]) - before
    first, least = statistics.median(times["nothing"]), spent["nothing"]
    for name, taken in times.items():
        median, each = statistics.median(taken), spent[name] / len(taken) * 1000
        print(
            f"{name:20} {median:6.1f} ms p50 ({median / first:.3f}), {each:6.1f} ms of a processor "
            f"({spent[name] / least:.3f}), {len(taken)} asked"
        )


def processor_time(process_id: int) -> float:
    """Return the seconds that a process and those it started have taken of a processor."""
    parent = psutil.Process(process_id)
    spent = [process.cpu_times() for process in (parent, *parent.children(recursive=True))]
    return sum(times.user + times.system for times in spent)


def asked(client: httpx.Client, questions: Sequence[str]) -> list[float]:
    """Ask questions one after the other; return the milliseconds of each."""
    times = []
    for question in questions:
        began = time.perf_counter()
        client.post("/api/ask", json={"question": question}).raise_for_status()
        times.append((time.perf_counter() - began) * 1000)
    return times


if __name__ == "__main__":
    main()
