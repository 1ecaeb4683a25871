"""Detect the site clues of a line: the kinds of boilerplate whose patterns it matches.

A clue is a feature, no verdict: an article may have the heading 版权声明 or a telephone number.
Combining clues with a line's position and neighbours is left to `line_features`.
"""

import re
from functools import lru_cache

from index.ingest.boilerplate.page_clues import PAGE_CLUES
from index.ingest.boilerplate.publisher_clues import PUBLISHER_CLUES
from index.ingest.structure.line_shapes import is_prose, width
from index.text.folding import fold

_PATTERNS = {
    kind: re.compile("|".join(alternatives))
    for kind, alternatives in (PAGE_CLUES | PUBLISHER_CLUES).items()
}
# A disclaimer may run over lines; no other boilerplate is so wide.
_MAX_WIDTHS = {
    "notice": 400.0,
    "permit": 110.0,
    "contact": 110.0,
    "copyright": 120.0,
    "tags": 90.0,
    "excerpt": 250.0,
    "boast": 600.0,
}
_MAX_WIDTH = 64.0
# Kinds that are written in whole sentences, and kinds that are only where a sentence begins so.
_IN_SENTENCES = frozenset({"excerpt", "boast"})
_AT_START = frozenset({"notice", "copyright", "permit", "comment"})


@lru_cache(maxsize=4096)
def clues_of(line: str) -> frozenset[str]:
    """Return the kinds of boilerplate whose patterns a line matches.

    >>> clues_of("上一篇：海岛通自来水")
    frozenset({'pager'})
    """
    # Single spaces: patterns with gaps in a row would try every way to share more of them.
    folded = " ".join(fold(line).strip("\ufeff\u200b").split())
    size = width(folded)
    sentence = is_prose(line) and "。" in line
    return frozenset(
        kind
        for kind, pattern in _PATTERNS.items()
        if size <= _MAX_WIDTHS.get(kind, _MAX_WIDTH)
        and (match := pattern.search(folded))
        and (not sentence or _fits_sentence(kind, match))
    )


def _fits_sentence(kind: str, match: re.Match[str]) -> bool:
    """Return whether a match within a sentence counts: for some kinds only at its start."""
    return kind in _IN_SENTENCES or (kind in _AT_START and match.start() == 0)
