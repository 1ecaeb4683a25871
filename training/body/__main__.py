"""`python -m training.body`: pretrain the transformer under the span reader.

The run resumes from its last checkpoint in the work folder.
"""

from pathlib import Path

import click

from index.models.loading import bundled
from training.body.pretrain import Pretraining, PretrainSettings, pretrain
from training.body.texts import documents, pairs, sequences
from training.data_folder import ROOT, data_option
from training.errors import CheckpointError

_PATH = click.Path(path_type=Path)


@click.command(help=__doc__)
@data_option("text")
@click.option("--work", default=ROOT / ".cache" / "body", type=_PATH, help="Work folder.")
@click.option("--steps", default=PretrainSettings().steps)
@click.option("--out", required=True, type=_PATH, help="The file to write.")
def main(data: Path, work: Path, steps: int, out: Path) -> None:
    """Gather the texts, pretrain, and write the body."""
    work.mkdir(parents=True, exist_ok=True)
    settings = PretrainSettings(steps=steps)
    encoder = bundled()
    texts = sequences(documents(data), pairs(data), encoder)
    print(f"pretraining: {len(texts)} texts, {sum(map(len, texts)) / 1e6:.1f} M tokens", flush=True)
    training = Pretraining(texts, encoder, settings)
    try:
        pretrain(training, work / "checkpoint.pt", settings)
    except CheckpointError as error:
        raise click.ClickException(str(error)) from error
    training.export(out)


if __name__ == "__main__":
    main()
