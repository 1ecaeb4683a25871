"""`python -m training.reader`: makes the reader of spans.

Its lessons are found by the product's own search, then the network learns from them. Killed, it
goes on from its last checkpoint when it is run again.
"""

import pickle
from pathlib import Path

import click

from cli.output import progress_bar
from index.progress import Progress
from qa.entities.names import Names
from qa.reader.span_reader import WEIGHTS
from training.corpora import shelved
from training.encoder.model import RecipeError
from training.reader.examples import Lesson, lessons
from training.reader.sampling import Recipe
from training.reader.train import train

_ROOT = Path(__file__).parent.parent.parent
_PATH = click.Path(path_type=Path)


@click.command(help=__doc__)
@click.option("--data", default=_ROOT.parent / "shared" / "data", type=_PATH, help="Data folder.")
@click.option("--work", default=_ROOT / ".cache" / "reading", type=_PATH, help="Work folder.")
@click.option("--out", default=WEIGHTS, type=_PATH, help="The file to write.")
def main(data: Path, work: Path, out: Path) -> None:
    """Makes the lessons, where they are not made yet, and trains."""
    if not (data / "reading").is_dir():
        raise click.ClickException(f"{data} has no folder reading. Name the data with --data.")
    work.mkdir(parents=True, exist_ok=True)
    made = work / "lessons.pickle"
    if not made.exists():
        with progress_bar() as progress:
            _make(data, made, progress)
    with made.open("rb") as file:  # our own file, in our own folder
        taught, held = pickle.load(file)
    try:
        train(taught, held, work / "checkpoint.pt", Recipe()).export(out)
    except RecipeError as error:
        raise click.ClickException(str(error)) from error


def _make(data: Path, path: Path, progress: Progress) -> None:
    """Writes what is taught, and what is held out: fresh Chinese questions."""
    taught: list[Lesson] = []
    held: list[Lesson] = []
    with shelved(data, progress) as library:
        names = Names(library.analyzer)
        for asked in library.asked:
            taught += lessons(asked, asked.reading, names, progress)
            fresh = [one for one in asked.examples if one.fold is not None]
            own = [one for one in fresh if one.group == "zh→zh"]
            held += lessons(asked, own, names, progress)
    waiting = path.with_suffix(".new")
    with waiting.open("wb") as file:
        pickle.dump((taught, held), file)
    waiting.replace(path)


if __name__ == "__main__":
    main()
