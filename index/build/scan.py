"""Reads what changed under the user's PATHs and decides what the store shall hold."""

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

from index.article import Failure
from index.batches import batches
from index.build.plan import Plan
from index.build.read_files import FileRead, Piece, read_all
from index.build.read_pages import Web, read_pages
from index.errors import ArticleError
from index.ingest.sources.files import SourceFile, find_files
from index.progress import Progress
from index.store.library import Library, LibraryEntry
from index.store.rebuild_state import RebuildState

_DEFAULT_ID = re.compile(r"#[0-9a-f]{8}$")
_LONGEST_ID = 1000  # bytes: three times as many when percent-encoded in an address
UNFIT_ID = "has an id with control characters, of dots only or beyond 1,000 bytes; change it."
_NO_WEB = Web()
_BATCH = 200  # articles' files in one transaction


class Scanner:
    """One reading of the user's PATHs. Without a library nothing is written.

    `standing` tells what was deleted by hand and what failed before, where there was a rebuild.
    """

    def __init__(
        self,
        library: Library | None,
        progress: Progress,
        standing: RebuildState | None = None,
        processes: int = 1,
    ) -> None:
        self._library = library
        self._processes = processes
        self._progress = progress
        self._standing = standing
        self._deleted = standing.deleted() if standing else set()
        self._partly: dict[str, list[str]] = {}  # files of which some parts failed, and which

    def read(
        self,
        paths: Sequence[Path],
        old: Mapping[str, LibraryEntry],
        *,
        afresh: bool,
        web: Web = _NO_WEB,
    ) -> Plan:
        """What the store shall hold after `paths` and the lists of `web` were read.

        Files whose bytes are known from what it held are not read again, unless `afresh`. What
        came from other PATHs stays, and a file that fails keeps its earlier version.

        Raises:
            ArticleError: no article file under any of `paths`, or none that could be read.
        """
        paths = [*paths, *web.lists]
        roots = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - keeps links' names
        gone = {root for root in roots if not root.exists() and _come_from([str(root)], old)}
        lists = [root for root in roots[len(paths) - len(web.lists) :] if root not in gone]
        files, missed = find_files([one for one in roots if one not in gone and one not in lists])
        failing = {failure.where for failure in missed}
        if not files and not lists and not _come_from(failing, old):
            # Nothing there at all is likelier a slip, or a disk that is away, than a wish.
            raise ArticleError(_nothing_found(paths, missed))
        plan = Plan(failed=missed)
        for entry in old.values():
            if not _is_at_or_below(entry.path, map(str, roots)):
                plan.claim(entry)
        failing |= self._take_in_files(files, old, afresh, plan)
        pages = read_pages(replace(web, lists=tuple(lists)), _by_path(old.values()), self._progress)
        failing |= self._take_in_all(pages, plan)
        for entry in old.values():
            if entry.article not in plan.entries and self._outlives(entry, failing):
                plan.claim(entry)
        if not plan.entries:
            raise ArticleError(_nothing_found(paths, plan.failed))
        return plan

    def _outlives(self, entry: LibraryEntry, failing: Collection[str]) -> bool:
        """Whether an article stays though it was not found: its file failed, or its part of it.

        A member of an archive that failed keeps its articles. Of a line that failed the id is
        unknown; only an id made of the text is gone for certain.
        """
        parts = self._partly.get(entry.path)
        if parts is None:
            return _is_at_or_below(entry.path, failing)
        if not entry.path.lower().endswith(".zip"):
            return not _DEFAULT_ID.search(entry.article)
        member = f"{entry.path}{entry.article.removeprefix(entry.reader.partition(' ')[2])}"
        return any(member == part or member.startswith(f"{part}#") for part in parts)

    def _take_in_files(
        self, files: list[SourceFile], old: Mapping[str, LibraryEntry], afresh: bool, plan: Plan
    ) -> set[str]:
        """Takes files in, batch by batch; returns the paths of those that failed."""
        known = _by_path(old.values())
        # Who had an id keeps it: files that are known come first.
        files.sort(key=lambda file: str(file.path) not in known)
        if afresh:
            known = {}
        before = self._standing.failures() if self._standing and not afresh else {}
        read = read_all(files, known, before, self._progress, self._processes)
        return self._take_in_all(read, plan)

    def _take_in_all(self, read: Iterable[FileRead], plan: Plan) -> set[str]:
        """Takes in what was read, batch by batch; returns the paths of what failed altogether."""
        failing: set[str] = set()
        for batch in batches(read, _BATCH):
            with self._transaction():
                failing |= {one.path for one in batch if not self._take_in(one, plan)}
        return failing

    def _transaction(self) -> AbstractContextManager[None]:
        return self._library.transaction() if self._library else nullcontext()

    def _take_in(self, read: FileRead, plan: Plan) -> bool:
        """Takes the articles of one file in; False when it failed altogether.

        Where a part of it failed, the rest is the file's new version.
        """
        unfit = [Failure(read.path, UNFIT_ID) for one in read.pieces if is_unfit(one.id)]
        plan.failed += read.failed + unfit
        entries = [self._entry(one, read) for one in read.pieces if not is_unfit(one.id)]
        plan.claim_all([one for one in entries if self._is_wanted(one)])
        if read.failed and entries:
            self._partly[read.path] = [failure.where for failure in read.failed]
        if self._library and self._standing and read.file_hash:
            self._standing.note_failures(read.path, read.file_hash, read.reader, read.failed)
        return bool(entries)

    def _is_wanted(self, entry: LibraryEntry) -> bool:
        """Whether an article was not deleted by hand while its file was the same."""
        return (entry.article, entry.path, entry.file_hash) not in self._deleted

    def _entry(self, piece: Piece, read: FileRead) -> LibraryEntry:
        """What a generation holds of an article; one that is new is stored."""
        file_hash = read.file_hash or ""
        if piece.known is not None:
            return replace(piece.known, file_hash=file_hash)
        assert piece.new is not None
        content = self._library.put(piece.new) if self._library else piece.new.content
        return LibraryEntry(piece.id, content, read.path, file_hash, read.reader, piece.part)


def is_unfit(article_id: str) -> bool:
    """Whether an id can't be an address: control characters, a path's dots, or far too long."""
    return (
        not article_id.isprintable()
        or article_id in (".", "..")
        or len(article_id.encode("utf-8")) > _LONGEST_ID
    )


def _come_from(places: Collection[str], old: Mapping[str, LibraryEntry]) -> bool:
    """Whether any article came from one of some paths."""
    return any(_is_at_or_below(entry.path, places) for entry in old.values())


def _by_path(entries: Iterable[LibraryEntry]) -> dict[str, list[LibraryEntry]]:
    found: dict[str, list[LibraryEntry]] = {}
    for entry in entries:
        found.setdefault(entry.path, []).append(entry)
    return found


def _is_at_or_below(path: str, places: Iterable[str]) -> bool:
    return any(Path(path).is_relative_to(place) for place in places)


def _nothing_found(paths: Sequence[Path], failed: Sequence[Failure]) -> str:
    places = ", ".join(str(path) for path in paths)
    why = f" {failed[0].where}: {failed[0].reason}" if failed else ""
    return (
        f"No article found in {places}; nothing was changed. Articles are .txt, .md, .html, .pdf, "
        f".docx and .jsonl files, and .zip archives of these.{why}"
    )
