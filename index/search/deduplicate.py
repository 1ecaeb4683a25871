"""Keep passages that repeat one another from crowding the top."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from index.arrays import distinct
from index.search.sentence_index import Sentences

_ALIKE = 0.9
"""Least Jaccard similarity of the tokens of two passages that repeat each other.

High, so that two reports that differ only in a year or a party are both kept.
"""


def repeats_last(
    ranked: Sequence[int], sentences: Callable[[Iterable[int]], Sentences], k: int
) -> list[int]:
    """Return the first `k` of ranked passages; move repeats of better passages last."""
    near = ranked[: 2 * k]
    alike = _alike(sentences(near)) if near else []
    kept: list[int] = []
    repeated: list[int] = []
    for row in range(len(near)):
        (repeated if any(alike[row][other] for other in kept) else kept).append(row)
    return [near[row] for row in (kept + repeated)[:k]]


def _alike(passages: Sentences) -> list[list[bool]]:
    """Return, for each pair of passages, whether they have nearly the same tokens."""
    used, columns = distinct(passages.tokens.values)
    begins = passages.tokens.starts[passages.firsts]
    occurs = np.zeros((len(begins) - 1, len(used)), dtype=np.float32)
    occurs[np.repeat(np.arange(len(occurs)), np.diff(begins)), columns] = 1
    common = occurs @ occurs.T
    sizes = common.diagonal()
    alike: list[list[bool]] = (common >= _ALIKE * (sizes[:, np.newaxis] + sizes - common)).tolist()
    return alike
