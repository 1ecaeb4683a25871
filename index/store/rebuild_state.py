"""State kept between rebuilds: PATHs, articles deleted by hand, and failures."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path

from index.article import Failure
from index.store.content import LibraryEntry
from index.store.database import Database


@dataclass(frozen=True, slots=True)
class Root:
    """A PATH of articles, or of a list of addresses (`urls`)."""

    path: Path
    urls: bool = False


@dataclass(frozen=True, slots=True)
class FailedFile:
    """The failures of a file, its hash at that time, and how it was read."""

    file_hash: str
    reader: str
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class ScanNotes:
    """The notes of earlier rebuilds that a scan needs.

    `deleted` are articles deleted by hand: id, file, and the file's hash at that time; `failed`
    are files with failures, by path.
    """

    deleted: frozenset[tuple[str, str, str]] = frozenset()
    failed: Mapping[str, FailedFile] = field(default_factory=dict)


class RebuildState:
    """The library's notes for later rebuilds."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def roots(self) -> list[Root]:
        """Return all PATHs that rebuilds were given and that still count."""
        rows = self._db.execute("SELECT path, kind FROM roots ORDER BY path")
        return [Root(Path(path), kind == "urls") for path, kind in rows]

    def record(self, roots: Iterable[Root], entries: Collection[LibraryEntry]) -> None:
        """Note PATHs, and forget those that are gone along with all their articles."""
        sources = {entry.path for entry in entries}
        with self._db.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO roots VALUES (?, ?)",
                ((str(root.path), "urls" if root.urls else "files") for root in roots),
            )
            gone = [
                (str(root.path),)
                for root in self.roots()
                if not root.path.exists()
                and not any(Path(source).is_relative_to(root.path) for source in sources)
            ]
            self._db.executemany("DELETE FROM roots WHERE path = ?", gone)

    def scan_notes(self) -> ScanNotes:
        """Return what was deleted by hand and what failed."""
        rows = self._db.execute("SELECT path, file_hash, reader, told FROM failures")
        failed = {
            path: FailedFile(file_hash, reader, tuple(Failure(*pair) for pair in json.loads(pairs)))
            for path, file_hash, reader, pairs in rows
        }
        return ScanNotes(self._deleted(), failed)

    def delete(self, entry: LibraryEntry) -> None:
        """Record a deletion by hand: the article is not read again until its file changes."""
        with self._db.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO deleted VALUES (?, ?, ?)",
                (entry.article, entry.path, entry.file_hash),
            )

    def forget(self, articles: Iterable[str]) -> None:
        """Forget that articles were deleted, as they were added again."""
        noted = {article for article, _, _ in self._deleted()}
        with self._db.transaction():
            self._db.executemany(
                "DELETE FROM deleted WHERE article = ?",
                ((article,) for article in articles if article in noted),
            )

    def note_failures(
        self, path: str, file_hash: str, reader: str, failed: Sequence[Failure]
    ) -> None:
        """Note the failures of a file, or that it has none any more."""
        if failed:
            pairs = json.dumps([astuple(failure) for failure in failed])
            self._db.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
                (path, file_hash, reader, pairs),
            )
        else:
            self._db.execute("DELETE FROM failures WHERE path = ?", (path,))

    def _deleted(self) -> frozenset[tuple[str, str, str]]:
        rows = self._db.execute("SELECT article, path, file_hash FROM deleted")
        return frozenset((row[0], row[1], row[2]) for row in rows)
