"""MinHash signatures (Broder 1997) and Jaccard similarity.

Texts that share a band of their signatures are candidates; `likeness` then gives their exact
similarity. Which articles are reported is left to `index.build.near_duplicates`.

The signatures are those of the package datasketch, which would bring scipy, 150 MB, with it.
"""

import re
import zlib
from functools import cache

import numpy as np
import numpy.typing as npt

UInt32Array = npt.NDArray[np.uint32]

_PERMUTATIONS = 64
_BAND_SIZE = 4  # of a band: 16 bands find a pair of 0.8 with 0.9998, one of 0.4 with 0.34
BANDS = _PERMUTATIONS // _BAND_SIZE
BAND_BYTES = 4 * _BAND_SIZE
_CLAUSE = re.compile(r"\w+")
_SAMPLE_SIZE = 128  # clauses with the lowest hashes: a fair sample, the same from similar texts
_MIN_CLAUSES = 8  # clauses: shorter texts are not comparable


def bands(text: str) -> list[bytes]:
    """Return the 16 bands of a text's signature; empty for a text too short to compare."""
    clauses = _clauses(text)
    if len(clauses) < _MIN_CLAUSES:
        return []
    hashes = sorted(zlib.crc32(clause.encode("utf-8", "replace")) for clause in clauses)
    values = signature(np.array(hashes[:_SAMPLE_SIZE], dtype=np.uint32)).astype("<u4")
    return [values[at : at + _BAND_SIZE].tobytes() for at in range(0, _PERMUTATIONS, _BAND_SIZE)]


def signature(hashes: UInt32Array) -> UInt32Array:
    """Return the least of some hashes under each of 64 permutations.

    The share of places at which two signatures agree estimates the similarity of their sets.
    """
    factors, summands = _permutations()
    # It wraps around at 2**32, as is meant.
    permuted: UInt32Array = _mix(hashes)[:, np.newaxis] * factors + summands
    least: UInt32Array = permuted.min(axis=0)
    return least


@cache
def _permutations() -> tuple[UInt32Array, UInt32Array]:
    """Draw factors, which are odd so that no two hashes become one, and summands."""
    # numpy promises that this generator never changes: signatures are stored.
    random = np.random.RandomState(1)
    halves = random.randint(0, 1 << 31, _PERMUTATIONS, dtype=np.uint32)
    summands = random.randint(0, 1 << 32, _PERMUTATIONS, dtype=np.uint32)
    return halves * np.uint32(2) + np.uint32(1), summands


def _mix(hashes: UInt32Array) -> UInt32Array:
    """Mix the bits, as MurmurHash3 does at its end: similar hashes become unlike."""
    mixed: UInt32Array = hashes ^ (hashes >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


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
