"""State kept between rebuilds: PATHs, articles deleted by hand, failures, pages of the web."""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path

from index.article import Failure
from index.library.content import LibraryEntry
from index.library.database import Database


@dataclass(frozen=True, slots=True)
class ListRules:
    """How the pages of a list are fetched.

    Of each feed the newest `max_pages`; with `delay` seconds between two requests to a host; in
    spite of its robots.txt, if `ignore_robots`.
    """

    max_pages: int = 500
    delay: float = 0.5
    ignore_robots: bool = False


@dataclass(frozen=True, slots=True)
class Root:
    """A PATH of articles, or with `rules` a list of addresses."""

    path: Path
    rules: ListRules | None = None


@dataclass(frozen=True, slots=True)
class PageNote:
    """A page as it was last fetched; it counts only for an article of the same `file_hash`.

    `etag` and `last_modified` are those of `url`, the address after all redirects. `feed` is the
    address of the feed that lists it, and `updated` what that said of its last change: both empty
    for a page that is listed itself. `fetched` is the day, in UTC.
    """

    address: str
    file_hash: str
    url: str
    etag: str
    last_modified: str
    feed: str
    updated: str
    fetched: str


@dataclass(frozen=True, slots=True)
class FeedNote:
    """A feed or sitemap as it was last fetched, with what it lists as JSON."""

    address: str
    url: str
    etag: str
    last_modified: str
    listing: str


@dataclass(frozen=True, slots=True)
class WebNotes:
    """What is known of the pages and feeds of one list, by address."""

    pages: Mapping[str, PageNote] = field(default_factory=dict)
    feeds: Mapping[str, FeedNote] = field(default_factory=dict)


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
    are files with failures, by path; `web` are notes of lists of addresses, by path.
    """

    deleted: frozenset[tuple[str, str, str]] = frozenset()
    failed: Mapping[str, FailedFile] = field(default_factory=dict)
    web: Mapping[str, WebNotes] = field(default_factory=dict)


class RebuildState:
    """The library's notes for later rebuilds."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def roots(self) -> list[Root]:
        """Return all PATHs that rebuilds were given and that still count."""
        rows = self._db.execute(
            "SELECT path, kind, max_pages, delay, ignore_robots FROM roots "
            "LEFT JOIN list_rules ON list = path ORDER BY path"
        )
        return [Root(Path(path), _rules(kind, *columns)) for path, kind, *columns in rows]

    def record(self, roots: Iterable[Root], has_article_below: Callable[[Path], bool]) -> None:
        """Note PATHs, and forget those that are gone along with all their articles."""
        with self._db.transaction():
            for root in roots:
                self._note_root(root)
            gone = [
                (str(root.path),)
                for root in self.roots()
                if not (root.path.exists() or has_article_below(root.path))
            ]
            self._db.executemany("DELETE FROM roots WHERE path = ?", gone)
            for table in ("list_rules", "page_notes", "feed_notes"):
                self._db.executemany(f"DELETE FROM {table} WHERE list = ?", gone)

    def _note_root(self, root: Root) -> None:
        path, rules = str(root.path), root.rules
        kind = "urls" if rules else "files"
        self._db.execute("INSERT OR REPLACE INTO roots VALUES (?, ?)", (path, kind))
        if rules:
            self._db.execute(
                "INSERT OR REPLACE INTO list_rules VALUES (?, ?, ?, ?)", (path, *astuple(rules))
            )

    def scan_notes(self) -> ScanNotes:
        """Return what was deleted by hand, what failed, and what is known of pages."""
        rows = self._db.execute("SELECT path, file_hash, reader, told FROM failures")
        failed = {
            path: FailedFile(file_hash, reader, tuple(Failure(*pair) for pair in json.loads(pairs)))
            for path, file_hash, reader, pairs in rows
        }
        return ScanNotes(self._deleted(), failed, dict(self._web_notes()))

    def _web_notes(self) -> Iterator[tuple[str, WebNotes]]:
        rows = self._db.execute("SELECT list FROM page_notes UNION SELECT list FROM feed_notes")
        for (path,) in rows.fetchall():
            pages = self._db.execute(
                "SELECT address, file_hash, url, etag, last_modified, feed, updated, fetched "
                "FROM page_notes WHERE list = ?",
                (path,),
            )
            feeds = self._db.execute(
                "SELECT address, url, etag, last_modified, listing FROM feed_notes WHERE list = ?",
                (path,),
            )
            yield (
                path,
                WebNotes(
                    {row[0]: PageNote(*row) for row in pages},
                    {row[0]: FeedNote(*row) for row in feeds},
                ),
            )

    def note_web(self, notes: Mapping[str, WebNotes]) -> None:
        """Note what is known of the pages and feeds of lists now, in place of what was."""
        with self._db.transaction():
            for path, of_list in notes.items():
                for table in ("page_notes", "feed_notes"):
                    self._db.execute(f"DELETE FROM {table} WHERE list = ?", (path,))
                self._db.executemany(
                    "INSERT INTO page_notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    ((path, *astuple(page)) for page in of_list.pages.values()),
                )
                self._db.executemany(
                    "INSERT INTO feed_notes VALUES (?, ?, ?, ?, ?, ?)",
                    ((path, *astuple(feed)) for feed in of_list.feeds.values()),
                )

    def delete(self, entry: LibraryEntry) -> None:
        """Record a deletion by hand: the article is not read again until its file changes."""
        with self._db.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO deleted VALUES (?, ?, ?)",
                (entry.article, entry.path, entry.file_hash),
            )

    def forget(self, articles: Container[str]) -> None:
        """Forget that articles were deleted, as they were added again."""
        noted = [(article,) for article, _, _ in self._deleted() if article in articles]
        with self._db.transaction():
            self._db.executemany("DELETE FROM deleted WHERE article = ?", noted)

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


def _rules(
    kind: str, max_pages: int | None, delay: float | None, ignore_robots: int | None
) -> ListRules | None:
    """Return the rules of a list; the usual ones if it was noted by a Yiju that had none."""
    if kind != "urls":
        return None
    if max_pages is None or delay is None:
        return ListRules()
    return ListRules(max_pages, delay, bool(ignore_robots))
