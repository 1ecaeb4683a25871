"""The values that all packages share: articles, their sections, their passages.

All offsets count Unicode code points of the article's stored `text`; a range is `[start, end)`.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.table import Table


@dataclass(frozen=True, slots=True)
class Span:
    """A range of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the text in the range."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Return whether another range lies in this one; a range contains itself."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the ranges share characters.

        >>> Span(0, 3).overlaps(Span(2, 4)), Span(0, 3).overlaps(Span(3, 4))
        (True, False)
        """
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's text and the range of its section, the heading's own line included."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Removed:
    """Boilerplate that was cut: its text, and the offset in the article's text where it was."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A range of the text that was recognised in a picture of a page, and how surely: 0 to 1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Unread:
    """What of a document is not in its article: so many things of a kind.

    >>> str(Unread("comment", 1)), str(Unread("form field", 2))
    ('1 comment', '2 form fields')
    """

    kind: str
    count: int

    def __str__(self) -> str:
        return f"{self.count} {self.kind}{'s' * (self.count != 1)}"


def unread_of(counts: Mapping[str, int]) -> tuple[Unread, ...]:
    """Return what was counted by kind, in the order of the kinds' names."""
    return tuple(Unread(kind, count) for kind, count in sorted(counts.items()) if count)


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article. `published` is ISO 8601: a year, a month or a day.

    `pages` are the offsets in `text` at which pages begin, if it has any. `title_at`, `source_at`
    and `published_at` are the spans of these in `text`, if they occur there, so they can be cited.
    `recognised` are ranges read from scans. The rows of `tables` are lines of `text`, too. `unread`
    is known right after reading only, and not stored.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    published: str | None = None
    url: str | None = None
    author: str | None = None
    sections: tuple[Section, ...] = ()
    removed: tuple[Removed, ...] = ()
    pages: tuple[int, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    title_at: Span | None = None
    source_at: Span | None = None
    published_at: Span | None = None
    tables: tuple[Table, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that stay the same while the text does.

        >>> Article("a", "", "大桥").digest == Article("b", "桥", "大桥").digest
        True
        """
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: the unit that is indexed."""

    start: int
    end: int
    heading: str | None = None

    def of(self, text: str) -> str:
        """Return the text in the range."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Failure:
    """An article or a file that couldn't be read, and the reason as a plain sentence.

    `where` is a path, an article's id, an address, or one of these with `:LINE`.
    """

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """An article of which something was not read, by its path or id, and what: `2 comments`."""

    where: str
    what: str

    @classmethod
    def of(cls, unread: Iterable[Unread], where: str) -> "PartlyRead":
        """Tell what of an article was not read."""
        return cls(where, ", ".join(map(str, unread)))


def least_confidence(recognised: Iterable[Recognised], span: Span) -> float | None:
    """Return how surely the least sure part of a range was recognised; None if none of it was.

    >>> least_confidence([Recognised(0, 5, 0.9), Recognised(5, 9, 0.8)], Span(4, 5))
    0.9
    """
    overlapping = (part for part in recognised if Span(part.start, part.end).overlaps(span))
    return min((part.confidence for part in overlapping), default=None)


def longest(spans: Iterable[Span]) -> set[Span]:
    """Return the ranges that are not within a longer one.

    >>> sorted(span.end for span in longest([Span(0, 2), Span(0, 4), Span(5, 6)]))
    [4, 6]
    """
    kept, furthest = set(), -1
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if span.end > furthest:
            kept.add(span)
            furthest = span.end
    return kept


def page_of(pages: Sequence[int], offset: int) -> int | None:
    """Return the page of an offset, from 1 on, or None if there are no pages.

    Of pages that begin at the same offset all but the last are blank:

    >>> page_of((0, 120, 120), 119), page_of((0, 120, 120), 120)
    (1, 3)
    """
    return max(1, bisect_right(pages, offset)) if pages else None
