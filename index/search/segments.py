"""Segments: a generation's vectors and sentences, written once and shared by hard link.

segments/000007/     named for the generation that wrote it
  passages.npy       numbers of the passages, ascending, int64 (p,)
  vectors.faiss      their vectors, in that order
  codes.faiss        codes of the vectors, if there are many (`dense.codes`)
  firsts.npy …       their sentences, for a static model (`sentence_index`)
dropped/000007.npy   numbers of a segment's passages that the generation no longer has, if any

A small change adds a small segment. To keep segments few, a new segment absorbs the earlier ones
that are not much larger than itself (log-structured merge: O'Neil et al. 1996), and those of which
more than half was dropped. No segment gets larger than what is easily held in memory, so that a
large build streams, and no small change waits for a large merge: what a generation writes beyond
that goes into `segments/000007-2` and so on.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.arrays import Int64Array, read_array
from index.engine_names import PQ
from index.models.encoder import Vectors
from index.search.dense.codes import Codes
from index.search.dense.engine import CODES
from index.search.dense.vectors import Coded, VectorIndex, VectorPart, VectorWriter
from index.search.sentence_index import SentenceIndex, SentencePart, Sentences, write_sentences
from index.store.manifest import EXACT_ENGINE, Engine

_FOLDER = "segments"
_DROPPED = "dropped"
LARGEST = 200_000  # passages of a segment: about 500 MB while it is written
_ABSORB_RATIO = 2  # times: an earlier segment up to this size is absorbed
_COPY_BATCH = 4096  # vectors at a time
_NO_NUMBERS: Int64Array = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A segment on disk; `live` are the passages that the generation still has."""

    folder: Path
    numbers: Int64Array
    live: Int64Array

    @classmethod
    def open(cls, folder: Path, dropped: Path) -> "Segment":
        """Read the passage numbers; the file of dropped passages may be missing."""
        numbers: Int64Array = read_array(folder / "passages.npy", mapped=True)
        if not dropped.exists():
            return cls(folder, numbers, numbers)
        return cls(folder, numbers, np.setdiff1d(numbers, read_array(dropped), assume_unique=True))

    @property
    def dropped(self) -> Int64Array:
        """The numbers of passages that the generation no longer has."""
        return np.setdiff1d(self.numbers, self.live, assume_unique=True)

    @property
    def rows(self) -> Int64Array:
        """The rows of the live passages."""
        return np.searchsorted(self.numbers, self.live)

    def vectors(self, engine: Engine = EXACT_ENGINE) -> VectorPart:
        """Map the vectors, and read their codes if the engine uses them."""
        codes, coded = self.folder / CODES, None
        if engine.name == PQ and codes.exists():
            coded = Coded(Codes.read(codes), engine.candidates)
        return VectorPart(self.folder / "vectors.faiss", self.numbers, self.dropped, coded)

    @property
    def has_sentences(self) -> bool:
        """Whether it was made with a `SentenceEncoder`."""
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
        """The numbers of all live passages, ascending."""
        return np.sort(np.concatenate([_NO_NUMBERS, *(segment.live for segment in self.all)]))

    def vectors(self, engine: Engine = EXACT_ENGINE) -> VectorIndex:
        """Open the vectors of all segments, searched by an engine."""
        return VectorIndex([segment.vectors(engine) for segment in self.all])

    def sentences(self) -> SentenceIndex:
        """Open the sentences of all segments."""
        return SentenceIndex([SentencePart(segment.folder) for segment in self.all])


