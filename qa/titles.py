"""Compare a subject with the titles of articles, in its own language and across."""

import re
from collections.abc import Sequence

from index.search.searcher import Searcher
from index.text.folding import fold
from qa.language import is_han

_HEAD = re.compile(r"\s*[：:｜|—–]+\s*|\s-\s|[,，。?？!！]")
_ARTICLE = re.compile(r"^(?:the|a|an) ")
_ALIKE = 0.42
"""Cosine from which a title says a subject in another language: chosen on the sample articles.

There, right titles have 0.48 and more, others 0.34 at most.
"""


def head_of(title: str) -> str:
    """Return the folded part of a title before the first mark that divides it.

    >>> head_of("The old ferry: a history")
    'old ferry'
    """
    [first, *_] = [part for part in _HEAD.split(title) if part.strip()] or [""]
    return _ARTICLE.sub("", fold(first).strip())


def says_across(subject: str, titles: Sequence[str], searcher: Searcher) -> list[bool]:
    """Return whether each title says a subject in another language."""
    others = [is_han(title) != is_han(subject) and bool(title) for title in titles]
    if not any(others):
        return others
    own, *rest = searcher.sentence_vectors([subject, *map(head_of, titles)])
    return [
        is_other and float(own @ vector) >= _ALIKE
        for is_other, vector in zip(others, rest, strict=True)
    ]
