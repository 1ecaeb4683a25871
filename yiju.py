"""The command line, and the one place that puts the parts together."""

from cli import signals  # isort: skip - before what takes long to load

import os
import sys
from dataclasses import asdict
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from cli.options import JSON, PATH, STORE, checked_question, plain_errors
from cli.output import (
    as_json,
    evaluation_json,
    evaluation_table,
    format_answer,
    format_report,
    note,
    printable,
    progress_bar,
    report_json,
)
from index.build.builder import Builder, Options
from index.build.edits import Editor
from index.build.read_pages import Web
from index.errors import YijuError
from index.models.encoder import Encoder
from index.models.loading import bundled, model_folder, open_encoder, open_reranker
from index.search.live import LiveIndex
from index.settings import Settings
from index.store.backup import back_up
from index.store.retention import roll_back
from index.store.status import status_now
from index.store.store import Store
from index.text.analyzer import Analyzer
from qa.answerer import Answerer, Request
from qa.entities.names import Names
from qa.evaluation.html_report import check_place, write_report
from qa.evaluation.judge_cases import evaluate
from qa.evaluation.suite import Suite
from qa.evidence.confidence import Calibrator
from qa.evidence.sentence_ranker import SentenceRanker
from qa.reader.span_reader import SpanReader


@click.group()
@click.version_option(installed_version("yiju"), prog_name="yiju")
def main() -> None:
    """Ask questions of your own articles and get the sentence that answers."""


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--urls", multiple=True, type=PATH, help="File of web addresses, to be fetched.")
@click.option("--full", is_flag=True, help="Read everything again and index it from nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 when any file failed.")
@click.option("--wait", type=click.FloatRange(0), default=0, help="Seconds for another rebuild.")
@click.option("--force", is_flag=True, help="Make it current even past the quality gate.")
@click.option(
    "--questions", type=PATH, help="Question lines for the gate (default: the store's own)."
)
@STORE
@JSON
@plain_errors
def rebuild(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: tuple[Path, ...],
    urls: tuple[Path, ...],
    full: bool,
    dry_run: bool,
    strict: bool,
    wait: float,
    force: bool,
    questions: Path | None,
    store: Path | None,
    json: bool,
) -> None:
    """Bring the store to what is under PATHS: folders, files, .jsonl.

    Without PATHS those of earlier rebuilds are read again. Pages of the web are fetched only with
    --urls.
    """
    settings = _settings(store)
    options = Options(full, force, questions, Web(urls, settings.fetch_private), wait)
    with progress_bar() as progress:
        words, encoder = Analyzer(settings.store / "cache"), _encoder(settings)
        builder = Builder(
            Store(settings.store), encoder, words, progress, settings.rebuild_processes
        )
        read = builder.preview if dry_run else builder.rebuild
        report = read(paths, options)
    click.echo(as_json(report_json(report)) if json else printable(format_report(report)))
    if strict and report.failed:
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: YIJU_WORKERS).")
@STORE
@plain_errors
def serve(host: str, port: int, workers: int | None, store: Path | None) -> None:
    """Serve the page and the API."""
    from web.app import create_app
    from web.rebuild_process import Rebuilder
    from web.server import Address, serve_app
    from web.services import ServerLimits, Services

    settings = _settings(store)
    encoder = _encoder(settings)
    reranker = open_reranker(settings.cross_encoder, settings.model_download)
    address, place = Address(host, port), Store(settings.store)
    rebuilding = "-m yiju rebuild --wait 30 --store".split()
    command = [sys.executable, *rebuilding, str(place.root.absolute())]

    def make_app() -> Any:  # noqa: ANN401 - Flask's type would need flask here
        words = _words(settings)
        words.load()
        encoder.questions(["warm up: the first question shall not wait for the model"])
        live = LiveIndex(place, encoder, words, reranker)
        answerer = open_answerer(words, settings.threshold)
        answerer.warm_up()
        # In one process: a server with threads does not fork.
        editor = Editor(Builder(place, encoder, words))
        limits = ServerLimits(settings.max_body, settings.max_upload, settings.read_only)
        rebuilder, version = Rebuilder(place, command), installed_version("yiju")
        return create_app(Services(live, answerer, editor, rebuilder, limits, version))

    def ready() -> None:
        click.echo(f"Yiju is ready: http://{address}")
        try:
            place.current()
        except YijuError as error:
            click.echo(str(error), err=True)

    click.echo(f"Loading the model {settings.model} …", err=True)
    serve_app(make_app, address, workers or settings.workers, settings.threads, ready)


