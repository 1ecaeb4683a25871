"""What earlier rebuilds read in files: whose bytes are known, is not read again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.article import Failure
from index.build.reading.prepare import KnownArticle, ReadArticle
from index.ingest.read import reader_of, readers_as_good
from index.ingest.reading_aids import ReadingAids
from index.ingest.sources.files import SourceFile
from index.store.content import LibraryEntry
from index.store.rebuild_state import FailedFile

Numbered = list[tuple[int, ReadArticle | Failure]]
"""What was read, by the number of its line; 0 in a whole file."""


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """What an earlier rebuild read in a file: articles, and failures if any.

    `reader` is the id of how it is read now, `as_good` are those whose readings are kept.
    """

    entries: Sequence[LibraryEntry]
    failed: FailedFile | None
    reader: str
    as_good: Collection[str]

    def unchanged(self, file_hash: str) -> Numbered:
        """Return an earlier reading of the same bytes, empty if there is none."""
        if not all(entry.file_hash for entry in self.entries):
            return []  # an article was refused for its id, which may be free now
        same = [entry for entry in self.entries if self._is_same(entry, file_hash)]
        pieces: Numbered = [(0, KnownArticle(entry)) for entry in same]
        if self.failed and self._is_same(self.failed, file_hash):
            return [*pieces, *((0, failure) for failure in self.failed.failures)]
        return pieces if len(same) == len(self.entries) else []

    def _is_same(self, earlier: LibraryEntry | FailedFile, file_hash: str) -> bool:
        return earlier.file_hash == file_hash and earlier.reader in self.as_good


@dataclass(frozen=True, slots=True)
class EarlierReadings:
    """Earlier readings of files by their paths, and the aids that files are read with now."""

    known: Mapping[str, Sequence[LibraryEntry]]
    failed: Mapping[str, FailedFile]
    aids: ReadingAids

    def of(self, file: SourceFile) -> EarlierReading:
        """Return what was read of a file earlier, and how it is read now."""
        path = str(file.path)
        return EarlierReading(
            self.known.get(path, ()),
            self.failed.get(path),
            reader_of(file.id, self.aids),
            readers_as_good(file.id, self.aids),
        )
