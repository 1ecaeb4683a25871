"""`make peers`: what Yiju's retrieval finds and costs, beside other libraries.

News, XQuAD and CMRC 2018 are cut into passages by Yiju, which all libraries index and search. Each
runs in a process of its own with one thread. Times are of the processor, so that other work on the
machine hardly changes them; ratios are of what was measured in turns. Needs the extra `peers` and
the data folder. All of it takes a quarter of an hour of processor time.
"""

import json
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.peers.collections_of_passages import (
    SETS,
    Asked,
    Cut,
    Question,
    questions_of,
    write_articles,
)
from bench.peers.systems import LIBRARIES, chosen, versions
from bench.peers.tables import costs_of_index, finding
from bench.peers.turns import Effort, Measurement, measured
from cli.output import progress_bar
from training.data_folder import data_option


@click.command(help=__doc__)
@click.option(
    "--sets", "names", multiple=True, type=click.Choice([asked.name for asked in SETS]),
    help="Questions to ask; may be given several times.",
)  # fmt: skip
@click.option(
    "--peers", "libraries", multiple=True, type=click.Choice(LIBRARIES),
    help="Libraries to measure beside Yiju; may be given several times.",
)  # fmt: skip
@click.option(
    "--builds",
    default=3,
    type=click.IntRange(1),
    show_default=True,
    help="Times that each index is built.",
)
@click.option(
    "--turns",
    default=5,
    type=click.IntRange(1),
    show_default=True,
    help="Turns in which questions are asked.",
)
@click.option(
    "--questions",
    "most",
    default=700,
    type=click.IntRange(1),
    show_default=True,
    help="Most of each set.",
)
@click.option(
    "--json", "kept", type=click.Path(path_type=Path), help="File for all that was taken."
)
@data_option("measure")
def main(  # noqa: PLR0913, PLR0917 - the options of the command
    names: tuple[str, ...],
    libraries: tuple[str, ...],
    builds: int,
    turns: int,
    most: int,
    kept: Path | None,
    data: Path,
) -> None:
    """Print the tables, collection by collection."""
    systems, effort = chosen(libraries), Effort(builds, turns)
    click.echo(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    click.echo(versions(systems))
    sets = [asked for asked in SETS if not names or asked.name in names]
    taken = {}
    for collection in dict.fromkeys(asked.collection for asked in sets):
        members = [asked for asked in sets if asked.collection == collection]
        with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder:
            cut = _cut(collection, data, Path(folder))
            asked_of = {asked.name: questions_of(asked, data, cut, most) for asked in members}
            passages = len(cut.collection.passages)
            taking = [system for system in systems if system.takes(passages)]
            file = Path(folder) / "collection.json"
            cut.collection.write(file)
            with progress_bar() as progress:
                measurements = measured(file, asked_of, taking, effort, progress)
        _print_tables(f"{collection}: {passages:,} passages", members, asked_of, measurements)
        taken[collection] = [asdict(measurement) for measurement in measurements]
    if kept:
        kept.write_text(json.dumps(taken), encoding="utf-8")


def _cut(collection: str, data: Path, folder: Path) -> Cut:
    """Cut the articles of a collection into passages, with a store in the folder."""
    articles = folder / "articles.jsonl"
    write_articles(collection, data, articles)
    return Cut.of(articles, folder / "cut")


def _print_tables(
    title: str,
    members: Sequence[Asked],
    asked_of: Mapping[str, Sequence[Question]],
    measurements: Sequence[Measurement],
) -> None:
    click.echo(f"\n{title}")
    for line in costs_of_index(measurements):
        click.echo(line)
    for asked in members:
        click.echo()
        for line in finding(asked, asked_of[asked.name], measurements):
            click.echo(line)


if __name__ == "__main__":
    main()
