"""`python -m bench.quality`: quality of retrieval and answers on the measuring sets.

Needs the data folder, whose measuring sets no training has seen. Each set is asked as by `yiju
evaluate`, over a temporary store; the statutes are indexed once for both sets asked among them.
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

from cli.output import progress_bar
from index.ingest.formats.jsonl import article_of_record
from index.models.encoder import Encoder
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.progress import Progress
from index.settings import Settings
from index.text.analyzer import Analyzer
from index.text.splitter import split
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.evaluation.metrics import percentiles
from qa.evaluation.render import as_lines
from qa.evaluation.scores import evaluate_set
from qa.evaluation.squad import read_set
from qa.evaluation.temporary_store import TemporaryStore
from qa.retrieval import Request
from training.data_folder import data_option

PASSAGES = 10_000
QUESTIONS = 1000  # for the latency over that many passages
STATUTES = Path("text") / "statutes.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Task:
    """A reading set to ask: its files in `measure/`, and how to ask it."""

    contexts: str
    questions: str | None = None
    left_out: bool = False
    among_statutes: bool = False


TASKS = {
    "xquad-zh": Task("xquad-dev-zh"),
    "xquad-en-zh": Task("xquad-dev-zh", "xquad-dev-en"),
    "xquad-zh-en": Task("xquad-dev-en", "xquad-dev-zh"),
    "xquad-en": Task("xquad-dev-en"),
    "cmrc": Task("cmrc2018-dev", left_out=True),
    "cmrc-statutes": Task("cmrc2018-dev", among_statutes=True),
    "xquad-en-zh-statutes": Task("xquad-dev-zh", "xquad-dev-en", among_statutes=True),
}
RETRIEVAL = "retrieval-10000"


@dataclass(frozen=True, slots=True)
class Bench:
    """The parts that all tasks share."""

    data: Path
    encoder: Encoder
    analyzer: Analyzer
    threshold: float
    progress: Progress

    def store(self, folder: Path, *, among_statutes: bool = False) -> TemporaryStore:
        """Return a temporary store, with or without the statutes."""
        among = [self.data / STATUTES] if among_statutes else []
        return TemporaryStore(folder, self.encoder, self.analyzer, among, self.progress)

    def ask(self, task: Task, store: TemporaryStore) -> Iterator[str]:
        """Ask a set; yield its scores, one line each."""
        measure = self.data / "measure"
        questions = measure / f"{task.questions}.json.gz" if task.questions else None
        reading_set = read_set(measure / f"{task.contexts}.json.gz", questions)
        answerer = Answerer.load(self.analyzer, Thresholds(self.threshold, self.threshold))
        evaluation = evaluate_set(
            reading_set, store, answerer, self.threshold, left_out=task.left_out
        )
        return as_lines(evaluation, error_limit=0)

    def latency(self, store: TemporaryStore) -> Iterator[str]:
        """Yield the latency of an answer over the first statutes, up to `PASSAGES` passages."""
        searcher = store.fill(list(first_statutes(self.data / STATUTES, PASSAGES)))
        questions = read_set(self.data / "measure" / "cmrc2018-dev.json.gz").questions[:QUESTIONS]
        answerer = Answerer.load(self.analyzer, Thresholds(self.threshold, self.threshold))
        answerer.retrieve(Request(questions[0].question), searcher)
        timings = []
        for done, gold in enumerate(questions):
            self.progress("asking", done, len(questions))
            timings.append(answerer.ask(Request(gold.question), searcher).timings_ms)
        self.progress("asking", len(questions), len(questions))
        yield f"over {searcher.manifest.passages} passages, {len(questions)} questions:"
        for name in ("retrieve", "read", "total"):
            cuts = percentiles([getattr(timing, name) for timing in timings])
            yield f"  {name:8} p50 {cuts['p50']:.1f} ms, p95 {cuts['p95']:.1f} ms"


def first_statutes(path: Path, passages: int) -> Iterator[str]:
    """Yield the texts of the first distinct statutes, up to that many passages."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for text in dict.fromkeys(json.loads(line)["text"] for line in lines):
            article = article_of_record({"text": text})
            passages -= len(split(article.text, article.sections))
            if passages < 0:
                return
            yield text


@contextmanager
def temporary() -> Iterator[Callable[[], Path]]:
    """Yield a maker of empty folders, all removed at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as root:
        yield lambda: Path(tempfile.mkdtemp(dir=root))


def measured(bench: Bench, names: list[str]) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the name and lines of each task, measured as the lines are consumed."""
    with temporary() as new_folder:
        statutes: TemporaryStore | None = None
        for name in names:
            if name == RETRIEVAL:
                yield name, bench.latency(bench.store(new_folder()))
            elif TASKS[name].among_statutes:
                statutes = statutes or bench.store(new_folder(), among_statutes=True)
                yield name, bench.ask(TASKS[name], statutes)
            else:
                yield name, bench.ask(TASKS[name], bench.store(new_folder()))


@click.command(help=__doc__)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([*TASKS, RETRIEVAL]),
    help="One of the sets; may be given several times.",
)
@click.option("--model", default=BUNDLED, show_default=True, help="Name or folder of a model.")
@data_option("measure")
def main(only: tuple[str, ...], model: str, data: Path) -> None:
    """Print the figures, set by set."""
    encoder, analyzer = open_encoder(model_folder(model)), Analyzer()
    analyzer.load()
    click.echo(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    click.echo(f"{encoder.id}, {encoder.dim} dimensions")
    names = list(only) or [*TASKS, RETRIEVAL]
    with progress_bar() as progress:
        bench = Bench(data, encoder, analyzer, Settings().threshold, progress)
        for name, lines in measured(bench, names):
            click.echo(f"\n{name}\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
