"""What holds from one rebuild to the next: PATHs, what was deleted by hand, what failed."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Failure
from index.store.library import Library, LibraryEntry


@dataclass(frozen=True, slots=True)
class Root:
    """A PATH of articles, or of a list of addresses (`urls`)."""

    path: Path
    urls: bool = False


class RebuildState:
    """The library's notes for later rebuilds."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def roots(self) -> list[Root]:
        """All PATHs that rebuilds were given and that still count."""
        rows = self._library.db.execute("SELECT path, kind FROM roots ORDER BY path")
        return [Root(Path(path), kind == "urls") for path, kind in rows]

    def record(self, roots: Iterable[Root], entries: Collection[LibraryEntry]) -> None:
        """Notes PATHs, and forgets those that are gone with all that came from them."""
        sources = {entry.path for entry in entries}
        with self._library.transaction():
            self._library.db.executemany(
                "INSERT OR REPLACE INTO roots VALUES (?, ?)",
                ((str(root.path), "urls" if root.urls else "files") for root in roots),
            )
            gone = [
                (str(root.path),)
                for root in self.roots()
                if not root.path.exists()
                and not any(Path(source).is_relative_to(root.path) for source in sources)
            ]
            self._library.db.executemany("DELETE FROM roots WHERE path = ?", gone)

    def deleted(self) -> set[tuple[str, str, str]]:
        """Articles that were deleted by hand: id, file, and the file's hash at that time."""
        rows = self._library.db.execute("SELECT article, path, file_hash FROM deleted")
        return {(row[0], row[1], row[2]) for row in rows}

    def delete(self, entry: LibraryEntry) -> None:
        """Notes that an article shall stay away until its file changes."""
        with self._library.transaction():
            self._library.db.execute(
                "INSERT OR REPLACE INTO deleted VALUES (?, ?, ?)",
                (entry.article, entry.path, entry.file_hash),
            )

    def forget(self, articles: Iterable[str]) -> None:
        """Drops the notes of articles that are there again."""
        noted = {article for article, _, _ in self.deleted()}
        with self._library.transaction():
            self._library.db.executemany(
                "DELETE FROM deleted WHERE article = ?",
                ((one,) for one in articles if one in noted),
            )

    def failures(self) -> dict[str, tuple[str, str, list[tuple[str, str]]]]:
        """What failed before, by file: its hash, how it was read, place and reason of each."""
        rows = self._library.db.execute("SELECT path, file_hash, reader, told FROM failures")
        return {
            path: (file_hash, reader, [(where, why) for where, why in json.loads(told_before)])
            for path, file_hash, reader, told_before in rows
        }

    def note_failures(
        self, path: str, file_hash: str, reader: str, failed: Sequence[Failure]
    ) -> None:
        """Notes what of a file failed, or that nothing does any more."""
        if failed:
            self._library.db.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
                (
                    path,
                    file_hash,
                    reader,
                    json.dumps([(failure.where, failure.reason) for failure in failed]),
                ),
            )
        else:
            self._library.db.execute("DELETE FROM failures WHERE path = ?", (path,))
