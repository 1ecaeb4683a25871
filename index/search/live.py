"""Serve searches from the current generation of a store, reopening it after each rebuild.

Opening and checking a generation is left to `generation`, searching to `searcher`.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from index.errors import StoreError
from index.search.generation import Generation
from index.search.searcher import Searcher, SearchModels
from index.store.catalogue import Catalogue
from index.store.manifest import FileSums
from index.store.status import Status, files_below, status_of
from index.store.store import Store
from index.store.version import Version
from index.text.analyzer import Analyzer

Result = TypeVar("Result")

_log = logging.getLogger(__name__)
PATIENCE = 2.0
"""Seconds for which a request waits while another one opens a new generation."""


class LiveIndex:
    """Source of searchers for the current generation. Thread-safe.

    A request keeps the searcher with which it began, also when a newer generation appears.
    """

    def __init__(
        self, store: Store, models: SearchModels, analyzer: Analyzer, patience: float = PATIENCE
    ) -> None:
        self._store = store
        self._models = models
        self._patience = patience
        self._analyzer = analyzer
        self._searcher: Searcher | None = None
        self._refused: tuple[frozenset[tuple[str, int]], StoreError] | None = None
        self._folder_id: tuple[int, int] | None = None
        self._last_logged = ""
        self._sums = FileSums()
        self._opening = threading.Lock()

    def searcher(self) -> Searcher:
        """Return a searcher over the current generation; open the generation if it is new.

        If a new generation can't be opened (made with another model, damaged), log it once and keep
        serving the current one.

        Raises:
            StoreError: there is no index, or none that can be opened.
        """
        current = self._searcher
        if current is None:
            return self._open_version(self._store.current())
        try:
            version = self._store.current()
            return current if self._is_open(version) else self._open_version(version)
        except StoreError as error:
            if current.manifest.version not in self._store.versions():
                raise  # the library no longer has the open generation: nothing can be cited
            if str(error) != self._last_logged:
                self._last_logged = str(error)
                _log.error("Still answering from index %s: %s", current.manifest.version, error)
        return current

    def use(self, work: Callable[[Searcher], Result]) -> Result:
        """Return the result of `work` with a searcher, again if its generation is gone meanwhile.

        Several quick rebuilds can delete a generation during a question.

        Raises:
            StoreError: there is no index, or the work can't use the one there is.
        """
        while True:
            searcher = self.searcher()
            try:
                return work(searcher)
            except StoreError:
                if searcher.manifest.version in self._store.versions():
                    raise

    @contextmanager
    def catalogue(self, version: str) -> Iterator[Catalogue | None]:
        """Yield the articles of an index version, or None if it is no longer kept."""
        searcher = self.searcher()
        if version == searcher.manifest.version:
            yield searcher.catalogue
        elif version in self._store.versions():
            with closing(Catalogue(self._store.library, Version(version))) as earlier:
                yield earlier
        else:
            yield None

    def status(self) -> Status:
        """Return the state of the generation that is served."""
        return status_of(self._store, self.searcher().manifest)

    def _is_open(self, version: str) -> bool:
        """Return whether a version is open, and not that of another store moved to this path."""
        current = self._searcher
        if current is None or current.manifest.version != version:
            return False
        return _identity(self._store.folder(version)) == self._folder_id

    def _open_version(self, version: str) -> Searcher:
        """Open a generation, unless its files are unchanged since they were refused.

        While one request opens it, the others wait, so that an upload that was reported as
        searchable is found by all; if it takes long, they go on with the open one.
        """
        # After several quick rebuilds the open generation may be deleted already: then all wait.
        serves = self._searcher and self._searcher.manifest.version in self._store.versions()
        if not self._opening.acquire(timeout=self._patience if serves else -1):
            return self._searcher or self._open_version(version)
        try:
            current = self._searcher
            files = _fingerprint(self._store.folder(version))
            if current and self._is_open(version):
                return current
            if current and self._refused and self._refused[0] == files:
                raise self._refused[1]
            try:
                generation = Generation.open(
                    self._store, version, self._models.encoder, self._analyzer, self._sums
                )
            except StoreError as error:
                self._refused = (files, error)
                raise
            generation.analyzer.load()
            self._folder_id = _identity(self._store.folder(version))
            self._searcher = Searcher(generation, self._models)
            return self._searcher
        finally:
            self._opening.release()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return device and inode of a folder, None if it is gone."""
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _fingerprint(folder: Path) -> frozenset[tuple[str, int]]:
    """Return paths and modification times, by which files are recognized cheaply."""
    return frozenset((path, stat.st_mtime_ns) for path, stat in files_below(folder))
