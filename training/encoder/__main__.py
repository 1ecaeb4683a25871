"""`python -m training STAGE`: the stages in their order, or all of them.

Each reads what the ones before it have written into the work folder and prints its figures. Killed,
a stage that takes long goes on where it was.
"""

from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import click

from index.models.loading import BUNDLED, model_folder
from training.encoder import contrastive, export, glosses, initial_vectors, pairs, vocabulary
from training.encoder.config import DEFAULT, Config
from training.encoder.model import RecipeError

_ROOT = Path(__file__).parent.parent.parent
STAGES: dict[str, Callable[[Config, Path, Path, Path], None]] = {
    "vocabulary": lambda c, data, work, _: vocabulary.make(data, work, c.vocabulary),
    "glosses": lambda c, data, work, _: glosses.make(data, work, c.glosses),
    "start": lambda c, _, work, __: initial_vectors.make(work, c.start, c.seed),
    "pairs": lambda c, data, work, _: pairs.make(data, work, c.pairs, c.seed),
    "contrastive": lambda c, data, work, _: contrastive.make(data, work, c.contrastive, c.seed),
    "export": lambda _, __, work, model: export.make(work, model),
}
MADE = {
    "vocabulary": ("tokenizer.json",),
    "glosses": ("glosses.json", "meanings.npz"),
    "start": ("start.npy",),
    "pairs": ("pairs",),
    "contrastive": ("table.npy",),
    "export": (),
}
"""What each stage leaves in the work folder for the ones behind it."""

_PATH = click.Path(path_type=Path)


@click.command(help=__doc__)
@click.argument("stage", type=click.Choice([*STAGES, "all"]))
@click.option("--data", default=_ROOT.parent / "shared" / "data", type=_PATH, help="Data folder.")
@click.option("--work", default=_ROOT / ".cache" / "training", type=_PATH, help="Work folder.")
@click.option("--config", default=DEFAULT, type=_PATH, help="The configuration.")
@click.option("--model", default=model_folder(BUNDLED), type=_PATH, help="Folder to export to.")
def main(stage: str, data: Path, work: Path, config: Path, model: Path) -> None:
    """Runs one stage or all."""
    if not (data / "reading").is_dir():
        raise click.ClickException(f"{data} has no folder reading. Name the data with --data.")
    work.mkdir(parents=True, exist_ok=True)
    try:
        settings = Config.read(config)
        for name, run in STAGES.items():
            if stage in (name, "all"):
                _expect_earlier(name, work)
                run(settings, data, work, model)
    except (OSError, ValueError, RecipeError) as error:
        raise click.ClickException(str(error)) from error


def _expect_earlier(stage: str, work: Path) -> None:
    for earlier in takewhile(lambda name: name != stage, STAGES):
        missing = [name for name in MADE[earlier] if not (work / name).exists()]
        if missing:
            raise click.ClickException(
                f"{work} has no {missing[0]}. Run the stage before: python -m training {earlier}"
            )


if __name__ == "__main__":
    main()
