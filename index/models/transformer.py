"""Encoders and rerankers of sentence-transformers; the only home of that package and of torch."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError
from index.models.encoder import ModelFolder, Vectors

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer


class SentenceTransformerEncoder(ModelFolder):
    """An `Encoder` with any sentence-transformers model, loaded on first use.

    Loading is delayed because importing the package takes seconds and half a gigabyte, and a
    rebuild that finds no change needs only the id.
    """

    @cached_property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._embed([""], "").shape[1])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages, shape `(n, dim)`."""
        return self._embed(texts, self._passage_prompt)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, shape `(n, dim)`."""
        return self._embed(texts, self._question_prompt)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # Weights load in a moment; progress beyond that is shown by our own bars.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"The folder {self._folder} holds no sentence-transformers model that can be "
                f"loaded ({error}). Set YIJU_MODEL to another one."
            ) from error

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        # The library would count an empty prompt as a prompt.
        vectors = self._model.encode(
            list(texts),
            prompt=prompt or None,
            normalize_embeddings=True,
            show_progress_bar=False,
            batch_size=32,
        )
        return np.asarray(vectors, dtype=np.float32)


class CrossEncoderReranker:
    """A `Reranker` with any sentence-transformers cross-encoder, loaded on first use."""

    def __init__(self, folder: Path) -> None:
        """Take the model's folder; it loads when first used."""
        self._folder = folder

    def logits(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return the log-odds of each text to answer, shape `(n,)`."""
        import torch

        pairs = [(question, text) for text in texts]
        scores = self._model.predict(
            pairs, show_progress_bar=False, batch_size=32, activation_fn=torch.nn.Identity()
        )
        return np.asarray(scores, dtype=np.float32).reshape(len(texts))

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model: CrossEncoder = CrossEncoder(
                str(self._folder), device="cpu", local_files_only=True
            )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"The folder {self._folder} holds no cross-encoder that can be loaded ({error}). "
                "Set YIJU_CROSS_ENCODER to another one, or to nothing."
            ) from error
        if model.num_labels != 1:
            raise ModelError(
                f"The model in {self._folder} gives {model.num_labels} scores a pair; a "
                "cross-encoder that ranks gives one. Set YIJU_CROSS_ENCODER to another one."
            )
        return model
