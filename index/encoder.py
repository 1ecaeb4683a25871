"""Turns texts into vectors; the only home of sentence_transformers.

A model is a folder: the one of a Python package that carries it, one given by its path, or one
that the user has fetched from a hub before. Nothing is downloaded unless the settings allow it.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import import_module, util
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Two ways to embed, so that a prompt can't be forgotten.

    Both return float32 unit vectors of shape `(n, dim)`.
    """

    @property
    def id(self) -> str:
        """The model's name and a digest of its files and prompts: equal ids, equal vectors."""

    @property
    def dim(self) -> int:
        """Components of a vector."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to find with."""


class SentenceTransformerEncoder:
    """Any sentence-transformers model, loaded when first used.

    Loading is put off because importing the package takes seconds and half a gigabyte, and a
    rebuild that finds nothing changed needs only the id.
    """

    def __init__(self, folder: Path, question_prompt: str = "", passage_prompt: str = "") -> None:
        self._folder = folder
        self._question_prompt = question_prompt
        self._passage_prompt = passage_prompt

    @cached_property
    def id(self) -> str:
        """The folder's name with a digest of its files and the two prompts."""
        digest = hashlib.sha256(f"{self._question_prompt}\0{self._passage_prompt}".encode())
        for path in sorted(p for p in self._folder.rglob("*") if p.is_file()):
            digest.update(str(path.relative_to(self._folder)).encode("utf-8", "surrogateescape"))
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        name = self._folder.parent.name if self._folder.name == "model" else self._folder.name
        return f"{name}@{digest.hexdigest()[:12]}"

    @cached_property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._embed([""], "").shape[1])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape `(n, dim)`."""
        return self._embed(texts, self._passage_prompt)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape `(n, dim)`."""
        return self._embed(texts, self._question_prompt)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # Weights load in a moment; our own bars tell the rest.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"The folder {self._folder} holds no sentence-transformers model that can be "
                f"loaded ({error}). Set YIJU_MODEL to another one."
            ) from error

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        # An empty prompt given by name would still count as "a prompt" to the library.
        vectors = self._model.encode(
            list(texts),
            prompt=prompt or None,
            normalize_embeddings=True,
            show_progress_bar=False,
            batch_size=32,
        )
        return np.asarray(vectors, dtype=np.float32)


def model_folder(name: str, download: bool = False) -> Path:
    """Where the files of a model lie: a folder, a package that carries a model, or a hub's cache.

    Raises:
        ModelError: nothing of that name is on this machine, and `download` is off or failed.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not any((folder / file).exists() for file in ("modules.json", "config.json")):
            raise ModelError(
                f"The folder {folder} holds no sentence-transformers model: it has neither "
                "modules.json nor config.json. Set YIJU_MODEL to another one."
            )
        return folder.resolve()
    package = name.replace("-", "_")
    if package.isidentifier() and util.find_spec(package) is not None:
        find: Callable[[], Path] | None = getattr(import_module(package), "get_model_path", None)
        if find is not None:
            return find()
    return _from_hub(name, download)


def _from_hub(name: str, download: bool) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=not download))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"No model “{name}” on this machine: it is neither a folder, nor an installed package "
            "that carries a model, nor in the local cache of models. Put its folder here and set "
            "YIJU_MODEL to the path, or set YIJU_MODEL_DOWNLOAD=true to let it be fetched once."
        ) from error
