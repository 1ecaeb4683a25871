"""The command line, and the composition root: the only module that creates and connects parts."""

from cli import interrupts  # isort: skip - before the modules that take long to load

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import click

from cli import output
from cli.options import JSON, PATH, STORE, checked_question, load_settings, plain_errors
from index.batches import Workload
from index.build.builder import Builder
from index.build.edits import Editor
from index.build.read_pages import Web
from index.build.session import Options
from index.errors import YijuError
from index.ingest.upload_reader import UploadReader
from index.models.encoder import Encoder
from index.models.loading import BUNDLED, model_folder, open_encoder, open_reader, open_reranker
from index.search.live import LiveIndex
from index.search.searcher import SearchModels
from index.settings import Settings
from index.store.backup import back_up
from index.store.retention import roll_back
from index.store.status import status_now
from index.store.store import Store
from index.text.analyzer import Analyzer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.evaluation.html_report import check_place, write_report
from qa.evaluation.judge_cases import evaluate
from qa.evaluation.suite import Suite
from qa.retrieval import Request


@click.group()
@click.version_option(installed_version("yiju"), prog_name="yiju")
def main() -> None:
    """Ask questions of your own articles and get the sentence that answers."""


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--urls", multiple=True, type=PATH, help="File of web addresses, to be fetched.")
@click.option("--ocr", is_flag=True, help="Recognise scans and pictures (default: YIJU_OCR).")
@click.option("--full", is_flag=True, help="Read everything again and index it from nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--strict", is_flag=True, help="Exit with 1 when any file failed.")
@click.option("--wait", type=click.FloatRange(0), default=0, help="Seconds for another rebuild.")
@click.option("--force", is_flag=True, help="Make it current even past the quality gate.")
@click.option("--questions", type=PATH, help="Question lines of the gate (default: the store's).")
@STORE
@JSON
@plain_errors
def rebuild(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: tuple[Path, ...],
    urls: tuple[Path, ...],
    ocr: bool,
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

    Without PATHS those of earlier rebuilds are read again. Only --urls fetches pages of the web.
    """
    settings = load_settings(store, ocr=ocr)
    options = Options(full, force, questions, Web(urls, settings.fetch_private), wait, settings.ocr)
    with output.progress_bar() as progress:
        analyzer, encoder = Analyzer(settings.store / "cache"), _open_encoder(settings)
        workload = Workload(settings.rebuild_processes)
        builder = Builder(Store(settings.store), encoder, analyzer, progress, workload)
        report = (builder.preview if dry_run else builder.rebuild)(paths, options)
    output.print_result(output.report_json(report), output.format_report(report), json)
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
    from web.serving.server import Address, serve_app
    from web.serving.traffic import Load

    settings, address = load_settings(store), Address(host, port)

    def ready() -> None:
        click.echo(f"Yiju is ready: http://{address}")
        try:
            Store(settings.store).current()
        except YijuError as error:
            click.echo(str(error), err=True)

    click.echo(f"Loading the model {settings.model} …", err=True)
    serve_app(app_factory(settings, host), address, Load.of(settings, workers), ready)


@main.command()
@click.argument("question")
@STORE
@JSON
@plain_errors
def ask(question: str, store: Path | None, json: bool) -> None:
    """Answer one QUESTION in the terminal, with its sources."""
    question, settings = checked_question(question), load_settings(store)
    models, analyzer = _open_models(settings), _open_analyzer(settings)
    live = LiveIndex(Store(settings.store), models, analyzer)
    searcher = live.searcher()
    output.note("Loading the model …")
    answerer = _open_answerer(settings, models, analyzer)
    answer = answerer.ask(Request(question), searcher)
    output.print_result(asdict(answer), output.format_answer(answer), json)


@main.command()
@STORE
@JSON
@plain_errors
def status(store: Path | None, json: bool) -> None:
    """Say what the store holds."""
    values = asdict(status_now(Store(load_settings(store).store)))
    output.print_result(values, output.format_status(values), json)


@main.command()
@click.argument("version", required=False)
@STORE
@JSON
@plain_errors
def rollback(version: str | None, store: Path | None, json: bool) -> None:
    """Make an earlier index VERSION the current one (default: the newest one before it)."""
    current = roll_back(Store(load_settings(store).store), version)
    output.print_result({"index_version": current}, f"Index {current} is current.", json)


@main.command()
@click.argument("file", type=PATH)
@STORE
@plain_errors
def backup(file: Path, store: Path | None) -> None:
    """Copy the store into FILE, a .tar that is unpacked to restore it; the server may run on."""
    with output.progress_bar() as progress:
        version = back_up(Store(load_settings(store).store), file, progress)
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

    Question lines (.jsonl) are asked over the store, those of SQuAD-style files over their own.
    """
    suite = Suite.of(files, questions, left_out=left_out, among=among)
    if report:
        check_place(report)
    settings = load_settings(store)
    models, analyzer = _open_models(settings), _open_analyzer(settings)
    live = LiveIndex(Store(settings.store), models, analyzer)
    answerer = _open_answerer(settings, models, analyzer)
    with output.progress_bar() as progress:
        results = evaluate(suite.cases, answerer, live.searcher(), progress) if suite.cases else []
        sets = suite.ask_sets(models.encoder, analyzer, answerer, settings.threshold, progress)
    if report:
        write_report(report, results, sets)
    output.print_result(
        output.evaluation_json(results, sets), output.evaluation_table(results, sets), json
    )


def app_factory(settings: Settings, host: str) -> Callable[[], Any]:
    """Load what server processes share, without threads; return what makes the app in each."""
    from web.app import create_app
    from web.hosts import AllowedHosts
    from web.rebuild_process import Rebuilder
    from web.services import ServerLimits, Services

    store, analyzer = Store(settings.store), _open_analyzer(settings)
    models = _open_models(settings)
    open_reader(settings.reader, settings.model_download)  # fails now if it can't be opened
    reader = UploadReader.of(settings)  # here, as all processes read one upload at a time
    analyzer.load()
    models.load_shared()
    gc.freeze()  # a collection would write to what is shared

    def make_app() -> Any:  # noqa: ANN401 - Flask's type would need flask here
        answerer = _open_answerer(settings, models, analyzer)
        models.load()
        answerer.warm_up()
        # What is loaded stays: a collection that goes through it delays a question by 60 ms.
        gc.collect()
        gc.freeze()
        options = ["--wait", "30", "--store", str(store.root.absolute())]
        services = Services(
            live=LiveIndex(store, models, analyzer),
            answerer=answerer,
            editor=Editor(Builder(store, models.encoder, analyzer)),  # here: threads must not fork
            upload_reader=reader,
            rebuilder=Rebuilder(store, [sys.executable, "-m", "yiju", "rebuild", *options]),
            limits=ServerLimits.of(settings),
            version=installed_version("yiju"),
        )
        return create_app(services, AllowedHosts(host, settings.listed_hosts))

    return make_app


def _open_models(settings: Settings) -> SearchModels:
    reranker = open_reranker(settings.cross_encoder, settings.model_download)
    return SearchModels.of(_open_encoder(settings), reranker)


def _open_answerer(settings: Settings, models: SearchModels, analyzer: Analyzer) -> Answerer:
    # Where the search uses the bundled encoder, loading it again would take 100 MB.
    is_used = settings.model == BUNDLED or models.sentence_encoder is not models.encoder
    encoder = models.sentence_encoder if is_used else None
    reader = open_reader(settings.reader, settings.model_download)
    thresholds = Thresholds(settings.threshold, settings.possible)
    return Answerer.load(analyzer, thresholds, encoder, reader)


def _open_encoder(settings: Settings) -> Encoder:
    folder = model_folder(settings.model, settings.model_download)
    return open_encoder(folder, settings.question_prompt, settings.passage_prompt)


def _open_analyzer(settings: Settings) -> Analyzer:
    """Open the analyzer, with its cache in the store, where only the store's owner can write."""
    return Analyzer(settings.store / "cache" if settings.store.is_dir() else None)


def run() -> None:
    """Run the console script; exit quietly if stdout is a closed pipe."""
    try:
        with interrupts.raise_on_stop():
            main(prog_name="yiju")
    except interrupts.Stopped as stopped:
        click.echo(str(stopped), err=True)
        sys.exit(stopped.code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    run()
