"""The temporary store of a reading set: every context an article, others put among them."""

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
from index.search.searcher import Searcher
from index.store.manifest import Manifest
from index.store.store import Store
from index.text.analyzer import Analyzer

FOLDS = 10
"""In how many parts the contexts are left out; fewer where there are fewer contexts."""


def article_id(context: str) -> str:
    """The id of the article that a context becomes: the same text is the same article."""
    return "context-" + hashlib.sha256(context.encode("utf-8", "replace")).hexdigest()[:16]


def fold_of(position: int) -> int:
    """The part that the context at a position belongs to."""
    return position % FOLDS


class TemporaryStore:
    """A store in a folder of its own, filled by the same rebuild that fills a user's store.

    It may be filled again with another set: what was put among the contexts is not indexed twice.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        among: Sequence[Path] = (),
        progress: Progress = silent,
    ) -> None:
        """Takes an empty folder, and the files and folders to put among the contexts.

        Raises:
            UsageError: a `.jsonl.gz` among them can't be unpacked.
        """
        store = Store(folder / "store")
        self.progress = progress
        self._builder = Builder(store, encoder, analyzer, progress)
        self._live = LiveIndex(store, encoder, analyzer)
        self._contexts = folder / "contexts"
        self._aside = folder / "aside"
        self._others = [_unpacked(path, folder / "unpacked") for path in among]
        self._ids: set[str] = set()
        self._aliases: dict[str, str] = {}
        self.failed: list[str] = []
        """What was to be put among the contexts and could not be taken in, with the reason."""

    def fill(self, contexts: Sequence[str]) -> Searcher:
        """Makes the store hold these contexts, and what is put among them, and nothing else.

        Raises:
            UsageError: a context, or all of what is put among them, is no article.
        """
        for folder in (self._contexts, self._aside):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        for part in range(FOLDS):
            lines = [_line(one) for at, one in enumerate(contexts) if fold_of(at) == part]
            if lines:
                self._file(part).write_text("".join(lines), encoding="utf-8")
        report = self._rebuild([self._contexts, *self._others])
        self._ids = set(map(article_id, contexts))
        self.failed = [f"{failure.where}: {failure.reason}" for failure in report.failed]
        searcher = self._live.searcher()
        missing = [one for one in contexts if searcher.catalogue.article(article_id(one)) is None]
        if missing:
            raise UsageError(f"A context can't be made an article: {missing[0][:60]!r}.")
        self._aliases = self._twins(searcher)
        return searcher

    def without(self, part: int) -> Searcher:
        """The store less one part of the contexts, all the others there.

        Raises:
            UsageError: a context would stay in the store, for it was also put among the others, or
                no other context is left.
        """
        if self._aliases:
            raise UsageError(f"{next(iter(self._aliases))} is one of the contexts: never left out.")
        for file in self._aside.iterdir():
            file.rename(self._contexts / file.name)
        self._file(part).rename(self._aside / self._file(part).name)
        if not any(self._contexts.iterdir()):
            raise UsageError("To leave articles out, a set must have two contexts at least.")
        self._rebuild([self._contexts])  # what came from elsewhere stays
        return self._live.searcher()

    @property
    def manifest(self) -> Manifest:
        """What the store holds now."""
        return self._live.searcher().manifest

    def same(self, found: str) -> str:
        """The id of the context that an article is, whatever name it was found under."""
        return self._aliases.get(found, found)

    def _file(self, part: int) -> Path:
        return self._contexts / f"part-{part}.jsonl"

    def _rebuild(self, paths: Sequence[Path]) -> Report:
        try:
            return self._builder.rebuild(paths)
        except ArticleError as error:
            raise UsageError(str(error)) from error

    def _twins(self, searcher: Searcher) -> dict[str, str]:
        """The articles put among the contexts that have the text of one of them."""
        listed, _ = searcher.catalogue.listings("", 0, 1_000_000)
        found = {}
        for one in listed:
            article = None if one.id in self._ids else searcher.catalogue.article(one.id)
            if article and (context := article_id(article.text)) in self._ids:
                found[one.id] = context
        return found


def _line(context: str) -> str:
    return json.dumps({"id": article_id(context), "text": context}) + "\n"


def _unpacked(path: Path, folder: Path) -> Path:
    """A path that a rebuild can read; a `.jsonl.gz` is unpacked into the folder."""
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
