"""`python -m bench.scaling.agreement STORE`: do Milvus and the embedded engine rank alike?

The current index version of a store is published to Milvus Lite, started here, or to the server at
`--uri`. Questions are the suggestions and titles of its articles, or those of a file of question
lines. Of each leg and of the fusion the share of the first ten is told that both engines have, how
often all ten are the same in the same order, and the median time of a search.
"""

import argparse
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import free_port
from index.eval_cases import read_cases
from index.milvus.milvus_generation import open_published
from index.milvus.milvus_server import MilvusServer
from index.milvus.published import PublishedManifest
from index.milvus.publisher import Publisher
from index.models.loading import bundled
from index.search.generation import Generation
from index.search.query import Query
from index.search.searcher import Searcher, SearchModels
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText

_SEED = 7
_FIRST = 10
_WITHIN = 600.0  # seconds
Ranking = Sequence[tuple[int, float]]
Rank = Callable[[Searcher, Query], Ranking]

LEGS: dict[str, Rank] = {
    "dense": lambda searcher, query: searcher.dense(query, _FIRST),
    "lexical": lambda searcher, query: searcher.lexical(query, _FIRST),
    "fusion": lambda searcher, query: [
        (hit.number, hit.score) for hit in searcher.search(query, _FIRST)
    ],
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two engines rank: the shares of the first ten that both have, and the times of each."""

    overlaps: Sequence[float]
    same: int
    milliseconds: tuple[float, float]

    def __str__(self) -> str:
        here, there = self.milliseconds
        return (
            f"overlap@10 {statistics.mean(self.overlaps):.4f}, least {min(self.overlaps):.2f}, "
            f"same order {self.same} of {len(self.overlaps)}; {here:.1f} ms, Milvus {there:.1f} ms"
        )


def compared(here: Searcher, there: Searcher, questions: Sequence[str], rank: Rank) -> Agreement:
    """Compare the rankings of two searchers; equal scores may stand in any order."""
    overlaps, same, times = list[float](), 0, (list[float](), list[float]())
    for text in questions:
        rankings = []
        for searcher, spent in zip((here, there), times, strict=True):
            query = searcher.query(FoldedText.of(text))
            began = time.perf_counter()
            rankings.append(rank(searcher, query))
            spent.append((time.perf_counter() - began) * 1000)
        overlaps.append(overlap(*rankings))
        same += [number for number, _ in rankings[0]] == [number for number, _ in rankings[1]]
    return Agreement(overlaps, same, (statistics.median(times[0]), statistics.median(times[1])))


def overlap(first: Ranking, second: Ranking) -> float:
    """Return the share of a ranking's passages that another one has, too.

    >>> overlap([(1, 0.9), (2, 0.5)], [(2, 0.5), (3, 0.4)])
    0.5
    """
    numbers = {number for number, _ in first}
    return len(numbers & {number for number, _ in second}) / len(numbers) if numbers else 1.0


def main() -> None:
    """Publish a store, and print a line for each leg."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--uri", help="a Milvus server (default: Milvus Lite, started here)")
    parser.add_argument("--questions", type=Path, help="question lines")
    parser.add_argument("--count", type=int, default=200, help="questions at most")
    options = parser.parse_args()
    store, analyzer, encoder = Store(options.store), Analyzer(), bundled()
    models = SearchModels.of(encoder)
    local = Generation.open(store, store.current(), encoder, analyzer)
    here = Searcher(local, models)
    questions = list(_questions(here, options.questions))
    random.Random(_SEED).shuffle(questions)
    with _server(options.uri) as uri:
        server = MilvusServer(uri, read_within=_WITHIN)
        began, spent = time.perf_counter(), time.process_time()
        name = Publisher(store, server, encoder, analyzer).publish()
        wall, own = time.perf_counter() - began, time.process_time() - spent
        generation, published = open_published(server, name, encoder, analyzer)
        print(_written(published, wall, own))
        there = Searcher(generation, models)
        for leg, rank in LEGS.items():
            print(
                f"  {leg:8} {compared(here, there, questions[: options.count], rank)}", flush=True
            )


def _questions(searcher: Searcher, file: Path | None) -> Iterator[str]:
    if file is not None:
        yield from (case.question for case in read_cases(file))
        return
    for suggested in searcher.catalogue.suggestions():
        yield from (suggestion.question for suggestion in suggested.questions)
    yield from {row.title for row in searcher.catalogue.rows() if row.title}


def _written(published: PublishedManifest, wall: float, own: float) -> str:
    passages, records = published.rows
    each = published.bytes / max(passages, 1)
    return (
        f"{passages:,} passages and {records:,} records, {published.bytes / 1e6:.1f} MB "
        f"({each:,.0f} bytes a passage), published in {wall:.1f} s, of them {own:.1f} s of this "
        "process"
    )


@contextmanager
def _server(uri: str | None) -> Iterator[str]:
    if uri:
        yield uri
        return
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        options = ["--data-dir", folder, "--host", "127.0.0.1", "--port", str(port)]
        command = [sys.executable, "-m", "milvus_lite", "server", *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                while not _listens(port) and process.poll() is None:
                    time.sleep(0.1)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
