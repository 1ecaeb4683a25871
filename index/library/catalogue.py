"""The articles and passages of one generation, as a running server reads them."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np

from index.arrays import Int64Array
from index.article import Article
from index.errors import StoreError, gone
from index.library.content import SUGGESTIONS, Suggestion, article_of, suggestions_of
from index.library.database import Database
from index.library.entries import VALID
from index.library.version import Version

_SUGGESTED = 64  # articles to choose among


class CatalogueRow(NamedTuple):
    """What articles are found, filtered and sorted by; `content` numbers their content."""

    id: str
    content: int
    title: str
    source: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """An article without its text, with the numbers of its passages and of its characters."""

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    passages: int
    author: str | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class SuggestedQuestions:
    """The questions that an article surely answers, the best ones first."""

    article: str
    source: str | None
    questions: list[Suggestion]


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


class ArticleCatalogue(Protocol):
    """The articles and passages of one index version. Threads may share it."""

    def passages(
        self, numbers: Iterable[int], among: Collection[str] = ()
    ) -> dict[int, PassageRecord]:
        """Return passages by number, each as the first article's that has its content.

        With `among`, as the first of these articles'.

        Raises:
            StoreError: one is missing, as when the index version is no longer kept.
        """

    def rows(self) -> list[CatalogueRow]:
        """Return what all articles are found by, in the order of their ids."""

    def owners(self) -> tuple[Int64Array, Int64Array]:
        """Return the numbers of all passages, ascending, and the content that each is of."""

    def listings(self, ids: Sequence[str]) -> list[Listing]:
        """Return articles without their texts, in the order of the ids."""

    def has_title(self, title: str) -> bool:
        """Return whether an article bears exactly this title."""

    def suggestions(self, article_id: str | None = None) -> list[SuggestedQuestions]:
        """Return the questions of articles that surely answer some, newest first; or of one."""

    def article(self, article_id: str) -> Article | None:
        """Return an article with its text; None if there is none of that id."""

    def close(self) -> None:
        """Give back what the catalogue alone holds."""


_AMONG = " AND article IN (SELECT value FROM json_each(:among))"


class Catalogue:
    """The articles and passages of one generation, read-only. Threads may share it."""

    def __init__(self, library: Path, version: Version) -> None:
        self.db = Database(library, readonly=True)
        self._generation = version.number

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def passages(
        self, numbers: Iterable[int], among: Collection[str] = ()
    ) -> dict[int, PassageRecord]:
        """Return passages by number, each as the first article's that has its content.

        With `among`, as the first of these articles'.

        Raises:
            GoneError: the library no longer has them, as after three more rebuilds.
        """
        wanted = [int(number) for number in numbers]
        rows = self._rows(
            "SELECT i.value, (SELECT MIN(article) FROM entries WHERE content = c.id "
            f"AND {VALID}{_AMONG if among else ''}), "
            "c.title, c.source, c.published, c.url, p.heading, p.start, p.end, "
            "substr(c.text, p.start + 1, p.end - p.start) FROM json_each(:numbers) i "
            "JOIN passages p ON p.id = i.value JOIN contents c ON c.id = p.content ORDER BY i.key",
            self._values(numbers=json.dumps(wanted), among=json.dumps(list(among))),
        )
        records = {row[0]: PassageRecord(*row[1:]) for row in rows if row[1] is not None}
        if len(records) < len(set(wanted)):
            self.check_kept()
            raise StoreError(
                f"{self.db.path} lacks a passage of index version "
                f"{Version.of(self._generation)}. Make the index anew with: yiju rebuild "
                "FOLDER --full",
                self.db.path,
            )
        return records

    def rows(self) -> list[CatalogueRow]:
        """Return what all articles are found by, in the order of their ids."""
        rows = self._rows(
            "SELECT e.article, c.id, c.title, c.source, c.published "
            f"FROM entries e JOIN contents c ON c.id = e.content WHERE {VALID} ORDER BY e.article",
            self._values(),
        )
        return list(map(CatalogueRow._make, rows))

    def owners(self) -> tuple[Int64Array, Int64Array]:
        """Return the numbers of all passages, ascending, and the content that each is of."""
        rows = self._rows(
            "SELECT p.id, p.content FROM passages p JOIN generations g ON g.number = :generation "
            "AND p.splitter = g.splitter WHERE p.content IN "
            f"(SELECT content FROM entries WHERE {VALID}) ORDER BY p.id",
            self._values(),
        )
        numbers, owners = np.array(rows, dtype=np.int64).reshape(-1, 2).T
        return numbers, owners

    def listings(self, ids: Sequence[str]) -> list[Listing]:
        """Return articles without their texts, in the order of the ids."""
        rows = self._rows(
            "SELECT e.article, c.title, c.source, c.published, c.url, "
            "(SELECT COUNT(*) FROM passages p JOIN generations g ON g.number = :generation "
            "AND p.splitter = g.splitter WHERE p.content = c.id), c.author, length(c.text) "
            f"FROM json_each(:ids) i JOIN entries e ON e.article = i.value AND {VALID} "
            "JOIN contents c ON c.id = e.content ORDER BY i.key",
            self._values(ids=json.dumps(list(ids))),
        )
        return [Listing(*row) for row in rows]

    def count(self) -> int:
        """Return how many articles there are."""
        query = f"SELECT COUNT(*) FROM entries WHERE {VALID}"
        return int(self.db.rows(query, self._values())[0][0])

    def has_title(self, title: str) -> bool:
        """Return whether an article bears exactly this title."""
        row = self._row(
            "SELECT 1 FROM entries e JOIN contents c ON c.id = e.content "
            f"WHERE {VALID} AND c.title = :title LIMIT 1",
            self._values(title=title),
        )
        return row is not None

    def suggestions(self, article_id: str | None = None) -> list[SuggestedQuestions]:
        """Return the questions of articles that surely answer some, newest first; or of one."""
        condition = "" if article_id is None else "AND e.article = :article "
        rows = self._rows(
            # CROSS JOIN, so that SQLite begins with the table that has few rows.
            "SELECT e.article, c.source, s.questions FROM suggestions s "
            f"{'CROSS' if article_id is None else ''} JOIN entries e ON e.content = s.content "
            f"AND {VALID} {condition}JOIN contents c ON c.id = s.content "
            "WHERE s.rules = :rules AND s.questions != '[]' "
            f"ORDER BY c.published IS NULL, c.published DESC, c.id DESC LIMIT {_SUGGESTED}",
            self._values(rules=SUGGESTIONS, article=article_id),
        )
        return [
            SuggestedQuestions(article, source, suggestions_of(questions))
            for article, source, questions in rows
        ]

    def article(self, article_id: str) -> Article | None:
        """Return an article with its text; None if there is none of that id."""
        row = self._row(
            "SELECT e.article, c.title, c.text, c.source, c.author, c.published, c.url, c.layout "
            "FROM entries e JOIN contents c ON c.id = e.content "
            f"WHERE {VALID} AND e.article = :article",
            self._values(article=article_id),
        )
        return article_of(row) if row else None

    def _values(self, **values: object) -> dict[str, object]:
        """Return the values of a query of this generation."""
        return {"generation": self._generation, **values}

    def _row(self, sql: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None if a generation that is kept has none."""
        return next(iter(self._rows(sql, values)), None)

    def _rows(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
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
