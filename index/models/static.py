"""Static models, whose vector of a text is the mean of its tokens'; the only home of tokenizers.

They are sentence-transformers folders with the modules StaticEmbedding and Normalize, read here
without torch. Other models are left to `transformer`.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from index.arrays import Int64Array, Ragged, distinct, widened
from index.errors import ModelError
from index.models.encoder import ModelFolder, Vectors
from index.models.run_tokenizer import RunTokenizer
from index.text.odd_characters import with_characters

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_WEIGHTS = "model.safetensors"
_TABLE = "embedding.weight"
_DTYPES = {"F16": np.float16, "F32": np.float32}
_TOKENIZE_BATCH = 1024  # texts tokenized together: an encoding takes a hundred times its tokens
_FEW = 32  # texts
_NEIGHBOUR_SAMPLES = ("国家", "city", "2016", "”", "（一）")
_MARK_SAMPLES = ("。", "！", "；", "…", ".”", ". ", "; ", "\n", "\u2028")
_SUM_BATCH = 64  # texts summed together: their table of counts fits a cache


def is_static(folder: Path) -> bool:
    """Return whether a folder contains a static model that `StaticEncoder` can open."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        table, _ = _header(folder / modules[0]["path"] / _WEIGHTS)
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return False
    plain = kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
    return plain and table.get("dtype") in _DTYPES


class StaticEncoder(ModelFolder):
    """A `SentenceEncoder` with a table of token vectors, loaded on first use. Thread-safe.

    A text without a known token has the zero vector.
    """

    _of_many: RunTokenizer | None = None

    @cached_property
    def dim(self) -> int:
        """Components of a vector."""
        return int(self._table.shape[1])

    def __len__(self) -> int:
        """Return the number of tokens in the table."""
        return len(self._table)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages, shape `(n, dim)`."""
        return self._embed([self._passage_prompt + text for text in texts])

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, shape `(n, dim)`."""
        return self._embed([self._question_prompt + text for text in texts])

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of each text, as rows of the table."""
        texts = [_spelled(text) for text in texts]
        if self._of_many is not None:
            return self._of_many.tokens(texts, self._tokenizer.normalizer.normalize_str)
        if len(texts) <= _FEW:  # threads that share out a few texts take longer than these
            return [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        parts = (texts[at : at + _TOKENIZE_BATCH] for at in range(0, len(texts), _TOKENIZE_BATCH))
        return [
            encoding.ids
            for part in parts
            for encoding in self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
        ]

    def prepare_for_many(self) -> None:
        """Take half a second to tokenize in a third of the time from now on.

        Processes that are forked afterwards share it.
        """
        if self._of_many is None:
            self._of_many = RunTokenizer.of(self._tokenizer.to_str())

    def token_spans(self, texts: Sequence[str]) -> list[tuple[Int64Array, Int64Array]]:
        """Return the tokens of each text, shape `(t,)`, and their character ranges, `(t, 2)`."""
        spelled = [_spelled(text) for text in texts]
        encodings = self._tokenizer.encode_batch(spelled, add_special_tokens=False)
        return [
            (
                np.array(encoding.ids, dtype=np.int64),
                np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2),
            )
            for encoding in encodings
        ]

    def spellings(self, tokens: Int64Array) -> list[str]:
        """Return the spelling of each token."""
        return [str(self._tokenizer.id_to_token(int(token))) for token in tokens]

    def token_vectors(self, tokens: Int64Array) -> Vectors:
        """Return the vectors of tokens, shape `(n, dim)`; their lengths are the tokens' weights."""
        rows = self._table[tokens]
        return widened(rows)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        return units(self.sum_vectors(self.tokens(texts)))

    def sum_vectors(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """Return the sum of each text's token vectors, shape `(n, dim)`."""
        parts = [self._sums(texts[at : at + _SUM_BATCH]) for at in range(0, len(texts), _SUM_BATCH)]
        return np.concatenate([np.zeros((0, self.dim), dtype=np.float32), *parts])

    def _sums(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """Multiply the matrix of token counts by the tokens' vectors.

        The matrix is mostly zeros, yet this is four times as fast as gathering and adding rows.
        """
        bags = Ragged.of(texts)
        used, columns = distinct(bags.values)
        cells = bags.owners * len(used) + columns
        counts = np.bincount(cells, minlength=len(texts) * len(used))
        return counts.reshape(len(texts), len(used)).astype(np.float32) @ self.token_vectors(used)

    @cached_property
    def splits_at_marks(self) -> bool:
        """Whether the tokens of a passage are those of its sentences, one after the other.

        True if the tokenizer never joins characters across a mark or a line break, which is tested
        with the kinds of characters that occur on both sides of a sentence's end.
        """
        return not self._passage_prompt and all(
            self.tokens([left + mark + right])[0]
            == self.tokens([left + mark])[0] + self.tokens([right])[0]
            for left in _NEIGHBOUR_SAMPLES
            for mark in _MARK_SAMPLES
            for right in _NEIGHBOUR_SAMPLES
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
        # Products here are so small that a second thread costs four times what it saves
        # (100 candidates on two busy cores: 3 ms with one thread, 13 ms with two).
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
    """Return the table's entry in the header of a safetensors file, and the offset of the data.

    The file is the length of a header (8 bytes, little endian), the header as JSON, and the
    numbers: https://huggingface.co/docs/safetensors
    """
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        if size > path.stat().st_size:
            raise ValueError("it is damaged or no safetensors file")
        return json.loads(file.read(size))[_TABLE], 8 + size


def _mapped(path: Path) -> npt.NDArray[np.floating]:
    """Memory-map the table, so that processes share it and only rows in use take memory.

    The package `safetensors` would copy it.
    """
    entry, begin = _header(path)
    rows, columns = entry["shape"]
    offset = begin + entry["data_offsets"][0]
    return np.asarray(np.memmap(path, _DTYPES[entry["dtype"]], "r", offset, (rows, columns)))


def _unusable(folder: Path, error: Exception) -> ModelError:
    return ModelError(
        f"The folder {folder} holds no static model that can be loaded ({error}). Set YIJU_MODEL "
        "to another one."
    )


def _spelled(text: str) -> str:
    """Return a text as its words are spelled, with every offset: characters for radicals.

    Lone surrogates, which may occur in a question, become ?: tokenizers refuses them.
    """
    return with_characters(text.encode("utf-8", "replace").decode("utf-8"))


def units(vectors: Vectors) -> Vectors:
    """Scale vectors to length 1; a zero vector stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
