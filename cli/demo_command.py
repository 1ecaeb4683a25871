"""The command `demo`: serve the sample articles from a store that is deleted afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cli.options import OPEN, PORT, load_settings, plain_errors
from cli.serving import Door, index_folder, is_at_desktop, run_server

SAMPLES = Path(__file__).with_name("articles")


@click.command()
@PORT
@OPEN
@plain_errors
def demo(port: int, opens: bool | None) -> None:
    """Try Yiju with sample articles.

    They are indexed into a temporary folder, which is deleted at the end.
    """
    with _temporary_folder() as folder:
        settings = load_settings(folder / "store").model_copy(update={"milvus_uri": ""})
        index_folder(settings, SAMPLES, "the sample articles")
        click.echo("Ask, for example: 港珠澳大桥全长多少公里? or How long is the HZMB bridge?")
        door = Door("127.0.0.1", port, is_at_desktop() if opens is None else opens)
        run_server(lambda: settings, door)


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Make a folder for the length of a block in this process.

    A process of the server, which leaves the block too when it ends, leaves the folder alone.
    """
    folder, owner = Path(tempfile.mkdtemp(prefix="yiju-demo-")), os.getpid()
    try:
        yield folder
    finally:
        if os.getpid() == owner:
            shutil.rmtree(folder)
