"""Serve a store in the foreground, perhaps with the folder that it is kept up to date with.

The commands `serve` and `demo` are made of this. A folder is indexed before the server starts, and
watched while it runs, in processes of their own: the server forks, so it may have no threads.
"""

import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import output
from index.errors import ArticleError, NoIndexError, UsageError, YijuError

if TYPE_CHECKING:
    from index.settings import Settings

STORE_NAME = ".yiju"
"""The folder below one of articles that has its store; rebuilds pass over it, as it is hidden."""

# What to open where all addresses are listened on.
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@dataclass(frozen=True, slots=True)
class Door:
    """Where a server is reached, and whether a browser is opened there."""

    host: str
    port: int
    opens: bool = False


def run_server(read: Callable[[], "Settings"], door: Door, workers: int | None = None) -> None:
    """Serve until a signal comes, by settings that are read now and at each SIGHUP.

    Raises:
        YijuError: a part can't be opened, or the address can't be listened on.
    """
    from index.search.shared_sums import SharedSums, checking_ahead
    from index.store.store import Store

    settings, sums = read(), SharedSums()
    ahead = nullcontext() if settings.milvus_uri else checking_ahead(Store(settings.store), sums)
    with ahead:  # imports and models take two seconds, in which another core checks the index
        from cli.formats.model_notice import model_notice
        from cli.served_plans import processes_of
        from web.serving.server import Address, serve_app

        if notice := model_notice(settings):
            click.echo(notice, err=True)
        click.echo(f"Loading the model {settings.model} …", err=True)
        address = Address(door.host, door.port)
        page = f"http://{Address(_ANY.get(door.host, door.host), door.port)}"
        ready = partial(_tell_ready, door, f"http://{address}", page)
        processes = processes_of(address, read, workers, ready, sums)
    serve_app(processes)


def _tell_ready(door: Door, served: str, page: str, settings: "Settings") -> None:
    """Tell where the server is, and what its owner should know; open the page if it is to be."""
    from cli.server_parts import access_advice
    from index.store.store import Store

    click.echo(f"Yiju is ready: {served}")
    if advice := access_advice(settings, door.host):
        click.echo(advice, err=True)
    try:
        if not settings.milvus_uri:  # whose client does not bear this process's forks
            Store(settings.store).current()
    except YijuError as error:
        click.echo(str(error), err=True)
    if door.opens:  # in a thread, as a browser of the terminal is waited for
        threading.Thread(target=_open, args=[page], daemon=True).start()


def is_at_desktop() -> bool:
    """Return whether a person started this in a terminal, who has a browser with windows."""
    try:
        return sys.stdout.isatty() and type(webbrowser.get()) is not webbrowser.GenericBrowser
    except webbrowser.Error:  # there is none
        return False


def of_folder(settings: "Settings", folder: Path | None, *, store_is_given: bool) -> "Settings":
    """Return the settings for a folder of articles: its store is below it, unless one is set.

    Without a folder they are as they were.

    Raises:
        UsageError: there is no such folder.
    """
    if folder is None:
        return settings
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}; name the one that has the articles.")
    if store_is_given or "store" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"store": folder.absolute() / STORE_NAME})


def index_folder(settings: "Settings", folder: Path, name: str) -> None:
    """Index a folder, which has a name for people, unless there is an index.

    A folder without an article is told, and served all the same.

    Raises:
        YijuError: the store can't be used, or the rebuild fails.
    """
    from index.store.store import Store
    from python_api.open_library import Library

    try:
        Store(settings.store).current()
    except NoIndexError:
        pass
    else:
        return
    click.echo(output.printable(f"Indexing {name} …"), err=True)
    try:
        with Library(settings) as library, output.progress_bar() as progress:
            report = library.rebuild(folder, progress=progress)
    except ArticleError as error:
        click.echo(output.printable(str(error)), err=True)
    else:
        click.echo(output.printable(output.format_report(report)))


@contextmanager
def following(settings: "Settings", folder: Path | None) -> Iterator[None]:
    """Index a folder, if there is one, and have the store follow it for the length of a block.

    `yiju watch` ends with its standard input, and so with this process, however that ends.

    Raises:
        YijuError: as `index_folder` does.
    """
    if folder is None:
        yield
        return
    index_folder(settings, folder, str(folder))
    command = [sys.executable, "-m", "yiju", "watch", str(folder.absolute()), "--until-eof"]
    command += ["--store", str(settings.store.absolute())]
    # In a session of its own: Ctrl-C in the terminal is for this process alone.
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):
        yield


def _open(page: str) -> None:
    if not webbrowser.open(page):
        click.echo(f"No browser could be opened; open {page} in one.", err=True)
