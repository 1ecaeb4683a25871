"""Which articles each generation has.

A row of the table lasts from the generation that brought the article so to the one that did not
have it so any more, as the versions of a row do in a temporal table. A generation that changes one
article of a million adds one row, whatever the others are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from index.library.content import LibraryEntry
from index.library.database import Database
from index.library.version import Version

OPEN = 2**62
"""The end of a row that the last recorded generation has."""

VALID = (
    "since <= :generation AND until > :generation "
    "AND EXISTS (SELECT 1 FROM generations WHERE number = :generation)"
)
"""The condition of a row that a generation has; one that is not recorded has none."""

Stamp = tuple[str, str]
"""The hash of a file's bytes, and how it was read."""

_COLUMNS = "article, lower(hex(hash)), path, file_hash, reader, part"
_FROM = f"FROM entries JOIN contents ON id = content WHERE {VALID}"


class Entries(Mapping[str, LibraryEntry]):
    """The entries of one generation by article id, looked up when asked for; empty without one.

    Iterating reads them all.
    """

    def __init__(self, db: Database | None = None, version: Version | None = None) -> None:
        self.version = version
        self._db = db
        self._count: int | None = None

    def __getitem__(self, article: str) -> LibraryEntry:
        for entry in self._where("article = :article", article=article):
            return entry
        raise KeyError(article)

    def __contains__(self, article: object) -> bool:
        return bool(self._rows(f"SELECT 1 FROM entries WHERE {VALID} AND article = :a", a=article))

    def __iter__(self) -> Iterator[str]:
        rows = self._rows(f"SELECT article FROM entries WHERE {VALID} ORDER BY article")
        return (row[0] for row in rows)

    def __len__(self) -> int:
        if self._count is None:  # a generation is never changed
            rows = self._rows(f"SELECT COUNT(*) FROM entries WHERE {VALID}")
            self._count = int(rows[0][0]) if rows else 0
        return self._count

    def of_path(self, path: str) -> list[LibraryEntry]:
        """Return the articles of a file, in the order of their ids."""
        return self._where("path = :path", path=path)

    def of_content(self, content: str) -> list[LibraryEntry]:
        """Return the articles that have a content, in the order of their ids."""
        number = "(SELECT id FROM contents WHERE hash = :hash)"
        return self._where(f"content = {number}", hash=bytes.fromhex(content))

    def files(self) -> dict[str, set[Stamp]]:
        """Return the paths of all articles, each with the stamps of its articles: mostly one."""
        files: dict[str, set[Stamp]] = {}
        query = f"SELECT DISTINCT path, file_hash, reader FROM entries WHERE {VALID}"
        for path, file_hash, reader in self._rows(query):
            files.setdefault(path, set()).add((file_hash, reader))
        return files

    def _where(self, condition: str, **values: object) -> list[LibraryEntry]:
        query = f"SELECT {_COLUMNS} {_FROM} AND {condition} ORDER BY article"
        return [LibraryEntry(*row) for row in self._rows(query, **values)]

    def _rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        if self._db is None or self.version is None:
            return []
        return self._db.rows(query, {"generation": self.version.number, **values})


class EntryTable:
    """The entries of all generations, as a rebuild writes them. To be used in transactions."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def write(
        self,
        version: Version,
        base: Version | None,
        put: Iterable[LibraryEntry],
        removed: Iterable[str],
        *,
        is_last: bool,
    ) -> None:
        """Write a generation later than all others: the entries of `base`, if any, but for these.

        `put` are new, or replace those of their ids; `removed` are ids; `is_last` if no generation
        was recorded after `base`.
        """
        put = sorted(put, key=attrgetter("article"))  # as the table is
        if not is_last:
            self._begin(version, base)
        if base is not None:
            self._end(version, [*removed, *(entry.article for entry in put)])
        self._db.executemany(
            "INSERT INTO entries (article, since, until, content, path, file_hash, reader, part) "
            "VALUES (?, ?, ?, (SELECT id FROM contents WHERE hash = ?), ?, ?, ?, ?)",
            (
                (
                    *(entry.article, version.number, OPEN, bytes.fromhex(entry.content)),
                    *(entry.path, entry.file_hash, entry.reader, entry.part),
                )
                for entry in put
            ),
        )

    def _begin(self, version: Version, base: Version | None) -> None:
        """Open the rows of `base`, and no others: those of the last generation are open so far."""
        numbers = {"new": version.number, "base": base.number if base else -1, "open": OPEN}
        self._db.execute(
            "UPDATE entries SET until = :new WHERE until = :open AND since > :base", numbers
        )
        self._db.execute(
            "INSERT INTO entries (article, since, until, content, path, file_hash, reader, part) "
            "SELECT article, :new, :open, content, path, file_hash, reader, part FROM entries "
            "WHERE since <= :base AND until > :base AND until < :open",
            numbers,
        )

    def _end(self, version: Version, articles: Sequence[str]) -> None:
        """End the open rows of articles before a generation."""
        rows = [(version.number, article) for article in articles]
        self._db.executemany("DELETE FROM entries WHERE since = ? AND article = ?", rows)
        self._db.executemany(
            f"UPDATE entries SET until = ? WHERE article = ? AND until = {OPEN}", rows
        )

    def drop(self, before: Sequence[Version], after: Sequence[Version]) -> None:
        """Drop what none has of the generations between two that are recorded, or at an end."""
        earlier = before[0].number if before else -1
        later = after[0].number if after else OPEN
        self._db.execute("DELETE FROM entries WHERE since > ? AND until <= ?", (earlier, later))
        if not after:  # the one before is the last one now
            self._db.execute(
                "UPDATE entries SET until = ? WHERE until > ? AND until < ?",
                (OPEN, earlier, OPEN),
            )

    def changed(self, version: Version, base: Version) -> tuple[list[int], list[int]]:
        """Return the numbers of the contents that a generation lacks and has, unlike `base`."""
        rows = self._db.rows(
            "SELECT content, EXISTS (SELECT 1 FROM entries o WHERE o.content = e.content "
            "AND o.since <= :new AND o.until > :new) AS now, EXISTS (SELECT 1 FROM entries o "
            "WHERE o.content = e.content AND o.since <= :base AND o.until > :base) AS before "
            "FROM (SELECT DISTINCT content FROM entries WHERE (since > :base AND since <= :new) "
            "OR (until > :base AND until <= :new)) e WHERE now != before",
            {"new": version.number, "base": base.number},
        )
        return [row[0] for row in rows if row[2]], [row[0] for row in rows if row[1]]

    def count_shared(self, version: Version, other: Version) -> int:
        """Return how many articles of a generation another one has, too, by id."""
        rows = self._db.rows(
            "SELECT COUNT(*) FROM entries a WHERE since <= :this AND until > :this "
            "AND ((since <= :other AND until > :other) OR EXISTS (SELECT 1 FROM entries b "
            "WHERE b.article = a.article AND b.since <= :other AND b.until > :other))",
            {"this": version.number, "other": other.number},
        )
        return int(rows[0][0])
