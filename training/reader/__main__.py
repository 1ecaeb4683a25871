"""`python -m training.reader`: train the span reader.

Its examples are retrieved by the product's own search and kept in the work folder, part by part.
Training resumes from its last checkpoint.
"""

import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import click

from cli.output import progress_bar
from index.models.loading import bundled
from index.progress import silent
from index.search.live import LiveIndex
from index.search.searcher import SearchModels
from index.store.store import Store
from index.text.analyzer import Analyzer
from qa.entities.names import Names
from qa.evaluation.temporary_store import TemporaryStore
from qa.reader.span_reader import WEIGHTS
from training.articles import write_articles
from training.data_folder import ROOT, SHARED, data_option
from training.errors import CheckpointError
from training.reader.cloze import ClozeMaker
from training.reader.examples import ExampleMaker, ReaderExample
from training.reader.export import export
from training.reader.material import Material, gathered
from training.reader.rarity import rarities
from training.reader.sampling import ReaderSettings
from training.reader.train import Training, train
from training.reader.written_examples import WrittenExampleMaker

_PATH = click.Path(path_type=Path)
_PARTS = 24
_ASKED = 2  # one of as many articles of news is asked about
_HELD_OUT = 40  # one of as many examples


@click.command(help=__doc__)
@data_option("reading")
@click.option("--work", default=ROOT / ".cache" / "reading", type=_PATH, help="Work folder.")
@click.option(
    "--body",
    default=SHARED / "pretrained" / "reader-trial.safetensors",
    type=_PATH,
    help="Weights to begin from: a file, or the folder of a reader to teach further.",
)
@click.option("--steps", default=ReaderSettings().steps)
@click.option("--out", default=WEIGHTS, type=_PATH, help="The folder to write.")
def main(data: Path, work: Path, body: Path, steps: int, out: Path) -> None:
    """Prepare the examples, unless the work folder has them, and train."""
    work.mkdir(parents=True, exist_ok=True)
    prepared = list(_prepare(data, work))
    held_out, examples = prepared[::_HELD_OUT], prepared
    del examples[::_HELD_OUT]
    settings = ReaderSettings(steps=steps)
    training = Training(body, rarities(data, work / "rarity.npy"), settings)
    try:
        train(training, examples, held_out, work / "checkpoint.pt", settings)
    except CheckpointError as error:
        raise click.ClickException(str(error)) from error
    export(training.averaged, training.rarity, out)


def _prepare(data: Path, work: Path) -> Iterator[ReaderExample]:
    """Yield all examples, making the parts that the work folder lacks."""
    parts = [work / f"examples-{part:02}.pickle" for part in range(_PARTS)]
    if not all(part.exists() for part in parts):
        analyzer = Analyzer()
        material = gathered(data, analyzer)
        store = work / "index"
        if not (store / "done").exists():
            store.mkdir(exist_ok=True)
            with progress_bar() as progress:
                lines = write_articles(material.articles, store / "articles.jsonl")
                TemporaryStore(store, bundled(), analyzer, [lines], progress).fill(
                    material.contexts
                )
            (store / "done").touch()
        make = partial(_make_part, material, store / "store", parts)
        with ProcessPoolExecutor(2, get_context("fork")) as pool:
            for part in pool.map(make, range(_PARTS)):
                print(f"examples: part {part + 1} of {_PARTS}", flush=True)
    for path in parts:
        with path.open("rb") as file:  # our own file, in our own folder
            yield from pickle.load(file)


def _make_part(material: Material, store: Path, parts: list[Path], part: int) -> int:
    """Write one part of the examples."""
    if parts[part].exists():
        return part
    encoder, analyzer = bundled(), Analyzer()
    searcher = LiveIndex(Store(store), SearchModels.of(encoder), analyzer).searcher()
    names = Names(analyzer)
    maker = ExampleMaker(searcher, names, encoder)
    made = list(maker.examples(material.examples[part::_PARTS], silent))
    clozes = ClozeMaker(maker, names, analyzer, part)
    made += clozes.examples(material.news[::_ASKED][part::_PARTS], silent)
    asked = WrittenExampleMaker(maker, names)
    made += asked.examples(material.written[part::_PARTS], silent)
    partial_file = parts[part].with_suffix(".new")
    with partial_file.open("wb") as file:
        pickle.dump(made, file)
    partial_file.replace(parts[part])
    return part


if __name__ == "__main__":
    main()
