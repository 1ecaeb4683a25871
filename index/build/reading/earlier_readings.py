"""What earlier rebuilds read in files: whose bytes are known, is not read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.article import Failure
from index.build.reading.prepare import KnownArticle, ReadArticle
from index.ingest.formats.converted.libre_office import LibreOffice
from index.ingest.read import reader_of
from index.ingest.sources.files import SourceFile
from index.store.content import LibraryEntry
from index.store.rebuild_state import FailedFile

Numbered = list[tuple[int, ReadArticle | Failure]]
"""What was read, by the number of its line; 0 in a whole file."""


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """What an earlier rebuild read in a file: articles, and failures if any.

    `reader` is the id of how it is read now, with `office` if it is of an old kind.
    """

    entries: Sequence[LibraryEntry]
    failed: FailedFile | None
    reader: str
    office: LibreOffice | None

    def unchanged(self, file_hash: str) -> Numbered:
        """Return an earlier reading of the same bytes, empty if there is none."""
        if not all(entry.file_hash for entry in self.entries):
            return []  # an article was refused for its id, which may be free now
        now = (file_hash, self.reader)
        same = [entry for entry in self.entries if (entry.file_hash, entry.reader) == now]
        pieces: Numbered = [(0, KnownArticle(entry)) for entry in same]
        if self.failed and (self.failed.file_hash, self.failed.reader) == now:
            return [*pieces, *((0, failure) for failure in self.failed.failures)]
        return pieces if len(same) == len(self.entries) else []


@dataclass(frozen=True, slots=True)
class EarlierReadings:
    """Earlier readings of files by their paths, and what converts old kinds of files now."""

    known: Mapping[str, Sequence[LibraryEntry]]
    failed: Mapping[str, FailedFile]
    office: LibreOffice | None

    def of(self, file: SourceFile) -> EarlierReading:
        """Return what was read of a file earlier, and how it is read now."""
        path, reader = str(file.path), reader_of(file.id, self.office)
        return EarlierReading(self.known.get(path, ()), self.failed.get(path), reader, self.office)
