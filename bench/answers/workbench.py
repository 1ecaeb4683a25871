"""The parts that all sets share: models, articles made searchable, an answerer."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.build.builder import Builder
from index.models.loading import bundled
from index.models.static import StaticEncoder
from index.progress import Progress
from index.search.live import LiveIndex
from index.search.searcher import Searcher, SearchModels
from index.settings import Settings
from index.store.store import Store
from index.text.analyzer import Analyzer
from qa.answerer import Answerer
from qa.decision import Thresholds


@dataclass(frozen=True, slots=True)
class Workbench:
    """The parts for measuring; `new_folder` returns an empty folder, removed at the end."""

    shared: Path
    encoder: StaticEncoder
    analyzer: Analyzer
    thresholds: Thresholds
    progress: Progress
    new_folder: Callable[[], Path]

    @property
    def data(self) -> Path:
        """The folder of texts."""
        return self.shared / "data"

    @property
    def measure(self) -> Path:
        """The folder of reading sets that are for measuring alone."""
        return self.data / "measure"

    def answerer(self) -> Answerer:
        """Return an answerer as the settings make it, with its networks loaded."""
        answerer = Answerer.load(self.analyzer, self.thresholds, self.encoder)
        answerer.warm_up()
        return answerer

    def searcher(self, paths: Sequence[Path]) -> Searcher:
        """Return the search over articles, rebuilt from nothing.

        Raises:
            ArticleError: there is no article in the paths.
        """
        store = Store(self.new_folder() / "store")
        Builder(store, self.encoder, self.analyzer, self.progress).rebuild(paths)
        return LiveIndex(store, SearchModels.of(self.encoder), self.analyzer).searcher()


@contextmanager
def opened(shared: Path, progress: Progress) -> Iterator[Workbench]:
    """Yield a workbench over the shared data; all of its folders go at the end of the block."""
    settings, analyzer = Settings(), Analyzer()
    analyzer.load()
    # tantivy may still be merging segments when the folder is removed; leftovers do no harm.
    with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as root:
        yield Workbench(
            shared,
            bundled(),
            analyzer,
            Thresholds(settings.threshold, settings.possible),
            progress,
            lambda: Path(tempfile.mkdtemp(dir=root)),
        )
