"""What the words of a line hint at: the vocabulary of Chinese sites' furniture, kind by kind.

A clue is evidence, no verdict: an article may have the heading 版权声明 or a telephone number.
`weighing` puts the clues of a line beside its neighbours and its place. The words themselves stand
in `sitewords`.
"""

import re
from functools import lru_cache

from index.ingest.boilerplate.site_vocabulary import SITE_WORDS
from index.ingest.structure.line_shapes import is_prose, width
from index.text.folding import fold

_COMPILED = {kind: re.compile(pattern) for kind, pattern in SITE_WORDS.items()}
# A disclaimer may run over lines; nothing else of the furniture is so wide.
_WIDEST = {
    "notice": 400.0,
    "permit": 110.0,
    "contact": 110.0,
    "copyright": 120.0,
    "tags": 90.0,
    "excerpt": 250.0,
    "boast": 600.0,
}
_WIDE = 64.0
# What is written in whole sentences, and what is so only where the sentence begins with it.
_IN_SENTENCES = frozenset({"excerpt", "boast"})
_AT_START = frozenset({"notice", "copyright", "permit", "comment"})


@lru_cache(maxsize=4096)
def clues_of(line: str) -> frozenset[str]:
    """The kinds of furniture whose words a line has: `上一篇：海岛通自来水` → `{"pager"}`."""
    # Single spaces: patterns with gaps in a row would try every way to share more of them.
    folded = " ".join(fold(line).strip("\ufeff\u200b").split())
    size = width(folded)
    sentence = is_prose(line) and "。" in line
    return frozenset(
        kind
        for kind, pattern in _COMPILED.items()
        if size <= _WIDEST.get(kind, _WIDE)
        and (found := pattern.search(folded))
        and (not sentence or _is_said(kind, found))
    )


def _is_said(kind: str, found: re.Match[str]) -> bool:
    """Whether furniture says it in whole sentences: an article may quote it, but not begin so."""
    return kind in _IN_SENTENCES or (kind in _AT_START and found.start() == 0)
