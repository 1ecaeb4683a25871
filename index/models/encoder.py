"""Protocols of the models that embed, rerank and read, and the id of a model's folder.

`static` and `transformer` implement them; `loading` opens a model by its name.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeGuard

import numpy as np
import numpy.typing as npt

from index.arrays import Int64Array

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """A model that embeds passages and questions, each by its own method and with its own prompt.

    Both return float32 unit vectors of shape `(n, dim)`; a static model embeds a text without a
    known token as the zero vector.
    """

    @property
    def id(self) -> str:
        """The model's name and a digest of its files and prompts: equal ids, equal vectors."""

    @property
    def dim(self) -> int:
        """Components of a vector."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages, shape `(n, dim)`."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, shape `(n, dim)`."""


class SentenceEncoder(Encoder, Protocol):
    """An encoder with a table of token vectors, from which sentences are scored."""

    @property
    def splits_at_marks(self) -> bool:
        """Whether the tokens of a passage are those of its sentences, one after the other."""

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the token ids of each text: row numbers of the table."""

    def prepare_for_many(self) -> None:
        """Make ready what is worth it where many texts are to be tokenized."""

    def token_spans(self, texts: Sequence[str]) -> list[tuple[Int64Array, Int64Array]]:
        """Return the tokens of each text, `(t,)`, and their character ranges, `(t, 2)`."""

    def spellings(self, tokens: Int64Array) -> list[str]:
        """Return the spelling of each token."""

    def token_vectors(self, tokens: Int64Array) -> Vectors:
        """Return the vectors of tokens, `(n, dim)`; their lengths are the tokens' weights."""

    def sum_vectors(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """Return the sum of each text's token vectors, `(n, dim)`."""


def scores_sentences(encoder: Encoder) -> TypeGuard[SentenceEncoder]:
    """Return whether an encoder has vectors of tokens."""
    # Asked of the class: `isinstance` with a protocol evaluates properties, which load the model.
    members = {name for name in vars(SentenceEncoder) if not name.startswith("_")}
    return all(hasattr(type(encoder), name) for name in members)


class Reranker(Protocol):
    """A cross-encoder: slower and more accurate than comparing vectors."""

    def logits(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return the log-odds that each text answers the question, shape `(n,)`."""


@dataclass(frozen=True, slots=True)
class SpanLogits:
    """Logits of the tokens of a text to begin and to end the answer, and of no answer in it.

    `places`, `(t, 2)`, are the tokens' characters in the text; `starts` and `ends` have shape
    `(t,)`. The logit of a span is that of its first token to begin and its last to end.
    """

    places: Int64Array
    starts: Vectors
    ends: Vectors
    none: float


class ExtractiveModel(Protocol):
    """A model that reads a question with a text and finds the span that answers."""

    def load(self) -> None:
        """Load the model now, so that the first question does not wait."""

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""

    def room(self, question: str) -> int:
        """Return how many tokens of a text are read beside a question."""

    def read(self, question: str, texts: Sequence[str]) -> list[SpanLogits]:
        """Read each text with the question; what exceeds the room is not read."""


class ModelFolder:
    """Base of encoders: a model's folder, its prompts, and the id computed from both."""

    def __init__(self, folder: Path, question_prompt: str = "", passage_prompt: str = "") -> None:
        self._folder = folder
        self._question_prompt = question_prompt
        self._passage_prompt = passage_prompt

    @cached_property
    def id(self) -> str:
        """The folder's name with a digest of both prompts and of the files, without the card."""
        digest = hashlib.sha256(f"{self._question_prompt}\0{self._passage_prompt}".encode())
        for path in sorted(p for p in self._folder.rglob("*") if p.is_file()):
            if path.suffix != ".md":
                name = str(path.relative_to(self._folder))
                digest.update(name.encode("utf-8", "surrogateescape"))
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
        known_as = self._folder.parent if self._folder.name == "model" else self._folder
        return f"{known_as.name}@{digest.hexdigest()[:12]}"
