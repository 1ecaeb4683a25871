"""Segments: a generation's vectors and sentences, written once and shared by hard link.

segments/000007/     named for the generation that wrote it
  passages.npy       numbers of the passages, ascending, int64 (p,)
  vectors.faiss      their vectors, in that order
  codes.faiss        codes of the vectors, if there are many (`dense.codes`)
  firsts.npy …       their sentences, for a static model (`sentence_index`)
dropped/000007.npy   numbers of a segment's passages that the generation no longer has, if any

A small change adds a small segment. To keep segments few, a new segment absorbs the earlier ones
that are not much larger than itself (log-structured merge: O'Neil et al. 1996), and those of which
more than half was dropped.
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
        numbers: Int64Array = read_array(folder / "passages.npy")
        dropped_numbers = read_array(dropped) if dropped.exists() else _NO_NUMBERS
        return cls(folder, numbers, np.setdiff1d(numbers, dropped_numbers, assume_unique=True))

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

    def __init__(self, generation: Path, version: str, base: Segments | None) -> None:
        self._generation = generation
        self._version = version
        self._base = list(base.all) if base else []
        self._numbers: list[Int64Array] = []
        self._vectors: VectorWriter | None = None
        self._sentences: list[Sentences] = []

    def add(self, numbers: Int64Array, vectors: Vectors, sentences: Sentences | None) -> None:
        """Add new passages with their vectors of shape `(n, dim)`."""
        if self._vectors is None:
            self._vectors = VectorWriter(vectors.shape[1])
        self._numbers.append(numbers)
        self._vectors.add(vectors)
        if sentences is not None:
            self._sentences.append(sentences)

    def finish(self, wanted: Int64Array) -> None:
        """Write the segments. `wanted` are all passages of the generation."""
        added = np.concatenate([_NO_NUMBERS, *self._numbers])
        still = np.setdiff1d(wanted, added, assume_unique=True)
        kept = [
            Segment(part.folder, part.numbers, np.intersect1d(part.live, still, assume_unique=True))
            for part in self._base
        ]
        absorbed = _absorbed_segments(kept, len(added))
        (self._generation / _FOLDER).mkdir(parents=True)
        (self._generation / _DROPPED).mkdir()
        for segment in kept:
            if segment not in absorbed:
                self._link(segment)
        if len(added) or any(len(segment.live) for segment in absorbed):
            self._write(added, absorbed)

    def _link(self, segment: Segment) -> None:
        name = segment.folder.name
        shutil.copytree(segment.folder, self._generation / _FOLDER / name, copy_function=os.link)
        if len(segment.dropped):
            np.save(self._generation / _DROPPED / f"{name}.npy", segment.dropped)

    def _write(self, added: Int64Array, absorbed: Sequence[Segment]) -> None:
        """Write the new segment: absorbed passages and added ones, in order of their numbers."""
        folder = self._generation / _FOLDER / self._version
        folder.mkdir()
        numbers = np.concatenate([*(segment.live for segment in absorbed), added])
        order = np.argsort(numbers)
        np.save(folder / "passages.npy", numbers[order])
        in_order = not absorbed and np.array_equal(order, np.arange(len(order)))
        if in_order:
            assert self._vectors is not None
            self._vectors.write(folder / "vectors.faiss")
        else:
            self._merged(absorbed, order).write(folder / "vectors.faiss")
        parts = [SentencePart(old.folder).take(old.rows) for old in absorbed if old.has_sentences]
        parts += self._sentences
        if parts:
            whole = parts if in_order else [Sentences.joined(parts).take(order)]
            write_sentences(folder, whole)

    def _merged(self, absorbed: Sequence[Segment], order: Int64Array) -> VectorWriter:
        rows = [segment.vectors().at_rows(segment.rows) for segment in absorbed]
        if self._vectors is not None:
            rows.append(self._vectors.rows())
        merged, whole = VectorWriter(rows[0].shape[1]), np.concatenate(rows)
        for at in range(0, len(order), _COPY_BATCH):
            merged.add(whole[order[at : at + _COPY_BATCH]])
        return merged


def _absorbed_segments(segments: Sequence[Segment], added: int) -> list[Segment]:
    """Choose the earlier segments that become part of the new one.

    Those mostly dropped come first, so that each of the others ends up more than twice as large as
    the new segment.
    """
    absorbed = [segment for segment in segments if len(segment.live) * 2 < len(segment.numbers)]
    size = added + sum(len(segment.live) for segment in absorbed)
    others = (segment for segment in segments if segment not in absorbed)
    for segment in sorted(others, key=lambda segment: len(segment.live)):
        if size and len(segment.live) <= size * _ABSORB_RATIO:
            absorbed.append(segment)
            size += len(segment.live)
    return absorbed
