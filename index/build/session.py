"""A rebuild session: one writer's work, from the lock to the report."""

import logging
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from index.build.embedding.vector_file import VectorFile
from index.build.generation_writer import BuildContext, GenerationWriter, ReusableGeneration
from index.build.near_duplicates import NearDuplicates
from index.build.quality_gate import QualityGate, gate_of
from index.build.reading.plan import Plan
from index.build.reading.read_pages import Web
from index.build.report import BuildResult, Report, report_of
from index.build.suggest import ENOUGH, suggest
from index.build.verify import verify
from index.errors import MismatchError, NoIndexError, StoreError, YijuError
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.search.generation import Generation
from index.store.library_check import disagreement
from index.store.manifest import Manifest, Quality
from index.store.retention import tidy
from index.store.store import Store

_log = logging.getLogger(__name__)
_NO_WEB = Web()
_NOT_COMPARED = "What the new index finds was not compared with the one before, which does not open"


@dataclass(frozen=True, slots=True)
class Options:
    """How to rebuild: from scratch (`full`), past the quality gate (`force`), by `questions`.

    `web` are lists of addresses whose pages are fetched; `wait` is the time in seconds that
    another writer may take to end; with `keep_missing` a PATH that is gone or empty keeps its
    articles; `aids` read old kinds of files, and scans; `vectors` are files of vectors that were
    embedded elsewhere, or folders of these.
    """

    full: bool = False
    force: bool = False
    questions: Path | None = None
    web: Web = _NO_WEB
    wait: float = 0
    keep_missing: bool = False
    aids: ReadingAids = NO_AIDS
    vectors: Sequence[Path] = ()


class RebuildSession:
    """A rebuild under the writer's lock: `library` is open, `old` are the current entries.

    `progress` reports to the user and to other processes.
    """

    def __init__(
        self,
        store: Store,
        library: LibraryFile,
        context: BuildContext,
        options: Options,
        began: float,
    ) -> None:
        """Examine the current generation; the report counts from `began` in monotonic time.

        Raises:
            MismatchError: CURRENT names a missing generation, and the rebuild is not `full`.
        """
        self.library = library
        self.progress = context.progress
        self._store, self._context, self._options = store, context, options
        self._began = began
        self._notes: list[str] = []
        self._clear_interrupted()
        self._before = self._current()
        agreed = self._before if self._agrees(self._before) else None
        self._base = None if options.full else self._reusable(agreed)
        self.old = library.entries(agreed or library.latest())

    def take_in(self, files: Sequence[VectorFile]) -> None:
        """Store the vectors in files that passages of the library need, and note how many."""
        if not files:
            return
        known = self.library.register_encoder(self._context.encoder.id)
        before = len(known)
        for hashes, vectors in chain.from_iterable(file.batches() for file in files):
            known.take_in(hashes, vectors)
        self._notes.append(f"Vectors taken from files: {len(known) - before:,}.")

    def commit(self, plan: Plan) -> Report:
        """Carry out a plan: write and switch to a new generation if it differs.

        Raises:
            QualityError: the new index finds less; nothing was changed.
            StoreError: the generation can't be written or proves wrong; nothing was changed.
        """
        current, embedded = self._before, 0
        if current is None or self._base is None or not self._is_unchanged(self._base, plan):
            current, embedded = self._write(plan)
        self._tidy(current)
        self._suggest(current, plan)
        passages = Manifest.read(self._store.folder(current)).passages
        repeats = NearDuplicates(self.library, current, self.progress).find(plan)
        result = BuildResult(current, embedded, passages, self._began, repeats, self._notes)
        return report_of(result, plan)

    def _tidy(self, current: Version) -> None:
        force = self._options.force
        spared = tidy(self._store, self.library, current, self._before, force=force)
        if spared:
            self._notes.append(
                f"Index version {spared} is kept: the later ones have less than half of its "
                "articles. If that is right, let go of it with: yiju rebuild --force"
            )

    def _suggest(self, current: Version, plan: Plan) -> None:
        """Make suggested questions of what the version adds; of all articles if few were tried."""
        suggesting, library = self._context.suggesting, self.library
        if suggesting is None or not suggesting.tries:
            return
        contents = [entry.content for entry in plan.put.values()]
        among = [content for content in contents if not self.old.of_content(content)]
        is_begun = library.tried.count(current) >= ENOUGH and not self._options.full
        everything = not (suggesting.is_edit or is_begun)
        if not (among or everything):
            return
        chosen = None if everything else among
        if failed := suggest(suggesting, library, current, chosen, self.progress):
            self._notes.append(failed)
            if suggesting.is_edit:  # an edit has no report
                _log.error("%s", failed)

    def _is_unchanged(self, base: ReusableGeneration, plan: Plan) -> bool:
        return plan.is_empty and base.is_like(self._context)

    def _current(self) -> Version | None:
        try:
            return self._store.current()
        except NoIndexError:
            return None
        except MismatchError:
            if self._options.full:  # the remedy that the error names
                return None
            raise

    def _clear_interrupted(self) -> None:
        """Forget the generations that killed rebuilds were writing, before their folders go."""
        recorded = self.library.recorded()
        for version in self._store.interrupted():
            if version in recorded:
                self.library.forget(version)
        self._store.sweep()

    def _agrees(self, version: Version | None) -> bool:
        """Return whether the library is that of the current generation; note if it is not."""
        why = disagreement(self._store, self.library, version) if version else None
        if why:
            self._notes.append(f"All indexes were made anew: {why}")
        return why is None

    def _reusable(self, version: Version | None) -> ReusableGeneration | None:
        """Return what can be reused of the current generation; note what can't, and why."""
        if version is None:
            return None
        try:
            base = ReusableGeneration.of(self._store, version, self._context)
        except MismatchError as error:
            self._notes.append(f"All indexes were made anew, with the vectors there are: {error}")
            return None
        self._notes += base.not_reused(self._context)
        return base

    def _write(self, plan: Plan) -> tuple[Version, int]:
        """Write, verify and switch to a new generation; return it and the passages embedded."""
        context, library = self._context, self.library
        gate = gate_of(
            self._options.questions, self._store.questions, context.encoder, context.progress
        )
        version = Version.following([*self._store.versions(), *library.recorded()])
        writer = GenerationWriter(self._store, version, library, context, self._base)
        # After its folder: see `library_check`.
        library.record(version, plan.put.values(), plan.removed, self.old.version)
        try:
            with self._store.attempt(version):
                manifest = writer.write(self._before)
                with closing(verify(self._store, writer, library, context)) as new:
                    if gate is not None:
                        quality = self._judged(gate, new)
                        manifest.model_copy(update={"quality": quality}).write(writer.folder)
                self._store.switch(version)
        except YijuError:
            with suppress(StoreError):  # on a full disk the next session does it
                library.forget(version)
                self._store.sweep()
            raise
        return version, writer.embedded

    def _judged(self, gate: QualityGate, new: Generation) -> Quality:
        """Return the gate's verdict on a new generation beside the current one, if any."""
        context, before, former = self._context, None, None
        with ExitStack() as stack:
            if self._before is not None:
                try:
                    before = Manifest.read(self._store.folder(self._before))
                    opened = Generation.open(
                        self._store, self._before, context.encoder, context.common, context.sums
                    )
                    former = stack.enter_context(closing(opened))
                except StoreError as error:  # damaged, or made with another model
                    if gate.recorded(before) is None:
                        self._notes.append(f"{_NOT_COMPARED}: {error}")
            return gate.judge(new, before, former, force=self._options.force)
