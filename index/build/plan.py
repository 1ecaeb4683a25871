"""What the store shall hold after a rebuild: who has which id, and what could not be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.article import Failure
from index.store.library import LibraryEntry

UPLOADED = "upload:"
"""What stands for the file of an uploaded article: no PATH begins so, all of them are absolute."""


@dataclass(slots=True)
class Plan:
    """What the store shall hold, by article id, and what could not be taken in."""

    entries: dict[str, LibraryEntry] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)

    @property
    def all(self) -> list[LibraryEntry]:
        """The entries alone."""
        return list(self.entries.values())

    def claim(self, entry: LibraryEntry) -> bool:
        """Takes an article in, unless another file has its id already; tells whether it did."""
        holder = self.entries.get(entry.article)
        if holder is None or holder.path == entry.path or _is_gone(holder.path):
            self.entries[entry.article] = entry
            return True
        reason = f"its id “{entry.article}” is already taken by {holder.path}; rename one of them."
        self.failed.append(Failure(entry.path, reason))
        return False

    def claim_all(self, entries: Sequence[LibraryEntry]) -> None:
        """Takes the articles of a file in; where one is refused, it is read again next time."""
        claimed = [self.claim(entry) for entry in entries]
        if not all(claimed):
            for entry in entries:
                if self.entries.get(entry.article) == entry:
                    self.entries[entry.article] = replace(entry, file_hash="")


def _is_gone(path: str) -> bool:
    """Whether the file of an article is no more: an upload has none, a page stands in a list."""
    place = Path(path)
    listed = any(parent.is_file() for parent in place.parents)
    return not (path.startswith(UPLOADED) or place.exists() or listed)
