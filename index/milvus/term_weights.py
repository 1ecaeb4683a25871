"""The vectors of passages over their terms: what each term adds to BM25, but for the question.

The inner product with a question's vector (inverse document frequencies, times likeness) is then
BM25 as `LexicalIndex` has it. The terms are our own, so that numbers, names, the user's words and
folded characters are the same as with the embedded engine.
"""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt

from index.arrays import Float32Array
from index.milvus.term_table import FieldTerm, TermEntry
from index.search.lexical_index import FIELDS, PassageTerms

K1, B = 1.2, 0.75
NO_TERM = 0
"""The dimension that no term has: Milvus takes no vector without a value."""

_EXACT, _BITS = 40, 4
_FREE = 24


class _CountedTerms(NamedTuple):
    """A passage's terms: dimensions, how often each occurs, its field, the fields' lengths."""

    number: int
    dimensions: list[int]
    counts: list[int]
    fields: list[int]
    lengths: list[int]


class WeighedPassage(NamedTuple):
    """A passage's number and the weights of its terms, by dimension."""

    number: int
    weights: dict[int, float]


class TermWeigher:
    """Counts the terms of passages, then weighs them, which needs the mean lengths of all.

    The counts are kept in a file in between: they take 2 KB a passage.
    """

    def __init__(self, stems: Callable[[str], list[str]], file: IO[bytes]) -> None:
        self.stems = stems
        self._file = file
        self._dimensions: list[dict[str, int]] = [{} for _ in FIELDS]
        self._passages: list[int] = [0]  # by dimension; the first is no term's
        self._lengths = np.zeros(len(FIELDS), dtype=np.int64)
        self._count = 0

    def add(self, number: int, terms: PassageTerms) -> None:
        """Count the terms of a passage."""
        counted = _CountedTerms(number, [], [], [], [])
        for field, name in enumerate(FIELDS):
            stems = self.stems(getattr(terms, name))
            counted.lengths.append(len(stems))
            dimensions = self._dimensions[field]
            for stem, count in Counter(stems).items():
                dimension = dimensions.setdefault(stem, len(self._passages))
                if dimension == len(self._passages):
                    self._passages.append(0)
                self._passages[dimension] += 1
                counted.dimensions.append(dimension)
                counted.counts.append(count)
                counted.fields.append(field)
        self._lengths += counted.lengths
        self._count += 1
        pickle.dump(tuple(counted), self._file, protocol=pickle.HIGHEST_PROTOCOL)

    def weighed(self) -> Iterator[WeighedPassage]:
        """Yield all passages with the weights of their terms, in the order they were added."""
        means = self._lengths / max(self._count, 1)
        self._file.seek(0)
        for _ in range(self._count):
            counted = _CountedTerms(*pickle.load(self._file))
            weights = _weights(counted, means)
            yield WeighedPassage(
                counted.number,
                dict(zip(counted.dimensions, weights.tolist(), strict=True)) or {NO_TERM: 1.0},
            )

    def entries(self) -> Iterator[tuple[str, TermEntry]]:
        """Yield each term with its dimensions and in how many passages it is."""
        for stem in dict.fromkeys(chain(*self._dimensions)):
            yield stem, self.entry(stem)

    def entry(self, stem: str) -> TermEntry:
        """Return the entry of a term, empty if it does not occur."""
        fields = zip(FIELDS, self._dimensions, strict=True)
        at = ((field, dimensions[stem]) for field, dimensions in fields if stem in dimensions)
        return {field: FieldTerm(dimension, self._passages[dimension]) for field, dimension in at}


def _weights(counted: _CountedTerms, means: npt.NDArray[np.float64]) -> Float32Array:
    lengths = np.array([rounded_length(length) for length in counted.lengths], dtype=np.float64)
    norms = K1 * (1 - B + B * lengths / np.maximum(means, 1e-9))
    counts = np.array(counted.counts, dtype=np.float64)
    fields = np.array(counted.fields, dtype=np.int64)
    return np.asarray(counts * (K1 + 1) / (counts + norms[fields]), dtype=np.float32)


def rounded_length(length: int) -> int:
    """Return the length of a field as the embedded engine counts it, which keeps it in a byte.

    So both rank alike. (https://github.com/apache/lucene, SmallFloat.intToByte4)

    >>> [rounded_length(length) for length in (7, 40, 41, 100, 300)]
    [7, 40, 40, 96, 280]
    """
    if length <= _EXACT:
        return length
    beyond = length - _FREE
    shift = beyond.bit_length() - _BITS
    return _FREE + (beyond >> shift << shift)
