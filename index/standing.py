"""What holds from one rebuild to the next: the PATHs that were given, and what was deleted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from index.library import Entry, Library


@dataclass(frozen=True, slots=True)
class Root:
    """A PATH of articles, or of a list of addresses (`urls`)."""

    path: Path
    urls: bool = False


class Standing:
    """The library's notes for later rebuilds."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def roots(self) -> list[Root]:
        """All PATHs that rebuilds were given and that still count."""
        rows = self._library.db.execute("SELECT path, kind FROM roots ORDER BY path")
        return [Root(Path(path), kind == "urls") for path, kind in rows]

    def record(self, roots: Iterable[Root], entries: Collection[Entry]) -> None:
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

    def delete(self, entry: Entry) -> None:
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
