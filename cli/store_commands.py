"""The commands about the store itself: `status`, `rollback`, `backup`."""

from dataclasses import asdict
from pathlib import Path

import click

from cli import output
from cli.options import ENGINE, JSON, PATH, STORE, load_settings, plain_errors


@click.command()
@ENGINE
@STORE
@JSON
@plain_errors
def status(engine: str, store: Path | None, json: bool) -> None:
    """Say what the store holds, or what is published in Milvus."""
    from index.store.status import status_now
    from index.store.store import Store

    settings = load_settings(store)
    if engine == "milvus":
        from python_api.parts import published_of

        values = asdict(published_of(settings).status())
    else:
        values = asdict(status_now(Store(settings.store)))
    output.print_result(values, output.format_status(values), json)


@click.command()
@click.argument("version", required=False)
@ENGINE
@STORE
@JSON
@plain_errors
def rollback(version: str | None, engine: str, store: Path | None, json: bool) -> None:
    """Return to an earlier index VERSION.

    Without VERSION, to the one that was current when the present one was made.
    """
    from index.store.retention import roll_back
    from index.store.store import Store

    settings = load_settings(store)
    if engine == "milvus":
        from python_api.parts import published_of

        current = published_of(settings).roll_back(version)
    else:
        current = roll_back(Store(settings.store), version)
    output.print_result({"index_version": current}, f"Index {current} is current.", json)


@click.command()
@click.argument("file", type=PATH)
@STORE
@plain_errors
def backup(file: Path, store: Path | None) -> None:
    """Copy the store into FILE, a .tar.

    Unpack it to restore the store. The server may run on.
    """
    from index.access.key_file import KeyFile
    from index.store.backup import back_up
    from index.store.store import Store
    from qa.feedback.feedback_file import FeedbackFile

    source = Store(load_settings(store).store)
    with output.progress_bar() as progress:
        further = [FeedbackFile(source).copy_into, KeyFile(source.root).copy_into]
        version = back_up(source, file, progress, further)
    click.echo(f"Index {version} is in {file}. Restore it with: tar -xf {file} -C FOLDER")
