"""The rebuild: bring a store up to date, safe against interruption.

Read what changed → store it in the library → write a generation beside the current one → verify
it → switch → tidy up. Killed at any instant, the current generation is complete, and the vectors
made so far are kept.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.batches import DEFAULT_WORKLOAD, Workload
from index.build.embedding.vector_file import vector_files
from index.build.generation_writer import BuildContext
from index.build.reading.plan import Plan
from index.build.reading.read_pages import Web
from index.build.recurring_lines import cut_recurring_lines
from index.build.report import BuildResult, Report, report_of
from index.build.scan import Scan, kept_in, not_kept, stored
from index.build.session import Options, RebuildSession
from index.build.suggest import Suggesting
from index.engine_names import AUTO
from index.errors import NoIndexError, NoPathError, UsageError
from index.library.database import translated_errors
from index.library.entries import Entries
from index.library.library_file import LibraryFile
from index.library.rebuild_state import Root, ScanNotes
from index.models.encoder import Encoder
from index.progress import Progress, both, silent
from index.store.library_check import check_current, disagreement
from index.store.manifest import FileSums
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.user_dictionary import UserWords

_DEFAULT_OPTIONS = Options()
_BEGUN = "There is an index already; only a store where nothing was ever built begins empty."
_NO_PATH = "No PATH was given, and none is recorded: name a folder or file."


class Builder:
    """Rebuilds one store with one encoder and one dictionary; makes suggestions if it is to.

    `engine` is the name of the vectors' engine, or `auto`; `sums` tell what was checked already.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the last five have a default that fits
        self,
        store: Store,
        encoder: Encoder,
        analyzer: Analyzer,
        progress: Progress = silent,
        workload: Workload = DEFAULT_WORKLOAD,
        suggesting: Suggesting | None = None,
        engine: str = AUTO,
        sums: FileSums | None = None,
    ) -> None:
        self._engine = engine
        self._store = store
        self._encoder = encoder
        self._analyzer = analyzer
        self._progress = progress
        self._workload = workload
        self._suggesting = suggesting
        self._sums = sums or FileSums()

    def rebuild(self, paths: Sequence[Path], options: Options = _DEFAULT_OPTIONS) -> Report:
        """Update the store from `paths` (folders or files) and the user's words.

        Without `paths` those of earlier rebuilds are read again, and no library is made.

        Raises:
            ArticleError: no article at all; nothing was changed.
            BusyError: another rebuild is at work.
            QualityError: the new index finds less; nothing was changed.
            NoPathError: no path was given, now or earlier.
            UsageError: the file of the user's words is malformed, or one of vectors is of another
                model, or damaged; nothing was changed.
        """
        is_named = bool(paths or options.web.lists)
        if not (is_named or self._store.library.exists()):
            raise NoPathError(_NO_PATH)
        encoder = self._encoder
        taken = vector_files(options.vectors, encoder.id, encoder.dim) if options.vectors else []
        with self.session(options, create=is_named) as session:
            library, progress, workload = session.library, session.progress, self._workload
            roots = library.state.roots()
            files, web = _sources(paths, options.web, roots, session.old)
            scan = Scan(files, web, session.old, library.state.scan_notes(), options)
            plan = scan.plan(
                stored(
                    library,
                    scan.files(progress, workload.processes, kept_in(library)),
                    workload.files,
                ),
                stored(library, scan.pages(progress), workload.files),
            )
            given = [Root(path.absolute()) for path in paths]
            given += [replace(root, path=root.path.absolute()) for root in options.web.lists]
            library.state.note_web(scan.web_notes)
            library.state.record(given, plan.has_article_below)
            library.state.forget(plan)
            cut_recurring_lines(library, plan)
            session.take_in(taken)
            return session.commit(plan)

    def begin(self, options: Options = _DEFAULT_OPTIONS) -> Report:
        """Make the first index version, without articles: they are uploaded later.

        Raises:
            UsageError: there is an index, or what is left of one.
            BusyError: another rebuild is at work.
        """
        if not self._store.is_blank:
            raise UsageError(_BEGUN)
        with self.session(options) as session:
            if session.old:  # another process was quicker
                raise UsageError(_BEGUN)
            return session.commit(Plan())

    def preview(self, paths: Sequence[Path], options: Options = _DEFAULT_OPTIONS) -> Report:
        """Return what `rebuild` would report, writing nothing; `passages` are those of today."""
        began = time.monotonic()
        UserWords.read(self._store.words)  # refuses a malformed file
        with _looking_at(self._store) as today:
            files, web = _sources(paths, options.web, today.roots, today.entries)
            scan = Scan(files, web, today.entries, today.notes, options)
            plan = scan.plan(scan.files(self._progress, 1, not_kept), scan.pages(self._progress))
            result = BuildResult(today.version, 0, today.passages, began)
            return report_of(result, plan)

    @contextmanager
    def session(
        self, options: Options = _DEFAULT_OPTIONS, *, create: bool = True
    ) -> Iterator[RebuildSession]:
        """Lock the store and open its library for a rebuild; `create` them where they are missing.

        Raises:
            BusyError: another rebuild is at work, and was so for `options.wait` seconds.
            MismatchError: there is no library, and none is to be made.
            UsageError: the file of the user's words is malformed.
        """
        if create:
            self._store.create()
        began = time.monotonic()
        with self._store.lock(options.wait) as lock, self._library(create=create) as library:
            context = self._context(both(self._progress, lock.progress), self._suggesting)
            yield RebuildSession(self._store, library, context, options, began)

    @contextmanager
    def edit(self, wait: float) -> Iterator[RebuildSession]:
        """Lock the store and open its library for a change of the articles that are there.

        Raises:
            NoIndexError: no index version is current.
            MismatchError: the library is not the one of the current version.
            BusyError: another writer is at work, and was so for `wait` seconds.
            UsageError: the file of the user's words is malformed.
        """
        self._store.current()
        began = time.monotonic()
        with self._store.edit_lock(wait), self._library(create=False) as library:
            check_current(self._store, library)
            suggesting = self._suggesting and self._suggesting.for_edit()
            context = self._context(self._progress, suggesting)
            yield RebuildSession(self._store, library, context, _DEFAULT_OPTIONS, began)

    @contextmanager
    def _library(self, *, create: bool) -> Iterator[LibraryFile]:
        path = self._store.library
        with translated_errors(path), closing(LibraryFile(path, create=create)) as library:
            yield library

    def _context(self, progress: Progress, suggesting: Suggesting | None) -> BuildContext:
        return BuildContext(
            self._encoder,
            self._analyzer,
            UserWords.read(self._store.words),
            progress,
            self._workload,
            self._engine,
            self._sums,
            suggesting,
        )


