"""The library: articles, passages and what each generation holds, the truth indexes derive from.

Only a rebuild writes here. What a running server reads of one generation is in `catalogue`, the
file itself in `database`, vectors are in `embeddings`.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

from index.arrays import Int64Array
from index.article import Article
from index.batches import batches
from index.store.content import ContentRecord, prepare
from index.store.database import connect, translated_errors
from index.text.splitter import SPLITTER

_AT_ONCE = 1000  # rows asked for by their numbers


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """An article as a generation holds it: its id, its content, the file it came from.

    `file_hash` is empty when part of the file failed, so that it is read again next time. `part`
    names the bytes of the line it came from, where a file has many.
    """

    article: str
    content: str
    path: str
    file_hash: str
    reader: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its number and the words it is found by."""

    id: int
    text: str
    text_hash: bytes
    context: str


class Library:
    """The writing side; `readonly` to look at what it would build upon."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self._path = path
        self.db = connect(path, readonly=readonly)

    def close(self) -> None:
        """Closes the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing."""
        with translated_errors(self._path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.db.in_transaction:  # SQLite itself undoes what finds the disk full
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def add(self, article: Article) -> str:
        """Stores an article's content and passages, where new; returns the content's name."""
        return self.put(prepare(article))

    def put(self, prepared: ContentRecord) -> str:
        """The same with an article that was made ready elsewhere."""
        article, digest = prepared.article, bytes.fromhex(prepared.content)
        self.db.execute(
            "INSERT OR IGNORE INTO contents (hash, title, source, author, published, url, text, "
            "layout) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(digest, article.title, article.source, article.author),
                *(article.published, article.url, article.text, prepared.layout),
            ),
        )
        [number] = self.db.execute("SELECT id FROM contents WHERE hash = ?", (digest,)).fetchone()
        if not self._is_split(number):
            self.db.executemany(
                "INSERT INTO passages (content, splitter, start, end, heading, text_hash) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (number, SPLITTER, passage.start, passage.end, passage.heading, text_hash)
                    for passage, text_hash in prepared.passages
                ),
            )
            self.db.executemany(
                "INSERT OR IGNORE INTO bands VALUES (?, ?, ?)",
                ((at, value, number) for at, value in enumerate(prepared.bands)),
            )
        self.db.executemany(
            "INSERT OR IGNORE INTO edges VALUES (?, ?, ?)",
            ((prepared.source, line, number) for line in prepared.edges),
        )
        return prepared.content

    def _is_split(self, content: int) -> bool:
        query = "SELECT 1 FROM passages WHERE content = ? AND splitter = ? LIMIT 1"
        return self.db.execute(query, (content, SPLITTER)).fetchone() is not None

    def entries(self, generation: int) -> dict[str, LibraryEntry]:
        """What a generation holds, by article id."""
        rows = self.db.execute(
            "SELECT e.article, lower(hex(c.hash)), e.path, e.file_hash, e.reader, e.part "
            "FROM entries e JOIN contents c ON c.id = e.content WHERE e.generation = ?",
            (generation,),
        )
        return {row[0]: LibraryEntry(*row) for row in rows}

    def record(self, generation: int, entries: Iterable[LibraryEntry]) -> None:
        """Writes down what a new generation holds. It counts once it becomes current."""
        with self.transaction():
            self.db.execute("INSERT INTO generations VALUES (?, ?)", (generation, SPLITTER))
            self.db.executemany(
                "INSERT INTO entries VALUES "
                "(?, ?, (SELECT id FROM contents WHERE hash = ?), ?, ?, ?, ?)",
                (
                    (generation, e.article, bytes.fromhex(e.content), *astuple(e)[2:])
                    for e in entries
                ),
            )

    def forget(self, generation: int) -> None:
        """Drops what was written down for a generation."""
        with self.transaction():
            self.db.execute("DELETE FROM entries WHERE generation = ?", (generation,))
            self.db.execute("DELETE FROM generations WHERE number = ?", (generation,))

    def recorded(self) -> list[int]:
        """All generations that are written down."""
        return [row[0] for row in self.db.execute("SELECT number FROM generations")]

    def numbers(self, generation: int) -> Int64Array:
        """The numbers of a generation's passages, ascending."""
        rows = self.db.execute(
            "SELECT p.id FROM passages p JOIN generations g ON g.number = ? "
            "AND p.splitter = g.splitter WHERE p.content IN "
            "(SELECT content FROM entries WHERE generation = g.number) ORDER BY p.id",
            (generation,),
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def passages(self, numbers: Iterable[int]) -> Iterator[StoredPassage]:
        """Passages by number, in the order given."""
        content, title, text = -1, "", ""
        for some in batches(map(int, numbers), _AT_ONCE):
            rows = self.db.execute(
                "SELECT id, content, start, end, heading, text_hash FROM passages "
                f"WHERE id IN ({_marks(some)})",
                some,
            )
            found = {row[0]: row[1:] for row in rows}
            for number in some:
                of, start, end, heading, digest = found[number]
                if of != content:  # neighbours share it: cut out here, not by a query each
                    query = "SELECT title, text FROM contents WHERE id = ?"
                    content, (title, text) = of, self.db.execute(query, (of,)).fetchone()
                yield StoredPassage(number, text[start:end], digest, _context(title, heading))

    def texts(self, contents: Iterable[int]) -> Iterator[tuple[int, str]]:
        """The texts of some contents, each with its number."""
        for number in contents:
            query = "SELECT text FROM contents WHERE id = ?"
            yield number, self.db.execute(query, (number,)).fetchone()[0]

    def collect(self) -> None:
        """Deletes what no generation needs any more: contents, their passages and vectors."""
        with self.transaction():
            gone = self._gone()
            for some in batches(gone, _AT_ONCE):
                marks = _marks(some)
                hashes = self.db.execute(
                    f"SELECT DISTINCT text_hash FROM passages WHERE content IN ({marks})", some
                ).fetchall()
                for table in ("passages", "definitions", "bands", "edges"):
                    self.db.execute(f"DELETE FROM {table} WHERE content IN ({marks})", some)
                self.db.execute(f"DELETE FROM contents WHERE id IN ({marks})", some)
                self.db.executemany(
                    "DELETE FROM embeddings WHERE text_hash = ?1 AND NOT EXISTS "
                    "(SELECT 1 FROM passages WHERE text_hash = ?1)",
                    hashes,
                )

        # Else the log would still hold what was deleted. Where a reader or a full disk is in the
        # way, nothing is lost, and the next rebuild does it.
        with suppress(sqlite3.OperationalError):
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _gone(self) -> Sequence[int]:
        """Contents that no generation holds."""
        rows = self.db.execute(
            "SELECT id FROM contents c WHERE NOT EXISTS "
            "(SELECT 1 FROM entries WHERE content = c.id)"
        )
        return [row[0] for row in rows]


def _context(title: str, heading: str | None) -> str:
    return "\n".join(filter(None, (title, heading)))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
