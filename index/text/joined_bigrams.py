"""The character bigrams of many texts at once, as they are indexed."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.arrays import cumulated
from index.text.scripts import HAN_RANGES

_SPACE = ord(" ")
_END = "\n"  # of a text, which no bigram reaches across
_CODES = "utf-32-le"


def joined_bigrams(folded: Sequence[str]) -> list[str]:
    """Return the `bigrams_of_folded` of each text, separated by spaces.

    Over arrays of codes, which takes a third of the time of as many small strings.

    >>> joined_bigrams(["博斯公司a", "我"])
    ['博斯 斯公 公司', '我']
    """
    if not folded:
        return []
    codes = np.frombuffer(_END.join([*folded, ""]).encode(_CODES), dtype=np.uint32)
    is_han = np.any([(codes >= first) & (codes <= last) for first, last in HAN_RANGES], axis=0)
    # The last code is an end of text: what comes after it is never looked at.
    has_next = is_han & np.roll(is_han, -1)
    firsts = np.flatnonzero(is_han & (has_next | ~np.roll(has_next, 1)))
    pairs = np.full((len(firsts), 3), _SPACE, dtype=np.uint32)
    pairs[:, 0] = codes[firsts]
    pairs[:, 1] = np.where(has_next[firsts], np.roll(codes, -1)[firsts], 0)  # 0: it is alone
    written = pairs[pairs != 0].tobytes().decode(_CODES)
    begins = cumulated(np.array([len(text) + 1 for text in folded], dtype=np.int64))
    at = cumulated(2 + has_next[firsts])[np.searchsorted(firsts, begins)].tolist()
    return [written[start : max(start, end - 1)] for start, end in pairwise(at)]
