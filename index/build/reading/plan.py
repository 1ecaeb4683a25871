"""The target contents of a store: which article has which id, and failures."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.article import Failure, PartlyRead
from index.store.content import LibraryEntry

UPLOADED = "upload:"
"""Prefix of an uploaded article's path: no PATH begins so, since all of them are absolute."""


@dataclass(slots=True)
class Plan:
    """The target contents of a store by article id, the failures, and what was not read."""

    entries: dict[str, LibraryEntry] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    unread: list[PartlyRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def claim(self, entry: LibraryEntry) -> bool:
        """Add an article and return True, or note a failure if another file has its id."""
        holder = self.entries.get(entry.article)
        if holder is None or holder.path == entry.path or is_gone(holder.path):
            self.entries[entry.article] = entry
            return True
        reason = f"its id “{entry.article}” is already taken by {holder.path}; rename one of them."
        self.failed.append(Failure(entry.path, reason))
        return False

    def claim_all(self, entries: Sequence[LibraryEntry]) -> None:
        """Add the articles of a file; if one is refused, the file is read again next time."""
        claimed = [self.claim(entry) for entry in entries]
        if not all(claimed):
            for entry in entries:
                if self.entries.get(entry.article) == entry:
                    self.entries[entry.article] = replace(entry, file_hash="")


def is_gone(path: str) -> bool:
    """Return whether an article's file, or the list of a web page, was deleted."""
    place = Path(path)
    listed = any(parent.is_file() for parent in place.parents)
    return not (path.startswith(UPLOADED) or place.exists() or listed)
