"""The folder of data for training, benchmarks and some tests (docs/data.md)."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("YIJU_DATA", ROOT.parent / "shared"))
"""The folder of all data; the environment variable YIJU_DATA names another one."""

DATA = SHARED / "data"
"""Texts to train on and to measure with."""

EVAL = SHARED / "eval"
"""Question lines that are not part of the repository."""

DOCUMENTS = ROOT / "tests" / "data" / "documents"
"""Documents to measure with how much is read; part of the repository."""


def data_option(part: str) -> Callable[..., Any]:
    """Return the option `--data`, which refuses a folder that has no folder `part`."""

    def with_part(_: click.Context, __: click.Parameter, data: Path) -> Path:
        if not (data / part).is_dir():
            raise click.ClickException(f"{data} has no folder {part}. Name the data with --data.")
        return data

    return click.option(
        "--data",
        default=DATA,
        type=click.Path(path_type=Path),
        callback=with_part,
        help="The data folder.",
    )
