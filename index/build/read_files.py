"""Reads files, several at a time, and makes what is new in them ready for the library.

A file whose bytes are known is not read again. In a file of JSON lines only the lines that are new
are: a day's export with one line more costs one line.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePath

from index.article import Article, Failure
from index.batches import batches
from index.build.worker_pool import in_order
from index.errors import ArticleError
from index.ingest.formats.jsonl import JsonLine, first_of_each, lines_of, read_lines
from index.ingest.read import INGEST_VERSION, read_file
from index.ingest.sources.files import SourceFile
from index.progress import Progress
from index.store.content import ContentRecord, prepare
from index.store.library import LibraryEntry

_LINES = 100  # of one portion of work
_MANY = 4_000_000  # bytes from which on a second process pays


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of a file: one that is new, or the entry it has already; `part` names its line."""

    new: ContentRecord | None
    known: LibraryEntry | None
    part: str = ""

    @property
    def id(self) -> str:
        """The article's id."""
        if self.new is not None:
            return self.new.article.id
        assert self.known is not None
        return self.known.article


@dataclass(slots=True)
class FileRead:
    """What became of a file, or of a page of the web.

    `reader` names how it was read; `file_hash` is None where it could not be opened. The failures'
    paths are those that a user knows.
    """

    path: str
    reader: str
    file_hash: str | None
    pieces: list[Piece] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


Failed = tuple[str, str, list[tuple[str, str]]]
"""A file's hash, how it was read, and place and reason of each failure."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A portion of work: a file, or some of its lines. Known pieces need no work."""

    file: SourceFile
    file_hash: str | None
    lines: list[tuple[int, JsonLine, str]] | None = None
    known: list[tuple[int, Piece | Failure]] | None = None
    earlier: "_Earlier | None" = None


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What an earlier rebuild made of a file: its articles, and what failed then."""

    entries: Sequence[LibraryEntry]
    failed: Failed | None

    def unchanged(self, file: SourceFile, file_hash: str) -> list[tuple[int, Piece | Failure]]:
        """What came of the same bytes, read the same way; nothing where that is not known."""
        if not all(one.file_hash for one in self.entries):
            return []  # one was refused for its id, which may be free now
        made = (file_hash, reader_of(file.id))
        same = [one for one in self.entries if (one.file_hash, one.reader) == made]
        pieces = [(0, Piece(None, one, one.part)) for one in same]
        if self.failed and self.failed[:2] == made:
            return [*pieces, *((0, Failure(*told)) for told in self.failed[2])]
        return [*pieces] if len(same) == len(self.entries) else []


_Found = tuple[str | None, list[tuple[int, Piece | Failure]]]


def reader_of(name: str) -> str:
    """Return an id of how a file is read; a file under another id is another article."""
    return f"{INGEST_VERSION} {name}"


def read_all(
    files: Sequence[SourceFile],
    known: Mapping[str, Sequence[LibraryEntry]],
    failed: Mapping[str, Failed],
    progress: Progress,
    processes: int,
) -> Iterator[FileRead]:
    """Each file in order, read where it has changed; what is known of it goes by its path.

    Progress is told in kilobytes: one file may be all there is.
    """
    total = sum(_size(file) for file in files)
    if total < _MANY:
        processes = 1
    jobs = (
        job
        for file in files
        for job in _jobs(file, _Earlier(known.get(str(file.path), ()), failed.get(str(file.path))))
    )
    done = _measured(in_order(_work, jobs, processes), total, progress)
    for _, portions in groupby(done, key=lambda pair: pair[0].file.path):
        yield _joined(list(portions))


def _measured(
    portions: Iterable[tuple[_Job, _Found]], total: int, progress: Progress
) -> Iterator[tuple[_Job, _Found]]:
    """Passes portions on and tells how much of all bytes they are."""
    done = 0
    progress("reading", 0, -(-total // 1000))
    for job, found in portions:
        yield job, found
        lines = job.lines
        done += _size(job.file) if lines is None else sum(len(line) for _, line, _ in lines)
        progress("reading", min(done, total) // 1000, -(-total // 1000))
    progress("reading", -(-total // 1000), -(-total // 1000))


def _size(file: SourceFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:  # told when it is read
        return 0


def _jobs(file: SourceFile, earlier: _Earlier) -> Iterator[_Job]:
    """A file is one portion; one of lines that has changed is as many as its new lines take."""
    if PurePath(file.id).suffix.lower() != ".jsonl":
        yield _Job(file, None, earlier=earlier)
        return
    try:
        data = file.path.read_bytes()
    except OSError:
        yield _Job(file, None)  # the one who works on it will say why
        return
    file_hash = hashlib.sha256(data).hexdigest()
    if same := earlier.unchanged(file, file_hash):
        yield _Job(file, file_hash, known=same)
        return
    try:
        yield from _line_jobs(file, file_hash, data, earlier.entries)
    except ArticleError:  # no text at all: the one who works on it will say so
        yield _Job(file, None, earlier=earlier)


def _line_jobs(
    file: SourceFile, file_hash: str, data: bytes, known: Sequence[LibraryEntry]
) -> Iterator[_Job]:
    reader = reader_of(file.id)
    parts = {entry.part: entry for entry in known if entry.part and entry.reader == reader}
    lines = ((number, line, _named(line)) for number, line in enumerate(lines_of(data), 1))
    for some in batches(lines, _LINES):
        new = [one for one in some if one[2] not in parts]
        there: list[tuple[int, Piece | Failure]] = [
            (number, Piece(None, parts[part], part)) for number, _, part in some if part in parts
        ]
        yield _Job(file, file_hash, new, there)


def _named(line: JsonLine) -> str:
    data = line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:32]


def _work(job: _Job) -> _Found:
    """A portion's pieces and failures, by line; 0 for a whole file."""
    if job.lines is not None:
        parts = {number: part for number, _, part in job.lines}
        numbered = ((number, line) for number, line, _ in job.lines)
        return job.file_hash, [
            (number, one if isinstance(one, Failure) else Piece(prepare(one), None, parts[number]))
            for number, one in read_lines(job.file.id, numbered)
        ]
    if job.known is not None:
        return job.file_hash, []
    return _whole(job)


