"""The library: articles, passages and the entries of each generation.

Only a rebuild writes here. `catalogue` is what a running server reads of one generation.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from operator import attrgetter
from pathlib import Path
from sqlite3 import OperationalError

import numpy as np

from index.arrays import Int64Array
from index.article import Article
from index.batches import batches
from index.library.content import (
    ContentRecord,
    LibraryEntry,
    StoredPassage,
    article_of,
)
from index.library.content_overlap import EdgeLines, NewBands, SimilarContents
from index.library.database import Database
from index.library.definitions import Definitions
from index.library.embeddings import Embeddings
from index.library.entries import VALID, Entries, EntryTable
from index.library.generation_digests import next_digest
from index.library.rebuild_state import RebuildState
from index.library.tried_questions import TriedQuestions
from index.library.version import Version
from index.text.splitter import SPLITTER

_AT_ONCE = 1000  # rows per statement: SQLite limits the number of its parameters


class LibraryFile:
    """The library open for writing, or `readonly` for a preview; a rebuild may `create` it.

    `state` are the notes for later rebuilds, `edge_lines` the lines at the edges of articles,
    `tried` the questions that were tried as suggestions.
    """

    def __init__(self, path: Path, *, readonly: bool = False, create: bool = False) -> None:
        self.db = Database(path, readonly=readonly, create=create)
        self.state = RebuildState(self.db)
        self.edge_lines = EdgeLines(self.db)
        self.tried = TriedQuestions(self.db)
        self._bands = NewBands(self.db)
        self._entries = EntryTable(self.db)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context that commits its block, or rolls it back on any exception."""
        return self.db.transaction()

    def register_encoder(self, encoder_id: str) -> Embeddings:
        """Register an encoder if it is new, which writes; return its vectors."""
        return Embeddings.register(self.db, encoder_id)

    def definitions(self, tokenizer: str) -> Definitions:
        """Return the definitions that a tokenizer finds in the articles."""
        return Definitions(self.db, tokenizer)

    def similar_contents(self, version: Version) -> SimilarContents:
        """Return the search for near-duplicates among the articles of a generation."""
        return SimilarContents(self.db, version)

    def add(self, record: ContentRecord) -> None:
        """Store a content with its passages, bands and edge lines, if it is new."""
        self.add_all([record])

    def add_all(self, records: Sequence[ContentRecord]) -> None:
        """Store contents as `add` does, in their order, but faster."""
        self.db.executemany(
            "INSERT OR IGNORE INTO contents (hash, title, source, author, published, url, text, "
            "layout) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((bytes.fromhex(record.content), *record[1:8]) for record in records),
        )
        numbered = [(self._number_of(record.content), record) for record in records]
        new = [pair for pair in dict(numbered).items() if not self._is_split(pair[0])]
        self.db.executemany(
            "INSERT INTO passages (content, splitter, start, end, heading, text_hash) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            ((number, SPLITTER, *passage) for number, record in new for passage in record.passages),
        )
        self._bands.add((number, record.bands) for number, record in numbered)
        self.db.executemany(
            "INSERT OR IGNORE INTO edges VALUES (?, ?, ?)",
            ((record.site, line, number) for number, record in numbered for line in record.edges),
        )

    def _number_of(self, content: str) -> int:
        query = "SELECT id FROM contents WHERE hash = ?"
        return int(self.db.execute(query, (bytes.fromhex(content),)).fetchone()[0])

    def _is_split(self, content: int) -> bool:
        query = "SELECT 1 FROM passages WHERE content = ? AND splitter = ? LIMIT 1"
        return self.db.execute(query, (content, SPLITTER)).fetchone() is not None

    def article(self, content: str) -> Article:
        """Return a content as an article without an id."""
        row = self.db.execute(
            "SELECT '', title, text, source, author, published, url, layout "
            "FROM contents WHERE hash = ?",
            (bytes.fromhex(content),),
        ).fetchone()
        return article_of(row)

    def text_of(self, content: str) -> str:
        """Return a content's text."""
        query = "SELECT text FROM contents WHERE hash = ?"
        return str(self.db.execute(query, (bytes.fromhex(content),)).fetchone()[0])

    def texts(self, contents: Iterable[int]) -> Iterator[tuple[int, str]]:
        """Yield the texts of contents by number, each with its number."""
        for number in contents:
            query = "SELECT text FROM contents WHERE id = ?"
            yield number, self.db.execute(query, (number,)).fetchone()[0]

    def entries(self, version: Version | None) -> Entries:
        """Return the entries of a generation by article id; without one there are none."""
        return Entries(self.db, version)

    def record(
        self,
        version: Version,
        put: Collection[LibraryEntry],
        removed: Collection[str] = (),
        base: Version | None = None,
    ) -> None:
        """Record a new generation, which counts once it becomes current.

        It has the entries of `base`, if any, except that those in `put` are new or replace those of
        their ids, and the ids in `removed` are gone.
        """
        with self.transaction():
            self._bands.write()
            last = self.latest()
            self._entries.write(version, base, put, removed, is_last=base == last)
            digest = next_digest(self.db, version, base, last, put, removed)
            values = (version.number, SPLITTER, digest)
            self.db.execute("INSERT INTO generations VALUES (?, ?, ?)", values)

    def forget(self, version: Version) -> None:
        """Drop the entries of a generation."""
        with self.transaction():
            self.db.execute("DELETE FROM generations WHERE number = ?", (version.number,))
            others = sorted(self.recorded(), key=attrgetter("number"))
            before = [other for other in others if other.number < version.number]
            self._entries.drop(before[-1:], others[len(before) :][:1])

    def recorded(self) -> list[Version]:
        """Return all generations whose entries are recorded."""
        rows = self.db.execute("SELECT number FROM generations")
        return [Version.of(row[0]) for row in rows]

    def latest(self) -> Version | None:
        """Return the last generation whose entries are recorded."""
        return max(self.recorded(), key=lambda version: version.number, default=None)

    def count_shared(self, version: Version, other: Version) -> int:
        """Return how many articles of a generation another one has, too, by id."""
        return self._entries.count_shared(version, other)

    def numbers(self, version: Version) -> Int64Array:
        """Return the numbers of a generation's passages, ascending."""
        rows = self.db.execute(
            "SELECT p.id FROM passages p JOIN generations g ON g.number = :generation "
            "AND p.splitter = g.splitter WHERE p.content IN "
            f"(SELECT content FROM entries WHERE {VALID}) ORDER BY p.id",
            {"generation": version.number},
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def numbers_after(self, version: Version, base: Version, numbers: Int64Array) -> Int64Array:
        """Return the numbers of a generation's passages, given those of `base`, an earlier one.

        They are what `numbers` returns, at the cost of what changed. Both are split alike.
        """
        gone, new = (self._numbers_of(part) for part in self._entries.changed(version, base))
        left = np.setdiff1d(numbers, gone, assume_unique=True)
        return np.sort(np.concatenate([left, new]), kind="stable")  # nearly in order already

    def _numbers_of(self, contents: Sequence[int]) -> Int64Array:
        """Return the numbers of the passages of contents as they are split now."""
        rows = self.db.execute(
            "SELECT id FROM passages WHERE splitter = ? "
            "AND content IN (SELECT value FROM json_each(?))",
            (SPLITTER, json.dumps(contents)),
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64)

    def passages(self, numbers: Iterable[int]) -> Iterator[StoredPassage]:
        """Yield passages by number, in the order given."""
        content, title, text = -1, "", ""
        for batch in batches(map(int, numbers), _AT_ONCE):
            rows = self.db.execute(
                "SELECT id, content, start, end, heading, text_hash FROM passages "
                f"WHERE id IN ({_marks(batch)})",
                batch,
            )
            by_number = {row[0]: row[1:] for row in rows}
            for number in batch:
                owner, start, end, heading, digest = by_number[number]
                if owner != content:  # neighbours share a content: one query for all of them
                    query = "SELECT title, text FROM contents WHERE id = ?"
                    content, (title, text) = owner, self.db.execute(query, (owner,)).fetchone()
                yield StoredPassage(number, text[start:end], digest, _context(title, heading))

    def collect(self) -> None:
        """Delete the contents that no generation needs, with their passages and vectors."""
        with self.transaction():
            for batch in batches(self._unused(), _AT_ONCE):
                marks = _marks(batch)
                hashes = self.db.execute(
                    f"SELECT DISTINCT text_hash FROM passages WHERE content IN ({marks})", batch
                ).fetchall()
                for table in ("passages", "definitions", "bands", "edges", "suggestions"):
                    self.db.execute(f"DELETE FROM {table} WHERE content IN ({marks})", batch)
                self.db.execute(f"DELETE FROM contents WHERE id IN ({marks})", batch)
                self.db.executemany(
                    "DELETE FROM embeddings WHERE text_hash = ?1 AND NOT EXISTS "
                    "(SELECT 1 FROM passages WHERE text_hash = ?1)",
                    hashes,
                )

        # Else the write-ahead log would still contain what was deleted. If a reader or a full disk
        # prevents it, nothing is lost, and the next rebuild does it.
        with suppress(OperationalError):
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _unused(self) -> Sequence[int]:
        rows = self.db.execute(
            "SELECT id FROM contents c WHERE NOT EXISTS "
            "(SELECT 1 FROM entries WHERE content = c.id)"
        )
        return [row[0] for row in rows]


def _context(title: str, heading: str | None) -> str:
    return "\n".join(filter(None, (title, heading)))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
