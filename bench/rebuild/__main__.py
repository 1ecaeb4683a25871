"""`python -m bench.rebuild`: cost of a rebuild at 1,000, 10,000 and 100,000 passages.

Each size is rebuilt from scratch, again with nothing changed, and again with one article changed
while a server runs over the store; always by the command line. The articles are Chinese statutes
of the data folder, one JSON line each; after the last one they repeat with other numbers in them.
"""

import argparse
import gzip
import json
import os
import platform
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path

import httpx

from bench.held import held_by
from bench.processes import ROOT, running_server, yiju_command
from bench.service import STATUTES
from index.text.splitter import split

SIZES = (1_000, 10_000, 100_000)
_EVERY = 0.5  # seconds between two samples of memory: each one halts the process
MARK = "蓝鲸条款"
"""A word that occurs in no statute."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one rebuild: seconds, peak MB of its processes, report."""

    seconds: float
    memory: float
    report: dict[str, float]


def main() -> None:
    """Measure every size and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="passages")
    sizes: Sequence[int] = parser.parse_args().sizes
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    print(
        "passages  articles |    full s  passages/s  peak MB | nothing s  peak MB | "
        "one s  peak MB  searchable s | B/passage"
    )
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            rows.append(measure(Path(folder), size))
    for (size, full), (larger, more) in pairwise(rows):
        print(f"from {size:,} to {larger:,} passages: full rebuild × {more / full:.1f}")


def measure(folder: Path, size: int) -> tuple[int, float]:
    """Measure one size; return its number of passages and the seconds of the full rebuild."""
    file, store = folder / "articles.jsonl", folder / "store"
    articles = write_articles(file, size)
    full = rebuild(file, store)
    unchanged = rebuild(file, store)
    change_middle(file)
    with running_server(store, until="/readyz") as server:
        changed, searchable = rebuild_and_find(file, store, server.address)
    passages = int(full.report["passages"])
    used = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    print(
        f"{passages:8,}  {articles:8,} | {full.seconds:9.1f}  {passages / full.seconds:10,.0f}"
        f"  {full.memory:7,.0f} | {unchanged.seconds:9.1f}  {unchanged.memory:7,.0f} | "
        f"{changed.seconds:5.1f}  {changed.memory:7,.0f}  {searchable:12.1f} | "
        f"{used / passages:9,.0f}",
        flush=True,
    )
    return passages, full.seconds


def write_articles(path: Path, size: int) -> int:
    """Write statutes until they amount to `size` passages; return the number of articles."""
    written, passages = 0, 0
    with path.open("w", encoding="utf-8") as file:
        for record in _varied():
            if passages >= size:
                break
            passages += len(split(record["text"]))
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            written += 1
    return written


def _varied() -> Iterator[dict[str, str]]:
    """Yield all statutes, then endless variants of them with every number changed."""
    for turn in count():
        with gzip.open(STATUTES, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                text = record["text"]
                if turn:
                    text = re.sub(r"(\d+)", rf"{turn}\1", text)
                    text = re.sub(r"([。；])", rf"（{turn}）\1", text)
                yield {"id": f"{record['id']}-{turn}", "title": record["title"], "text": text}


def change_middle(path: Path) -> None:
    """Append a sentence that occurs nowhere else to the middle article."""
    lines = path.read_text(encoding="utf-8").split("\n")
    at = len(lines) // 2
    record = json.loads(lines[at])
    record["text"] += f"\n{MARK}自公布之日起施行。"
    lines[at] = json.dumps(record, ensure_ascii=False)
    path.write_text("\n".join(lines), encoding="utf-8")


def rebuild(articles: Path, store: Path) -> Cost:
    """Rebuild by the command line; return its cost."""
    command = yiju_command("rebuild", articles, "--store", store, "--json")
    began = time.perf_counter()
    peak = [0.0]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        watch = threading.Thread(target=_watch, args=(process, peak))
        watch.start()
        report, _ = process.communicate()
        seconds = time.perf_counter() - began
        watch.join()
    if process.returncode:
        raise SystemExit(f"the rebuild of {articles} failed")
    return Cost(seconds, peak[0], json.loads(report))


def rebuild_and_find(articles: Path, store: Path, address: str) -> tuple[Cost, float]:
    """Rebuild; return the cost and the seconds until the server finds the new sentence."""
    searchable_after: list[float] = []
    began = time.perf_counter()

    def poll() -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            while time.perf_counter() - began < 300:
                hits = client.post("/api/search", json={"query": MARK, "k": 1}).json()["hits"]
                if hits and MARK in hits[0]["text"]:
                    searchable_after.append(time.perf_counter() - began)
                    return
                time.sleep(0.1)

    polling = threading.Thread(target=poll)
    polling.start()
    cost = rebuild(articles, store)
    polling.join()
    return cost, searchable_after[0] if searchable_after else float("nan")


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], held_by(process.pid).memory)
        time.sleep(_EVERY)


if __name__ == "__main__":
    main()
