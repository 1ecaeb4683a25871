"""`python -m bench.rebuild`: what a rebuild costs at 1,000, 10,000 and 100,000 passages.

Each size is rebuilt from nothing, again with nothing changed, again with one article changed while
a server runs over the store, and once more in full; by the command line, as a user would. The
articles are Chinese statutes (`../shared/data`), after the last one the same again with other
numbers in them, one line of JSON each.
"""

import argparse
import gzip
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path

import httpx

from bench.service import ROOT, STATUTES, wait_until_ready
from index.text.splitter import split

SIZES = (1_000, 10_000, 100_000)
PORT = 8767
_EVERY = 0.5  # seconds between two looks at memory: each holds the process up
_MARK = "蓝鲸条款"  # stands in no statute


@dataclass(frozen=True, slots=True)
class Cost:
    """What one rebuild took: seconds of the whole command, MB of its processes, its report."""

    seconds: float
    memory: float
    report: dict[str, float]


def main() -> None:
    """Measures every size and prints a line for each."""
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
    """One size; gives its passages and the seconds of the full rebuild."""
    file, store = folder / "articles.jsonl", folder / "store"
    articles = write_articles(file, size)
    full = rebuild(file, store)
    nothing = rebuild(file, store)
    change_one(file)
    with serving(store):
        one, searchable = rebuild_and_find(file, store)
    passages = int(full.report["passages"])
    used = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    print(
        f"{passages:8,}  {articles:8,} | {full.seconds:9.1f}  {passages / full.seconds:10,.0f}"
        f"  {full.memory:7,.0f} | {nothing.seconds:9.1f}  {nothing.memory:7,.0f} | "
        f"{one.seconds:5.1f}  {one.memory:7,.0f}  {searchable:12.1f} | {used / passages:9,.0f}",
        flush=True,
    )
    return passages, full.seconds


def write_articles(path: Path, size: int) -> int:
    """Statutes until they make `size` passages; gives how many articles that took."""
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
    """All statutes, then all again with every number moved on, and so forth."""
    for turn in count():
        with gzip.open(STATUTES, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                text = record["text"]
                if turn:
                    text = re.sub(r"(\d+)", rf"{turn}\1", text)
                    text = re.sub(r"([。；])", rf"（{turn}）\1", text)
                yield {"id": f"{record['id']}-{turn}", "title": record["title"], "text": text}


def change_one(path: Path) -> None:
    """Puts a sentence that stands nowhere else into the article in the middle."""
    lines = path.read_text(encoding="utf-8").split("\n")
    at = len(lines) // 2
    record = json.loads(lines[at])
    record["text"] += f"\n{_MARK}自公布之日起施行。"
    lines[at] = json.dumps(record, ensure_ascii=False)
    path.write_text("\n".join(lines), encoding="utf-8")


def rebuild(articles: Path, store: Path) -> Cost:
    """One rebuild by the command line."""
    command = [sys.executable, "-m", "yiju", "rebuild", str(articles), "--store", str(store)]
    began = time.perf_counter()
    peak = [0.0]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, cwd=ROOT) as process:
        watch = threading.Thread(target=_watch, args=(process, peak))
        watch.start()
        told, _ = process.communicate()
        seconds = time.perf_counter() - began
        watch.join()
    if process.returncode:
        raise SystemExit(f"the rebuild of {articles} failed")
    return Cost(seconds, peak[0], json.loads(told))


def rebuild_and_find(articles: Path, store: Path) -> tuple[Cost, float]:
    """A rebuild, and the seconds from its start until the running server finds what is new."""
    found: list[float] = []
    began = time.perf_counter()

    def look() -> None:
        with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as client:
            while time.perf_counter() - began < 300:
                hits = client.post("/api/search", json={"query": _MARK, "k": 1}).json()["hits"]
                if hits and _MARK in hits[0]["text"]:
                    found.append(time.perf_counter() - began)
                    return
                time.sleep(0.1)

    looking = threading.Thread(target=look)
    looking.start()
    cost = rebuild(articles, store)
    looking.join()
    return cost, found[0] if found else float("nan")


@contextmanager
def serving(store: Path) -> Iterator[None]:
    """A server over a store for the length of a block."""
    command = [sys.executable, "-m", "yiju", "serve", "--store", str(store), "--port", str(PORT)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_until_ready(f"http://127.0.0.1:{PORT}/readyz")
            yield
        finally:
            server.terminate()


def _watch(process: "subprocess.Popen[bytes]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], proportional(process.pid) / 1024)
        time.sleep(_EVERY)


def proportional(pid: int) -> float:
    """KiB of memory that a process and its children hold, what they share counted once."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it ended meanwhile
        return 0.0
    sizes = (line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:"))
    return float(next(sizes, 0)) + sum(proportional(int(child)) for child in children)


if __name__ == "__main__":
    main()
