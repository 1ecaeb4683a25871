"""`python -m bench.quality`: what Yiju finds and answers on the measuring sets.

Needs `../shared/data`: its sets no training has seen. Each is asked as `yiju evaluate` asks it,
over a temporary store; the statutes are indexed once for both sets that are hidden in them.
"""

import gzip
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.encoder import DATA
from cli.output import progress_bar
from index.ingest.formats.jsonl import article_of_record
from index.models.encoder import Encoder
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.progress import Progress
from index.settings import Settings
from index.text.analyzer import Analyzer
from index.text.splitter import split
from qa.answerer import Request
from qa.evaluation.metrics import percentiles
from qa.evaluation.render import as_lines
from qa.evaluation.scores import evaluate_set
from qa.evaluation.squad import read_set
from qa.evaluation.temporary_store import TemporaryStore
from yiju import open_answerer

PASSAGES = 10_000
ASKED = 1000  # questions for the time of a retrieval
STATUTES = Path("text") / "statutes.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Task:
    """A set to ask: files of `measure/`, and how."""

    contexts: str
    questions: str | None = None
    left_out: bool = False
    hidden: bool = False  # among the statutes


TASKS = {
    "xquad-zh": Task("xquad-dev-zh"),
    "xquad-en-zh": Task("xquad-dev-zh", "xquad-dev-en"),
    "xquad-zh-en": Task("xquad-dev-en", "xquad-dev-zh"),
    "xquad-en": Task("xquad-dev-en"),
    "cmrc": Task("cmrc2018-dev", left_out=True),
    "cmrc-statutes": Task("cmrc2018-dev", hidden=True),
    "xquad-en-zh-statutes": Task("xquad-dev-zh", "xquad-dev-en", hidden=True),
}
RETRIEVAL = "retrieval-10000"


@dataclass(frozen=True, slots=True)
class Bench:
    """The parts that every set is asked with."""

    data: Path
    encoder: Encoder
    analyzer: Analyzer
    threshold: float
    progress: Progress

    def shelf(self, folder: Path, *, hidden: bool = False) -> TemporaryStore:
        """A temporary store, with the statutes in it or without."""
        among = [self.data / STATUTES] if hidden else []
        return TemporaryStore(folder, self.encoder, self.analyzer, among, self.progress)

    def ask(self, task: Task, shelf: TemporaryStore) -> Iterator[str]:
        """The figures of a set, a line each."""
        measure = self.data / "measure"
        questions = measure / f"{task.questions}.json.gz" if task.questions else None
        reading_set = read_set(measure / f"{task.contexts}.json.gz", questions)
        answerer = open_answerer(self.analyzer, self.threshold)
        found = evaluate_set(reading_set, shelf, answerer, self.threshold, left_out=task.left_out)
        return as_lines(found, shown=0)

    def retrieval(self, shelf: TemporaryStore) -> Iterator[str]:
        """How long an answer takes over the first statutes, up to so many passages."""
        searcher = shelf.fill(list(first_statutes(self.data / STATUTES, PASSAGES)))
        asked = read_set(self.data / "measure" / "cmrc2018-dev.json.gz").asked[:ASKED]
        answerer = open_answerer(self.analyzer, self.threshold)
        answerer.retrieve(Request(asked[0].question), searcher)
        times = []
        for done, one in enumerate(asked):
            self.progress("asking", done, len(asked))
            times.append(answerer.ask(Request(one.question), searcher).timings_ms)
        self.progress("asking", len(asked), len(asked))
        yield f"over {searcher.manifest.passages} passages, {len(asked)} questions:"
        for name in ("retrieve", "read", "total"):
            cuts = percentiles([getattr(one, name) for one in times])
            yield f"  {name:8} p50 {cuts['p50']:.1f} ms, p95 {cuts['p95']:.1f} ms"


def first_statutes(path: Path, passages: int) -> Iterator[str]:
    """The texts of the first distinct statutes that make no more than so many passages."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for text in dict.fromkeys(json.loads(line)["text"] for line in lines):
            article = article_of_record({"text": text})
            passages -= len(split(article.text, article.sections))
            if passages < 0:
                return
            yield text


@contextmanager
def temporary() -> Iterator[Callable[[], Path]]:
    """Gives empty folders, all gone at the end."""
    with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as root:
        yield lambda: Path(tempfile.mkdtemp(dir=root))


def measured(bench: Bench, names: list[str]) -> Iterator[tuple[str, Iterator[str]]]:
    """Each of the named figures with its lines, measured when they are taken."""
    with temporary() as new:
        hidden: TemporaryStore | None = None
        for name in names:
            if name == RETRIEVAL:
                yield name, bench.retrieval(bench.shelf(new()))
            elif TASKS[name].hidden:
                hidden = hidden or bench.shelf(new(), hidden=True)
                yield name, bench.ask(TASKS[name], hidden)
            else:
                yield name, bench.ask(TASKS[name], bench.shelf(new()))


@click.command(help=__doc__)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([*TASKS, RETRIEVAL]),
    help="One of the sets; may be given several times.",
)
@click.option("--model", default=BUNDLED, show_default=True, help="Name or folder of a model.")
@click.option("--data", default=DATA, type=click.Path(path_type=Path), help="The data folder.")
def main(only: tuple[str, ...], model: str, data: Path) -> None:
    """Prints the figures, set by set."""
    if not (data / "measure").is_dir():
        raise click.ClickException(f"{data} has no folder measure. Name the data with --data.")
    encoder, words = open_encoder(model_folder(model)), Analyzer()
    words.load()
    click.echo(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    click.echo(f"{encoder.id}, {encoder.dim} dimensions")
    names = list(only) or [*TASKS, RETRIEVAL]
    with progress_bar() as progress:
        bench = Bench(data, encoder, words, Settings().threshold, progress)
        for name, lines in measured(bench, names):
            click.echo(f"\n{name}\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
