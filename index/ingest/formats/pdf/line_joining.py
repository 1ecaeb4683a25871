"""Puts text back together that a page has broken into lines and pieces.

Chinese has no space at a line's end, English has one, and a hyphen that only divides a word goes.
"""

import re
from collections.abc import Iterable

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_WIDE_END = re.compile(rf"[{_WIDE}]\Z")
_WIDE_START = re.compile(rf"[{_WIDE}]")
_DIVIDED = re.compile(r"([A-Za-z]+)-\Z")
_REST = re.compile(r"[a-z]+")
_COMPOUND = re.compile(r"[A-Za-z]+-[a-z]+")


def is_wide_between(one: str, other: str) -> bool:
    """Whether Chinese stands at both sides of a joint: `依` and `据` → True."""
    return bool(_WIDE_END.search(one) and _WIDE_START.match(other))


def compounds(lines: Iterable[str]) -> frozenset[str]:
    """The words that a text writes with a hyphen within its lines: `a well-kept list` → that."""
    return frozenset(word.lower() for line in lines for word in _COMPOUND.findall(line))


def joined(one: str, other: str, known: frozenset[str] = frozenset()) -> str:
    """Two lines of one paragraph as one: `城市建` and `设` → `城市建设`, `two` and `words` → both.

    `exam-` and `ple` → `example`, but `well-` and `kept` keep the hyphen where `known` has them.
    """
    divided, rest = _DIVIDED.search(one), _REST.match(other)
    if divided and rest:
        return (one if f"{divided[1]}-{rest[0]}".lower() in known else one[:-1]) + other
    # Between Chinese and Latin a line's end is no space either: the break comes of the width.
    touching = _WIDE_END.search(one) or _WIDE_START.match(other) or one.endswith(("-", "–", "/"))
    return one + ("" if touching or not one else " ") + other
