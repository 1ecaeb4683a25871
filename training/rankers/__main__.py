"""`python -m training.rankers`: train the networks that rank passages, rank sentences, calibrate.

In this order, as each sees the output of the ones before: `ranking` of candidate passages, choice
of `evidence`, and `confidence`. The last two learn from the same asks, read once, each process a
part of them. Each prints its figures on questions that it has not seen.
"""

import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import click

from cli.output import progress_bar
from index.progress import Progress, silent
from index.text.analyzer import Analyzer
from training.corpora import indexed_corpora
from training.data_folder import data_option
from training.rankers import asks, confidence, passage_ranker, sentence_ranker
from training.rankers.asks import ReadAsk
from training.rankers.news import NewsCorpus
from training.rankers.written import WrittenCorpora

STAGES = ("ranking", "evidence", "confidence")


@click.command(help=__doc__)
@click.argument("stages", nargs=-1, type=click.Choice(STAGES))
@data_option("reading")
def main(stages: tuple[str, ...], data: Path) -> None:
    """Run the given stages, or all."""
    chosen = stages or STAGES
    if "ranking" in chosen:
        with progress_bar() as progress, indexed_corpora(data, progress) as corpora:
            passage_ranker.make(corpora, progress)
    if chosen == ("ranking",):
        return
    read = _read(data)
    if "evidence" in chosen:
        sentence_ranker.make(read)
    if "confidence" in chosen:
        confidence.make(read, Analyzer())


def _read(data: Path) -> list[ReadAsk]:
    """Return all asks, read in a process for each kind."""
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        parts = pool.map(partial(_read_kind, data=data), (_written, _corpora, _news))
        return [ask for part in parts for ask in part]


def _read_kind(kind: Callable[[Path, Path, Progress], list[ReadAsk]], data: Path) -> list[ReadAsk]:
    with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder:
        return kind(data, Path(folder), silent)


def _written(data: Path, folder: Path, progress: Progress) -> list[ReadAsk]:
    analyzer = Analyzer()
    return list(asks.of_written(WrittenCorpora(data, analyzer, folder, progress), analyzer))


def _news(data: Path, folder: Path, progress: Progress) -> list[ReadAsk]:
    analyzer = Analyzer()
    return list(asks.of_news(NewsCorpus(data, analyzer, folder, progress), analyzer, progress))


def _corpora(data: Path, _folder: Path, progress: Progress) -> list[ReadAsk]:
    with indexed_corpora(data, progress) as corpora:
        return list(asks.of_corpora(corpora, progress))


if __name__ == "__main__":
    main()
