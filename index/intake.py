"""Reads what changed under the user's PATHs and decides what the store shall hold."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from index.article import Article
from index.errors import ArticleError
from index.ingest.files import Failure, SourceFile, find_files
from index.ingest.reading import INGEST_VERSION, read_file
from index.library import Entry, Library, content_hash
from index.progress import Progress, counted

_BATCH = 200  # articles' files in one transaction


@dataclass(slots=True)
class Plan:
    """What the store shall hold, by article id, and what could not be taken in."""

    entries: dict[str, Entry] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)

    def claim(self, entry: Entry) -> bool:
        """Takes an article in, unless another file has its id already; tells whether it did."""
        holder = self.entries.get(entry.article)
        if holder is None or holder.path == entry.path:
            self.entries[entry.article] = entry
            return True
        reason = f"its id “{entry.article}” is already taken by {holder.path}; rename one of them."
        self.failed.append(Failure(entry.path, reason))
        return False

    def claim_all(self, entries: Sequence[Entry], *, whole: bool) -> bool:
        """Takes the articles of a file in; one that is not `whole` is read again next time."""
        claimed = [self.claim(entry) for entry in entries]
        whole = whole and all(claimed)
        if not whole:
            for entry in entries:
                if self.entries.get(entry.article) == entry:
                    self.entries[entry.article] = replace(entry, file_hash="")
        return whole


class Intake:
    """One reading of the user's PATHs. Without a library nothing is written."""

    def __init__(self, library: Library | None, progress: Progress) -> None:
        self._library = library
        self._progress = progress

    def read(self, paths: Sequence[Path], old: Mapping[str, Entry], *, afresh: bool) -> Plan:
        """What the store shall hold after `paths` were read, given what it held.

        Files whose bytes are known are not read again, unless `afresh`. What came from other
        PATHs stays, and a file that fails keeps its earlier version.

        Raises:
            ArticleError: no article at all.
        """
        roots = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - keeps links' names
        files, missed = find_files(roots)
        plan = Plan(failed=missed)
        kept_anyway = {failure.path for failure in missed}
        for entry in old.values():
            if not _is_at_or_below(entry.path, map(str, roots)):
                plan.claim(entry)
        known = _by_path(old.values())
        # Who had an id keeps it: files that are known come first.
        files.sort(key=lambda file: str(file.path) not in known)
        if afresh:
            known = {}
        for batch in _batches(counted(files, len(files), "reading", self._progress)):
            kept_anyway |= self._take_in_all(batch, known, plan)
        for entry in old.values():
            if entry.article not in plan.entries and _is_at_or_below(entry.path, kept_anyway):
                plan.claim(entry)
        if not plan.entries:
            raise ArticleError(_nothing_found(paths, plan.failed))
        return plan

    def _take_in_all(
        self, files: Iterable[SourceFile], known: Mapping[str, Sequence[Entry]], plan: Plan
    ) -> set[str]:
        """Takes files in, in one transaction; returns the paths of those that failed."""
        with self._transaction():
            return {
                str(file.path)
                for file in files
                if not self._take_in(file, known.get(str(file.path), ()), plan)
            }

    def _transaction(self) -> AbstractContextManager[None]:
        return self._library.transaction() if self._library else nullcontext()

    def _take_in(self, file: SourceFile, known: Sequence[Entry], plan: Plan) -> bool:
        """Takes the articles of one file in; False when any of it failed."""
        try:
            data = file.path.read_bytes()
        except OSError as error:
            plan.failed.append(Failure(str(file.path), f"can't be read: {error.strerror}."))
            return False
        file_hash = hashlib.sha256(data).hexdigest()
        if known and all((e.file_hash, e.reader) == (file_hash, INGEST_VERSION) for e in known):
            return plan.claim_all(known, whole=True)
        articles, failed = read_file(file, data)
        plan.failed += failed
        add: Callable[[Article], str] = self._library.add if self._library else content_hash
        entries = [
            Entry(article.id, add(article), str(file.path), file_hash, INGEST_VERSION)
            for article in articles
        ]
        return plan.claim_all(entries, whole=not failed)


def _by_path(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.path, []).append(entry)
    return found


def _is_at_or_below(path: str, places: Iterable[str]) -> bool:
    return any(Path(path).is_relative_to(place) for place in places)


def _batches(files: Iterator[SourceFile]) -> Iterator[list[SourceFile]]:
    while batch := list(islice(files, _BATCH)):
        yield batch


def _nothing_found(paths: Sequence[Path], failed: Sequence[Failure]) -> str:
    places = ", ".join(str(path) for path in paths)
    why = f" {failed[0].path}: {failed[0].reason}" if failed else ""
    return (
        f"No article found in {places}; nothing was changed. Articles are .txt, .md, .html and "
        f".jsonl files.{why}"
    )
