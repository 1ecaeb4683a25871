"""Rebuild a store as its settings say: here, or in a process of its own."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.article import Article
from index.batches import Workload
from index.build.builder import Builder
from index.build.reading.read_pages import Web
from index.build.report import Report
from index.build.session import Options
from index.build.suggest import Suggesting
from index.errors import StoreError
from index.ingest.reading_aids import ReadingAids
from index.library.content import Suggestion
from index.library.rebuild_state import Root
from index.models.encoder import Encoder
from index.models.loading import encoder_of
from index.processes.memory_pools import limit_pools
from index.processes.worker_process import Worker
from index.progress import Progress, silent
from index.settings import Settings
from index.store.lock import WriterStatus
from index.store.store import Store
from index.text.analyzer import Analyzer

if TYPE_CHECKING:
    from index.milvus.publisher import Publisher
    from qa.suggestions.suggester import Suggester

_SELDOM = (100_000, 20, 20)  # objects, and collections, between two of the garbage collector
_PUBLISH_WITHIN = 600.0  # seconds: Milvus may build an index first, and nobody waits for an answer
_POLL = 0.2  # seconds between two looks at the progress of a rebuild


@dataclass(frozen=True, slots=True)
class RebuildRequest:
    """What to rebuild a store from, and how: as `Options` has it.

    `paths` are folders and files, `lists` files of addresses; without any, those of earlier
    rebuilds are read again. With `dry_run` nothing is changed. With `empty` an index without
    articles is begun. `embeddings` are files of vectors, or folders of these. With `publishes` the
    current index version is put into Milvus, too.
    """

    settings: Settings
    paths: tuple[Path, ...] = ()
    lists: tuple[Root, ...] = ()
    full: bool = False
    force: bool = False
    questions: Path | None = None
    wait: float = 0
    keep_missing: bool = False
    dry_run: bool = False
    empty: bool = False
    embeddings: tuple[Path, ...] = ()
    publishes: bool = False


def rebuild(request: RebuildRequest, progress: Progress = silent) -> Report:
    """Rebuild in this process, which must have no threads: it is forked.

    Raises:
        YijuError: as `Builder.rebuild` and `Builder.begin` do.
    """
    limit_pools()  # of 165,000 passages 180 MB less while names are looked for
    # Hundreds of thousands of records come and stay, and cycles are few: looking at them all again
    # and again took a twentieth of the time (68,212 news articles: 75.0 s, and 70.3 without).
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    settings = request.settings
    web = Web(request.lists, settings.fetch_private)
    options = Options(
        request.full,
        request.force,
        request.questions,
        web,
        request.wait,
        request.keep_missing,
        ReadingAids.of(settings),
        request.embeddings,
    )
    analyzer, encoder = Analyzer(), encoder_of(settings)
    suggesting = Suggesting(_LateSuggester(settings, encoder, analyzer), settings.suggestions)
    workload = Workload(settings.rebuild_processes)
    store = Store(settings.store)
    builder = Builder(store, encoder, analyzer, progress, workload, suggesting, settings.engine)
    publisher = _publisher_of(settings, encoder, analyzer, progress) if request.publishes else None
    if request.empty:
        report = builder.begin(options)
    else:
        work = builder.preview if request.dry_run else builder.rebuild
        report = work(request.paths, options)
    if publisher and not request.dry_run:
        name = publisher.publish(request.wait)
        report = replace(report, notes=[*report.notes, f"Published in Milvus as {name}."])
    return report


def _publisher_of(
    settings: Settings, encoder: Encoder, analyzer: Analyzer, progress: Progress
) -> "Publisher":
    """Return what publishes in Milvus, once something listens at its address."""
    from index.milvus.publisher import Publisher
    from python_api.parts import milvus_of  # takes half a second, and no other rebuild needs it

    milvus = milvus_of(settings, _PUBLISH_WITHIN)
    milvus.check_listens()
    return Publisher(Store(settings.store), milvus, encoder, analyzer, progress)


class _LateSuggester:
    """Makes suggestions; what answers is imported then, as many a rebuild makes none."""

    def __init__(self, settings: Settings, encoder: Encoder, analyzer: Analyzer) -> None:
        self._parts = settings, encoder, analyzer

    def make(self, article: Article, version: str, most: int) -> tuple[Sequence[Suggestion], int]:
        """Return questions of an article, and how many were tried."""
        return self._suggester.make(article, version, most)

    @cached_property
    def _suggester(self) -> "Suggester":
        from python_api.parts import suggester_of  # takes half a second

        return suggester_of(*self._parts)


def rebuild_apart(request: RebuildRequest, progress: Progress = silent) -> Report:
    """Rebuild in a process of its own, which is ended if this one is, or an exception is raised.

    It may fork beside the threads of this one, and gives back all memory that it takes.

    Raises:
        YijuError: as `Builder.rebuild` does.
        WorkerError: the process was killed.
    """
    settings = request.settings
    there = settings.model_copy(update={"store": settings.store.absolute()})
    program, wanted = "python_api.rebuild_program", replace(request, settings=there)
    worker = Worker[None, Report].started(program, wanted)
    try:
        worker.give(None)
        store, last = Store(there.store), None
        while not worker.connection.poll(_POLL):
            status = _status(store)
            if status and status.is_at_work and status != last:
                progress(status.state, status.done, status.total)
            last = status
        return worker.take()
    finally:
        worker.end()


def _status(store: Store) -> WriterStatus | None:
    """Return how far a rebuild is, as it notes it for all who ask."""
    try:
        return store.under_way()
    except StoreError:
        return None  # the rebuild itself tells it
