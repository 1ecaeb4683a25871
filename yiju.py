"""The command line, and the one place that puts the parts together."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import wraps
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any, ParamSpec

import click
from pydantic import ValidationError
from tqdm import tqdm

from index.build import Builder, Report
from index.encoder import Encoder, SentenceTransformerEncoder, model_folder
from index.errors import YijuError
from index.live import LiveIndex
from index.manifest import Manifest
from index.progress import Progress
from index.settings import Settings
from index.status import status_of
from index.store import Store
from index.words import Words
from qa.answer import Answer
from qa.answerer import Answerer, Request
from qa.evaluation import Result, evaluate, figures, read_cases

P = ParamSpec("P")
_STORE = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="Folder of the store (default: YIJU_STORE, else ./store).",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _plainly(command: Callable[P, None]) -> Callable[P, None]:
    """Every failure becomes one sentence on stderr and exit code 1."""

    @wraps(command)
    def run_plainly(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except YijuError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            raise click.ClickException(f"{error.strerror or error}{where}.") from error

    return run_plainly


@click.group()
@click.version_option(installed_version("yiju"), prog_name="yiju")
def main() -> None:
    """Ask questions of your own articles and get the sentence that answers."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Read everything again and index it from nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 when any file failed.")
@_STORE
@_JSON
@_plainly
def rebuild(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: tuple[Path, ...],
    full: bool,
    dry_run: bool,
    strict: bool,
    store: Path | None,
    as_json: bool,
) -> None:
    """Bring the store to what is under PATHS: folders, files, .jsonl."""
    settings = _settings(store)
    with _progress_bar() as progress:
        words, encoder = _words(settings), _encoder(settings)
        builder = Builder(Store(settings.store), encoder, words, progress)
        report = builder.preview(paths) if dry_run else builder.rebuild(paths, full=full)
    click.echo(_as_json(asdict(report)) if as_json else _told(report))
    if strict and report.failed:
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: YIJU_WORKERS).")
@_STORE
@_plainly
def serve(host: str, port: int, workers: int | None, store: Path | None) -> None:
    """Serve the page and the API."""
    from web.app import create_app
    from web.server import Address, serve_app
    from web.services import Services

    settings = _settings(store)
    encoder = _encoder(settings)
    address = Address(host, port)

    def make_app() -> Any:  # noqa: ANN401 - Flask's type would need flask here
        words = _words(settings)
        words.load()
        encoder.questions(["warm up: the first question shall not wait for the model"])
        live = LiveIndex(Store(settings.store), encoder, words)
        answerer = Answerer(words, settings.threshold)
        return create_app(Services(live, answerer, installed_version("yiju"), settings.max_body))

    def ready() -> None:
        click.echo(f"Yiju is ready: http://{address}")

    click.echo(f"Loading the model {settings.model} …", err=True)
    serve_app(make_app, address, workers or settings.workers, settings.threads, ready)


@main.command()
@click.argument("question")
@_STORE
@_JSON
@_plainly
def ask(question: str, store: Path | None, as_json: bool) -> None:
    """Answer one QUESTION in the terminal, with its sources."""
    live, answerer = _reading_parts(_settings(store))
    searcher = live.searcher()
    _note("Loading the model …")
    answer = answerer.ask(Request(question), searcher)
    click.echo(_as_json(asdict(answer)) if as_json else _shown(answer))


@main.command()
@_STORE
@_JSON
@_plainly
def status(store: Path | None, as_json: bool) -> None:
    """Say what the store holds."""
    where = Store(_settings(store).store)
    values = asdict(status_of(where, Manifest.read(where.folder(where.current()))))
    lines = (f"{name.replace('_', ' '):14} {value}" for name, value in values.items())
    click.echo(_as_json(values) if as_json else "\n".join(lines))


