"""`python -m training.reader`: train the span reader.

Its examples are retrieved by the product's own search and kept in the work folder. Training resumes
from its last checkpoint.
"""

import pickle
from pathlib import Path

import click

from cli.output import progress_bar
from index.progress import Progress
from qa.entities.names import Names
from qa.reader.span_reader import WEIGHTS
from training.corpora import indexed_corpora
from training.data_folder import ROOT, data_option
from training.errors import CheckpointError
from training.reader.examples import ReaderExample, reader_examples
from training.reader.sampling import ReaderSettings
from training.reader.train import train

_PATH = click.Path(path_type=Path)


@click.command(help=__doc__)
@data_option("reading")
@click.option("--work", default=ROOT / ".cache" / "reading", type=_PATH, help="Work folder.")
@click.option("--out", default=WEIGHTS, type=_PATH, help="The file to write.")
def main(data: Path, work: Path, out: Path) -> None:
    """Prepare the examples, unless the work folder has them, and train."""
    work.mkdir(parents=True, exist_ok=True)
    prepared = work / "examples.pickle"
    if not prepared.exists():
        with progress_bar() as progress:
            _prepare(data, prepared, progress)
    with prepared.open("rb") as file:  # our own file, in our own folder
        training, held_out = pickle.load(file)
    try:
        train(training, held_out, work / "checkpoint.pt", ReaderSettings()).export(out)
    except CheckpointError as error:
        raise click.ClickException(str(error)) from error


def _prepare(data: Path, path: Path, progress: Progress) -> None:
    """Write the examples to train on, and the held-out ones: fresh Chinese questions."""
    training: list[ReaderExample] = []
    held_out: list[ReaderExample] = []
    with indexed_corpora(data, progress) as corpora:
        names = Names(corpora.analyzer)
        for corpus in corpora.large:
            training += reader_examples(corpus, corpus.reading, names, progress)
            fresh = [
                example
                for example in corpus.examples
                if example.fold is not None and example.group == "zh→zh"
            ]
            held_out += reader_examples(corpus, fresh, names, progress)
    partial = path.with_suffix(".new")
    with partial.open("wb") as file:
        pickle.dump((training, held_out), file)
    partial.replace(path)


if __name__ == "__main__":
    main()
