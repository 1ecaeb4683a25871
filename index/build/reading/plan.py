"""The target contents of a store: what becomes of its articles and ids, and failures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.article import Failure, PartlyRead
from index.library.content import LibraryEntry
from index.library.entries import Entries

UPLOADED = "upload:"
"""Prefix of an uploaded article's path: no PATH begins so, since all of them are absolute."""


@dataclass(slots=True)
class Plan:
    """What becomes of the articles of `old`, the failures, and what was not read.

    `put` are the articles that are new or other than before, by id, and `removed` the ids of those
    that are gone; all others stay as they are. `open` are those of `old` whose files are read
    again: each is gone unless it is claimed.
    """

    old: Entries = field(default_factory=Entries)
    put: dict[str, LibraryEntry] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    open: dict[str, LibraryEntry] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    unread: list[PartlyRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __contains__(self, article: object) -> bool:
        return self.entry(str(article)) is not None

    def __len__(self) -> int:
        new = sum(article not in self.old for article in self.put)
        return len(self.old) - len(self.removed) - len(self.open) + new

    @property
    def is_empty(self) -> bool:
        """Whether all stays as it is."""
        return not (self.put or self.removed)

    def entry(self, article: str) -> LibraryEntry | None:
        """Return the entry that an article will have, None if it has none or it is open."""
        if article in self.put:
            return self.put[article]
        is_gone = article in self.removed or article in self.open
        return None if is_gone else self.old.get(article)

    def staying(self, content: str) -> list[LibraryEntry]:
        """Return the articles that have a content and stay as they are."""
        entries = self.old.of_content(content)
        return [e for e in entries if not (e.article in self.put or e.article in self.removed)]

    def reopen(self, entries: Collection[LibraryEntry]) -> None:
        """Leave it open what becomes of articles."""
        self.open |= {entry.article: entry for entry in entries}

    def remove_open(self) -> None:
        """Remove the articles that nothing has claimed."""
        self.removed |= set(self.open)
        self.open = {}

    def claim(self, entry: LibraryEntry) -> bool:
        """Give an article its id and return True, or note a failure if another file has it."""
        holder = self.entry(entry.article)
        if holder is None or holder.path == entry.path or is_gone(holder.path):
            self._put(entry)
            return True
        reason = f"its id “{entry.article}” is already taken by {holder.path}; rename one of them."
        self.failed.append(Failure(entry.path, reason))
        return False

    def claim_all(self, entries: Sequence[LibraryEntry]) -> None:
        """Add the articles of a file; if one is refused, the file is read again next time."""
        claimed = [self.claim(entry) for entry in entries]
        if not all(claimed):
            for entry in entries:
                if self.entry(entry.article) == entry:
                    self._put(replace(entry, file_hash=""))

    def _put(self, entry: LibraryEntry) -> None:
        article = entry.article
        self.removed.discard(article)
        before = self.open.pop(article, None) or self.old.get(article)
        if entry == before:
            self.put.pop(article, None)
        else:
            self.put[article] = entry

    def has_article_below(self, folder: Path) -> bool:
        """Return whether an article will come from a file in a folder."""
        if any(Path(entry.path).is_relative_to(folder) for entry in self.put.values()):
            return True
        below = (path for path in self.old.files() if Path(path).is_relative_to(folder))
        return any(self._stays(entry) for path in below for entry in self.old.of_path(path))

    def _stays(self, entry: LibraryEntry) -> bool:
        return self.entry(entry.article) == entry


def is_gone(path: str) -> bool:
    """Return whether an article's file, or the list of a web page, was deleted."""
    place = Path(path)
    listed = any(parent.is_file() for parent in place.parents)
    return not (path.startswith(UPLOADED) or place.exists() or listed)
