"""Keeps passages that repeat one another from crowding the top."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from index.arrays import distinct
from index.search.sentence_index import Sentences

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
    alike = _alike(sentences(near)) if near else []
    kept: list[int] = []
    repeated: list[int] = []
    for place in range(len(near)):
        (repeated if any(alike[place][other] for other in kept) else kept).append(place)
    return [near[place] for place in (kept + repeated)[:k]]


def _alike(passages: Sentences) -> list[list[bool]]:
    """Which passages have nearly the same words, each beside each."""
    used, places = distinct(passages.tokens.values)
    lengths = passages.tokens.starts[passages.firsts]
    words = np.zeros((len(lengths) - 1, len(used)), dtype=np.float32)
    words[np.repeat(np.arange(len(words)), np.diff(lengths)), places] = 1
    common = words @ words.T
    sizes = common.diagonal()
    found: list[list[bool]] = (common >= _ALIKE * (sizes[:, np.newaxis] + sizes - common)).tolist()
    return found
