"""Serves any sentence-transformers model; the only home of sentence_transformers and torch."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import ModelFolder, Vectors
from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEncoder(ModelFolder):
    """Any sentence-transformers model, loaded when first used.

    Loading is put off because importing the package takes seconds and half a gigabyte, and a
    rebuild that finds nothing changed needs only the id.
    """

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
