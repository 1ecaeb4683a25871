"""Find near-duplicates by MinHash signatures (Broder 1997); the only home of datasketch.

Articles that share a band of their signatures are compared; their true similarity decides.
"""

import re
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import MinHash

_PERMUTATIONS = 64
_ROWS = 4  # of a band: 16 bands find a pair of 0.8 with 0.9998, one of 0.4 with 0.34
_CLAUSE = re.compile(r"\w+")
_SAMPLED = 128  # clauses with the lowest hashes: a fair sample, the same from similar texts
_SHORTEST = 8  # clauses: shorter texts are not comparable


def bands(text: str) -> list[bytes]:
    """Return the bands of a text's signature; none for a text too short to compare."""
    clauses = _clauses(text)
    if len(clauses) < _SHORTEST:
        return []
    hashes = sorted(zlib.crc32(clause.encode("utf-8", "replace")) for clause in clauses)
    signature = _empty().copy()
    signature.update_batch(hashes[:_SAMPLED])
    values = signature.hashvalues.astype("<u4")
    return [values[at : at + _ROWS].tobytes() for at in range(0, _PERMUTATIONS, _ROWS)]


@cache
def _empty() -> "MinHash":
    """Return an empty signature to be copied: drawing its permutations takes a millisecond."""
    from datasketch import MinHash  # takes 0.1 s, which a rebuild without new articles saves

    return MinHash(_PERMUTATIONS, hashfunc=int)


def likeness(first: str, second: str) -> float:
    """Return the Jaccard similarity of the clauses of two texts, 0 to 1.

    >>> likeness("天气很好，我们散步。", "天气很好，他们散步。")
    0.3333333333333333
    """
    ours, theirs = _clauses(first), _clauses(second)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _clauses(text: str) -> set[str]:
    """Split at marks and spaces: about ten characters in Chinese, a word in English."""
    return set(_CLAUSE.findall(text.lower()))
