"""Find models by name.

A model is a folder: the bundled encoder's, a path, that of a Python package which contains it, or
one that was fetched from a hub before. Nothing is downloaded unless the settings allow it.
"""

from collections.abc import Callable
from importlib import import_module, util
from pathlib import Path

from index.errors import ModelError
from index.models.encoder import Encoder, ExtractiveModel, Reranker
from index.models.static import StaticEncoder, is_static
from index.models.transformer import (
    CrossEncoderReranker,
    SentenceTransformerEncoder,
    TransformersModel,
    check_packages,
)
from index.settings import Settings

BUNDLED = "yiju-zh-en-256"


def open_encoder(folder: Path, question_prompt: str = "", passage_prompt: str = "") -> Encoder:
    """Return the encoder for a model's folder; it loads when first used.

    A static model is served without torch.

    Raises:
        ModelError: what runs another model is not installed.
    """
    if is_static(folder):
        return StaticEncoder(folder, question_prompt, passage_prompt)
    check_packages("YIJU_MODEL")
    return SentenceTransformerEncoder(folder, question_prompt, passage_prompt)


def encoder_of(settings: Settings) -> Encoder:
    """Return the encoder that the settings name.

    Raises:
        ModelError: it is not on this machine.
    """
    folder = model_folder(settings.model, settings.model_download)
    return open_encoder(folder, settings.question_prompt, settings.passage_prompt)


def open_reranker(name: str, download: bool = False) -> Reranker | None:
    """Return the cross-encoder of a name, as `model_folder` takes it; None for no name."""
    if not name:
        return None
    folder = model_folder(name, download, "YIJU_CROSS_ENCODER")
    check_packages("YIJU_CROSS_ENCODER")
    return CrossEncoderReranker(folder)


def open_reader(name: str, download: bool = False) -> ExtractiveModel | None:
    """Return the reading model of a name, as `model_folder` takes it; None for no name."""
    if not name:
        return None
    folder = model_folder(name, download, "YIJU_READER")
    check_packages("YIJU_READER")
    return TransformersModel(folder)


def bundled() -> StaticEncoder:
    """Return the bundled encoder; it loads when first used."""
    return StaticEncoder(model_folder(BUNDLED))


def model_folder(name: str, download: bool = False, setting: str = "YIJU_MODEL") -> Path:
    """Return the folder of a model: bundled, given by path, in a package, or in the hub's cache.

    `setting` is named if the model can't be found.

    Raises:
        ModelError: nothing of that name is on this machine, and `download` is off or failed.
    """
    if name == BUNDLED:
        return Path(__file__).with_name(BUNDLED)
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not any((folder / file).exists() for file in ("modules.json", "config.json")):
            raise ModelError(
                f"The folder {folder} holds no model: it has neither modules.json nor "
                f"config.json. Set {setting} to another one."
            )
        return folder.resolve()
    package = name.replace("-", "_")
    if package.isidentifier() and util.find_spec(package) is not None:
        find: Callable[[], Path] | None = getattr(import_module(package), "get_model_path", None)
        if find is not None:
            return find()
    return _from_hub(name, download, setting)


def _from_hub(name: str, download: bool, setting: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=not download))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"No model “{name}” on this machine: it is neither a folder, nor an installed package "
            "that carries a model, nor in the local cache of models. Put its folder here and set "
            f"{setting} to the path, or set YIJU_MODEL_DOWNLOAD=true to let it be fetched once."
        ) from error
