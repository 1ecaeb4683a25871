"""The command line, and what a Python program imports: `from yiju import Library`."""

from cli import interrupts  # isort: skip - before the modules that take long to load

import os
import shlex
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli import output
from cli.ask_command import ask
from cli.completion_command import completion
from cli.demo_command import demo
from cli.embedding.embed_command import embed
from cli.evaluate_command import evaluate_command
from cli.feedback_command import feedback
from cli.keys_command import keys
from cli.options import (
    JSON,
    OPEN,
    PATH,
    PORT,
    STORE,
    load_settings,
    plain_errors,
    rebuild_options,
)
from cli.search_command import search
from cli.store_commands import backup, rollback, status
from cli.url_lists import UrlLists, with_url_lists
from cli.watch_command import watch

if TYPE_CHECKING:
    from index.article import Article
    from index.build.report import Report
    from index.errors import (
        ArticleError,
        BusyError,
        GoneError,
        ModelError,
        NoArticleError,
        NoIndexError,
        QualityError,
        StoreError,
        UsageError,
        YijuError,
    )
    from index.library.rebuild_state import ListRules
    from index.listing.article_filter import Filter
    from index.listing.article_finder import MatchingArticle
    from index.settings import Settings
    from index.store.status import Status
    from python_api.open_library import Library
    from qa.answer import (
        Answer,
        Citation,
        FoundPassage,
        PartyAnswer,
        Possible,
        SearchResult,
        Written,
    )
    from qa.question.understand import Turn

__all__ = [
    "Answer",
    "Article",
    "ArticleError",
    "BusyError",
    "Citation",
    "Filter",
    "FoundPassage",
    "GoneError",
    "Library",
    "ListRules",
    "MatchingArticle",
    "ModelError",
    "NoArticleError",
    "NoIndexError",
    "PartyAnswer",
    "Possible",
    "QualityError",
    "Report",
    "SearchResult",
    "Status",
    "StoreError",
    "Turn",
    "UsageError",
    "Written",
    "YijuError",
    "main",
    "run",
]
"""What Python programs may import; `yiju-stubs` tells type checkers the same."""

_TOLD_WITHIN = 30.0  # seconds for webhooks

# Where programs get what they import: a command that needs none of it starts without it.
_HOMES = {
    "Answer": "qa.answer",
    "Article": "index.article",
    "Citation": "qa.answer",
    "Filter": "index.listing.article_filter",
    "FoundPassage": "qa.answer",
    "Library": "python_api.open_library",
    "ListRules": "index.library.rebuild_state",
    "MatchingArticle": "index.listing.article_finder",
    "PartyAnswer": "qa.answer",
    "Possible": "qa.answer",
    "Report": "index.build.report",
    "SearchResult": "qa.answer",
    "Status": "index.store.status",
    "Turn": "qa.question.understand",
    "Written": "qa.answer",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import what a program asks for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "index.errors")), name)


@click.group()
@click.version_option(package_name="yiju", prog_name="yiju")
@STORE
@click.pass_context
def main(context: click.Context, store: Path | None) -> None:
    """Ask questions of your own articles and get the sentence that answers."""
    if store is None:
        return
    command = main.commands.get(context.invoked_subcommand or "")
    if command and not _defaults(command, store):
        raise click.UsageError(f"yiju {command.name} has no store; leave --store out.")
    context.default_map = _defaults(main, store)


def _defaults(command: click.Command, store: Path) -> dict[str, Any]:
    """Return a store as the default of a command, or of those of a group, if they take one."""
    if isinstance(command, click.Group):
        within = {name: _defaults(inner, store) for name, inner in command.commands.items()}
        return {name: defaults for name, defaults in within.items() if defaults}
    return {"store": str(store)} if any(item.name == "store" for item in command.params) else {}


_COMMANDS = (
    ask, backup, completion, demo, embed, evaluate_command, feedback, keys, rollback,
    search, status, watch,
)  # fmt: skip
for added in _COMMANDS:
    main.add_command(added)


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
    engine: str,
    full: bool,
    dry_run: bool,
    strict: bool,
    wait: float,
    force: bool,
    keep_missing: bool,
    empty: bool,
    embeddings: tuple[Path, ...],
    questions: Path | None,
    store: Path | None,
    json: bool,
) -> None:
    """Index what is under PATHS: folders, files, .jsonl.

    What came from PATHS earlier and is gone is removed. Without PATHS those of earlier rebuilds are
    read again. Only --urls fetches pages of the web.
    """
    from python_api import rebuilding
    from python_api.webhook_events import rebuild_told, webhooks_of

    if empty and (paths or lists or dry_run):
        raise click.UsageError("--empty takes no PATH: articles are uploaded later.")
    settings = load_settings(store, ocr=ocr)
    request = rebuilding.RebuildRequest(
        settings, paths, lists, full, force, questions, wait, keep_missing, dry_run, empty,
        embeddings, publishes=engine == "milvus",
    )  # fmt: skip
    webhooks = webhooks_of(settings)
    try:
        with output.progress_bar() as progress:
            report = rebuild_told(request, lambda: rebuilding.rebuild(request, progress), webhooks)
    finally:
        if webhooks:
            output.note("Telling the webhooks …")
            webhooks.flush(_TOLD_WITHIN)
    output.print_result(output.report_json(report), output.format_report(report), json)
    if not (dry_run or empty):
        at = f" --store {shlex.quote(str(store))}" if store else ""
        output.note(f"Next: yiju ask{at} QUESTION, or yiju serve{at} for the page.")
    if strict and report.failed:
        sys.exit(1)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@PORT
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: YIJU_WORKERS).")
@click.option("--articles", type=PATH, help="Folder to index, and to follow while it is served.")
@click.option("--settings", "file", type=PATH, help="File of settings, read again at SIGHUP.")
@OPEN
@STORE
@plain_errors
def serve(  # noqa: PLR0913, PLR0917 - one argument an option
    host: str,
    port: int,
    workers: int | None,
    articles: Path | None,
    file: Path | None,
    opens: bool | None,
    store: Path | None,
) -> None:
    """Serve the page and the API.

    With --articles FOLDER, index what is in it first, into FOLDER/.yiju unless there is a store,
    and follow what changes there.
    """
    from cli.serving import Door, following, is_at_desktop, of_folder, run_server

    def read() -> "Settings":
        settings = load_settings(store, file=file)
        return of_folder(settings, articles, store_is_given=store is not None)

    if articles is not None and read().milvus_uri:
        raise click.UsageError("--articles is for an index in a store, and YIJU_MILVUS_URI is set.")
    at_desktop = articles is not None and is_at_desktop()
    with following(read(), articles):
        run_server(read, Door(host, port, at_desktop if opens is None else opens), workers)


@main.command()
@STORE
@plain_errors
def mcp(store: Path | None) -> None:
    """Serve an assistant that speaks the Model Context Protocol on stdin and stdout."""
    from cli.server_parts import services_factory
    from index.store.manifest import FileSums
    from web.mcp.stdio_transport import serve_stdio

    settings = load_settings(store)
    with interrupts.exit_on_stop():
        make_services = services_factory(settings, FileSums())
        serve_stdio(lambda: make_services(settings, 0))


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
