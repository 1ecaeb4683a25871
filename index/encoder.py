"""Turns texts into vectors: what an encoder is, and what names one."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Two ways to embed, so that a prompt can't be forgotten.

    Both return float32 unit vectors of shape `(n, dim)`; a model of words gives the zero vector to
    a text of which it knows no word.
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


def model_id(folder: Path, question_prompt: str, passage_prompt: str) -> str:
    """The folder's name with a digest of its files, but for its card, and of the two prompts."""
    digest = hashlib.sha256(f"{question_prompt}\0{passage_prompt}".encode())
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
        digest.update(str(path.relative_to(folder)).encode("utf-8", "surrogateescape"))
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    name = folder.parent.name if folder.name == "model" else folder.name
    return f"{name}@{digest.hexdigest()[:12]}"
