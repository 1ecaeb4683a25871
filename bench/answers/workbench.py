"""The parts that all sets share: models, articles made searchable, an answerer."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.build.builder import Builder
from index.models.encoder import ExtractiveModel
from index.models.loading import bundled, open_reader
from index.models.static import StaticEncoder
from index.progress import Progress
from index.search.live import LiveIndex
from index.search.searcher import Searcher, SearchModels
from index.settings import Settings
from index.store.store import Store
from index.text.analyzer import Analyzer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.evaluation.squad import GoldQuestion
from qa.evidence.sentence_ranker import SentenceReader
from qa.reader.span_reader import SpanReader
from qa.reader.transformers_reader import TransformersReader


@dataclass(frozen=True, slots=True)
class Workbench:
    """The parts for measuring; `new_folder` returns an empty folder, removed at the end.

    `model` reads in place of the bundled reader, if the settings name one. `stores` is the folder
    where large stores are kept from run to run, if they are; of a reading set at most `sample`
    questions are asked, if that is given.
    """

    shared: Path
    encoder: StaticEncoder
    model: ExtractiveModel | None
    analyzer: Analyzer
    thresholds: Thresholds
    progress: Progress
    new_folder: Callable[[], Path]
    stores: Path | None = None
    sample: int | None = None

    @property
    def data(self) -> Path:
        """The folder of texts."""
        return self.shared / "data"

    @property
    def measure(self) -> Path:
        """The folder of reading sets that are for measuring alone."""
        return self.data / "measure"

    def sampled(self, questions: tuple[GoldQuestion, ...]) -> tuple[GoldQuestion, ...]:
        """Return the questions of a reading set to ask: all, or evenly chosen ones."""
        if self.sample is None or len(questions) <= self.sample:
            return questions
        return tuple(questions[at * len(questions) // self.sample] for at in range(self.sample))

    def answerer(self, thresholds: Thresholds | None = None) -> Answerer:
        """Return an answerer as the settings make it, or with other thresholds; it is loaded."""
        chosen = thresholds or self.thresholds
        answerer = Answerer.load(self.analyzer, chosen, self.encoder, self.model)
        answerer.warm_up()
        return answerer

    def reader(self) -> SentenceReader:
        """Return the reader alone."""
        if self.model is None:
            return SpanReader(self.encoder)
        return TransformersReader(self.model, self.encoder)

    def searcher(self, paths: Sequence[Path], kept: str = "") -> Searcher:
        """Return the search over articles, rebuilt from nothing or, if `kept`, brought up to date.

        Raises:
            ArticleError: there is no article in the paths.
        """
        store = Store(self.folder(kept) / "store")
        Builder(store, self.encoder, self.analyzer, self.progress).rebuild(paths)
        return LiveIndex(store, SearchModels.of(self.encoder), self.analyzer).searcher()

    def folder(self, kept: str = "") -> Path:
        """Return the folder of a name that is kept from run to run, else an empty one."""
        if self.stores is None or not kept:
            return self.new_folder()
        folder = self.stores / kept
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@contextmanager
def opened(
    shared: Path, progress: Progress, stores: Path | None = None, sample: int | None = None
) -> Iterator[Workbench]:
    """Yield a workbench over the shared data; its folders go at the end, but for those kept."""
    settings, analyzer = Settings(), Analyzer()
    analyzer.load()
    # tantivy may still be merging segments when the folder is removed; leftovers do no harm.
    with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as root:
        yield Workbench(
            shared,
            bundled(),
            open_reader(settings.reader),
            analyzer,
            Thresholds(settings.threshold, settings.possible),
            progress,
            lambda: Path(tempfile.mkdtemp(dir=root)),
            stores,
            sample,
        )
