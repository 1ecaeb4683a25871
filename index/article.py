"""The values that travel through the house: articles, their sections, their passages.

All offsets count Unicode code points of the article's stored `text`; a range is `[start, end)`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A range of an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text in the range."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's words and the range it governs, its own line included."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Removed:
    """Boilerplate that was cut: its words, and the offset in `text` where they stood."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article. `published` is ISO 8601: a year, a month or a day.

    `title_at`, `source_at` and `published_at` tell where in `text` these stand, where they do:
    so they can be cited.
    """

    id: str
    title: str
    text: str
    source: str | None = None
    published: str | None = None
    url: str | None = None
    sections: tuple[Section, ...] = ()
    removed: tuple[Removed, ...] = ()
    title_at: Span | None = None
    source_at: Span | None = None
    published_at: Span | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, the unit that is indexed."""

    start: int
    end: int
    heading: str | None = None
