"""What a reader sees of the library: the articles and passages of one generation."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.article import Article, Removed, Section, Span, page_of
from index.store.database import connect


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles count: from a source, published in a range of ISO dates, both ends in.

    An article that is dated by month or year counts where that month or year touches the range;
    one without a date never does, once a date is asked for.
    """

    source: str | None = None
    published_from: str | None = None
    published_to: str | None = None

    def __bool__(self) -> bool:
        return any((self.source, self.published_from, self.published_to))


@dataclass(frozen=True, slots=True)
class Listing:
    """An article without its text, and how many passages it has."""

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    passages: int
    author: str | None = None


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage and the article it stands in."""

    article_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    heading: str | None
    start: int
    end: int
    text: str


class Catalogue:
    """The articles and passages of one generation, read only. Threads may share it."""

    def __init__(self, library: Path, generation: int) -> None:
        self._db = connect(library, readonly=True)
        self._generation = generation

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def places(self, numbers: Iterable[int]) -> dict[int, PassageRecord]:
        """Passages by number. One content under two names counts as its first name's."""
        found = {}
        for number in numbers:
            row = self._db.execute(
                "SELECT "
                "(SELECT MIN(article) FROM entries WHERE generation = ? AND content = c.id), "
                "c.title, c.source, c.published, c.url, p.heading, p.start, p.end, "
                "substr(c.text, p.start + 1, p.end - p.start) "
                "FROM passages p JOIN contents c ON c.id = p.content WHERE p.id = ?",
                (self._generation, number),
            ).fetchone()
            found[number] = PassageRecord(*row)
        return found

    def allowed(self, chosen: Filter) -> set[int]:
        """The numbers of all passages that a filter lets through."""
        rows = self._db.execute(
            "SELECT p.id FROM passages p JOIN contents c ON c.id = p.content "
            "JOIN generations g ON g.number = :generation AND p.splitter = g.splitter "
            "WHERE c.id IN (SELECT content FROM entries WHERE generation = g.number) "
            "AND (:source IS NULL OR c.source = :source) "
            "AND (:low IS NULL OR c.published >= substr(:low, 1, length(c.published))) "
            "AND (:high IS NULL OR substr(c.published, 1, length(:high)) <= :high)",
            {
                "generation": self._generation,
                "source": chosen.source,
                "low": chosen.published_from,
                "high": chosen.published_to,
            },
        )
        return {row[0] for row in rows}

    def listings(self, words: str, offset: int, limit: int) -> tuple[list[Listing], int]:
        """Articles whose title, source or id holds `words`, newest first; and how many in all."""
        condition = (
            "FROM entries e JOIN contents c ON c.id = e.content WHERE e.generation = :generation "
            "AND (:words = '' OR instr(lower(c.title || ' ' || coalesce(c.source, '') || ' ' || "
            "e.article), lower(:words)))"
        )
        values = {"generation": self._generation, "words": words, "n": limit, "offset": offset}
        total = self._db.execute(f"SELECT COUNT(*) {condition}", values).fetchone()[0]
        rows = self._db.execute(
            "SELECT e.article, c.title, c.source, c.published, c.url, "
            "(SELECT COUNT(*) FROM passages p JOIN generations g ON g.number = e.generation "
            f"AND p.splitter = g.splitter WHERE p.content = c.id), c.author {condition} "
            "ORDER BY c.published IS NULL, c.published DESC, e.article LIMIT :n OFFSET :offset",
            values,
        )
        return [Listing(*row) for row in rows], total

    def text_at(self, article_id: str, span: Span) -> str | None:
        """The characters of an article in a range; None where there is no article of that id."""
        row = self._db.execute(
            "SELECT substr(c.text, ? + 1, ?) FROM entries e JOIN contents c ON c.id = e.content "
            "WHERE e.generation = ? AND e.article = ?",
            (span.start, span.end - span.start, self._generation, article_id),
        ).fetchone()
        return None if row is None else str(row[0])

    def page_at(self, article_id: str, offset: int) -> int | None:
        """The page on which an offset of an article lies, from 1; None where it has no pages."""
        row = self._db.execute(
            "SELECT json_extract(c.layout, '$.pages') FROM entries e "
            "JOIN contents c ON c.id = e.content WHERE e.generation = ? AND e.article = ?",
            (self._generation, article_id),
        ).fetchone()
        return page_of(json.loads(row[0]), offset) if row else None

    def article(self, article_id: str) -> Article | None:
        """An article with its text, or None where there is none of that id."""
        row = self._db.execute(
            "SELECT e.article, c.title, c.text, c.source, c.author, c.published, c.url, c.layout "
            "FROM entries e JOIN contents c ON c.id = e.content "
            "WHERE e.generation = ? AND e.article = ?",
            (self._generation, article_id),
        ).fetchone()
        if row is None:
            return None
        return stored_article(row)


def stored_article(row: tuple[Any, ...]) -> Article:
    """An article from its row: id, title, text, source, author, published, url, layout."""
    article_id, title, text, source, author, published, url, layout = row
    fields = json.loads(layout)
    title_at, source_at, published_at = (
        Span(*place) if place else None for place in fields["places"]
    )
    return Article(
        id=article_id,
        title=title,
        text=text,
        source=source,
        author=author,
        published=published,
        url=url,
        sections=tuple(Section(**section) for section in fields["sections"]),
        removed=tuple(Removed(**removed) for removed in fields["removed"]),
        pages=tuple(fields["pages"]),
        title_at=title_at,
        source_at=source_at,
        published_at=published_at,
    )
