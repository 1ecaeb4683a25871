"""Signatures that find near-duplicates: MinHash (Broder 1997), the only home of datasketch.

Articles that share a band of their signatures are worth comparing; what they really have in common
decides.
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
_SAMPLED = 128  # clauses of the lowest hashes: a fair sample, the same one from like texts
_SHORTEST = 8  # clauses: of less nothing can be said


def bands(text: str) -> list[bytes]:
    """The bands of a text's signature; none for a text too short to compare."""
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
    """A signature of nothing, to be copied: drawing its permutations takes a millisecond."""
    from datasketch import MinHash  # 0.1 s, and only where there is something new

    return MinHash(_PERMUTATIONS, hashfunc=int)


def likeness(one: str, other: str) -> float:
    """The share of clauses that two texts have in common (Jaccard), 0 to 1."""
    ours, theirs = _clauses(one), _clauses(other)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _clauses(text: str) -> set[str]:
    """What stands between marks and spaces: about ten characters in Chinese, a word in English."""
    return set(_CLAUSE.findall(text.lower()))
