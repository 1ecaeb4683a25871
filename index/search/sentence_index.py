"""The sentences of every passage as tokens, so that candidates are scored without tokenizing.

segments/000007/
  passages.npy   numbers of the passages, ascending, int64 (p,)
  firsts.npy     where each passage's sentences begin, int64 (p + 1,)
  starts.npy     where each sentence's tokens begin, int64 (s + 1,)
  tokens.npy     rows of the encoder's table, int32 (t,)
  norms.npy      length of each sentence's summed vectors, and with the next one, float32 (s, 2)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import Int64Array, Ragged, cumulated, read_array, stretches
from index.models.encoder import SentenceEncoder, Vectors
from index.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Sentences:
    """Passages, each some rows of `tokens`: passage `i` is `firsts[i]:firsts[i + 1]`.

    `norms` of shape `(sentences, 2)` are the lengths of each sentence's summed token vectors, alone
    and together with the next sentence of its passage (the last one: alone, twice).
    """

    tokens: Ragged
    firsts: Int64Array
    norms: Vectors

    @classmethod
    def of(cls, texts: Sequence[str], encoder: SentenceEncoder) -> "Sentences":
        """The sentences of some texts."""
        return cls.summed(texts, encoder)[0]

    @classmethod
    def summed(cls, texts: Sequence[str], encoder: SentenceEncoder) -> tuple["Sentences", Vectors]:
        """The same, and the sum of each sentence's token vectors, shape `(sentences, dim)`."""
        cut = [[span.of(text) for span in sentences(text)] or [""] for text in texts]
        found = encoder.tokens([one for parts in cut for one in parts])
        # The unknown token stands where a sentence has no other: no row may be empty.
        tokens = [ids or [0] for ids in found]
        firsts = cumulated(np.array([len(parts) for parts in cut], dtype=np.int64))
        sums = encoder.sums(tokens)
        squares = np.einsum("nd,nd->n", sums, sums)
        # |a + b|² from |a|², |b|² and a·b, so that no sum of two is ever written down.
        norms = np.stack([squares, squares], axis=1)
        norms[:-1, 1] += squares[1:] + 2 * np.einsum("nd,nd->n", sums[:-1], sums[1:])
        last = firsts[1:] - 1
        norms[last, 1] = squares[last]
        norms = np.sqrt(np.maximum(norms, 0), dtype=np.float32)
        sums[[at for at, ids in enumerate(found) if not ids]] = 0
        return cls(Ragged.of(tokens), firsts, norms), sums

    @classmethod
    def none(cls) -> "Sentences":
        """No passage at all."""
        no_rows = np.zeros(1, dtype=np.int64)
        return cls(Ragged.of([]), no_rows, np.zeros((0, 2), dtype=np.float32))

    @classmethod
    def joined(cls, parts: Sequence["Sentences"]) -> "Sentences":
        """The passages of all parts, in order."""
        counts = np.concatenate([np.diff(part.firsts) for part in parts])
        norms = np.concatenate([part.norms for part in parts])
        return cls(Ragged.joined([part.tokens for part in parts]), cumulated(counts), norms)

    def take(self, passages: Int64Array) -> "Sentences":
        """Some passages, in the order given."""
        rows, firsts = stretches(self.firsts, passages)
        return Sentences(self.tokens.take(rows), firsts, self.norms[rows])


class SentenceIndex:
    """Sentences by the number of their passage, out of several segments.

    A passage that was dropped may still be asked for; whoever asks knows which ones count.
    """

    def __init__(self, parts: Sequence["SentencePart"]) -> None:
        self._parts = parts
        numbers = [np.zeros(0, dtype=np.int64), *(part.numbers for part in parts)]
        self._order = np.argsort(np.concatenate(numbers), kind="stable")
        self._numbers = np.concatenate(numbers)[self._order]
        self._begins = cumulated(np.array([len(part.numbers) for part in parts], dtype=np.int64))

    def __len__(self) -> int:
        return len(self._numbers)

    def vocabulary(self) -> Int64Array:
        """The tokens that occur, each once, ascending."""
        return np.unique(
            np.concatenate([np.zeros(0, np.int64), *(part.vocabulary() for part in self._parts)])
        )

    def take(self, numbers: Iterable[int]) -> Sentences:
        """The sentences of passages that are here, in the order given."""
        wanted = np.fromiter(numbers, dtype=np.int64)
        rows = self._order[np.searchsorted(self._numbers, wanted)]
        owners = np.searchsorted(self._begins, rows, side="right") - 1
        used = np.unique(owners)
        taken: list[Sentences] = [
            self._parts[one].take(rows[owners == one] - self._begins[one]) for one in used
        ]
        if len(taken) == 1:
            return taken[0]
        back = np.argsort(np.argsort(owners, kind="stable"), kind="stable")
        return Sentences.joined(taken or [Sentences.none()]).take(back)


class SentencePart:
    """The sentences of one segment."""

    def __init__(self, folder: Path) -> None:
        """Maps the files of a segment's folder."""
        read = {path.stem: read_array(path, mapped=True) for path in folder.glob("*.npy")}
        self.numbers: Int64Array = read["passages"]
        tokens = Ragged(read["tokens"], read["starts"])
        self._sentences = Sentences(tokens, read["firsts"], read["norms"])

    def vocabulary(self) -> Int64Array:
        """The tokens that occur, each once, ascending."""
        return np.flatnonzero(np.bincount(self._sentences.tokens.values))

    def take(self, rows: Int64Array) -> Sentences:
        """Some passages by their place in the segment, in the order given."""
        return self._sentences.take(rows)


def write_sentences(folder: Path, parts: Sequence[Sentences]) -> None:
    """Writes the sentences of a segment into its folder, beside its `passages.npy`."""
    whole = Sentences.joined(parts or [Sentences.none()])
    np.save(folder / "firsts.npy", whole.firsts)
    np.save(folder / "starts.npy", whole.tokens.starts)
    np.save(folder / "tokens.npy", whole.tokens.values)
    np.save(folder / "norms.npy", whole.norms)
