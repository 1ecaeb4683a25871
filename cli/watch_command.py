"""The command `watch`: rebuild whenever articles change, until it is stopped.

It stands beside `yiju.py` because it puts no parts of an index together: `yiju rebuild` does, in a
process of its own.
"""

import os
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli import output
from cli.options import OCR, PATH, STORE, URLS, load_settings, plain_errors

if TYPE_CHECKING:
    from index.watch.rebuild_command import RebuildOutcome
    from index.watch.watcher import Watched

_HEED = 0.5  # seconds after which a signal is heeded at the latest
_WAIT = 60  # seconds for another rebuild to end, before it is told


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PATH)
@URLS
@click.option(
    "--settle",
    default=3.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds without a further change, before a rebuild.",
)
@OCR
@click.option("--until-eof", is_flag=True, hidden=True, help="End when standard input does.")
@STORE
@plain_errors
def watch(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: tuple[Path, ...],
    urls: tuple[Path, ...],
    settle: float,
    ocr: bool,
    until_eof: bool,
    store: Path | None,
) -> None:
    """Rebuild now, and whenever what is under PATHS has changed and settled, until Ctrl-C.

    A PATH that is gone, as a disk that is not mounted, keeps its articles.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    from index.ingest.reading_aids import ReadingAids
    from index.store.store import Store
    from index.watch.rebuild_command import RebuildCommand
    from index.watch.settling import Patience
    from index.watch.watcher import Watched, Watcher

    settings = load_settings(store, ocr=ocr)
    folder, kinds = settings.store.absolute(), ReadingAids.of(settings).kinds
    command = [sys.executable, "-m", "yiju", "rebuild", "--keep-missing"]
    command += [*(["--ocr"] if ocr else []), "--wait", str(_WAIT), "--store", str(folder)]
    rebuilds = RebuildCommand(Store(folder), command)

    def rebuild(
        watched: "Watched", with_lists: bool, is_stopping: Callable[[], bool]
    ) -> "RebuildOutcome":
        with output.progress_bar() as progress:
            return rebuilds.run(watched.arguments(with_lists=with_lists), is_stopping, progress)

    watched = Watched(
        Store(folder),
        tuple(path.absolute() for path in paths),
        tuple(path.absolute() for path in urls),
        kinds,
    )
    watcher = Watcher(watched, rebuild, _tell, Patience(settle))
    # watchdog says so of folders that come one inside the other at once; it listens to all of them.
    warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
    if until_eof:
        threading.Thread(target=_stop_at_eof, args=[watcher.stop], daemon=True).start()
    _tell(f"Watching {', '.join(map(str, watched.paths))}. End it with Ctrl-C.")
    # In a thread, so that a signal, which is raised in this one, comes at no instant of its work.
    with ThreadPoolExecutor(1) as pool:
        try:
            watching = pool.submit(watcher.run)
            while not watching.done():
                # A signal that comes just before a wait does not interrupt it.
                wait([watching], _HEED)
            watching.result()
        finally:
            watcher.stop()


def _stop_at_eof(stop: Callable[[], None]) -> None:
    """Stop once the process that holds the other end of standard input is gone."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop()


def _tell(line: str) -> None:
    click.echo(output.printable(line))
