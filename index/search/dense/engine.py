"""The choice of an engine for a generation's vectors, by size and by measured recall.

Exact search takes time in proportion to the vectors. Where a segment has many, codes find the
likely nearest, of which as many are compared as the wanted recall takes.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from index.arrays import Int64Array
from index.engine_names import AUTO, EXACT, PQ
from index.models.encoder import Vectors
from index.search.dense.codes import LEAST, SAMPLE, Codes
from index.search.dense.dense_index import DenseIndex
from index.search.dense.vectors import VectorPart
from index.store.manifest import Engine

CODES = "codes.faiss"
"""File of a segment's codes."""

AMONG = 50
"""Passages over which recall is measured, as many as a search takes."""

WANTED_RECALL = 0.98

_MANY = 20_000
"""Vectors from which on a segment gets codes: below, exact search takes half a millisecond."""

_CANDIDATES = (2, 4, 8, 16, 32, 64)
"""Numbers of vectors compared for each one wanted, of which the first sufficient one is taken."""

_BATCH = 16_384  # vectors


class CodedSegment(Protocol):
    """A segment that may have codes beside its vectors."""

    @property
    def folder(self) -> Path:
        """The folder of its files."""

    def vectors(self) -> VectorPart:
        """Open the vectors, without codes."""


class CodedSegments(Protocol):
    """The segments of a generation."""

    @property
    def all(self) -> Sequence[CodedSegment]:
        """Every segment."""

    def vectors(self, engine: Engine) -> DenseIndex:
        """Open all vectors, searched by an engine."""


def prepare(
    segments: CodedSegments, name: str, before: Engine, questions: Callable[[], Vectors]
) -> Engine:
    """Write the codes that an engine needs, and return the engine with its recall.

    `name` is that of an engine, or `auto`. `before` is the engine of the generation that these
    segments are partly from; if no codes are new, its recall counts. `questions` makes vectors of
    shape `(n, dim)`, of questions that are asked to measure it.
    """
    least = {AUTO: _MANY, PQ: LEAST}.get(name)
    parts = [segment.vectors() for segment in segments.all]
    new = 0
    for segment, part in zip(segments.all, parts, strict=True):
        path = segment.folder / CODES
        if least is None or len(part) < least:
            path.unlink(missing_ok=True)  # this generation's own link to it
        elif not path.exists():
            _codes_of(part).write(path)
            new += 1
    if not any((segment.folder / CODES).exists() for segment in segments.all):
        return Engine(name=PQ if name == PQ else EXACT)
    if not new and before.name == PQ:
        return before
    chosen = measured(segments, questions())
    if chosen.recall < WANTED_RECALL and name == AUTO:
        for segment in segments.all:
            (segment.folder / CODES).unlink(missing_ok=True)
        return Engine(name=EXACT)
    return chosen


def measured(segments: CodedSegments, questions: Vectors) -> Engine:
    """Return the engine with the fewest candidates that reach the recall, or else with most."""
    exact = [_nearest(segments.vectors(Engine(name=EXACT)), question) for question in questions]
    engine = Engine(name=PQ)
    for candidates in _CANDIDATES:
        index = segments.vectors(Engine(name=PQ, candidates=candidates))
        shares = [
            len(nearest & _nearest(index, question)) / max(1, len(nearest))
            for nearest, question in zip(exact, questions, strict=True)
        ]
        recall = round(float(np.mean(shares)), 4) if shares else 1.0
        engine = Engine(name=PQ, candidates=candidates, recall=recall, questions=len(shares))
        if recall >= WANTED_RECALL:
            break
    return engine


def _nearest(index: DenseIndex, question: Vectors) -> set[int]:
    return {number for number, _ in index.search(question[np.newaxis], AMONG)}


def _codes_of(part: VectorPart) -> Codes:
    codes = Codes.trained_on(part.at_rows(_sample(len(part))))
    for at in range(0, len(part), _BATCH):
        codes.add(part.rows(at, min(_BATCH, len(part) - at)))
    return codes


def _sample(count: int) -> Int64Array:
    return np.linspace(0, count - 1, min(SAMPLE, count), dtype=np.int64)
