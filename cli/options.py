"""Option types of the commands, loading of settings, and conversion of errors to messages.

What takes long to import is imported by what needs it, so that `--help` and completion do not wait.
"""

from collections.abc import Callable
from errno import ENOSPC
from functools import reduce, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from cli.output import printable
from index.errors import FULL, NoPathError, UsageError, YijuError

if TYPE_CHECKING:
    from index.settings import Settings

P = ParamSpec("P")


class PathType(click.Path):
    """A path that can be stored and displayed, and isn't empty (as from an unset variable)."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        """Return the path, or fail with exit code 2."""
        from python_api.checked_inputs import checked_path

        try:
            checked_path(str(value))
        except UsageError as error:
            self.fail(str(error), param, ctx)
        return super().convert(value, param, ctx)


PATH = PathType(path_type=Path)
STORE = click.option(
    "--store",
    type=PATH,
    help="Folder of the store (default: YIJU_STORE, else ./store).",
)
JSON = click.option("--json", is_flag=True, help="Print JSON.")
URLS = click.option(
    "--urls", multiple=True, type=PATH, help="File of web addresses, to be fetched."
)
OCR = click.option("--ocr", is_flag=True, help="Recognise scans and pictures (default: YIJU_OCR).")
PORT = click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
OPEN = click.option(
    "--open/--no-open",
    "opens",
    default=None,
    help="Open a browser (default: in a terminal of a desktop).",
)
ENGINE = click.option(
    "--engine",
    type=click.Choice(["embedded", "milvus"]),
    default="embedded",
    help="Where: the store, or Milvus (YIJU_MILVUS_URI).",
)
_REBUILD = (
    OCR,
    click.option(
        "--engine",
        type=click.Choice(["embedded", "milvus"]),
        default="embedded",
        help="Where the index is wanted: in the store, or also in Milvus (YIJU_MILVUS_URI).",
    ),
    click.option("--full", is_flag=True, help="Read everything again and index it from nothing."),
    click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing."),
    click.option("--strict", is_flag=True, help="Exit with 1 when any file failed."),
    click.option(
        "--wait", type=click.FloatRange(0), default=0, help="Seconds for another rebuild."
    ),
    click.option("--force", is_flag=True, help="Make it current even past the quality gate."),
    click.option(
        "--keep-missing", is_flag=True, help="Keep the articles of a PATH that is gone or empty."
    ),
    click.option(
        "--empty", is_flag=True, help="Begin an index without articles, which you upload later."
    ),
    click.option(
        "--embeddings", multiple=True, type=PATH, help="File of yiju embed, or folder of these."
    ),
    click.option(
        "--questions", type=PATH, help="Question lines of the gate (default: the store's)."
    ),
)


def rebuild_options(command: Callable[P, None]) -> Callable[P, None]:
    """Decorate the command `rebuild` with its options, in this order."""
    return reduce(lambda decorated, option: option(decorated), reversed(_REBUILD), command)


def load_settings(store: Path | None, *, ocr: bool = False, file: Path | None = None) -> "Settings":
    """Read the settings from the environment, and from a file what is not set there.

    `store` and `ocr`, if given, replace theirs.

    Raises:
        UsageError: one does not fit, or the file can't be read.
    """
    from python_api.checked_inputs import settings_in, settings_of

    settings = settings_of(store) if file is None else settings_in(file, store)
    return settings.model_copy(update={"ocr": True}) if ocr else settings


def plain_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Decorate a command to report every failure as one sentence on stderr and exit code 1."""

    @wraps(command)
    def run_command(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except NoPathError as error:  # exit code 2, as for any missing argument
            raise click.UsageError(str(error)) from error
        except YijuError as error:
            raise click.ClickException(printable(str(error))) from error
        except BrokenPipeError:
            raise  # the reader of our output has ended: not a failure, see `yiju.run`
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            remedy = f" {FULL}" if error.errno == ENOSPC else ""
            raise click.ClickException(f"{error.strerror or error}{where}.{remedy}") from error

    return run_command
