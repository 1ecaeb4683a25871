"""`python -m bench.serve`: what a server bears, by what is asked and how many ask at once.

Questions, searches and streamed answers are asked of a server over the sample articles, and over
all real news of the data folder where it is there. A client asks again after each answer; one that
is refused waits a second, as `Retry-After` says. Then four times as many questions are sent as the
server can answer. `python -m bench.attack.mixed_load` shows what hours of it do to memory.
"""

import argparse
import asyncio
import lzma
import os
import platform
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from bench.attack.clients import (
    GONE,
    Place,
    Replies,
    json_request,
    keep_sending,
    quantile,
    sample_questions,
)
from bench.attack.overload import OVERLOAD_HEAD, overload, overload_row
from bench.held import held_by
from bench.processes import ROOT, free_port, running_command, yiju_command
from training.data_folder import DATA

NEWS = DATA / "text" / "news.jsonl.xz"
CLIENTS = (1, 8, 32, 128)
_PATIENCE = 60.0  # seconds
_PAUSE = 1.0  # seconds


def main() -> None:
    """Print a table for each collection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10, help="for each row")
    parser.add_argument("--workers", type=int, default=2, help="processes of the server")
    parser.add_argument("--samples", action="store_true", help="only the sample articles")
    arguments = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        samples = built(ROOT / "articles", Path(folder) / "samples")
        measure("sample articles", samples, arguments.workers, arguments.seconds)
        if NEWS.exists() and not arguments.samples:
            news = Path(folder) / "news.jsonl"
            news.write_bytes(lzma.decompress(NEWS.read_bytes()))
            store = built(news, Path(folder) / "news")
            measure("real news", store, arguments.workers, arguments.seconds)


def built(articles: Path, store: Path) -> Path:
    """Build a store, and return its folder."""
    command = yiju_command("rebuild", articles, "--store", store)
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return store


@contextmanager
def served(store: Path, workers: int) -> Iterator[tuple[Place, int]]:
    """Serve a store for a block; yield host and port, and the process."""
    host, port = "127.0.0.1", free_port()
    command = yiju_command("serve", "--store", store, "--port", port, "--workers", workers)
    with running_command(command, f"http://{host}:{port}", until="/readyz") as server:
        yield (host, port), server.process_id


def measure(name: str, store: Path, workers: int, seconds: float) -> None:
    """Print the tables of one collection."""
    print(f"\n## {name}, {workers} processes\n")
    print("| asked | clients | a second | p50 | p95 | p99 | first byte p50 | refused | no answer |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with served(store, workers) as (place, process):
        for kind, requests in requests_by_kind(sample_questions()).items():
            asyncio.run(
                keep_sending(place, requests, max(CLIENTS), 2, patience=_PATIENCE, pause=_PAUSE)
            )  # warm
            for clients in CLIENTS:
                sending = keep_sending(
                    place, requests, clients, seconds, patience=_PATIENCE, pause=_PAUSE
                )
                print(f"| {kind} | {clients} {_row(asyncio.run(sending), seconds)} |", flush=True)
        print(f"\nMemory of the server: {held_by(process)}\n")
        print(f"| overload | {OVERLOAD_HEAD} |")
        print(f"| --- {'| --- ' * (OVERLOAD_HEAD.count('|') + 1)}|")
        print(f"| 4 times {overload_row(asyncio.run(overload(place, 4, 20)))} |", flush=True)


def requests_by_kind(questions: Sequence[str]) -> dict[str, list[bytes]]:
    """Return the requests of each kind, one for each question."""
    return {
        "ask": [json_request("/api/ask", {"question": text}) for text in questions],
        "search": [json_request("/api/search", {"query": text}) for text in questions],
        "stream": [json_request("/api/ask/stream", {"question": text}) for text in questions],
    }


def _row(replies: Replies, seconds: float) -> str:
    answered = replies.with_status(HTTPStatus.OK)
    first = sorted(reply.first_byte for reply in replies.replies if reply.status == HTTPStatus.OK)
    times = [1000 * quantile(answered, share) for share in (0.5, 0.95, 0.99)]
    cells = [f"{time:.0f} ms" for time in (*times, 1000 * quantile(first, 0.5))]
    refused, unanswered = (
        len(replies.with_status(status)) for status in (HTTPStatus.SERVICE_UNAVAILABLE, GONE)
    )
    return f"| {len(answered) / seconds:.1f} | {' | '.join(cells)} | {refused} | {unanswered}"


if __name__ == "__main__":
    main()
