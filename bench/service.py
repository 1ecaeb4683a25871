"""`python -m bench.service`: rebuild, restart and ask, measured from outside as a user meets them.

Needs `../shared/data` for the second collection; without it only the sample articles are measured.
"""

import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
STATUTES = ROOT.parent / "shared" / "data" / "text" / "statutes.jsonl.gz"
QUESTIONS = 500
PORT = 8765
_TEMPLATES = ("{}从什么时候起施行?", "{}由哪个部门负责?", "{}规定罚款多少元?", "为了什么制定{}?")


def main() -> None:
    """Measures both collections and prints a line a figure."""
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
            print(f"no {STATUTES.name} beside the project: statutes were not measured")


def measure(name: str, articles: Path, store: Path, questions: Sequence[str]) -> None:
    """Rebuilds twice, starts a server, asks."""
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
    server = subprocess.Popen(
        [sys.executable, "-m", "yiju", "serve", "--store", str(store), "--port", str(PORT)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(f"http://127.0.0.1:{PORT}/readyz")
        print(f"  server ready after  {time.perf_counter() - began:8.1f} s")
        ask_all(islice(cycle(questions), QUESTIONS))
        print(f"  server's memory     {resident(server.pid) / 1024:8.0f} MB")
    finally:
        server.terminate()
        server.wait()


def rebuild(articles: Path, store: Path) -> tuple[dict[str, float], float, float]:
    """The report, the seconds of the whole command, and its peak memory in KiB."""
    command = [sys.executable, "-m", "yiju", "rebuild", str(articles), "--store", str(store)]
    began = time.perf_counter()
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, cwd=ROOT) as process:
        told = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the rebuild of {articles} failed")
    return json.loads(told), time.perf_counter() - began, usage.ru_maxrss


def ask_all(questions: Iterator[str]) -> None:
    """Asks one question after the other over one connection."""
    taken = []
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as client:
        for question in questions:
            began = time.perf_counter()
            client.post("/api/ask", json={"question": question}).raise_for_status()
            taken.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    print(
        f"  /api/ask            {cuts[49]:8.1f} ms p50, {cuts[94]:.1f} ms p95, {len(taken)} asked"
    )


def write_statutes(path: Path) -> list[str]:
    """All statutes as lines of JSON; gives their titles."""
    titles = []
    with (
        gzip.open(STATUTES, "rt", encoding="utf-8") as source,
        path.open("w", encoding="utf-8") as file,
    ):
        for line in source:
            titles.append(json.loads(line)["title"])
            file.write(line)
    return titles


def wait_until_ready(url: str) -> None:
    """Returns once the server answers, or fails after two minutes."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=120).status_code == 200:
                return
        except httpx.ConnectError:
            time.sleep(0.05)
    raise SystemExit("the server did not become ready")


def resident(pid: int) -> float:
    """KiB of memory that a process and its children hold."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    own = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    size = next(line.split()[1] for line in own.splitlines() if line.startswith("VmRSS"))
    return float(size) + sum(resident(int(child)) for child in children)


if __name__ == "__main__":
    main()
