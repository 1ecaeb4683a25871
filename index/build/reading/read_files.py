"""Read files in parallel, and prepare their new articles for the library.

A file whose bytes are known is not read again. In a file of JSON lines only the new lines are read:
a day's export with one more line costs one line.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath

from index.article import Article, Failure
from index.batches import batches
from index.build.reading.earlier_readings import EarlierReading, EarlierReadings, Numbered
from index.build.reading.prepare import FileRead, KnownArticle, NewArticle, ReadArticle, prepare
from index.errors import ArticleError
from index.ingest.formats.jsonl import JsonLine, first_of_each, lines_of, read_lines
from index.ingest.read import read_file
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.ingest.reading_limits import limits_of
from index.ingest.sources.files import SourceFile
from index.processes.limits import BeyondLimitsError
from index.processes.worker_loop import Tell
from index.processes.worker_pool import Guard, in_order, in_parts
from index.progress import PartialProgress, Progress

_VERBATIM = re.compile(r"\.jsonl?#", re.IGNORECASE)
_LINES = 100  # per portion of work
_PARALLEL_BYTES = 4_000_000  # from which on more than one process pays

_Result = tuple[str | None, Numbered]
"""The hash of a file's bytes, None if it could not be opened, and what was read."""


def read_all(
    files: Sequence[SourceFile], earlier: EarlierReadings, progress: Progress, processes: int
) -> Iterator[FileRead]:
    """Yield each file in order, read if it has changed since it was read earlier.

    Progress is in kilobytes: one file may be all there is.
    """
    total, recognises = sum(file.size for file in files), earlier.aids.scans is not None
    portions = (portion for file in files for portion in _portions(file, earlier.of(file)))
    reading = PartialProgress("reading", total, progress)
    guard = Guard[_Portion, _Result](
        lambda portion: limits_of(portion.size, ocr=recognises),
        lambda portion, error: portion.lost(error),
        lambda portion, done, pages: reading.partly(portion.file.path, portion.size, done / pages),
    )

    def read(portion: _Portion, tell: Tell) -> _Result:
        return portion.read(earlier.aids.at_work(tell))

    workers = processes if recognises or total >= _PARALLEL_BYTES else 1
    results = in_parts(read, portions, workers, guard)
    counted = reading.each(results, lambda result: (result[0].file.path, result[0].size))
    for file, of_file in groupby(counted, key=lambda result: result[0].file):
        yield _joined(list(of_file), earlier.of(file).reader)


@dataclass(frozen=True, slots=True)
class _UnchangedFile:
    """A file of JSON lines that an earlier rebuild read: no work."""

    file: SourceFile
    file_hash: str
    known: Numbered

    @property
    def size(self) -> int:
        return self.file.size

    def read(self, aids: ReadingAids) -> _Result:  # noqa: ARG002
        return self.file_hash, []

    def lost(self, error: BeyondLimitsError) -> _Result:
        raise error  # there is nothing to read


@dataclass(frozen=True, slots=True)
class _WholeFile:
    """A file to be read, unless its bytes prove to be known."""

    file: SourceFile
    earlier: EarlierReading

    @property
    def known(self) -> Numbered:
        return []

    @property
    def size(self) -> int:
        return self.file.size

    def read(self, aids: ReadingAids) -> _Result:
        try:
            data = self.file.path.read_bytes()
        except OSError as error:
            return None, [(0, Failure(self.file.id, f"can't be read: {error.strerror}."))]
        file_hash = hashlib.sha256(data).hexdigest()
        if same := self.earlier.unchanged(file_hash):
            return file_hash, same
        articles, failed = read_file(self.file.id, data, aids=aids)
        records = (prepare(article, self._folder_of(article)) for article in articles)
        return file_hash, [
            *((0, NewArticle(record)) for record in records),
            *((0, failure) for failure in failed),
        ]

    def lost(self, error: BeyondLimitsError) -> _Result:
        """Return the failure of a file that is beyond the limits; it is tried again each time."""
        return None, [(0, Failure(self.file.id, str(error)))]

    def _folder_of(self, article: Article) -> str | None:
        """Return the folder of a cleaned article; None if it was kept as given."""
        verbatim = self.file.id.lower().endswith(".json") or _VERBATIM.search(article.id)
        return None if verbatim else str(self.file.path.parent)


