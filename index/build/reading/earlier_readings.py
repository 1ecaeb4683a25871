"""What earlier rebuilds read in files: whose bytes are known, is not read again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.article import Failure
from index.build.reading.prepare import FileRead, KnownArticle, ReadArticle
from index.ingest.read import reader_of, readers_as_good
from index.ingest.reading_aids import ReadingAids
from index.ingest.sources.files import SourceFile
from index.library.content import LibraryEntry
from index.library.entries import Entries, Stamp
from index.library.rebuild_state import FailedFile

Numbered = list[tuple[int, ReadArticle | Failure]]
"""What was read, by the number of its line; 0 in a whole file."""


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """How an earlier rebuild read a file: the stamps of its articles, and failures if any.

    `reader` is the id of how it is read now, `as_good` are those whose readings are kept.
    """

    stamps: Collection[Stamp]
    failed: FailedFile | None
    reader: str
    as_good: Collection[str]

    def is_known(self, file_hash: str) -> bool:
        """Return whether the same bytes were read, and need not be read again."""
        if any(not stamped for stamped, _ in self.stamps):
            return False  # an article was refused for its id, which may be free now
        return bool(self.failures(file_hash)) or (bool(self.stamps) and self.is_all(file_hash))

    def is_all(self, file_hash: str) -> bool:
        """Return whether all its articles were read from these bytes."""
        return all(self.is_same(stamp, file_hash) for stamp in self.stamps)

    def is_same(self, stamp: Stamp, file_hash: str) -> bool:
        """Return whether something was read from these bytes, as well as it would be now."""
        return stamp[0] == file_hash and stamp[1] in self.as_good

    def failures(self, file_hash: str) -> Sequence[Failure]:
        """Return the failures in these bytes."""
        failed = self.failed
        is_same = failed and self.is_same((failed.file_hash, failed.reader), file_hash)
        return failed.failures if failed and is_same else ()


@dataclass(frozen=True, slots=True)
class EarlierReadings:
    """Earlier readings of files by their paths, and the aids that files are read with now.

    `files` are the stamps of the articles of each file, which are in `entries`.
    """

    entries: Entries
    files: Mapping[str, Collection[Stamp]]
    failed: Mapping[str, FailedFile]
    aids: ReadingAids

    def of(self, file: SourceFile) -> EarlierReading:
        """Return how a file was read earlier, and how it is read now."""
        path = str(file.path)
        return EarlierReading(
            self.files.get(path, ()),
            self.failed.get(path),
            reader_of(file.id, self.aids),
            readers_as_good(file.id, self.aids),
        )

    def entries_of(self, file: SourceFile) -> list[LibraryEntry]:
        """Return the articles that a file has so far."""
        path = str(file.path)
        return self.entries.of_path(path) if path in self.files else []

    def kept(self, file: SourceFile, file_hash: str) -> FileRead:
        """Return a file of known bytes as it was read earlier."""
        earlier = self.of(file)
        read = FileRead(
            str(file.path), earlier.reader, file_hash, failed=earlier.failures(file_hash)
        )
        if earlier.stamps and earlier.is_all(file_hash):
            read.unchanged = True
        else:  # what was kept of other bytes, as the file failed, is not in these
            read.pieces = [
                KnownArticle(entry)
                for entry in self.entries_of(file)
                if earlier.is_same((entry.file_hash, entry.reader), file_hash)
            ]
        return read
