"""`python -m bench.scaling`: what a collection costs at 1,000 to 1,000,000 passages.

Real news and statutes, multiplied with variation (`varied_articles`), are rebuilt from scratch by
the command line; then one article is added while a server runs; then finding is timed step by step
in one process (`finding_steps`), and answers are asked of a server by 8 clients. With `--plot` the
milliseconds of every step are drawn over the number of passages.
"""

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import pairwise
from math import log10
from pathlib import Path
from typing import Any

from bench.attack.clients import json_request, keep_sending
from bench.processes import ROOT, running_server
from bench.rebuild.__main__ import MARK, rebuild, rebuild_and_find
from bench.scaling.finding_steps import STEPS, written_questions
from bench.scaling.varied_articles import write_articles
from bench.serve import served
from qa.evaluation.charts import growth_chart
from training.data_folder import DATA

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_CLIENTS = 8
_SECONDS = 10.0
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Row:
    """What one size costs: seconds, MB of memory, and `finding` as `finding_steps` prints it."""

    passages: int
    seconds: float
    peak: float
    one_more: float
    ready: float
    disk: float
    answers: float
    finding: dict[str, Any]


def main() -> None:
    """Print a line for each size, then how each step grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="passages")
    parser.add_argument("--plot", type=Path, help="file for the picture, as SVG")
    options = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores\n")
    print(
        "| passages | full rebuild s | passages/s | peak MB | one more searchable s | ready s | "
        "first found s | bytes a passage on disk | worker MB | finding p50 | p95 | engine | "
        "recall@50 | answers/s |"
    )
    print(f"|{' --- |' * 14}")
    rows = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            rows.append(measured(Path(folder), size))
        print(line(rows[-1]), flush=True)
    print("\n" + "\n".join(growth(rows)))
    if options.plot:
        lines = {step: [(row.passages, p50_of(row, step)) for row in rows] for step in STEPS}
        options.plot.write_text(growth_chart(lines), encoding="utf-8")


def measured(folder: Path, size: int) -> Row:
    """Measure one size in an empty folder."""
    articles, store = folder / "articles", folder / "store"
    articles.mkdir()
    write_articles(DATA, size, articles)
    full = rebuild(articles, store)
    used = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    more = {"title": MARK, "text": f"{MARK}自公布之日起施行。"}
    (articles / "more.jsonl").write_text(json.dumps(more, ensure_ascii=False) + "\n", "utf-8")
    with running_server(store, until="/readyz") as server:
        _, searchable = rebuild_and_find(articles, store, server.address)
    program = [sys.executable, "-m", "bench.scaling.finding_steps", str(store)]
    finding = subprocess.run(program, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    began = datetime.now(UTC)
    with served(store, 2) as (place, _):
        ready = (datetime.now(UTC) - began).total_seconds()
        requests = [json_request("/api/ask", {"question": text}) for text in written_questions(200)]
        asyncio.run(keep_sending(place, requests, _CLIENTS, 3, patience=60))
        replies = asyncio.run(keep_sending(place, requests, _CLIENTS, _SECONDS, patience=60))
    answers = len(replies.with_status(HTTPStatus.OK)) / _SECONDS
    passages = int(full.report["passages"])
    return Row(
        passages, full.seconds, full.memory, searchable, ready, used, answers, json.loads(finding)
    )


def line(row: Row) -> str:
    """Return a row of the table."""
    all_steps, engine = row.finding["steps"]["all"], row.finding["engine"]
    cells = [
        f"{row.passages:,}",
        f"{row.seconds:.1f}",
        f"{row.passages / row.seconds:,.0f}",
        f"{row.peak:,.0f}",
        f"{row.one_more:.1f}",
        f"{row.ready:.1f}",
        f"{row.finding['first']:.1f}",
        f"{row.disk / row.passages:,.0f}",
        f"{row.finding['memory']:,.0f}",
        f"{all_steps['p50']:.1f} ms",
        f"{all_steps['p95']:.1f} ms",
        engine["name"],
        f"{engine['recall']:.3f}",
        f"{row.answers:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def growth(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the milliseconds of each step at p50, and how they grow per tenfold."""
    yield f"| p50, ms | {' | '.join(f'{row.passages:,}' for row in rows)} | per tenfold |"
    yield f"|{' --- |' * (len(rows) + 2)}"
    for step in STEPS:
        times = [p50_of(row, step) for row in rows]
        factors = [
            (later / earlier) ** (1 / log10(more.passages / less.passages))
            for (less, more), (earlier, later) in zip(pairwise(rows), pairwise(times), strict=True)
        ]
        grown = ", ".join(f"× {factor:.1f}" for factor in factors)
        yield f"| {step} | {' | '.join(f'{time:.2f}' for time in times)} | {grown} |"


def p50_of(row: Row, step: str) -> float:
    """Return the median milliseconds of a step."""
    return float(row.finding["steps"][step]["p50"])


if __name__ == "__main__":
    main()
