"""Scan the user's PATHs for changes, and plan the store's target contents.

A scan writes nothing. `stored` is the step between reading and planning that a preview leaves out.
"""

import os
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from index.article import Failure, PartlyRead
from index.batches import batches
from index.build.reading.earlier_readings import EarlierReadings
from index.build.reading.plan import Plan
from index.build.reading.prepare import FileRead, KeptArticle, NewArticle
from index.build.reading.read_files import Keep, read_all
from index.build.reading.read_pages import PageReader, Web
from index.build.session import Options
from index.errors import ArticleError
from index.ingest.sources.files import PICTURES, SourceFile, find_files, passed_over, printable
from index.library.content import LibraryEntry
from index.library.entries import Entries
from index.library.library_file import LibraryFile
from index.library.rebuild_state import Root, ScanNotes, WebNotes
from index.progress import Progress

_DEFAULT_ID = re.compile(r"#[0-9a-f]{8}$")
_LONGEST_ID = 1000  # bytes: three times as many when percent-encoded in an address
MISSING = "is gone or empty; its articles stay."
UNFIT_ID = "has an id with control characters, of dots only or beyond 1,000 bytes; change it."


class Scan:
    """One scan of the user's PATHs and lists of addresses."""

    def __init__(
        self,
        paths: Sequence[Path],
        web: Web,
        old: Entries,
        notes: ScanNotes,
        options: Options,
    ) -> None:
        """Find the files. Those whose bytes are known from `old` are not read, unless all are.

        A path that is gone gives up its articles; with `keep_missing` it fails, and so keeps them,
        and so does one that is empty, as the folder of a disk that is not mounted.

        Raises:
            ArticleError: no article file under any of `paths`, if there are some.
        """
        self._old, self._notes, self._options = old, notes, options
        self._known = old.files()
        self._paths = [*paths, *(root.path for root in web.lists)]
        roots = [Path(os.path.abspath(path)) for path in self._paths]  # noqa: PTH100 - keeps links
        gone = {
            root for root in roots if not root.exists() and _come_from([str(root)], self._known)
        }
        lists = [root for root in roots[len(paths) :] if root not in gone or options.keep_missing]
        self._files, self._missed = find_files(
            [root for root in roots if root not in gone and root not in lists],
            wanted=self._is_wanted_file,
        )
        if options.keep_missing:
            self._missed += _missing(roots[: len(paths)], self._files, self._known)
        self._others = passed_over(roots, self._is_wanted_file)
        self._roots = [str(root) for root in roots]
        of_lists = zip(roots[len(paths) :], web.lists, strict=True)
        present = tuple(Root(path, root.rules) for path, root in of_lists if path in lists)
        self._pages = PageReader(Web(present, web.private_allowed), old, notes, afresh=options.full)
        failing = {failure.where for failure in self._missed}
        if self._paths and not (self._files or lists or _come_from(failing, self._known)):
            # Nothing there at all is likelier a slip, or a disk that is away, than a wish.
            raise ArticleError(_no_article(self._paths, self._missed))

    def files(self, progress: Progress, processes: int, keep: Keep) -> Iterator[FileRead]:
        """Read the files, known ones first, so that known articles keep their ids.

        New articles are given to `keep`, and only what a plan needs of them is remembered.
        """
        self._files.sort(key=lambda file: str(file.path) not in self._known)
        known, failed = ({}, {}) if self._options.full else (self._known, self._notes.failed)
        earlier = EarlierReadings(self._old, known, failed, self._options.aids)
        return read_all(self._files, earlier, progress, processes, keep)

    def pages(self, progress: Progress) -> Iterator[FileRead]:
        """Fetch and read the pages of the lists."""
        return self._pages.read(progress)

    @property
    def web_notes(self) -> Mapping[str, WebNotes]:
        """What later rebuilds need to know of the lists, once their pages are read."""
        return self._pages.notes

    def plan(self, *reads: Iterable[FileRead]) -> Plan:
        """Return the target contents after files and pages were read.

        Articles from other PATHs stay, and a file that fails keeps its earlier version.

        Raises:
            ArticleError: no article could be read, and none stays.
        """
        notes = [f"Files that are no articles: {self._others}."] if self._others else []
        plan = Plan(self._old, failed=list(self._missed), notes=notes)
        failing = {failure.where for failure in self._missed}
        failed_parts: dict[str, list[str]] = {}
        # All are read before any has its ids: those of files that are unchanged are taken.
        waiting = deque(chain.from_iterable(reads))
        self._reopen({read.path for read in waiting if read.unchanged}, plan)
        while waiting:
            read = waiting.popleft()
            if not self._claim(read, plan):
                failing.add(read.path)
            elif read.failed:
                failed_parts[read.path] = [failure.where for failure in read.failed]
        _keep_failed(plan, failing, failed_parts)
        plan.notes += self._pages.lines
        if not len(plan):
            raise ArticleError(_no_article(self._paths, plan.failed))
        return plan

    def _reopen(self, unchanged: Collection[str], plan: Plan) -> None:
        """Leave it open what becomes of the articles of all files but those that are unchanged."""
        for path in self._known:
            if path not in unchanged and _is_at_or_below(path, self._roots):
                plan.reopen(self._old.of_path(path))

    def _is_wanted_file(self, path: Path) -> bool:
        """Return whether a file is an article: a picture stays one that was recognised once."""
        kind = path.suffix.lower()
        return kind in self._options.aids.kinds or (kind in PICTURES and str(path) in self._known)

    def _claim(self, read: FileRead, plan: Plan) -> bool:
        """Claim the ids of a file's articles; return whether it has any, wanted or not."""
        plan.failed += read.failed
        plan.unread += _unread(read)
        plan.failed += [Failure(read.path, UNFIT_ID) for piece in read.pieces if is_unfit(piece.id)]
        entries = [piece.entry(read) for piece in read.pieces if not is_unfit(piece.id)]
        plan.claim_all([entry for entry in entries if self._is_wanted(entry)])
        return read.unchanged or bool(entries)

    def _is_wanted(self, entry: LibraryEntry) -> bool:
        """Return whether an article was not deleted by hand since its file was last changed."""
        return (entry.article, entry.path, entry.file_hash) not in self._notes.deleted


