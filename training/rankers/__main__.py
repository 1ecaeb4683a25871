"""`python -m training.rankers`: train the networks that rank passages, rank sentences, calibrate.

In this order, as each sees the output of the ones before: `ranking` of candidate passages, choice
of `evidence`, and `confidence`. Each prints its figures on questions that it has not seen.
"""

from pathlib import Path

import click

from cli.output import progress_bar
from training.corpora import indexed_corpora
from training.data_folder import data_option
from training.rankers import confidence, passage_ranker, sentence_ranker

STAGES = {
    "ranking": passage_ranker.make,
    "evidence": sentence_ranker.make,
    "confidence": confidence.make,
}


@click.command(help=__doc__)
@click.argument("stages", nargs=-1, type=click.Choice(list(STAGES)))
@data_option("reading")
def main(stages: tuple[str, ...], data: Path) -> None:
    """Run the given stages, or all."""
    with progress_bar() as progress, indexed_corpora(data, progress) as corpora:
        for name, make in STAGES.items():
            if not stages or name in stages:
                make(corpora, progress)


if __name__ == "__main__":
    main()
