"""The command `embed`: vectors of a share of the articles, made on one of many machines."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cli import output
from cli.options import JSON, OCR, PATH, STORE, load_settings, plain_errors

_SHARD = re.compile(r"(\d{1,4})/(\d{1,4})")


class ShardType(click.ParamType[tuple[int, int]]):
    """A share of the articles: `2/4` is the second of four."""

    name = "shard"

    def convert(
        self,
        value: Any,  # noqa: ANN401
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[int, int]:
        """Return number and count, or fail with exit code 2."""
        written = _SHARD.fullmatch(str(value))
        number, count = map(int, written.groups()) if written else (0, 0)
        if not 1 <= number <= count:
            self.fail(f"“{value}” is no share; write 2/4 for the second of four.", param, ctx)
        return number, count


@click.command()
@click.argument("paths", nargs=-1, type=PATH, required=True)
@click.option("--out", type=PATH, required=True, help="File of vectors; it is gone on with.")
@click.option("--shard", type=ShardType(), default="1/1", help="Share of the articles, as 2/4.")
@OCR
@STORE
@JSON
@plain_errors
def embed(  # noqa: PLR0913, PLR0917 - one argument an option
    paths: tuple[Path, ...],
    out: Path,
    shard: tuple[int, int],
    ocr: bool,
    store: Path | None,
    json: bool,
) -> None:
    """Embed the articles under PATHS into a file that a rebuild takes in.

    With --shard 2/4 only the second of four shares, so that four machines embed beside each other.
    """
    from python_api.embedding import embed_shard

    with output.progress_bar() as progress:
        done = embed_shard(load_settings(store, ocr=ocr), paths, shard, out, progress)
    failed = [f"{failure.where} {failure.reason}" for failure in done.failed]
    text = (
        f"{done.embedded} passages of {done.articles} articles were embedded into {out}. Take them "
        f"in with: yiju rebuild PATH --embeddings {out}"
    )
    output.print_result(asdict(done), "\n".join([text, *failed]), json)
