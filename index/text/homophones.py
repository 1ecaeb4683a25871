"""Han characters that are read alike, tones aside, as who types by sound mistakes them.

`homophones.txt` is made by `python -m training.homophones`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

HOMOPHONES = Path(__file__).with_name("homophones.txt")


def homophones(character: str) -> str:
    """Return the simplified characters that can be read as one is, without itself.

    >>> "州" in homophones("洲"), homophones("x")
    (True, '')
    """
    return _alike().get(character, "")


@cache
def _alike() -> Mapping[str, str]:
    alike: dict[str, str] = defaultdict(str)
    for line in _lines():
        for character in line:
            known = alike[character] + character
            alike[character] += "".join(other for other in line if other not in known)
    return alike


def _lines() -> Sequence[str]:
    return HOMOPHONES.read_text(encoding="utf-8").splitlines()
