"""Claims that are short to check: a sentence, a value beside its name, items in order, absence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bench.documents.labels import label_pattern, value_pattern
from bench.documents.read_text import ReadText
from bench.documents.spelling import folded

_RULE = re.compile(r"[\s|:\-+=]+")
_NUMBER = re.compile(r"[((]?(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.、))](?=\D)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence stands in the text whole."""

    text: str

    def __str__(self) -> str:
        return self.text

    def holds(self, text: ReadText) -> bool:
        """Return whether it does."""
        return text.has(self.text)


@dataclass(frozen=True, slots=True)
class Pair:
    """A value stands behind its name, in the same line or the next."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    def holds(self, text: ReadText) -> bool:
        """Return whether it does."""
        label = re.compile(label_pattern(self.label), re.IGNORECASE)
        value = re.compile(value_pattern(self.value), re.IGNORECASE)
        lines = [line for line in text.lines if line and not _RULE.fullmatch(line)]
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            name = label.search(line)
            if name and (value.search(line[name.end() :]) or value.search(after)):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Items:
    """Items stand in the text in this order, with the numbers that they have in the document."""

    items: Sequence[str]

    def __str__(self) -> str:
        return " / ".join(self.items)

    def holds(self, text: ReadText) -> bool:
        """Return whether they do."""
        return any(self._follow_in(body) for body in text.list_bodies)

    def _follow_in(self, body: str) -> bool:
        at = 0
        for item in self.items:
            match = re.compile(item_pattern(item)).search(body, at)
            if match is None:
                return False
            at = match.end()
        return True


@dataclass(frozen=True, slots=True)
class Order:
    """Words stand before others: columns and boxes are read one after the other."""

    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.before} … {self.after}"

    def holds(self, text: ReadText) -> bool:
        """Return whether both are there, and in this order."""
        before, after = text.folded.find(folded(self.before)), text.folded.find(folded(self.after))
        return 0 <= before < after


@dataclass(frozen=True, slots=True)
class Absent:
    """Words of page heads, menus and the like stand in the text no more than so many times."""

    text: str
    most: int = 0

    def __str__(self) -> str:
        return f"no more than {self.most} times: {self.text}"

    def holds(self, text: ReadText) -> bool:
        """Return whether this is so."""
        return text.folded.count(folded(self.text)) <= self.most


def item_pattern(item: str) -> str:
    """Return a pattern for an item, whose number may be written in another way.

    >>> bool(re.search(item_pattern("1. 归档"), "(1) 归档"))
    True
    >>> bool(re.search(item_pattern("1. 归档"), "11. 归档"))
    False
    """
    words = folded(item)
    number = _NUMBER.match(words)
    if number is None:
        return _spaced(words)
    rest = _spaced(words[number.end() :])
    return rf"(?<![\dA-Za-z]){_spaced(number[1])}\s*[.、)\]:]?\s*{rest}"


def _spaced(words: str) -> str:
    return r"\s*".join(map(re.escape, words))
