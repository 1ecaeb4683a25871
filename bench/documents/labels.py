"""Patterns for labels and values, and the finder of names in a line or a cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bench.documents.spelling import folded

_NO_FIGURE_BEFORE = r"(?<!\d)(?<!\d[.,])"
_NO_FIGURE_AFTER = r"(?!\d|[.,]\d)"
_AFTER_A_HEADING = re.compile(r"\s*([:=(/]|$)")


def label_pattern(label: str) -> str:
    """Return a pattern for a label, spaced in any way, but not within a longer number.

    >>> bool(re.search(label_pattern("5月"), "15月")), bool(re.search(label_pattern("5月"), "5 月"))
    (False, True)
    """
    words = folded(label)
    before = _NO_FIGURE_BEFORE if words[:1].isdigit() else ""
    after = _NO_FIGURE_AFTER if words[-1:].isdigit() else ""
    return before + r"\s*".join(map(re.escape, words)) + after


def value_pattern(value: str) -> str:
    """Return a pattern for a value, not within a longer number or an English word.

    >>> bool(re.search(value_pattern("12"), "12.5")), bool(re.search(value_pattern("ton"), "stone"))
    (False, False)
    """
    words = folded(value)
    before = r"(?<![A-Za-z])" if _is_latin(words[:1]) else ""
    after = r"(?![A-Za-z])" if _is_latin(words[-1:]) else ""
    return before + label_pattern(value) + after


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


@dataclass(frozen=True, slots=True)
class Named:
    """A name and where it stands in a line."""

    start: int
    end: int
    name: str


class Names:
    """Finds names, the longest first: a label within a longer name is not that label."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names; of two that are spelt alike the first counts."""
        self._by_key: dict[str, str] = {}
        for name in names:
            self._by_key.setdefault(folded(name).lower(), name)
        self._by_key.pop("", None)
        longest = sorted(self._by_key.values(), key=lambda name: -len(folded(name)))
        self._scan = re.compile("|".join(map(label_pattern, longest)), re.IGNORECASE)

    def named(self, text: str) -> list[Named]:
        """Return every name in a text, in order."""
        return [
            Named(match.start(), match.end(), self._by_key[folded(match[0]).lower()])
            for match in self._scan.finditer(text)
        ]

    def within(self, cell: str) -> set[str]:
        """Return the names in a cell."""
        return {named.name for named in self.named(cell)}

    def heading(self, cell: str) -> str | None:
        """Return the name that a cell is, or begins with before a colon."""
        first = next(iter(self.named(cell)), None)
        if first is None or cell[: first.start].strip():
            return None
        return first.name if _AFTER_A_HEADING.match(cell, first.end) else None
