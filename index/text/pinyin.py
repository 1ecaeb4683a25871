"""Names and how they are spelled in pinyin: 北斗 is Beidou in an English text.

`pinyin_names.txt` is made by `python -m training.pinyin_names`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

NAMES = Path(__file__).with_name("pinyin_names.txt")
_LETTER = re.compile("[a-z]")
_NO_LETTER = re.compile("[^a-z]")


def names_spelled(words: Sequence[str]) -> dict[str, list[str]]:
    """Return for each folded Latin word the Han names that it spells, alone or with its neighbour.

    >>> names_spelled(["beidou", "satellites"])
    {'beidou': ['北斗']}
    >>> names_spelled(["zhang", "yimou"])
    {'zhang': ['张艺谋'], 'yimou': ['张艺谋']}
    """
    found: dict[str, list[str]] = defaultdict(list)
    for run in _runs(words):
        for name in _by_spelling().get(_NO_LETTER.sub("", "".join(run)), ()):
            for word in run:
                found[word].append(name)
    return dict(found)


def spelling(name: str) -> str | None:
    """Return how a Han name is spelled in pinyin, None if it is not known as a name.

    >>> spelling("北斗"), spelling("我们")
    ('beidou', None)
    """
    return _by_name().get(name)


def shares_spelling(name: str) -> bool:
    """Return whether another name is spelled like a Han name: 宿州 is suzhou, as 苏州 is.

    >>> shares_spelling("宿州"), shares_spelling("北斗")
    (True, False)
    """
    return len(_by_spelling().get(spelling(name) or "", ())) > 1


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield from ((word,) for word in words)
    # A number or a Han word beside a name has no part in its spelling.
    yield from (pair for pair in pairwise(words) if all(map(_LETTER.search, pair)))


@cache
def _by_spelling() -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for spelled, name in _lines():
        names[spelled].append(name)
    return names


@cache
def _by_name() -> Mapping[str, str]:
    return {name: spelled for spelled, name in _lines()}


def _lines() -> Iterator[list[str]]:
    return (line.split() for line in NAMES.read_text(encoding="utf-8").splitlines())
