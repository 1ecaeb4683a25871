"""The sentences of every passage as tokens, ready for scoring.

segments/000007/
  passages.npy   numbers of the passages, ascending, int64 (p,)
  firsts.npy     where each passage's sentences begin, int64 (p + 1,)
  starts.npy     where each sentence's tokens begin, int64 (s + 1,)
  tokens.npy     rows of the encoder's table, int32 (t,)
  vocabulary.npy the tokens that occur, ascending, int64
  norms.npy      length of each sentence's vector sum, alone and with the next, float32 (s, 2)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from index.arrays import (
    Int32Array,
    Int64Array,
    Ragged,
    cumulated,
    read_array,
    save_joined,
    stretches,
)
from index.models.encoder import SentenceEncoder, Vectors
from index.text.sentences import sentences

_COUNTED = 1_000_000  # tokens at a time, of many that are mapped


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of passages as tokens; passage `i` has rows `firsts[i]:firsts[i + 1]`.

    `norms` of shape `(sentences, 2)` are the lengths of each sentence's summed token vectors, alone
    and together with the next sentence of its passage (the last one: alone, twice).
    """

    tokens: Ragged
    firsts: Int64Array
    norms: Vectors

    @classmethod
    def of(cls, texts: Sequence[str], encoder: SentenceEncoder) -> "Sentences":
        """Split and tokenize texts."""
        return cls.summed(texts, encoder)[0]

    @classmethod
    def summed(cls, texts: Sequence[str], encoder: SentenceEncoder) -> tuple["Sentences", Vectors]:
        """Split and tokenize texts; return also each sentence's vector sum, `(sentences, dim)`."""
        split = [[span.of(text) for span in sentences(text)] or [""] for text in texts]
        known = encoder.tokens([sentence for parts in split for sentence in parts])
        # A sentence without a known token gets the unknown one: no row may be empty.
        tokens = [ids or [0] for ids in known]
        firsts = cumulated(np.array([len(parts) for parts in split], dtype=np.int64))
        sums = encoder.sum_vectors(tokens)
        squares = np.einsum("nd,nd->n", sums, sums)
        # |a + b|² from |a|², |b|² and a·b, so that no sum of two is ever written down.
        norms = np.stack([squares, squares], axis=1)
        norms[:-1, 1] += squares[1:] + 2 * np.einsum("nd,nd->n", sums[:-1], sums[1:])
        last = firsts[1:] - 1
        norms[last, 1] = squares[last]
        norms = np.sqrt(np.maximum(norms, 0), dtype=np.float32)
        sums[[at for at, ids in enumerate(known) if not ids]] = 0
        return cls(Ragged.of(tokens), firsts, norms), sums

    @classmethod
    def none(cls) -> "Sentences":
        """Return the sentences of no passage."""
        no_rows = np.zeros(1, dtype=np.int64)
        return cls(Ragged.of([]), no_rows, np.zeros((0, 2), dtype=np.float32))

    @classmethod
    def joined(cls, parts: Sequence["Sentences"]) -> "Sentences":
        """Concatenate the passages of all parts, in order."""
        counts = np.concatenate([np.diff(part.firsts) for part in parts])
        norms = np.concatenate([part.norms for part in parts])
        return cls(Ragged.joined([part.tokens for part in parts]), cumulated(counts), norms)

    def take(self, passages: Int64Array) -> "Sentences":
        """Return the passages at the given rows, in that order."""
        rows, firsts = stretches(self.firsts, passages)
        return Sentences(self.tokens.take(rows), firsts, self.norms[rows])


class PassageSentences(Protocol):
    """The sentences of a generation's passages, wherever they come from. Thread-safe."""

    def vocabulary(self) -> Int64Array:
        """Return the tokens that occur, each once, ascending."""

    def take(self, numbers: Iterable[int]) -> Sentences:
        """Return the sentences of passages by their numbers, in that order; all must be present."""


