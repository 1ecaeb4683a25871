"""`python -m training.rankers`: makes the three networks that judge what was found.

In their order, as each sees what the ones before it say: `ranking` of candidates, choice of
`evidence`, and `confidence`. Each prints what it is worth on questions that it has not seen.
"""

from pathlib import Path

import click

from cli.output import progress_bar
from training.corpora import shelved
from training.rankers import confidence, passage_ranker, sentence_ranker

_ROOT = Path(__file__).parent.parent.parent
STAGES = {
    "ranking": passage_ranker.make,
    "evidence": sentence_ranker.make,
    "confidence": confidence.make,
}


@click.command(help=__doc__)
@click.argument("stages", nargs=-1, type=click.Choice(list(STAGES)))
@click.option(
    "--data",
    default=_ROOT.parent / "shared" / "data",
    type=click.Path(path_type=Path),
    help="Data folder.",
)
def main(stages: tuple[str, ...], data: Path) -> None:
    """Runs the named stages, or all."""
    if not (data / "reading").is_dir():
        raise click.ClickException(f"{data} has no folder reading. Name the data with --data.")
    with progress_bar() as progress, shelved(data, progress) as library:
        for name, make in STAGES.items():
            if not stages or name in stages:
                make(library, progress)


if __name__ == "__main__":
    main()
