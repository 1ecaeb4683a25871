"""The rebuild: brings a store to what is in the user's folders, and loses nothing on the way.

Read what changed → add it to the library → make a generation beside the current one → verify it →
switch → clear away. Killed at any instant, the current generation is whole, and the vectors made
so far are kept.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from index.build.generation_writer import BuildContext, GenerationWriter, ReusableGeneration
from index.build.near_duplicates import NearDuplicates
from index.build.plan import Plan
from index.build.quality_gate import QualityGate, gate_of
from index.build.read_pages import Web
from index.build.recurring_lines import RecurringLines
from index.build.report import Done, Report, report
from index.build.scan import Scanner
from index.build.verify import verify
from index.errors import MismatchError, NoIndexError, NoPathError, StoreError, YijuError
from index.models.encoder import Encoder
from index.progress import Progress, both, silent
from index.search.generation import Generation
from index.store.library import Library, LibraryEntry
from index.store.manifest import FileSums, Manifest, Quality
from index.store.rebuild_state import RebuildState, Root
from index.store.retention import tidy
from index.store.store import Store
from index.text.analyzer import Analyzer
from index.text.user_dictionary import UserWords

Planner = Callable[[Library, Mapping[str, LibraryEntry], Progress], Plan]
"""Decides what the store shall hold, given the library, what it held, and who hears of it."""


_NO_WEB = Web()


@dataclass(frozen=True, slots=True)
class Options:
    """How to rebuild: all anew (`full`), past the gate (`force`), by other questions.

    `web` are lists of addresses whose pages are fetched; `wait` are seconds that another writer may
    take.
    """

    full: bool = False
    force: bool = False
    questions: Path | None = None
    web: Web = _NO_WEB
    wait: float = 0


_PLAIN = Options()
_NOT_COMPARED = "What the new index finds was not compared with the one before, which does not open"


class Builder:
    """Rebuilds one store with one encoder and one dictionary, in so many processes."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        analyzer: Analyzer,
        progress: Progress = silent,
        processes: int = 1,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._analyzer = analyzer
        self._progress = progress
        self._processes = processes
        self._sums = FileSums()

    def rebuild(self, paths: Sequence[Path], options: Options = _PLAIN) -> Report:
        """Brings the store to what is under `paths` (folders or files) and to the user's words.

        Without `paths` those that were given earlier are read again.

        Raises:
            ArticleError: no article found at all; nothing was changed.
            BusyError: another rebuild is at work.
            QualityError: the new index finds less; nothing was changed.
            NoPathError: none was given, now or earlier.
            UsageError: the file of the user's words is malformed; nothing was changed.
        """

        def plan(library: Library, old: Mapping[str, LibraryEntry], progress: Progress) -> Plan:
            standing = RebuildState(library)
            files, web = _sources(paths, options.web, standing)
            intake = Scanner(library, progress, standing, self._processes)
            plan = intake.read(files, old, afresh=options.full, web=web)
            given = [Root(path.absolute()) for path in paths]
            given += [Root(path.absolute(), urls=True) for path in options.web.lists]
            standing.record(given, plan.all)
            standing.forget(plan.entries)
            plan.entries = RecurringLines(library).cut(plan.entries, old)
            return plan

        return self.bring(plan, options)

    def bring(self, plan_of: Planner, options: Options = _PLAIN) -> Report:
        """Brings the store to a plan; raises what `rebuild` does."""
        began = time.monotonic()
        with (
            self._store.lock(options.wait) as lock,
            closing(Library(self._store.library)) as library,
        ):
            progress = both(self._progress, lock.progress)
            before = self._current(full=options.full)
            made = self._recipe(progress)
            base, notes = self._base(None if options.full else before, made, library)
            old = library.entries(int(before or self._lost(library, full=options.full)))
            plan = plan_of(library, old, progress)
            job = _Job(library, made, base, before, options, notes)
            current, embedded = before, 0
            if current is None or base is None or plan.entries != old or not base.is_like(made):
                current, embedded = self._write(job, plan)
            tidy(self._store, library, current, before)
            passages = Manifest.read(self._store.folder(current)).passages
            repeats = NearDuplicates(library, int(current)).among(plan.entries, old)
        return report(Done(current, embedded, passages, began, repeats, notes), old, plan)

    def preview(self, paths: Sequence[Path], options: Options = _PLAIN) -> Report:
        """What `rebuild` would report, without writing anything; `passages` are today's."""
        began = time.monotonic()
        UserWords.read(self._store.words)  # a malformed file is told here as well
        old, passages, version, standing = {}, 0, "", None
        with ExitStack() as stack:
            if self._store.library.exists():
                opened = closing(Library(self._store.library, readonly=True))
                library = stack.enter_context(opened)
                standing = RebuildState(library)
                version = self._current(full=False) or ""
                old = library.entries(int(version or 0))
                passages = len(library.numbers(int(version or 0)))
            files, web = _sources(paths, options.web, standing)
            intake = Scanner(None, self._progress, standing)
            plan = intake.read(files, old, afresh=options.full, web=web)
        return report(Done(version, 0, passages, began), old, plan)

    def _current(self, *, full: bool) -> str | None:
        try:
            return self._store.current()
        except NoIndexError:
            return None
        except MismatchError:
            if full:  # the cure that the error itself names
                return None
            raise

    def _lost(self, library: Library, *, full: bool) -> int:
        """Where no generation is current: the last one, of which the library knows what it held.

        It is there where CURRENT was lost; where its folder was, `full` is the cure.
        """
        there = [int(version) for version in self._store.versions()]
        return max(library.recorded() if full else there, default=0)

    def _recipe(self, progress: Progress) -> BuildContext:
        own = UserWords.read(self._store.words)
        words = self._analyzer.with_own(own.words)
        return BuildContext(self._encoder, words, own, progress, self._processes)

    def _base(
        self, version: str | None, made: BuildContext, library: Library
    ) -> tuple[ReusableGeneration | None, list[str]]:
        """What of the current generation can be taken over, and what not, in words."""
        if version is None:
            return None, []
        if int(version) not in library.recorded():  # its numbers mean other passages, or none
            lost = f"{self._store.library} does not know index version {version}."
            return None, [f"All indexes were made anew: {lost}"]
        try:
            base = ReusableGeneration.of(self._store, version, made, self._sums)
        except MismatchError as error:
            return None, [f"All indexes were made anew, with the vectors there are: {error}"]
        return base, base.not_reused(made)

    def _write(self, job: "_Job", plan: Plan) -> tuple[str, int]:
        """Makes, proves and switches to a new generation; gives it and what was embedded."""
        library, made = job.library, job.made
        gate = gate_of(job.options.questions, self._store.questions, made.encoder, made.progress)
        taken = [int(version) for version in self._store.versions()] + library.recorded()
        version = f"{max(taken, default=0) + 1:06}"
        library.record(int(version), plan.entries.values())
        making = GenerationWriter(self._store, version, library, made, job.base)
        try:
            with self._store.attempt(version):
                manifest = making.write(self._sums, job.before)
                with closing(verify(self._store, making, library, made, self._sums)) as new:
                    if gate is not None:
                        quality = self._judged(gate, new, job)
                        manifest.model_copy(update={"quality": quality}).write(making.folder)
                self._store.switch(version)
        except YijuError:
            with suppress(StoreError):  # on a full disk the next rebuild does it
                library.forget(int(version))
            raise
        return version, making.embedded

    def _judged(self, gate: QualityGate, new: Generation, job: "_Job") -> Quality:
        """What the gate says of a new generation beside the one before it, where there is one."""
        before, former = None, None
        with ExitStack() as stack:
            if job.before is not None:
                try:
                    before = Manifest.read(self._store.folder(job.before))
                    opened = Generation.open(
                        self._store, job.before, self._encoder, self._analyzer, self._sums
                    )
                    former = stack.enter_context(closing(opened))
                except StoreError as error:  # damaged, or made by another model: not to be asked
                    if gate.recorded(before) is None:
                        job.notes.append(f"{_NOT_COMPARED}: {error}")
            return gate.judge(new, before, former, force=job.options.force)


@dataclass(frozen=True, slots=True)
class _Job:
    """What one rebuild works with."""

    library: Library
    made: BuildContext
    base: ReusableGeneration | None
    before: str | None
    options: Options
    notes: list[str]


def _sources(
    paths: Sequence[Path], web: Web, standing: RebuildState | None
) -> tuple[list[Path], Web]:
    """The PATHs and lists to read: those given, or else those of earlier rebuilds.

    Raises:
        NoPathError: there are none.
    """
    recorded = standing.roots() if standing and not paths and not web.lists else []
    files = [*paths, *(root.path for root in recorded if not root.urls)]
    lists = (*web.lists, *(root.path for root in recorded if root.urls))
    if not files and not lists:
        raise NoPathError("No PATH was given, and none is recorded: name a folder or file.")
    return files, replace(web, lists=lists)