@main.command("evaluate")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_STORE
@_JSON
@_plainly
def evaluate_command(files: tuple[Path, ...], store: Path | None, as_json: bool) -> None:
    """Ask the question lines of FILES (.jsonl) over the store and judge the answers."""
    cases = [case for path in files for case in read_cases(path)]
    live, answerer = _reading_parts(_settings(store))
    with _progress_bar() as progress:
        results = evaluate(cases, answerer, live.searcher(), progress)
    click.echo(_as_json(_judged(results)) if as_json else _judged_table(results))


def _settings(store: Path | None) -> Settings:
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "_".join(["YIJU", *map(str, first["loc"])]).upper()
        raise click.ClickException(f"The setting {name} does not fit: {first['msg']}.") from error
    return settings.model_copy(update={"store": store}) if store else settings


def _encoder(settings: Settings) -> Encoder:
    folder = model_folder(settings.model, settings.model_download)
    return SentenceTransformerEncoder(folder, settings.question_prompt, settings.passage_prompt)


def _words(settings: Settings) -> Words:
    """The dictionary; its cache lies in the store, where only its owner writes."""
    return Words(settings.store / "cache" if settings.store.is_dir() else None)


def _reading_parts(settings: Settings) -> tuple[LiveIndex, Answerer]:
    words = _words(settings)
    live = LiveIndex(Store(settings.store), _encoder(settings), words)
    return live, Answerer(words, settings.threshold)


@contextmanager
def _progress_bar() -> Iterator[Progress]:
    """A bar on a terminal, one a phase; nothing where the output is a file."""
    bars: list[tqdm[Any]] = []

    def show(phase: str, done: int, total: int) -> None:
        if not bars or bars[-1].desc != f"{phase}: ":
            if bars:
                bars[-1].close()
            bars.append(tqdm[Any](desc=phase, total=total, disable=None, file=sys.stderr))
        bars[-1].update(done - bars[-1].n)

    try:
        yield show
    finally:
        for bar in bars:
            bar.close()


def _note(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(text, err=True)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _told(report: Report) -> str:
    lines = [
        f"Index {report.index_version}: {report.added} added, {report.changed} changed, "
        f"{report.removed} removed, {report.unchanged} unchanged, {len(report.failed)} failed; "
        f"{report.passages} passages, {report.seconds:.1f} s."
    ]
    lines += [f"  failed: {one.path}: {one.reason}" for one in report.failed]
    return "\n".join(lines)


def _shown(answer: Answer) -> str:
    lines = [answer.short_answer] if answer.short_answer else []
    lines.append(answer.answer)
    for number, one in enumerate(answer.citations, 1):
        about = " · ".join(filter(None, (one.title, one.source, one.published)))
        lines += ["", f"[{number}] {about}", f"    {one.article_id} {one.start}–{one.end}"]
        if number > 1:
            lines.append(f"    {one.quote}")
    return "\n".join(lines)


def _judged(results: list[Result]) -> dict[str, Any]:
    groups = {
        group: {key: {"passed": passed, "total": total} for key, (passed, total) in rows.items()}
        for group, rows in figures(results).items()
    }
    failed = [
        {
            "id": one.case.id,
            "question": one.case.question,
            "expected": one.case.answers,
            "given": one.answer.answer,
            "short_answer": one.answer.short_answer,
            "confidence": one.answer.confidence,
            "reason": one.reason,
        }
        for one in results
        if not one.passed
    ]
    overall = groups["all"].get("all", {"passed": 0, "total": 0})
    return {**overall, "by_type": groups["type"], "by_lang": groups["lang"], "failed": failed}


def _judged_table(results: list[Result]) -> str:
    lines = []
    for group, rows in figures(results).items():
        lines += [
            f"{group:5} {key:14} {passed:4} of {total}" for key, (passed, total) in rows.items()
        ]
    lines += [
        f"failed {one.case.id} {one.case.question}: {one.reason}"
        for one in results
        if not one.passed
    ]
    return "\n".join(lines)


def run() -> None:
    """The console script. What is read from a closed pipe is nobody's failure."""
    try:
        main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    run()
