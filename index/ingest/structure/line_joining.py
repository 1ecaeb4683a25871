"""Join text that a page has broken into lines: spaces and hyphens at the joints.

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


def is_wide_between(before: str, after: str) -> bool:
    """Return whether both characters at a joint are Chinese (wide).

    >>> is_wide_between("依", "据"), is_wide_between("依", "A")
    (True, False)
    """
    return bool(_WIDE_END.search(before) and _WIDE_START.match(after))


def compounds(lines: Iterable[str]) -> frozenset[str]:
    """Return the words that a text hyphenates within its lines, in lower case.

    >>> sorted(compounds(["A well-kept list"]))
    ['well-kept']
    """
    return frozenset(word.lower() for line in lines for word in _COMPOUND.findall(line))


def joined(before: str, after: str, known: frozenset[str] = frozenset()) -> str:
    """Join two lines of a paragraph; a hyphen between them stays in a `known` compound.

    >>> joined("城市建", "设"), joined("two", "words"), joined("exam-", "ple")
    ('城市建设', 'two words', 'example')
    >>> joined("well-", "kept", frozenset({"well-kept"}))
    'well-kept'
    """
    divided, rest = _DIVIDED.search(before), _REST.match(after)
    if divided and rest:
        is_compound = f"{divided[1]}-{rest[0]}".lower() in known
        return (before if is_compound else before[:-1]) + after
    # Between Chinese and Latin a line's end is no space either: the break comes from the width.
    touching = (
        _WIDE_END.search(before) or _WIDE_START.match(after) or before.endswith(("-", "–", "/"))
    )
    return before + ("" if touching or not before else " ") + after
