"""The index that a running server answers from: it moves to a new generation between requests."""

import logging
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import StoreError
from index.search.generation import Generation
from index.search.searcher import Searcher, SearchModels
from index.store.catalogue import Catalogue
from index.store.manifest import FileSums
from index.store.status import Status, found, status_of
from index.store.store import Store
from index.text.analyzer import Analyzer

_log = logging.getLogger(__name__)
_PATIENCE = 2.0  # seconds to wait for a new generation that another request is opening


class LiveIndex:
    """Hands out a searcher for the current generation. A request keeps the one it was given."""

    def __init__(self, store: Store, models: SearchModels, analyzer: Analyzer) -> None:
        self._store = store
        self._models = models
        self._analyzer = analyzer
        self._searcher: Searcher | None = None
        self._refused: tuple[frozenset[tuple[str, int]], StoreError] | None = None
        self._place: tuple[int, int] | None = None
        self._told = ""
        self._sums = FileSums()
        self._moving = threading.Lock()

    def searcher(self) -> Searcher:
        """A searcher over the current generation, opened here when it is new.

        A new generation that can't be opened (made with another model, damaged) is told to the
        log once; answers go on from the one that is open.

        Raises:
            StoreError: there is no index, or none that can be opened.
        """
        now = self._searcher
        if now is None:
            return self._move_to(self._store.current())
        try:
            version = self._store.current()
            return now if self._is_open(version) else self._move_to(version)
        except StoreError as error:
            if now.manifest.version not in self._store.versions():
                raise  # what is open is no longer in the library: nothing can be cited
            if str(error) != self._told:
                self._told = str(error)
                _log.error("Still answering from index %s: %s", now.manifest.version, error)
        return now

    @contextmanager
    def catalogue(self, version: str) -> Iterator[Catalogue | None]:
        """The articles of an index version, or None where it is no longer kept."""
        searcher = self.searcher()
        if version == searcher.manifest.version:
            yield searcher.catalogue
        elif version in self._store.versions():
            with closing(Catalogue(self._store.library, int(version))) as earlier:
                yield earlier
        else:
            yield None

    def status(self) -> Status:
        """What is served now."""
        return status_of(self._store, self.searcher().manifest)

    def _is_open(self, version: str) -> bool:
        """Whether a version is the one that is open, and not one of another store put here."""
        now = self._searcher
        if now is None or now.manifest.version != version:
            return False
        return _identity(self._store.folder(version)) == self._place

    def _move_to(self, version: str) -> Searcher:
        """Opens a generation, but not once more while its files are those that were refused.

        While one request opens it, the others wait for it, so that an upload that was told to be
        searchable is found by all; where it takes long, they go on with what is open.
        """
        # What is open may be cleared away already, after several quick rebuilds: then all wait.
        serves = self._searcher and self._searcher.manifest.version in self._store.versions()
        if not self._moving.acquire(timeout=_PATIENCE if serves else -1):
            return self._searcher or self._move_to(version)
        try:
            now = self._searcher
            files = _fingerprint(self._store.folder(version))
            if now and self._is_open(version):
                return now
            if now and self._refused and self._refused[0] == files:
                raise self._refused[1]
            try:
                generation = Generation.open(
                    self._store, version, self._models.encoder, self._analyzer, self._sums
                )
            except StoreError as error:
                self._refused = (files, error)
                raise
            generation.analyzer.load()
            self._place = _identity(self._store.folder(version))
            self._searcher = Searcher(generation, self._models)
            return self._searcher
        finally:
            self._moving.release()


def _identity(folder: Path) -> tuple[int, int] | None:
    """What a folder is to the operating system, whatever its name; None where it is gone."""
    try:
        stat = folder.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _fingerprint(folder: Path) -> frozenset[tuple[str, int]]:
    """Tells cheaply whether a generation's files are those that were looked at before."""
    return frozenset((path, stat.st_mtime_ns) for path, stat in found(folder))