@dataclass(frozen=True, slots=True)
class _Lines:
    """New lines of JSON, with number and hash, and the known ones."""

    file: SourceFile
    file_hash: str
    new: list[tuple[int, JsonLine, str]]
    known: Numbered

    @property
    def size(self) -> int:
        return sum(len(line) for _, line, _ in self.new)

    def read(self, aids: ReadingAids = NO_AIDS) -> _Result:  # noqa: ARG002
        parts = {number: part for number, _, part in self.new}
        numbered = ((number, line) for number, line, _ in self.new)
        return self.file_hash, [
            (
                number,
                outcome
                if isinstance(outcome, Failure)
                else NewArticle(prepare(outcome), parts[number]),
            )
            for number, outcome in read_lines(self.file.id, numbered)
        ]

    def lost(self, error: BeyondLimitsError) -> _Result:
        """Return the failure of a line beyond the limits; of several lines, read each alone."""
        if len(self.new) == 1:
            number = self.new[0][0]
            return self.file_hash, [(number, Failure(f"{self.file.id}:{number}", str(error)))]
        alone = (replace(self, new=[line], known=[]) for line in self.new)
        guard = Guard[_Lines, _Result](
            lambda line: limits_of(line.size), lambda line, error: line.lost(error)
        )
        results = in_order(_Lines.read, alone, 1, guard)
        return self.file_hash, [outcome for _, (_, outcomes) in results for outcome in outcomes]


_Portion = _UnchangedFile | _WholeFile | _Lines


def _portions(file: SourceFile, earlier: EarlierReading) -> Iterator[_Portion]:
    """Yield a file as one portion of work, changed JSON lines as several."""
    if PurePath(file.id).suffix.lower() != ".jsonl":
        yield _WholeFile(file, earlier)
        return
    try:
        data = file.path.read_bytes()
    except OSError:
        yield _WholeFile(file, earlier)  # fails again, with the reason
        return
    file_hash = hashlib.sha256(data).hexdigest()
    if same := earlier.unchanged(file_hash):
        yield _UnchangedFile(file, file_hash, same)
        return
    try:
        yield from _line_portions(file, file_hash, data, earlier)
    except ArticleError:  # no text at all
        yield _WholeFile(file, earlier)  # fails again, with the reason


def _line_portions(
    file: SourceFile, file_hash: str, data: bytes, earlier: EarlierReading
) -> Iterator[_Lines]:
    entries = {
        entry.part: entry
        for entry in earlier.entries
        if entry.part and entry.reader == earlier.reader
    }
    lines = ((number, line, _hash_of(line)) for number, line in enumerate(lines_of(data), 1))
    for batch in batches(lines, _LINES):
        new = [(number, line, part) for number, line, part in batch if part not in entries]
        known: Numbered = [
            (number, KnownArticle(entries[part])) for number, _, part in batch if part in entries
        ]
        yield _Lines(file, file_hash, new, known)


def _hash_of(line: JsonLine) -> str:
    data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]


def _joined(results: Sequence[tuple[_Portion, _Result]], reader: str) -> FileRead:
    """Return the portions of one file as one."""
    portion, (file_hash, _) = results[0]
    outcomes: Numbered = []
    for part, (_, new) in results:
        outcomes += sorted([*new, *part.known], key=lambda outcome: outcome[0])
    pieces: list[ReadArticle]
    if isinstance(portion, _Lines):
        pieces, failed = first_of_each(portion.file.id, outcomes, _id_of)
    else:
        pieces = [piece for _, piece in outcomes if not isinstance(piece, Failure)]
        failed = [failure for _, failure in outcomes if isinstance(failure, Failure)]
    path, file_id = str(portion.file.path), portion.file.id
    failed = [_with_path(failure, path, file_id) for failure in failed]
    return FileRead(path, reader, file_hash, pieces, failed)


def _id_of(piece: ReadArticle) -> str:
    return piece.id


def _with_path(failure: Failure, path: str, file_id: str) -> Failure:
    """Return a failure that is located by its file's id by path; one noted earlier is already."""
    if not failure.where.startswith(file_id):
        return failure
    return replace(failure, where=path + failure.where.removeprefix(file_id))