def kept_in(library: LibraryFile) -> Keep:
    """Return what stores new articles, together in one transaction."""

    def keep(articles: Sequence[NewArticle]) -> None:
        with library.transaction():
            library.add_all([piece.record for piece in articles if not is_unfit(piece.id)])

    return keep


def not_kept(articles: Sequence[NewArticle]) -> None:
    """Store nothing, as a preview does."""


def stored(library: LibraryFile, reads: Iterable[FileRead], size: int) -> Iterator[FileRead]:
    """Store articles and failures, `size` files a transaction; yield each file."""
    for batch in batches(reads, size):
        with library.transaction():
            for read in batch:
                for piece in read.pieces:
                    if isinstance(piece, NewArticle) and not is_unfit(piece.id):
                        library.add(piece.record)
                if read.file_hash:
                    library.state.note_failures(read.path, read.file_hash, read.reader, read.failed)
        yield from batch


def is_unfit(article_id: str) -> bool:
    """Return whether an id can't be an address: control characters, only dots, or far too long."""
    return (
        not article_id.isprintable()
        or article_id in (".", "..")
        or len(article_id.encode("utf-8")) > _LONGEST_ID
    )


def _missing(
    roots: Sequence[Path], files: Sequence[SourceFile], known: Collection[str]
) -> Iterator[Failure]:
    """Yield a failure for each path that has no files any more, but had articles."""
    for root in roots:
        has_files = any(file.path.is_relative_to(root) for file in files)
        if not has_files and _come_from([str(root)], known):
            yield Failure(printable(root), MISSING)


def _unread(read: FileRead) -> Iterator[PartlyRead]:
    """Yield what of a file, or of files in an archive, is in no article, by path."""
    file_id = read.reader.partition(" ")[2]
    for piece in read.pieces:
        if isinstance(piece, NewArticle | KeptArticle) and piece.unread:
            inner = piece.id.removeprefix(file_id) if piece.id.startswith(file_id) else ""
            yield PartlyRead.of(piece.unread, f"{read.path}{inner}")


def _keep_failed(
    plan: Plan, failing: Collection[str], failed_parts: Mapping[str, Sequence[str]]
) -> None:
    """Keep the earlier articles of files, or parts of files, that failed; remove the others."""
    for entry in list(plan.open.values()):
        if _outlives(entry, failing, failed_parts):
            plan.claim(entry)
    plan.remove_open()


def _outlives(
    entry: LibraryEntry, failing: Collection[str], failed_parts: Mapping[str, Sequence[str]]
) -> bool:
    """Return whether an unread article is kept because its file, or its part, failed.

    A member of an archive that failed keeps its articles. The id of a line that failed is unknown;
    only an id made from the text is gone for certain.
    """
    parts = failed_parts.get(entry.path)
    if parts is None:
        return _is_at_or_below(entry.path, failing)
    if not entry.path.lower().endswith((".zip", ".eml")):
        return not _DEFAULT_ID.search(entry.article)
    member = f"{entry.path}{entry.article.removeprefix(entry.reader.partition(' ')[2])}"
    return any(member == part or member.startswith(f"{part}#") for part in parts)


def _come_from(paths: Collection[str], known: Iterable[str]) -> bool:
    return any(_is_at_or_below(path, paths) for path in known)


def _is_at_or_below(path: str, parents: Iterable[str]) -> bool:
    """Return whether an absolute path is one of others or within one, all without `..`."""
    return any(path == parent or path.startswith(f"{parent.rstrip('/')}/") for parent in parents)


def _no_article(paths: Sequence[Path], failed: Sequence[Failure]) -> str:
    places = ", ".join(str(path) for path in paths)
    why = f" {failed[0].where}: {failed[0].reason}" if failed else ""
    return (
        f"No article found in {places}; nothing was changed. Articles are .txt, .md, .html, .pdf, "
        ".docx, .odt, .pptx, .xlsx, .csv, .epub, .eml, .json and .jsonl files, and .zip archives "
        f"of these.{why}"
    )