@main.command()
@click.argument("question")
@STORE
@JSON
@plain_errors
def ask(question: str, store: Path | None, json: bool) -> None:
    """Answer one QUESTION in the terminal, with its sources."""
    question = checked_question(question)
    settings = _settings(store)
    live, answerer = _reading_parts(settings, _words(settings))
    searcher = live.searcher()
    note("Loading the model …")
    answer = answerer.ask(Request(question), searcher)
    click.echo(as_json(asdict(answer)) if json else printable(format_answer(answer)))


@main.command()
@STORE
@JSON
@plain_errors
def status(store: Path | None, json: bool) -> None:
    """Say what the store holds."""
    values = asdict(status_now(Store(_settings(store).store)))
    lines = (f"{name.replace('_', ' '):14} {value}" for name, value in values.items())
    click.echo(as_json(values) if json else "\n".join(lines))


@main.command()
@click.argument("version", required=False)
@STORE
@JSON
@plain_errors
def rollback(version: str | None, store: Path | None, json: bool) -> None:
    """Make an earlier index VERSION the current one (default: the newest one before it)."""
    current = roll_back(Store(_settings(store).store), version)
    click.echo(as_json({"index_version": current}) if json else f"Index {current} is current.")


@main.command()
@click.argument("file", type=PATH)
@STORE
@plain_errors
def backup(file: Path, store: Path | None) -> None:
    """Copy the store into FILE, a .tar that is unpacked to restore it; the server may run on."""
    with progress_bar() as progress:
        version = back_up(Store(_settings(store).store), file, progress)
    click.echo(f"Index {version} is in {file}. Restore it with: tar -xf {file} -C FOLDER")


@main.command("evaluate")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--questions", type=PATH, help="SQuAD-style file whose questions are asked, by id.")
@click.option("--left-out", is_flag=True, help="Ask every question without its article, too.")
@click.option("--among", multiple=True, type=PATH, help="Articles to hide the right ones in.")
@click.option("--report", type=PATH, help="Write an HTML report to this file.")
@STORE
@JSON
@plain_errors
def evaluate_command(  # noqa: PLR0913, PLR0917 - one argument an option
    files: tuple[Path, ...],
    questions: Path | None,
    left_out: bool,
    among: tuple[Path, ...],
    report: Path | None,
    store: Path | None,
    json: bool,
) -> None:
    """Ask the questions of FILES and judge the answers.

    Question lines (.jsonl) are asked over the store, the questions of SQuAD-style files (.json,
    .json.gz) over a temporary store of their contexts.
    """
    exam = Suite.of(files, questions, left_out=left_out, among=among)
    if report:
        check_place(report)
    settings = _settings(store)
    words = _words(settings)
    live, answerer = _reading_parts(settings, words)
    with progress_bar() as progress:
        results = evaluate(exam.cases, answerer, live.searcher(), progress) if exam.cases else []
        sets = exam.ask_sets(_encoder(settings), words, answerer, settings.threshold, progress)
    if report:
        write_report(report, results, sets)
    if json:
        click.echo(as_json(evaluation_json(results, sets)))
    else:
        click.echo(printable(evaluation_table(results, sets)))


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
    return open_encoder(folder, settings.question_prompt, settings.passage_prompt)


def _words(settings: Settings) -> Analyzer:
    """The dictionary; its cache lies in the store, where only its owner writes."""
    return Analyzer(settings.store / "cache" if settings.store.is_dir() else None)


def _reading_parts(settings: Settings, words: Analyzer) -> tuple[LiveIndex, Answerer]:
    reranker = open_reranker(settings.cross_encoder, settings.model_download)
    live = LiveIndex(Store(settings.store), _encoder(settings), words, reranker)
    return live, open_answerer(words, settings.threshold)


def open_answerer(analyzer: Analyzer, threshold: float) -> Answerer:
    """Put the answerer together from the networks that Yiju ships."""
    ranker = SentenceRanker.load(Names(analyzer), SpanReader(bundled()))
    return Answerer(ranker, Calibrator(), threshold)


def run() -> None:
    """The console script. What is read from a closed pipe is nobody's failure."""
    try:
        with signals.raise_on_stop():
            main(prog_name="yiju")
    except signals.Stopped as stopped:
        click.echo(str(stopped), err=True)
        sys.exit(stopped.code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    run()
