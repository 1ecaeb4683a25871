"""A temporary store with each context of a reading set as an article."""

import gzip
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from index.build.builder import Builder
from index.build.report import Report
from index.errors import ArticleError, UsageError
from index.models.encoder import Encoder
from index.progress import Progress, silent
from index.search.live import LiveIndex
from index.search.searcher import Searcher, SearchModels
from index.store.manifest import Manifest
from index.store.store import Store
from index.text.analyzer import Analyzer

FOLDS = 10
"""The number of folds of a left-out evaluation; fewer contexts than that make fewer folds."""


def article_id(context: str) -> str:
    """Return the id of a context's article: equal texts are one article."""
    return "context-" + hashlib.sha256(context.encode("utf-8", "replace")).hexdigest()[:16]


def fold_of(position: int) -> int:
    """Return the fold of the context at a position.

    >>> fold_of(13)
    3
    """
    return position % FOLDS


class TemporaryStore:
    """A store in its own folder, filled by an ordinary rebuild.

    It can be filled again with another set: the other articles are not indexed twice.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        among: Sequence[Path] = (),
        progress: Progress = silent,
    ) -> None:
        """Create an empty store.

        Args:
            folder: An empty folder.
            encoder: Encoder of the index.
            analyzer: Analyzer of the index.
            among: Files and folders whose articles are put among the contexts.
            progress: Progress callback.

        Raises:
            UsageError: a `.jsonl.gz` among them can't be unpacked.
        """
        store = Store(folder / "store")
        self.progress = progress
        self._builder = Builder(store, encoder, analyzer, progress)
        self._live = LiveIndex(store, SearchModels.of(encoder), analyzer)
        self._contexts = folder / "contexts"
        self._aside = folder / "aside"
        self._others = [_unpacked(path, folder / "unpacked") for path in among]
        self._ids: set[str] = set()
        self._aliases: dict[str, str] = {}
        self.failed: list[str] = []
        """The files among the contexts that could not be indexed, each with the reason."""

    def fill(self, contexts: Sequence[str]) -> Searcher:
        """Index exactly these contexts and the articles to put among them.

        Raises:
            UsageError: a context, or everything to put among them, can't be indexed.
        """
        for folder in (self._contexts, self._aside):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        for fold in range(FOLDS):
            lines = [_line(text) for at, text in enumerate(contexts) if fold_of(at) == fold]
            if lines:
                self._file(fold).write_text("".join(lines), encoding="utf-8")
        report = self._rebuild([self._contexts, *self._others])
        self._ids = set(map(article_id, contexts))
        self.failed = [f"{failure.where}: {failure.reason}" for failure in report.failed]
        searcher = self._live.searcher()
        catalogue = searcher.catalogue
        missing = [text for text in contexts if catalogue.article(article_id(text)) is None]
        if missing:
            raise UsageError(f"A context can't be made an article: {missing[0][:60]!r}.")
        self._aliases = self._duplicates(searcher)
        return searcher

    def without(self, fold: int) -> Searcher:
        """Index all contexts except those of one fold.

        Raises:
            UsageError: a context would remain in the store, as it is also among the others, or no
                other context is left.
        """
        if self._aliases:
            raise UsageError(f"{next(iter(self._aliases))} is one of the contexts: never left out.")
        for file in self._aside.iterdir():
            file.rename(self._contexts / file.name)
        self._file(fold).rename(self._aside / self._file(fold).name)
        if not any(self._contexts.iterdir()):
            raise UsageError("To leave articles out, a set must have two contexts at least.")
        self._rebuild([self._contexts])  # articles from other paths stay
        return self._live.searcher()

    @property
    def manifest(self) -> Manifest:
        """The manifest of the current generation."""
        return self._live.searcher().manifest

    def canonical_id(self, article: str) -> str:
        """Return the id of the context with an article's text, else the article's own."""
        return self._aliases.get(article, article)

    def _file(self, fold: int) -> Path:
        return self._contexts / f"part-{fold}.jsonl"

    def _rebuild(self, paths: Sequence[Path]) -> Report:
        try:
            return self._builder.rebuild(paths)
        except ArticleError as error:
            raise UsageError(str(error)) from error

    def _duplicates(self, searcher: Searcher) -> dict[str, str]:
        """Map each other article that has a context's text to the context's id."""
        contexts = {}
        for name in searcher.articles.ids:
            article = None if name in self._ids else searcher.catalogue.article(name)
            if article and (context := article_id(article.text)) in self._ids:
                contexts[name] = context
        return contexts


def _line(context: str) -> str:
    return json.dumps({"id": article_id(context), "text": context}) + "\n"


def _unpacked(path: Path, folder: Path) -> Path:
    """Return a path that a rebuild can read, unpacking a `.jsonl.gz`."""
    if not path.name.lower().endswith(".jsonl.gz"):
        return path
    folder.mkdir(exist_ok=True)
    plain = folder / f"{len(list(folder.iterdir()))}-{path.name[:-3]}"
    try:
        with gzip.open(path) as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file)
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} can't be unpacked: {reason}.") from error
    return plain
