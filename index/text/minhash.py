"""MinHash signatures (Broder 1997) and Jaccard similarity; the only home of datasketch.

Texts that share a band of their signatures are candidates; `likeness` then gives their exact
similarity. Which articles are reported is left to `index.build.near_duplicates`.
"""

import re
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import MinHash

_PERMUTATIONS = 64
_BAND_SIZE = 4  # of a band: 16 bands find a pair of 0.8 with 0.9998, one of 0.4 with 0.34
_CLAUSE = re.compile(r"\w+")
_SAMPLE_SIZE = 128  # clauses with the lowest hashes: a fair sample, the same from similar texts
_MIN_CLAUSES = 8  # clauses: shorter texts are not comparable


def bands(text: str) -> list[bytes]:
    """Return the 16 bands of a text's signature; empty for a text too short to compare."""
    clauses = _clauses(text)
    if len(clauses) < _MIN_CLAUSES:
        return []
    hashes = sorted(zlib.crc32(clause.encode("utf-8", "replace")) for clause in clauses)
    signature = _empty().copy()
    signature.update_batch(hashes[:_SAMPLE_SIZE])
    values = signature.hashvalues.astype("<u4")
    return [values[at : at + _BAND_SIZE].tobytes() for at in range(0, _PERMUTATIONS, _BAND_SIZE)]


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
    """Split at punctuation and spaces: about ten characters in Chinese, a word in English."""
    return set(_CLAUSE.findall(text.lower()))
