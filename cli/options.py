"""What the command line takes, and how it tells that something failed."""

from collections.abc import Callable
from errno import ENOSPC
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from cli.output import printable
from index.errors import FULL, NoPathError, UsageError, YijuError

P = ParamSpec("P")
_LONGEST_QUESTION = 2000


class PathType(click.Path):
    """A path that can be stored and shown; an empty one, as from an unset variable, is no path."""

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401
        """The path, or a complaint."""
        if not str(value):
            self.fail("the path is empty.", param, ctx)
        if not str(value).isprintable():
            self.fail(f"{str(value)!r} holds characters that can't be shown.", param, ctx)
        return super().convert(value, param, ctx)


PATH = PathType(path_type=Path)
STORE = click.option(
    "--store",
    type=PATH,
    help="Folder of the store (default: YIJU_STORE, else ./store).",
)
JSON = click.option("--json", is_flag=True, help="Print JSON.")


def plainly(command: Callable[P, None]) -> Callable[P, None]:
    """Every failure becomes one sentence on stderr and exit code 1."""

    @wraps(command)
    def run_plainly(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except NoPathError as error:  # as click tells of any other missing argument, exit code 2
            raise click.UsageError(str(error)) from error
        except YijuError as error:
            raise click.ClickException(printable(str(error))) from error
        except BrokenPipeError:
            raise  # whoever read our output has stopped: no failure of ours
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            full = f" {FULL}" if error.errno == ENOSPC else ""
            raise click.ClickException(f"{error.strerror or error}{where}.{full}") from error

    return run_plainly


def fit(question: str) -> str:
    """A question as the API takes it."""
    if not question.strip() or len(question) > _LONGEST_QUESTION:
        raise UsageError(f"A question has 1 to {_LONGEST_QUESTION:,} characters.")
    if not question.isprintable() and any("\ud800" <= char <= "\udfff" for char in question):
        raise UsageError("The question is not valid UTF-8; check the terminal's encoding.")
    return question.strip()