class SegmentWriter:
    """Writer of a generation's segments, from earlier ones and new passages."""

    def __init__(
        self, generation: Path, version: str, base: Segments | None, largest: int = LARGEST
    ) -> None:
        self._generation = generation
        self._version = version
        self._base = list(base.all) if base else []
        self._largest = largest
        self._written: list[Int64Array] = []
        self._numbers: list[Int64Array] = []
        self._vectors: VectorWriter | None = None
        self._sentences: list[Sentences] = []
        (generation / _FOLDER).mkdir(parents=True)
        (generation / _DROPPED).mkdir()

    def add(self, numbers: Int64Array, vectors: Vectors, sentences: Sentences | None) -> None:
        """Add new passages with their vectors of shape `(n, dim)`."""
        if self._count + len(numbers) > self._largest:
            self._write([])
        if self._vectors is None:
            self._vectors = VectorWriter(vectors.shape[1])
        self._numbers.append(numbers)
        self._vectors.add(vectors)
        if sentences is not None:
            self._sentences.append(sentences)

    def finish(self, wanted: Int64Array) -> None:
        """Write the segments. `wanted` are all passages of the generation."""
        added = np.concatenate([_NO_NUMBERS, *self._written, *self._numbers])
        still = np.setdiff1d(wanted, added, assume_unique=True)
        kept = [
            Segment(part.folder, part.numbers, np.intersect1d(part.live, still, assume_unique=True))
            for part in self._base
        ]
        absorbed = _absorbed_segments(kept, self._count, self._largest)
        for segment in kept:
            if segment not in absorbed:
                self._link(segment)
        self._write(absorbed)

    @property
    def _count(self) -> int:
        """The passages that were added and not written yet."""
        return sum(map(len, self._numbers))

    def _link(self, segment: Segment) -> None:
        name = segment.folder.name
        shutil.copytree(segment.folder, self._generation / _FOLDER / name, copy_function=os.link)
        if len(segment.dropped):
            np.save(self._generation / _DROPPED / f"{name}.npy", segment.dropped)

    def _write(self, absorbed: Sequence[Segment]) -> None:
        """Write a segment: absorbed passages and added ones, in order of their numbers."""
        added = np.concatenate([_NO_NUMBERS, *self._numbers])
        numbers = np.concatenate([*(segment.live for segment in absorbed), added])
        if not len(numbers):
            return
        further = f"-{len(self._written) + 1}" if self._written else ""
        folder = self._generation / _FOLDER / f"{self._version}{further}"
        folder.mkdir()
        order = np.argsort(numbers)
        np.save(folder / "passages.npy", numbers[order])
        in_order = not absorbed and np.array_equal(order, np.arange(len(order)))
        if in_order:
            assert self._vectors is not None
            self._vectors.write(folder / "vectors.faiss")
        else:
            self._merged(absorbed, order).write(folder / "vectors.faiss")
        self._vectors = None  # before the sentences are joined, which takes as much memory
        parts = [SentencePart(old.folder).take(old.rows) for old in absorbed if old.has_sentences]
        parts += self._sentences
        if parts:
            whole = parts if in_order else [Sentences.joined(parts).take(order)]
            write_sentences(folder, whole)
        self._written.append(added)
        self._numbers, self._sentences = [], []

    def _merged(self, absorbed: Sequence[Segment], order: Int64Array) -> VectorWriter:
        rows = [segment.vectors().at_rows(segment.rows) for segment in absorbed]
        if self._vectors is not None:
            rows.append(self._vectors.rows())
        merged, whole = VectorWriter(rows[0].shape[1]), np.concatenate(rows)
        for at in range(0, len(order), _COPY_BATCH):
            merged.add(whole[order[at : at + _COPY_BATCH]])
        return merged


def _absorbed_segments(segments: Sequence[Segment], added: int, largest: int) -> list[Segment]:
    """Choose the earlier segments that become part of the new one.

    Those mostly dropped come first, so that each of the others ends up more than twice as large as
    the new segment, unless both together were larger than the `largest`.
    """

    def is_kept(segment: Segment) -> bool:
        return len(segment.live) * 2 >= len(segment.numbers)

    absorbed, size = list[Segment](), added
    for segment in sorted(segments, key=lambda segment: (is_kept(segment), len(segment.live))):
        count = len(segment.live)
        is_small = not is_kept(segment) or (size and count <= size * _ABSORB_RATIO)
        if is_small and size + count <= max(largest, count):
            absorbed.append(segment)
            size += count
    return absorbed
