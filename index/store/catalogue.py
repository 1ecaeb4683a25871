"""The articles and passages of one generation, as a running server reads them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.article import Article, Span, least_confidence, page_of
from index.errors import StoreError, gone
from index.store.content import article_of, pages_of, recognised_in
from index.store.database import Database
from index.store.version import Version


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of articles by source and by an inclusive range of ISO dates.

    An article dated by a month or a year passes if that overlaps the range; one without a date
    passes only if no date is asked for.
    """

    source: str | None = None
    published_from: str | None = None
    published_to: str | None = None

    def __bool__(self) -> bool:
        return any((self.source, self.published_from, self.published_to))


@dataclass(frozen=True, slots=True)
class Listing:
    """An article without its text, with the number of its passages."""

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    passages: int
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles there are, how many of them have a date, and how many are of a source."""

    articles: int
    dated: int
    sources: dict[str, int]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage with its article."""

    article_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    heading: str | None
    start: int
    end: int
    text: str

    @property
    def context(self) -> str:
        """The passage with its title and heading: the context of its sentences."""
        return f"{self.title}\n{self.heading or ''}\n{self.text}"


_PASSES = (
    "(:source IS NULL OR c.source = :source) "
    "AND (:low IS NULL OR c.published >= substr(:low, 1, length(c.published))) "
    "AND (:high IS NULL OR substr(c.published, 1, length(:high)) <= :high)"
)
"""Whether the content `c` passes a filter, in SQL."""


