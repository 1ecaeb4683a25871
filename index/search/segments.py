"""What a generation knows of its passages lies in segments, written once and shared by hard link.

segments/000007/     named for the generation that wrote it
  passages.npy       numbers of the passages, ascending, int64 (p,)
  vectors.faiss      their vectors, in that order
  firsts.npy …       their sentences, for a static model (`sentence_index`)
dropped/000007.npy   numbers of those in a segment that the generation no longer has, where any

A small change adds a small segment. So that they stay few, a new segment takes in the earlier ones
that are not much larger than itself (log-structured merge: O'Neil et al. 1996), and any of which
the greater part was dropped.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import Int64Array, read_array
from index.models.encoder import Vectors
from index.search.sentence_index import SentenceIndex, SentencePart, Sentences, write_sentences
from index.search.vectors import VectorIndex, VectorPart, VectorWriter

_FOLDER = "segments"
_DROPPED = "dropped"
_LARGER = 2  # times: an earlier segment that is no larger than this is taken in
_COPIED = 4096  # vectors at once
_NONE: Int64Array = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A segment on disk and which of its passages still count."""

    folder: Path
    numbers: Int64Array
    live: Int64Array

    @classmethod
    def open(cls, folder: Path, dropped: Path) -> "Segment":
        """Reads its numbers; the file of those that were dropped may be missing."""
        numbers: Int64Array = read_array(folder / "passages.npy")
        gone = read_array(dropped) if dropped.exists() else _NONE
        return cls(folder, numbers, np.setdiff1d(numbers, gone, assume_unique=True))

    @property
    def dropped(self) -> Int64Array:
        """The passages that no longer count."""
        return np.setdiff1d(self.numbers, self.live, assume_unique=True)

    @property
    def rows(self) -> Int64Array:
        """The places of the passages that count."""
        return np.searchsorted(self.numbers, self.live)

    def vectors(self) -> VectorPart:
        """Its part of the dense leg."""
        return VectorPart(self.folder / "vectors.faiss", self.numbers, self.dropped)

    @property
    def has_sentences(self) -> bool:
        """Whether a static model wrote it."""
        return (self.folder / "tokens.npy").exists()


class Segments:
    """The segments of one generation."""

    def __init__(self, generation: Path) -> None:
        self.all = [
            Segment.open(folder, generation / _DROPPED / f"{folder.name}.npy")
            for folder in sorted((generation / _FOLDER).iterdir())
        ]

    @property
    def numbers(self) -> Int64Array:
        """The numbers of all passages that count, ascending."""
        return np.sort(np.concatenate([_NONE, *(segment.live for segment in self.all)]))

    def vectors(self) -> VectorIndex:
        """The dense leg over all of them."""
        return VectorIndex([segment.vectors() for segment in self.all])

    def sentences(self) -> SentenceIndex:
        """The sentences of all of them."""
        return SentenceIndex([SentencePart(segment.folder) for segment in self.all])


class SegmentWriter:
    """Writes the segments of a new generation: those of an earlier one, less and more."""

    def __init__(self, generation: Path, version: str, base: Segments | None) -> None:
        self._generation = generation
        self._version = version
        self._base = list(base.all) if base else []
        self._numbers: list[Int64Array] = []
        self._vectors: VectorWriter | None = None
        self._sentences: list[Sentences] = []

    def add(self, numbers: Int64Array, vectors: Vectors, sentences: Sentences | None) -> None:
        """Adds passages, each once, with their vectors of shape `(n, dim)`."""
        if self._vectors is None:
            self._vectors = VectorWriter(vectors.shape[1])
        self._numbers.append(numbers)
        self._vectors.add(vectors)
        if sentences is not None:
            self._sentences.append(sentences)

    def finish(self, wanted: Int64Array) -> None:
        """Writes the folders. `wanted` are all passages that the generation has."""
        added = np.concatenate([_NONE, *self._numbers])
        still = np.setdiff1d(wanted, added, assume_unique=True)
        kept = [
            Segment(one.folder, one.numbers, np.intersect1d(one.live, still, assume_unique=True))
            for one in self._base
        ]
        taken = _taken_in(kept, len(added))
        (self._generation / _FOLDER).mkdir(parents=True)
        (self._generation / _DROPPED).mkdir()
        for segment in kept:
            if segment not in taken:
                self._link(segment)
        if len(added) or any(len(segment.live) for segment in taken):
            self._write(added, taken)

    def _link(self, segment: Segment) -> None:
        name = segment.folder.name
        shutil.copytree(segment.folder, self._generation / _FOLDER / name, copy_function=os.link)
        if len(segment.dropped):
            np.save(self._generation / _DROPPED / f"{name}.npy", segment.dropped)

    def _write(self, added: Int64Array, taken: Sequence[Segment]) -> None:
        """The new segment: what was taken in, then what was added, put in order of numbers."""
        folder = self._generation / _FOLDER / self._version
        folder.mkdir()
        numbers = np.concatenate([*(segment.live for segment in taken), added])
        order = np.argsort(numbers)
        np.save(folder / "passages.npy", numbers[order])
        as_they_came = not taken and np.array_equal(order, np.arange(len(order)))
        if as_they_came:
            assert self._vectors is not None
            self._vectors.write(folder / "vectors.faiss")
        else:
            self._merged(taken, order).write(folder / "vectors.faiss")
        parts = [SentencePart(one.folder).take(one.rows) for one in taken if one.has_sentences]
        parts += self._sentences
        if parts:
            whole = parts if as_they_came else [Sentences.joined(parts).take(order)]
            write_sentences(folder, whole)

    def _merged(self, taken: Sequence[Segment], order: Int64Array) -> VectorWriter:
        rows = [one.vectors().all()[one.rows] for one in taken]
        if self._vectors is not None:
            rows.append(self._vectors.rows())
        merged, whole = VectorWriter(rows[0].shape[1]), np.concatenate(rows)
        for at in range(0, len(order), _COPIED):
            merged.add(whole[order[at : at + _COPIED]])
        return merged


def _taken_in(segments: Sequence[Segment], added: int) -> list[Segment]:
    """Which earlier segments become part of the new one.

    Those mostly dropped come first: what is left over is then more than twice as large as it.
    """
    taken = [one for one in segments if len(one.live) * 2 < len(one.numbers)]
    size = added + sum(len(one.live) for one in taken)
    others = (one for one in segments if one not in taken)
    for segment in sorted(others, key=lambda one: len(one.live)):
        if size and len(segment.live) <= size * _LARGER:
            taken.append(segment)
            size += len(segment.live)
    return taken
