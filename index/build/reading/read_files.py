"""Read files in parallel, and prepare their new articles for the library.

A file whose bytes are known is not read again. In a file of JSON lines only the new lines are read:
a day's export with one more line costs one line.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import PurePath
from typing import BinaryIO

from index.article import Article, Failure
from index.build.reading.earlier_readings import EarlierReading, EarlierReadings, Numbered
from index.build.reading.joined_portions import PortionRead, joined
from index.build.reading.prepare import FileRead, KnownArticle, NewArticle
from index.errors import ArticleError
from index.ingest.formats.jsonl import JsonLine, lines_in, read_lines
from index.ingest.read import read_file
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.ingest.reading_limits import limits_of
from index.ingest.sources.files import SourceFile
from index.library.content import LibraryEntry
from index.processes.limits import BeyondLimitsError
from index.processes.worker_loop import Tell
from index.processes.worker_pool import Guard, in_order, in_parts
from index.progress import PartialProgress, Progress

_VERBATIM = re.compile(r"\.jsonl?#", re.IGNORECASE)
_LINES = 100  # per portion of work
_TOGETHER = 8_000_000  # characters of new articles that are kept in one go
_PARALLEL_BYTES = 4_000_000  # from which on more than one process pays

_Result = tuple[str | None, Numbered | None]
"""The hash of a file's bytes, None if it could not be opened, and what was read.

Nothing was read, not even an empty list, if the bytes are known."""


Keep = Callable[[Sequence[NewArticle]], None]
"""Called with new articles as they are read, some megabytes at a time."""


def read_all(
    files: Sequence[SourceFile],
    earlier: EarlierReadings,
    progress: Progress,
    processes: int,
    keep: Keep,
) -> Iterator[FileRead]:
    """Yield each file in order, read if it has changed since it was read earlier.

    New articles are given to `keep`, and the files have them without their texts, of which there
    may be more than fits the memory. Progress is in kilobytes, as one file may be all there is.
    """
    total, recognises = sum(file.size for file in files), earlier.aids.scans is not None
    portions = (portion for file in files for portion in _portions(file, earlier))
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
    for file, of_file in groupby(_kept(counted, keep), key=lambda read: read.file):
        first, *others = of_file
        if first.outcomes is None and first.file_hash is not None:
            yield earlier.kept(file, first.file_hash)
        else:
            yield joined([first, *others], earlier.of(file).reader)


def _kept(results: Iterable[tuple["_Portion", _Result]], keep: Keep) -> Iterator[PortionRead]:
    """Give new articles to `keep`, and yield the portions without their texts."""
    for together in _gathered(results):
        keep([piece for _, (_, outcomes) in together for piece in _new(outcomes)])
        for portion, (file_hash, new) in together:
            outcomes = None if new is None else _in_order([*new, *portion.known])
            yield PortionRead(portion.file, file_hash, outcomes, isinstance(portion, _Lines))


def _in_order(outcomes: Numbered) -> Numbered:
    """Return outcomes by their lines, new articles without their texts."""
    kept = [
        (number, outcome.kept() if isinstance(outcome, NewArticle) else outcome)
        for number, outcome in outcomes
    ]
    return sorted(kept, key=lambda outcome: outcome[0])


def _gathered(
    results: Iterable[tuple["_Portion", _Result]],
) -> Iterator[list[tuple["_Portion", _Result]]]:
    """Yield results in order, so many together that their texts amount to some megabytes."""
    together: list[tuple[_Portion, _Result]] = []
    size = 0
    for result in results:
        together.append(result)
        size += sum(len(piece.record.text) for piece in _new(result[1][1]))
        if size >= _TOGETHER:
            yield together
            together, size = [], 0
    if together:
        yield together


def _new(outcomes: Numbered | None) -> list[NewArticle]:
    return [outcome for _, outcome in outcomes or () if isinstance(outcome, NewArticle)]


@dataclass(frozen=True, slots=True)
class _UnchangedFile:
    """A file of JSON lines that an earlier rebuild read: no work."""

    file: SourceFile
    file_hash: str

    @property
    def known(self) -> Numbered:
        return []

    @property
    def size(self) -> int:
        return self.file.size

    def read(self, aids: ReadingAids) -> _Result:  # noqa: ARG002
        return self.file_hash, None

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
        if self.earlier.is_known(file_hash):
            return file_hash, None
        articles, failed = read_file(self.file.id, data, aids=aids)
        prepared = (NewArticle.of(article, self._folder_of(article)) for article in articles)
        return file_hash, [
            *((0, article) for article in prepared),
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

    def __reduce__(self) -> tuple[type["_Lines"], tuple[object, ...]]:
        """Leave out what is known where the lines are read, which may be a whole file."""
        return _Lines, (self.file, self.file_hash, self.new, [])

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
                else NewArticle.of(outcome, part=parts[number]),
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
        return self.file_hash, [
            outcome for _, (_, outcomes) in results for outcome in outcomes or ()
        ]


_Portion = _UnchangedFile | _WholeFile | _Lines


def _portions(file: SourceFile, readings: EarlierReadings) -> Iterator[_Portion]:
    """Yield a file as one portion of work, changed JSON lines as several."""
    earlier = readings.of(file)
    if PurePath(file.id).suffix.lower() != ".jsonl":
        yield _WholeFile(file, earlier)
        return
    try:
        with file.path.open("rb") as opened:
            file_hash = hashlib.file_digest(opened, "sha256").hexdigest()
            if earlier.is_known(file_hash):
                yield _UnchangedFile(file, file_hash)
            else:
                entries = {
                    entry.part: entry
                    for entry in readings.entries_of(file)
                    if entry.part and entry.reader == earlier.reader
                }
                yield from _line_portions(file, file_hash, opened, entries)
    except (OSError, ArticleError):  # ArticleError: no text at all
        yield _WholeFile(file, earlier)  # fails again, with the reason


def _line_portions(
    file: SourceFile, file_hash: str, opened: BinaryIO, entries: Mapping[str, LibraryEntry]
) -> Iterator[_Lines]:
    """Yield portions of so many new lines each, with the known ones between them.

    `entries` are the articles of known lines, by the lines' hashes.
    """
    portion = _Lines(file, file_hash, [], [])
    for number, line in enumerate(lines_in(opened), 1):
        part = _hash_of(line)
        if part in entries:
            portion.known.append((number, KnownArticle(entries[part])))
            continue
        portion.new.append((number, line, part))
        if len(portion.new) == _LINES:
            yield portion
            portion = _Lines(file, file_hash, [], [])
    yield portion


def _hash_of(line: JsonLine) -> str:
    data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]
