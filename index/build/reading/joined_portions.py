"""Join what was read of the portions of a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.article import Failure
from index.build.reading.earlier_readings import Numbered
from index.build.reading.prepare import FileRead, ReadArticle
from index.ingest.formats.jsonl import first_of_each
from index.ingest.sources.files import SourceFile


@dataclass(frozen=True, slots=True)
class PortionRead:
    """What a portion of a file holds, in order; `in_lines` if it is some of its lines.

    Without outcomes it is a whole file whose bytes are known.
    """

    file: SourceFile
    file_hash: str | None
    outcomes: Numbered | None
    in_lines: bool


def joined(portions: Sequence[PortionRead], reader: str) -> FileRead:
    """Return the portions of one file as one."""
    first = portions[0]
    outcomes = [outcome for portion in portions for outcome in portion.outcomes or ()]
    pieces: list[ReadArticle]
    if first.in_lines:
        pieces, failed = first_of_each(first.file.id, outcomes, _id_of)
    else:
        pieces = [piece for _, piece in outcomes if not isinstance(piece, Failure)]
        failed = [failure for _, failure in outcomes if isinstance(failure, Failure)]
    path, file_id = str(first.file.path), first.file.id
    failed = [_with_path(failure, path, file_id) for failure in failed]
    return FileRead(path, reader, first.file_hash, pieces, failed)


def _id_of(piece: ReadArticle) -> str:
    return piece.id


def _with_path(failure: Failure, path: str, file_id: str) -> Failure:
    """Return a failure that is located by its file's id by path; one noted earlier is already."""
    if not failure.where.startswith(file_id):
        return failure
    return replace(failure, where=path + failure.where.removeprefix(file_id))
