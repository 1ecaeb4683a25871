"""`python -m bench.documents`: how much Yiju reads of documents, beside other readers.

Looks for 2,160 facts in 216 documents of ours: the cell of a table under its headers, a note beside
its call, items with their numbers. Given NAMES, measures the documents whose names begin so.
`make documents` installs markitdown, docling and pandoc.
"""

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from bench.documents.facts import Fact, read_facts
from bench.documents.scores import failure_lines, judged, table_lines
from bench.documents.systems import PEERS, YIJU, Reading, read_with_peer, read_with_yiju
from bench.processes import ROOT
from cli.output import progress_bar
from index.progress import Progress
from training.data_folder import DOCUMENTS

SYSTEMS = (YIJU, *PEERS)
PEERS_PYTHON = ROOT / "build" / "documents" / "bin" / "python"


@click.command(help=__doc__)
@click.argument("names", nargs=-1)
@click.option("--only", multiple=True, type=click.Choice(SYSTEMS), help="Measure this system.")
@click.option("--failures", is_flag=True, help="Print the facts that were not found.")
@click.option(
    "--peers",
    default=PEERS_PYTHON,
    type=click.Path(path_type=Path),
    help="The Python that has the other readers.",
)
def main(names: tuple[str, ...], only: tuple[str, ...], failures: bool, peers: Path) -> None:
    """Print the table, and the failures if asked to."""
    facts = chosen(read_facts(), names)
    documents = [DOCUMENTS / name for name in dict.fromkeys(fact.document for fact in facts)]
    with progress_bar() as progress:
        readings = list(_readings(only, peers, documents, progress))
    results = [judged(facts, reading) for reading in readings]
    click.echo(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    click.echo(f"{len(documents)} documents, {len(facts)} facts\n")
    click.echo("\n".join(table_lines(results)))
    if failures:
        for result in results:
            click.echo("\n" + "\n".join(failure_lines(result)))


def chosen(facts: Sequence[Fact], names: Sequence[str]) -> list[Fact]:
    """Return the facts of documents whose names begin with one of the names; of all without names.

    Raises:
        BadParameter: no document's name begins with a name.
    """
    for name in names:
        if not any(fact.document.startswith(name) for fact in facts):
            raise click.BadParameter(f"no document of {DOCUMENTS} begins with “{name}”.")
    return [fact for fact in facts if fact.document.startswith(tuple(names) or "")]


def _readings(
    only: Sequence[str], peers: Path, documents: Sequence[Path], progress: Progress
) -> Iterator[Reading]:
    if not only and not peers.exists():
        click.echo(f"{', '.join(PEERS)}: not installed; `make documents` does that.", err=True)
        only = (YIJU,)
    for name in only or SYSTEMS:
        if name == YIJU:
            yield read_with_yiju(documents, progress)
        elif peers.exists():
            yield read_with_peer(name, peers, documents, progress)
        else:
            raise click.ClickException(f"{peers} is missing: `make documents` installs {name}.")


if __name__ == "__main__":
    main()