@dataclass(frozen=True, slots=True)
class _StoreToday:
    """The entries and notes that a preview compares with; empty without a library."""

    version: str = ""
    entries: Entries = field(default_factory=Entries)
    passages: int = 0
    roots: Sequence[Root] = ()
    notes: ScanNotes = field(default_factory=ScanNotes)


@contextmanager
def _looking_at(store: Store) -> Iterator[_StoreToday]:
    """Read the state of a store without writing.

    Raises:
        MismatchError: CURRENT names a missing generation, or the library is of another version.
    """
    if not store.library.exists():
        yield _StoreToday()
        return
    with (
        translated_errors(store.library),
        closing(LibraryFile(store.library, readonly=True)) as library,
    ):
        roots, notes = library.state.roots(), library.state.scan_notes()
        try:
            version = store.current()
        except NoIndexError:
            yield _StoreToday(roots=roots, notes=notes)
            return
        known = library.latest() if disagreement(store, library, version) else version
        passages = len(library.numbers(known)) if known else 0
        yield _StoreToday(version, library.entries(known), passages, roots, notes)


def _sources(
    paths: Sequence[Path], web: Web, roots: Sequence[Root], old: Entries
) -> tuple[list[Path], Web]:
    """Return the paths and lists to read: those given, else the earlier ones.

    Of these, one that is gone with all its articles is passed over where others remain.

    Raises:
        NoPathError: there are none, and no articles that could remain.
    """
    recorded = [] if paths or web.lists else roots
    if old:
        recorded = [root for root in recorded if root.path.exists() or _has_articles(root, old)]
    files = [*paths, *(root.path for root in recorded if not root.rules)]
    lists = (*web.lists, *(root for root in recorded if root.rules))
    if not files and not lists and not old:
        raise NoPathError(_NO_PATH)
    return files, replace(web, lists=lists)


def _has_articles(root: Root, old: Entries) -> bool:
    return any(Path(path).is_relative_to(root.path) for path in old.files())