class Catalogue:
    """The articles and passages of one generation, read-only. Threads may share it."""

    def __init__(self, library: Path, version: Version) -> None:
        self.db = Database(library, readonly=True)
        self._generation = version.number

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def passages(self, numbers: Iterable[int]) -> dict[int, PassageRecord]:
        """Return passages by number; one content under two ids belongs to the first of them.

        Raises:
            GoneError: the library no longer has them, as after three more rebuilds.
        """
        records = {}
        for number in numbers:
            row = self._row(
                "SELECT "
                "(SELECT MIN(article) FROM entries WHERE generation = ? AND content = c.id), "
                "c.title, c.source, c.published, c.url, p.heading, p.start, p.end, "
                "substr(c.text, p.start + 1, p.end - p.start) "
                "FROM passages p JOIN contents c ON c.id = p.content WHERE p.id = ?",
                (self._generation, number),
            )
            if row is None or row[0] is None:
                self.check_kept()
                raise StoreError(
                    f"{self.db.path} lacks a passage of index version "
                    f"{Version.of(self._generation)}. Make the index anew with: yiju rebuild "
                    "FOLDER --full",
                    self.db.path,
                )
            records[number] = PassageRecord(*row)
        return records

    def allowed(self, chosen: Filter) -> set[int]:
        """Return the numbers of all passages that pass a filter."""
        rows = self._rows(
            "SELECT p.id FROM passages p JOIN contents c ON c.id = p.content "
            "JOIN generations g ON g.number = :generation AND p.splitter = g.splitter "
            "WHERE c.id IN (SELECT content FROM entries WHERE generation = g.number) "
            f"AND {_PASSES}",
            self._values(chosen),
        )
        return {row[0] for row in rows}

    def listings(
        self, words: str, offset: int, limit: int, chosen: Filter | None = None
    ) -> tuple[list[Listing], int]:
        """Return articles with `words` in title, source or id, newest first; and their total.

        Those without a date come last. With `chosen`, only articles that pass the filter.
        """
        condition = (
            "FROM entries e JOIN contents c ON c.id = e.content WHERE e.generation = :generation "
            "AND (:words = '' OR instr(lower(c.title || ' ' || coalesce(c.source, '') || ' ' || "
            f"e.article), lower(:words))) AND {_PASSES}"
        )
        values = {**self._values(chosen), "words": words, "n": limit, "offset": offset}
        [(total,)] = self.db.rows(f"SELECT COUNT(*) {condition}", values)
        rows = self._rows(
            "SELECT e.article, c.title, c.source, c.published, c.url, "
            "(SELECT COUNT(*) FROM passages p JOIN generations g ON g.number = e.generation "
            f"AND p.splitter = g.splitter WHERE p.content = c.id), c.author {condition} "
            "ORDER BY c.published IS NULL, c.published DESC, e.article LIMIT :n OFFSET :offset",
            values,
        )
        return [Listing(*row) for row in rows], total

    def tally(self, chosen: Filter | None) -> Tally:
        """Count the articles that pass a filter, by source."""
        rows = self._rows(
            "SELECT c.source, COUNT(*), COUNT(c.published) FROM entries e "
            "JOIN contents c ON c.id = e.content WHERE e.generation = :generation "
            f"AND {_PASSES} GROUP BY c.source ORDER BY COUNT(*) DESC, c.source",
            self._values(chosen),
        )
        sources = {source: count for source, count, _ in rows if source}
        return Tally(sum(row[1] for row in rows), sum(row[2] for row in rows), sources)

    def has_title(self, title: str) -> bool:
        """Return whether an article bears exactly this title."""
        row = self._row(
            "SELECT 1 FROM entries e JOIN contents c ON c.id = e.content "
            "WHERE e.generation = ? AND c.title = ? LIMIT 1",
            (self._generation, title),
        )
        return row is not None

    def text_at(self, article_id: str, span: Span) -> str | None:
        """Return an article's text in a range; None if there is no such article."""
        row = self._row(
            "SELECT substr(c.text, ? + 1, ?) FROM entries e JOIN contents c ON c.id = e.content "
            "WHERE e.generation = ? AND e.article = ?",
            (span.start, span.end - span.start, self._generation, article_id),
        )
        return None if row is None else str(row[0])

    def page_at(self, article_id: str, offset: int) -> int | None:
        """Return the page of an offset in an article, from 1; None if it has no pages."""
        layout = self._layout(article_id)
        return page_of(pages_of(layout), offset) if layout else None

    def recognised_at(self, article_id: str, span: Span) -> float | None:
        """Return how surely a range of an article was recognised, None if it was not."""
        layout = self._layout(article_id)
        return least_confidence(recognised_in(layout), span) if layout else None

    def article(self, article_id: str) -> Article | None:
        """Return an article with its text; None if there is none of that id."""
        row = self._row(
            "SELECT e.article, c.title, c.text, c.source, c.author, c.published, c.url, c.layout "
            "FROM entries e JOIN contents c ON c.id = e.content "
            "WHERE e.generation = ? AND e.article = ?",
            (self._generation, article_id),
        )
        return article_of(row) if row else None

    def _layout(self, article_id: str) -> str | None:
        row = self._row(
            "SELECT c.layout FROM entries e "
            "JOIN contents c ON c.id = e.content WHERE e.generation = ? AND e.article = ?",
            (self._generation, article_id),
        )
        return str(row[0]) if row else None

    def _row(self, sql: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None if a generation that is kept has none."""
        return next(iter(self._rows(sql, values)), None)

    def _rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows of a query.

        Raises:
            GoneError: there are none, and the generation is no longer kept.
        """
        rows = self.db.rows(sql, values)
        if not rows:
            self.check_kept()
        return rows

    def check_kept(self) -> None:
        """Refuse a generation that the library does not know, or no longer.

        Raises:
            GoneError: it does not.
        """
        if not self.db.rows("SELECT 1 FROM generations WHERE number = ?", (self._generation,)):
            raise gone(Version.of(self._generation))

    def _values(self, chosen: Filter | None) -> dict[str, str | int | None]:
        """Return the values of a statement on this generation, with those of a filter."""
        chosen = chosen or Filter()
        return {
            "generation": self._generation,
            "source": chosen.source,
            "low": chosen.published_from,
            "high": chosen.published_to,
        }