def _whole(job: _Job) -> _Found:
    try:
        data = job.file.path.read_bytes()
    except OSError as error:
        return None, [(0, Failure(job.file.id, f"can't be read: {error.strerror}."))]
    file_hash = hashlib.sha256(data).hexdigest()
    if job.earlier and (same := job.earlier.unchanged(job.file, file_hash)):
        return file_hash, same
    articles, failed = read_file(job.file.id, data)
    pieces = [(0, Piece(prepare(one, _folder_of(one, job.file)), None)) for one in articles]
    return file_hash, [*pieces, *((0, one) for one in failed)]


def _folder_of(article: Article, file: SourceFile) -> str | None:
    """What stands for the source of an article that was cleaned; None for one kept as given."""
    return None if ".jsonl#" in article.id else str(file.path.parent)


def _joined(portions: Sequence[tuple[_Job, _Found]]) -> FileRead:
    """All portions of one file together."""
    job, (file_hash, _) = portions[0]
    found = [one for job, (_, some) in portions for one in _in_line(some, job.known or [])]
    if job.lines is None:
        pieces = [one for _, one in found if isinstance(one, Piece)]
        failed = [one for _, one in found if isinstance(one, Failure)]
    else:
        id_of: Callable[[Piece], str] = lambda piece: piece.id  # noqa: E731 - typed for mypy
        pieces, failed = first_of_each(job.file.id, found, id_of)
    path = str(job.file.path)
    told = [_below(path, job.file.id, one) for one in failed]
    return FileRead(path, reader_of(job.file.id), file_hash, pieces, told)


def _below(path: str, file_id: str, failure: Failure) -> Failure:
    """A failure by the file's path, where it is told by its id; what was told before is so."""
    if not failure.where.startswith(file_id):
        return failure
    return replace(failure, where=path + failure.where.removeprefix(file_id))


def _in_line(
    new: Iterable[tuple[int, Piece | Failure]], known: Iterable[tuple[int, Piece | Failure]]
) -> list[tuple[int, Piece | Failure]]:
    return sorted([*new, *known], key=lambda one: one[0])