class SentenceIndex:
    """Sentences by the number of their passage, over several segments.

    Dropped passages are still returned: the caller knows which passages belong to the generation.
    """

    def __init__(self, parts: Sequence["SentencePart"]) -> None:
        self._parts = parts
        numbers = _joined([part.numbers for part in parts])
        is_ascending = bool(np.all(numbers[1:] > numbers[:-1]))
        self._order = None if is_ascending else np.argsort(numbers, kind="stable")
        self._numbers = numbers if self._order is None else numbers[self._order]
        self._begins = cumulated(np.array([len(part.numbers) for part in parts], dtype=np.int64))

    def __len__(self) -> int:
        return len(self._numbers)

    def vocabulary(self) -> Int64Array:
        """Return the tokens that occur, each once, ascending."""
        return np.unique(
            np.concatenate([np.zeros(0, np.int64), *(part.vocabulary() for part in self._parts)])
        )

    def take(self, numbers: Iterable[int]) -> Sentences:
        """Return the sentences of passages by their numbers, in that order; all must be present."""
        wanted = np.fromiter(numbers, dtype=np.int64)
        rows = np.searchsorted(self._numbers, wanted)
        if self._order is not None:
            rows = self._order[rows]
        owners = np.searchsorted(self._begins, rows, side="right") - 1
        used = np.unique(owners)
        taken: list[Sentences] = [
            self._parts[part].take(rows[owners == part] - self._begins[part]) for part in used
        ]
        if len(taken) == 1:
            return taken[0]
        back = np.argsort(np.argsort(owners, kind="stable"), kind="stable")
        return Sentences.joined(taken or [Sentences.none()]).take(back)


class SentencePart:
    """The sentences of one segment."""

    def __init__(self, folder: Path) -> None:
        """Map the files of a segment's folder."""
        # As plain arrays, of which numpy takes some in a third of the time.
        paths = folder.glob("*.npy")
        read = {path.stem: np.asarray(read_array(path, mapped=True)) for path in paths}
        self.numbers: Int64Array = read["passages"]
        tokens = Ragged(read["tokens"], read["starts"])
        self._sentences = Sentences(tokens, read["firsts"], read["norms"])
        self._vocabulary: Int64Array | None = read.get("vocabulary")  # earlier ones lack it

    def vocabulary(self) -> Int64Array:
        """Return the tokens that occur, each once, ascending."""
        known = self._vocabulary
        return distinct_of([self._sentences.tokens.values]) if known is None else known

    def take(self, rows: Int64Array) -> Sentences:
        """Return the passages at the given rows of the segment, in that order."""
        return self._sentences.take(rows)


def _joined(numbers: Sequence[Int64Array]) -> Int64Array:
    """Return numbers one after the other; those of one part as they are, which may be mapped."""
    if len(numbers) == 1:
        return numbers[0]
    return np.concatenate([np.zeros(0, dtype=np.int64), *numbers])


def write_sentences(folder: Path, parts: Sequence[Sentences]) -> None:
    """Write the sentences of a segment into its folder, beside its `passages.npy`.

    They are not joined in memory first, where they take 120 MB of 200,000 passages.
    """
    parts = parts or [Sentences.none()]
    tokens = [part.tokens.values for part in parts]
    save_joined(folder / "firsts.npy", _continued([part.firsts for part in parts]))
    save_joined(folder / "starts.npy", _continued([part.tokens.starts for part in parts]))
    save_joined(folder / "tokens.npy", tokens)
    save_joined(folder / "norms.npy", [part.norms for part in parts])
    np.save(folder / "vocabulary.npy", distinct_of(tokens))


def _continued(offsets: Sequence[Int64Array]) -> list[Int64Array]:
    """Return the offsets of parts, each of which goes on where the one before has ended."""
    begins = cumulated(np.array([part[-1] for part in offsets], dtype=np.int64))
    later = (part[1:] + begin for part, begin in zip(offsets, begins.tolist(), strict=False))
    return [np.zeros(1, dtype=np.int64), *later]


def distinct_of(parts: Iterable[Int32Array]) -> Int64Array:
    """Return the tokens that occur in some of the parts, each once, ascending."""
    occurs = np.zeros(0, dtype=np.bool_)
    for part in parts:
        for at in range(0, len(part), _COUNTED):
            tokens = part[at : at + _COUNTED]
            occurs = np.pad(occurs, (0, max(0, int(tokens.max()) + 1 - len(occurs))))
            occurs[tokens] = True
    return np.flatnonzero(occurs)
