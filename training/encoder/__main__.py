"""`python -m training.encoder STAGE`: run one stage of the encoder's training, or all in order.

Each stage reads the files that earlier ones have written into the work folder, and prints its
figures. A stage that takes long resumes where it was killed.
"""

from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import click

from index.models.loading import BUNDLED, model_folder
from training.data_folder import ROOT, data_option
from training.encoder import contrastive, export, glosses, initial_vectors, pairs, vocabulary
from training.encoder.config import DEFAULT, Config
from training.errors import CheckpointError

STAGES: dict[str, Callable[[Config, Path, Path, Path], None]] = {
    "vocabulary": lambda c, data, work, _: vocabulary.make(data, work, c.vocabulary),
    "glosses": lambda c, data, work, _: glosses.make(data, work, c.glosses),
    "start": lambda c, _, work, __: initial_vectors.make(work, c.start, c.seed),
    "pairs": lambda c, data, work, _: pairs.make(data, work, c.pairs, c.seed),
    "contrastive": lambda c, data, work, _: contrastive.make(data, work, c.contrastive, c.seed),
    "export": lambda _, __, work, model: export.make(work, model),
}
OUTPUTS = {
    "vocabulary": ("tokenizer.json",),
    "glosses": ("glosses.json", "meanings.npz"),
    "start": ("start.npy",),
    "pairs": ("pairs",),
    "contrastive": ("table.npy",),
    "export": (),
}
"""The files of each stage in the work folder that later stages read."""

_PATH = click.Path(path_type=Path)


@click.command(help=__doc__)
@click.argument("stage", type=click.Choice([*STAGES, "all"]))
@data_option("reading")
@click.option("--work", default=ROOT / ".cache" / "training", type=_PATH, help="Work folder.")
@click.option("--config", default=DEFAULT, type=_PATH, help="The configuration.")
@click.option("--model", default=model_folder(BUNDLED), type=_PATH, help="Folder to export to.")
def main(stage: str, data: Path, work: Path, config: Path, model: Path) -> None:
    """Run one stage or all."""
    work.mkdir(parents=True, exist_ok=True)
    try:
        settings = Config.read(config)
        for name, run in STAGES.items():
            if stage in (name, "all"):
                _expect_earlier(name, work)
                run(settings, data, work, model)
    except (OSError, ValueError, CheckpointError) as error:
        raise click.ClickException(str(error)) from error


def _expect_earlier(stage: str, work: Path) -> None:
    for earlier in takewhile(lambda name: name != stage, STAGES):
        missing = [name for name in OUTPUTS[earlier] if not (work / name).exists()]
        if missing:
            command = f"python -m training.encoder {earlier}"
            raise click.ClickException(
                f"{work} has no {missing[0]}. Run the stage before: {command}"
            )


if __name__ == "__main__":
    main()
