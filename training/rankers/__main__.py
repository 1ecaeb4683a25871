"""`python -m training.rankers`: train the networks that rank passages, rank sentences, calibrate.

In this order, as each sees the output of the ones before: `ranking` of candidate passages, choice
of `evidence`, and `confidence`. Each prints its figures on questions that it has not seen.
"""

import tempfile
from pathlib import Path

import click

from cli.output import progress_bar
from training.corpora import indexed_corpora
from training.data_folder import data_option
from training.rankers import confidence, passage_ranker, sentence_ranker
from training.rankers.news import NewsCorpus
from training.rankers.written import WrittenCorpora

STAGES = ("ranking", "evidence", "confidence")


@click.command(help=__doc__)
@click.argument("stages", nargs=-1, type=click.Choice(STAGES))
@data_option("reading")
def main(stages: tuple[str, ...], data: Path) -> None:
    """Run the given stages, or all."""
    chosen = stages or STAGES
    with progress_bar() as progress, indexed_corpora(data, progress) as corpora:
        if "ranking" in chosen:
            passage_ranker.make(corpora, progress)
        with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder:
            if chosen == ("ranking",):
                return
            news = NewsCorpus(data, corpora.analyzer, Path(folder), progress)
            written = WrittenCorpora(data, corpora.analyzer, Path(folder), progress)
            if "evidence" in chosen:
                sentence_ranker.make(corpora, news, written, progress)
            if "confidence" in chosen:
                confidence.make(corpora, news, written, progress)


if __name__ == "__main__":
    main()
