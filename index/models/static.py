"""Serves static models: a text is the mean of its tokens' vectors; the only home of tokenizers.

A sentence-transformers folder of the modules StaticEmbedding and Normalize is read without torch.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from index.arrays import Int64Array, Ragged, distinct
from index.errors import ModelError
from index.models.encoder import ModelFolder, Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_WEIGHTS = "model.safetensors"
_TABLE = "embedding.weight"
_KINDS = {"F16": np.float16, "F32": np.float32}
_TOKENIZED = 1024  # texts tokenized together: an encoding takes a hundred times its tokens
_NEIGHBOURS = ("国家", "city", "2016", "”", "（一）")
_MARKS = ("。", "！", "；", "…", ".”", ". ", "; ", "\n", "\u2028")
_BATCH = 64  # texts summed together: their table of counts fits a cache


def is_static(folder: Path) -> bool:
    """Whether a model's folder is one that this module serves."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        table, _ = _header(folder / modules[0]["path"] / _WEIGHTS)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return False
    plain = kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
    return plain and table.get("dtype") in _KINDS


class StaticEncoder(ModelFolder):
    """A table of token vectors, loaded when first used. Threads may share it.

    A text without any known token has the zero vector: it is like nothing.
    """

    @cached_property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._table.shape[1])

    def __len__(self) -> int:
        """The tokens of the table."""
        return len(self._table)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape `(n, dim)`."""
        return self._embed([self._passage_prompt + text for text in texts])

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape `(n, dim)`."""
        return self._embed([self._question_prompt + text for text in texts])

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, by their rows in the table."""
        # Lone surrogates, which a question may hold, become ?: tokenizers refuses them.
        texts = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        if len(texts) == 1:
            return [self._tokenizer.encode(texts[0], add_special_tokens=False).ids]
        parts = (texts[at : at + _TOKENIZED] for at in range(0, len(texts), _TOKENIZED))
        return [
            encoding.ids
            for part in parts
            for encoding in self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
        ]

    def placed(self, texts: Sequence[str]) -> list[tuple[Int64Array, Int64Array]]:
        """The tokens of each text, shape `(t,)`, and their ranges of characters, shape `(t, 2)`."""
        texts = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        found = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [
            (
                np.array(encoding.ids, dtype=np.int64),
                np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2),
            )
            for encoding in found
        ]

    def texts(self, tokens: Int64Array) -> list[str]:
        """How each of some tokens is written."""
        return [str(self._tokenizer.id_to_token(int(token))) for token in tokens]

    def rows(self, tokens: Int64Array) -> Vectors:
        """The vectors of some tokens, shape `(n, dim)`; their lengths are the tokens' weights."""
        return self._table[tokens].astype(np.float32)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        return units(self.sums(self.tokens(texts)))

    def sums(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """The sum of each text's token vectors, shape `(n, dim)`."""
        parts = [self._sums(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate([np.zeros((0, self.dim), dtype=np.float32), *parts])

    def _sums(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """How often each text has each token, times the tokens' vectors.

        Mostly zeros, and yet four times as fast as gathering the rows and adding them.
        """
        bags = Ragged.of(texts)
        used, places = distinct(bags.values)
        cells = bags.owners * len(used) + places
        counts = np.bincount(cells, minlength=len(texts) * len(used))
        return counts.reshape(len(texts), len(used)).astype(np.float32) @ self.rows(used)

    @cached_property
    def parts_at_marks(self) -> bool:
        """Whether a passage has the tokens of its sentences, one after the other, and no others.

        So it is where the tokenizer never joins what a mark or a line break parts. It is tried, on
        everything that may stand on both sides of a sentence's end.
        """
        return not self._passage_prompt and all(
            self.tokens([left + mark + right])[0]
            == self.tokens([left + mark])[0] + self.tokens([right])[0]
            for left in _NEIGHBOURS
            for mark in _MARKS
            for right in _NEIGHBOURS
        )

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        path = self._module / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # tokenizers raises nothing narrower
            raise _unusable(self._folder, error) from error
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _table(self) -> npt.NDArray[np.floating]:
        # Products here are so small that waking a second thread for them costs four times what it
        # saves (best sentence of 100 candidates on two busy cores: 3 ms with one, 13 ms with two).
        threadpool_limits(1, "blas")
        try:
            return _mapped(self._module / _WEIGHTS)
        except (OSError, ValueError, KeyError) as error:
            raise _unusable(self._folder, error) from error

    @cached_property
    def _module(self) -> Path:
        modules = json.loads((self._folder / "modules.json").read_text(encoding="utf-8"))
        return self._folder / str(modules[0]["path"])


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """What a safetensors file says of the table, and where its numbers begin.

    The file is the length of a header (8 bytes, little endian), the header as JSON, and the
    numbers: https://huggingface.co/docs/safetensors
    """
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if size > path.stat().st_size:
            raise ValueError("it is damaged or no safetensors file")
        return json.loads(file.read(size))[_TABLE], 8 + size


def _mapped(path: Path) -> npt.NDArray[np.floating]:
    """The table, mapped: processes share it, and only the rows that are read take room.

    The package `safetensors` would copy it.
    """
    entry, begin = _header(path)
    rows, columns = entry["shape"]
    offset = begin + entry["data_offsets"][0]
    return np.asarray(np.memmap(path, _KINDS[entry["dtype"]], "r", offset, (rows, columns)))


def _unusable(folder: Path, error: Exception) -> ModelError:
    return ModelError(
        f"The folder {folder} holds no static model that can be loaded ({error}). Set YIJU_MODEL "
        "to another one."
    )


def units(vectors: Vectors) -> Vectors:
    """The same directions with length 1; a zero vector stays what it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
