"""The sentences of every passage as tokens, so that candidates are scored without tokenizing.

sentences/
  passages.npy   numbers of the passages, ascending, int64 (p,)
  firsts.npy     where each passage's sentences begin, int64 (p + 1,)
  starts.npy     where each sentence's tokens begin, int64 (s + 1,)
  tokens.npy     rows of the encoder's table, int32 (t,)
  norms.npy      length of each sentence's summed vectors, and with the next one, float32 (s, 2)
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from index.encoder import Vectors
from index.ragged import Places, Ragged, cumulated, stretches
from index.sentences import sentences
from index.static import StaticEncoder

_BATCH = 256


@dataclass(frozen=True, slots=True)
class Sentences:
    """Passages, each some rows of `tokens`: passage `i` is `firsts[i]:firsts[i + 1]`.

    `norms` of shape `(sentences, 2)` are the lengths of each sentence's summed token vectors, alone
    and together with the next sentence of its passage (the last one: alone, twice).
    """

    tokens: Ragged
    firsts: Places
    norms: Vectors

    @classmethod
    def of(cls, texts: Sequence[str], encoder: StaticEncoder) -> "Sentences":
        """The sentences of some texts."""
        cut = [[span.of(text) for span in sentences(text)] or [""] for text in texts]
        # The unknown token stands where a sentence has no other: no row may be empty.
        tokens = [ids or [0] for ids in encoder.tokens([one for parts in cut for one in parts])]
        firsts = cumulated(np.array([len(parts) for parts in cut], dtype=np.int64))
        sums = encoder.sums(tokens)
        pairs = sums.copy()
        inner = np.setdiff1d(np.arange(len(sums)), firsts[1:] - 1)
        pairs[inner] += sums[inner + 1]
        norms = np.linalg.norm(np.stack([sums, pairs], axis=1), axis=2)
        return cls(Ragged.of(tokens), firsts, norms)

    @classmethod
    def joined(cls, parts: Sequence["Sentences"]) -> "Sentences":
        """The passages of all parts, in order."""
        counts = np.concatenate([np.diff(part.firsts) for part in parts])
        norms = np.concatenate([part.norms for part in parts])
        return cls(Ragged.joined([part.tokens for part in parts]), cumulated(counts), norms)

    def take(self, passages: Places) -> "Sentences":
        """Some passages, in the order given."""
        rows, firsts = stretches(self.firsts, passages)
        return Sentences(self.tokens.take(rows), firsts, self.norms[rows])


class SentenceIndex:
    """Sentences by the number of their passage."""

    def __init__(self, folder: Path) -> None:
        """Maps the files of a folder."""
        read = {path.stem: np.load(path, mmap_mode="r") for path in folder.glob("*.npy")}
        self._numbers: Places = read["passages"]
        tokens = Ragged(read["tokens"], read["starts"])
        self._sentences = Sentences(tokens, read["firsts"], read["norms"])

    def __len__(self) -> int:
        return len(self._numbers)

    def vocabulary(self) -> Places:
        """The tokens that occur, each once, ascending."""
        return np.flatnonzero(np.bincount(self._sentences.tokens.values))

    def take(self, numbers: Iterable[int]) -> Sentences:
        """The sentences of passages that are here, in the order given."""
        wanted = np.fromiter(numbers, dtype=np.int64)
        return self._sentences.take(np.searchsorted(self._numbers, wanted))

    @staticmethod
    def write(
        folder: Path,
        texts: Iterable[tuple[int, str]],
        encoder: StaticEncoder,
        kept: Collection[int] = (),
        base: Path | None = None,
    ) -> None:
        """Writes a folder for numbered passages, beside those `kept` out of an earlier folder."""
        numbers: list[int] = sorted(kept)
        parts = [SentenceIndex(base).take(numbers)] if base else []
        for batch in _batches(texts):
            numbers += (number for number, _ in batch)
            parts.append(Sentences.of([text for _, text in batch], encoder))
        order = np.argsort(numbers)
        whole = Sentences.joined(parts or [Sentences.of([], encoder)]).take(order)
        folder.mkdir()
        np.save(folder / "passages.npy", np.array(numbers, dtype=np.int64)[order])
        np.save(folder / "firsts.npy", whole.firsts)
        np.save(folder / "starts.npy", whole.tokens.starts)
        np.save(folder / "tokens.npy", whole.tokens.values)
        np.save(folder / "norms.npy", whole.norms)


def _batches(texts: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    waiting = iter(texts)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
