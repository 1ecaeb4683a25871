"""`python -m bench.service`: rebuild, restart and ask, measured from outside the process.

Needs the data folder for the second collection, all statutes; without it only the sample articles
are measured.
"""

import argparse
import gzip
import json
import os
import platform
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import httpx

from bench.held import held_by
from bench.processes import ROOT, running_server, yiju_command
from training.data_folder import DATA

STATUTES = DATA / "text" / "statutes.jsonl.gz"
QUESTIONS = 500
_TEMPLATES = ("{}从什么时候起施行?", "{}由哪个部门负责?", "{}规定罚款多少元?", "为了什么制定{}?")


def main() -> None:
    """Measure both collections and print one line per figure."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        samples = ROOT / "tests" / "data" / "sample-questions.jsonl"
        with samples.open(encoding="utf-8") as lines:
            questions = [json.loads(line)["question"] for line in lines]
        measure("articles/", ROOT / "articles", Path(folder) / "articles", questions)
        if STATUTES.exists():
            articles = Path(folder) / "statutes.jsonl"
            titles = write_statutes(articles)
            step = len(titles) * len(_TEMPLATES) // QUESTIONS
            questions = [form.format(title) for title in titles for form in _TEMPLATES][::step]
            measure("all statutes", articles, Path(folder) / "statutes", questions)
        else:
            print(f"no {STATUTES.name} in the data folder: statutes were not measured")


def measure(name: str, articles: Path, store: Path, questions: Sequence[str]) -> None:
    """Rebuild twice, start a server, ask it questions; print the costs."""
    print(f"\n{name}")
    report, seconds, memory = rebuild(articles, store)
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    rate = report["passages"] / report["seconds"]
    print(f"  rebuild             {seconds:8.1f} s, {report['passages']} passages, {rate:.0f}/s")
    print(f"  peak memory         {memory / 1024:8.0f} MB")
    print(f"  store               {size / 2**20:8.1f} MB")
    report, seconds, _ = rebuild(articles, store)
    print(f"  rebuild, unchanged  {seconds:8.1f} s ({report['unchanged']} articles)")
    began = time.perf_counter()
    with running_server(store, until="/readyz") as server:
        print(f"  server ready after  {time.perf_counter() - began:8.1f} s")
        ask_all(server.address, islice(cycle(questions), QUESTIONS))
        print(f"  server's memory     {held_by(server.process_id).memory:8.0f} MB")


def rebuild(articles: Path, store: Path) -> tuple[dict[str, float], float, float]:
    """Rebuild; return the report, the command's seconds and its peak KiB."""
    command = yiju_command("rebuild", articles, "--store", store, "--json")
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        report = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the rebuild of {articles} failed")
    return json.loads(report), time.perf_counter() - began, usage.ru_maxrss


def ask_all(address: str, questions: Iterator[str]) -> None:
    """Ask the questions in sequence over one connection; print latency percentiles."""
    times = []
    with httpx.Client(base_url=address, timeout=60) as client:
        for question in questions:
            began = time.perf_counter()
            client.post("/api/ask", json={"question": question}).raise_for_status()
            times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=100)
    print(
        f"  /api/ask            {cuts[49]:8.1f} ms p50, {cuts[94]:.1f} ms p95, {len(times)} asked"
    )


def write_statutes(path: Path) -> list[str]:
    """Write all statutes as JSON lines; return their titles."""
    titles = []
    with (
        gzip.open(STATUTES, "rt", encoding="utf-8") as source,
        path.open("w", encoding="utf-8") as file,
    ):
        for line in source:
            titles.append(json.loads(line)["title"])
            file.write(line)
    return titles


if __name__ == "__main__":
    main()
