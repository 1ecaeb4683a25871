"""The command line, and what a Python program imports: `from yiju import Library`."""

from cli import interrupts  # isort: skip - before the modules that take long to load

import os
import sys
from dataclasses import asdict
from importlib.metadata import version as installed_version
from pathlib import Path

import click

from cli import output
from cli.evaluate_command import evaluate_command
from cli.feedback_command import feedback
from cli.options import (
    JSON,
    PATH,
    STORE,
    load_settings,
    plain_errors,
    rebuild_options,
)
from cli.url_lists import UrlLists, with_url_lists
from cli.watch_command import watch
from index.article import Article
from index.build.report import Report
from index.errors import (
    ArticleError,
    BusyError,
    GoneError,
    ModelError,
    NoArticleError,
    NoIndexError,
    StoreError,
    UsageError,
    YijuError,
)
from index.listing.article_filter import Filter
from index.settings import Settings
from index.store.backup import back_up
from index.store.rebuild_state import ListRules
from index.store.retention import roll_back
from index.store.status import Status
from index.store.store import Store
from python_api import rebuilding
from python_api.open_library import Library
from python_api.webhook_events import rebuild_told, webhooks_of
from qa.answer import Answer, SearchResult
from qa.feedback.feedback_file import FeedbackFile
from qa.question.understand import Turn

__all__ = [
    "Answer",
    "Article",
    "ArticleError",
    "BusyError",
    "Filter",
    "GoneError",
    "Library",
    "ListRules",
    "ModelError",
    "NoArticleError",
    "NoIndexError",
    "Report",
    "SearchResult",
    "Status",
    "StoreError",
    "Turn",
    "UsageError",
    "YijuError",
    "main",
    "run",
]
"""What Python programs may import; `yiju-stubs` tells type checkers the same."""

_TOLD_WITHIN = 30.0  # seconds for webhooks


@click.group()
@click.version_option(installed_version("yiju"), prog_name="yiju")
def main() -> None:
    """Ask questions of your own articles and get the sentence that answers."""


main.add_command(evaluate_command)
main.add_command(feedback)
main.add_command(watch)


@main.command()
@click.argument("paths", nargs=-1, type=PATH)
@with_url_lists
@rebuild_options
@STORE
@JSON
@plain_errors
def rebuild(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: tuple[Path, ...],
    lists: UrlLists,
    ocr: bool,
    full: bool,
    dry_run: bool,
    strict: bool,
    wait: float,
    force: bool,
    keep_missing: bool,
    empty: bool,
    questions: Path | None,
    store: Path | None,
    json: bool,
) -> None:
    """Bring the store to what is under PATHS: folders, files, .jsonl.

    Without PATHS those of earlier rebuilds are read again. Only --urls fetches pages of the web.
    """
    if empty and (paths or lists or dry_run):
        raise click.UsageError("--empty takes no PATH: articles are uploaded later.")
    settings = load_settings(store, ocr=ocr)
    request = rebuilding.RebuildRequest(
        settings, paths, lists, full, force, questions, wait, keep_missing, dry_run, empty
    )
    webhooks = webhooks_of(settings)
    try:
        with output.progress_bar() as progress:
            report = rebuild_told(request, lambda: rebuilding.rebuild(request, progress), webhooks)
    finally:
        if webhooks:
            output.note("Telling the webhooks …")
            webhooks.flush(_TOLD_WITHIN)
    output.print_result(output.report_json(report), output.format_report(report), json)
    if strict and report.failed:
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: YIJU_WORKERS).")
@click.option("--settings", type=PATH, help="File of settings, read again at SIGHUP.")
@STORE
@plain_errors
def serve(
    host: str, port: int, workers: int | None, settings: Path | None, store: Path | None
) -> None:
    """Serve the page and the API."""
    from cli.served_plans import processes_of
    from web.serving.server import Address, serve_app

    address = Address(host, port)

    def read() -> Settings:
        return load_settings(store, file=settings)

    def ready(settings: Settings) -> None:
        click.echo(f"Yiju is ready: http://{address}")
        try:
            Store(settings.store).current()
        except YijuError as error:
            click.echo(str(error), err=True)

    click.echo(f"Loading the model {read().model} …", err=True)
    serve_app(processes_of(address, read, workers, ready))


@main.command()
@STORE
@plain_errors
def mcp(store: Path | None) -> None:
    """Serve an assistant that speaks the Model Context Protocol on stdin and stdout."""
    from cli.server_parts import services_factory
    from web.mcp.stdio_transport import serve_stdio

    settings = load_settings(store)
    with interrupts.exit_on_stop():
        make_services = services_factory(settings)
        serve_stdio(lambda: make_services(settings, 0))


@main.command()
@click.argument("question")
@STORE
@JSON
@plain_errors
def ask(question: str, store: Path | None, json: bool) -> None:
    """Answer one QUESTION in the terminal, with its sources."""
    settings = load_settings(store)
    with Library(settings) as library:
        output.note("Loading the model …")
        if settings.llm_base_url:
            output.note(f"{settings.llm_model} may write for up to {settings.llm_timeout:g} s …")
        answer = library.ask(question)
    output.print_result(asdict(answer), output.format_answer(answer), json)


@main.command()
@STORE
@JSON
@plain_errors
def status(store: Path | None, json: bool) -> None:
    """Say what the store holds."""
    with Library(load_settings(store)) as library:
        values = asdict(library.status())
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
    source = Store(load_settings(store).store)
    with output.progress_bar() as progress:
        version = back_up(source, file, progress, [FeedbackFile(source).copy_into])
    click.echo(f"Index {version} is in {file}. Restore it with: tar -xf {file} -C FOLDER")


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
