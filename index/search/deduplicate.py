"""Demote ranked passages that nearly repeat a better one."""

import numpy as np

from index.arrays import Int64Array, distinct
from index.search.sentence_index import Sentences

_MIN_JACCARD = 0.9
"""Least Jaccard similarity of the tokens of two near-duplicates.

High, so that two reports that differ only in a year or a party are both kept.
"""


def demote_duplicates(ranked: Int64Array, sentences: Sentences, k: int) -> list[int]:
    """Return the first `k` of ranked rows of `sentences`, with near-duplicates moved last.

    Only the first `2 * k` are compared.
    """
    near = ranked[: 2 * k]
    alike = _near_duplicates(sentences.take(near))
    kept: list[int] = []
    demoted: list[int] = []
    for at in range(len(near)):
        (demoted if any(alike[at][other] for other in kept) else kept).append(at)
    order: list[int] = near[(kept + demoted)[:k]].tolist()
    return order


def _near_duplicates(passages: Sentences) -> list[list[bool]]:
    """Return for each pair of passages whether their Jaccard similarity reaches the minimum."""
    used, columns = distinct(passages.tokens.values)
    begins = passages.tokens.starts[passages.firsts]
    occurs = np.zeros((len(begins) - 1, len(used)), dtype=np.float32)
    occurs[np.repeat(np.arange(len(occurs)), np.diff(begins)), columns] = 1
    common = occurs @ occurs.T
    sizes = common.diagonal()
    alike: list[list[bool]] = (
        common >= _MIN_JACCARD * (sizes[:, np.newaxis] + sizes - common)
    ).tolist()
    return alike
