"""Keeps passages that repeat one another from crowding the top."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np

from index.ragged import Ints
from index.sentence_index import Sentences

_ALIKE = 0.9
"""The share of common words from which on a passage repeats another.

High, so that two reports that differ in nothing but a year or a party are both shown.
"""


def spread(
    ranked: Sequence[int], sentences: Callable[[Iterable[int]], Sentences], k: int
) -> list[int]:
    """The first `k` of some passages, best first, where one that repeats a better one comes last.

    Two passages repeat one another where their sets of words share nine tenths (Jaccard).
    """
    near = ranked[: 2 * k]
    words = _words(sentences(near)) if near else []
    kept: list[int] = []
    repeated: list[int] = []
    for place in range(len(near)):
        is_new = not any(_alike(words[place], words[other]) for other in kept)
        (kept if is_new else repeated).append(place)
    return [near[place] for place in (kept + repeated)[:k]]


def _words(passages: Sentences) -> list[Ints]:
    edges = passages.tokens.starts[passages.firsts]
    return [np.unique(passages.tokens.values[first:last]) for first, last in pairwise(edges)]


def _alike(one: Ints, other: Ints) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _ALIKE * longer:
        return False
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= _ALIKE * (shorter + longer - common)
