"""Serve searches from the current generation of a store, reopening it after each rebuild.

Opening and checking a generation is left to `generation`, searching to `searcher`.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from index.errors import MismatchError, StoreError, gone, unusable
from index.library.catalogue import ArticleCatalogue, Catalogue
from index.library.version import Version
from index.search.generation import Generation
from index.search.searcher import Searcher, SearchModels
from index.store.library_check import check_agreement
from index.store.manifest import FileSums, Manifest
from index.store.status import Status, files_below, status_of
from index.store.store import Store
from index.text.analyzer import Analyzer

Result = TypeVar("Result")

_log = logging.getLogger(__name__)
PATIENCE = 2.0
"""Seconds for which a request waits while another one opens a new generation."""
PAUSE = 0.5
"""Seconds until a generation that was refused is tried again: the cause may have passed."""

_Identity = tuple[int, int] | None
"""Device and inode, which tell a file from a copy in its place."""


class IndexSource(Protocol):
    """Source of searchers for the current index version. Thread-safe.

    A request keeps the searcher with which it began, also when a newer version appears.
    """

    def searcher(self) -> Searcher:
        """Return a searcher over the current index version.

        Raises:
            StoreError: there is no index, or none that can be opened.
        """

    def use(self, work: Callable[[Searcher], Result]) -> Result:
        """Return the result of `work` with a searcher, again if it fails and another is current.

        Raises:
            StoreError: there is no index, or the work can't use the one there is.
        """

    def catalogue(self, version: str) -> AbstractContextManager[ArticleCatalogue]:
        """Yield the articles of an index version.

        Raises:
            GoneError: it is not kept, or no longer.
            StoreError: there is no index, or the version can't be read.
        """

    def status(self) -> Status:
        """Return the state of the index version that is served."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A generation that could not be opened: its files, the error, and until when that counts."""

    files: frozenset[object]
    error: StoreError
    until: float


class LiveIndex:
    """Source of searchers for the current generation. Thread-safe.

    A request keeps the searcher with which it began, also when a newer generation appears. The
    files of the former one are closed when the last request that has it ends: nothing else refers
    to them, and no cycle of references delays it.
    """

    def __init__(  # noqa: PLR0913 - the last three have a default that fits
        self,
        store: Store,
        models: SearchModels,
        analyzer: Analyzer,
        patience: float = PATIENCE,
        pause: float = PAUSE,
        *,
        sums: FileSums | None = None,
    ) -> None:
        """Take a store and what it is searched with; `sums` may be shared with other processes."""
        self._store = store
        self._models = models
        self._patience = patience
        self._pause = pause
        self._analyzer = analyzer
        self._searcher: Searcher | None = None
        self._refused: _Refusal | None = None
        self._opened: tuple[_Identity, _Identity] | None = None
        self._last_logged = ""
        self._sums = sums or FileSums()
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
        """Return the result of `work` with a searcher, again if it fails and another is current.

        Several quick rebuilds can delete a generation during a question. An error that nobody
        foresaw is told as damage where the files were changed since they were opened.

        Raises:
            StoreError: there is no index, or the work can't use the one there is.
        """
        while True:
            searcher = self.searcher()
            try:
                return work(searcher)
            except StoreError:
                if self.searcher() is searcher:
                    raise
            except Exception:
                manifest = searcher.manifest
                manifest.check_files(self._store.folder(manifest.version), self._sums)
                raise

    @contextmanager
    def catalogue(self, version: str) -> Iterator[ArticleCatalogue]:
        """Yield the articles of an index version.

        Raises:
            GoneError: it is not kept, or no longer.
            StoreError: there is no index, or the version can't be read.
        """
        searcher = self.searcher()
        if version == searcher.manifest.version:
            yield searcher.catalogue
        else:
            with closing(self._earlier(version)) as earlier:
                yield earlier

    def _earlier(self, version: str) -> Catalogue:
        if version not in self._store.versions():
            raise gone(version)
        catalogue = Catalogue(self._store.library, Version(version))
        try:
            check_agreement(Manifest.read(self._store.folder(version)), catalogue.db)
        except MismatchError as error:
            catalogue.check_kept()
            if version in self._store.versions():
                raise
            raise gone(version) from error  # it was deleted in this instant
        return catalogue

    def status(self) -> Status:
        """Return the state of the generation that is served."""
        return status_of(self._store, self.searcher().manifest)

    def _is_open(self, version: str) -> bool:
        """Return whether a version is open, and not that of another store moved to this path.

        Nor of another library: a copy may have been put in its place.
        """
        current = self._searcher
        if current is None or current.manifest.version != version:
            return False
        return self._identities(version) == self._opened

    def _identities(self, version: str) -> tuple[_Identity, _Identity]:
        return _identity(self._store.folder(version)), _identity(self._store.library)

    def _open_version(self, version: str) -> Searcher:
        """Open a generation, unless it was refused a moment ago and its files are the same.

        While one request opens it, the others wait, so that an upload that was reported as
        searchable is found by all; if it takes long, they go on with the open one.
        """
        # After several quick rebuilds the open generation may be deleted already: then all wait.
        serves = self._searcher and self._searcher.manifest.version in self._store.versions()
        if not self._opening.acquire(timeout=self._patience if serves else -1):
            return self._searcher or self._open_version(version)
        try:
            if self._searcher and self._is_open(version):
                return self._searcher
            files = _fingerprint(self._store.folder(version), self._store.library)
            refused = self._refused
            if refused and refused.files == files and time.monotonic() < refused.until:
                raise copy(refused.error)
            try:
                identities, generation = self._identities(version), self._open(version)
            except StoreError as error:
                # A copy, as the error itself would keep alive what was opened so far.
                self._refused = _Refusal(files, copy(error), time.monotonic() + self._pause)
                raise
            generation.analyzer.load()
            self._opened, self._refused = identities, None
            known = self._searcher.known_words if self._searcher else None
            self._searcher = Searcher(generation, self._models, known)
            return self._searcher
        finally:
            self._opening.release()

    def _open(self, version: str) -> Generation:
        try:
            return Generation.open(
                self._store, version, self._models.encoder, self._analyzer, self._sums
            )
        except OSError as error:
            raise unusable(self._store.folder(version), error) from error


def _identity(path: Path) -> _Identity:
    """Return device and inode of a file or folder, None if it is gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _fingerprint(folder: Path, library: Path) -> frozenset[object]:
    """Return paths and modification times, by which files are recognized cheaply."""
    times = ((path, stat.st_mtime_ns) for path, stat in files_below(folder))
    return frozenset([*times, _identity(library), _time(library)])


def _time(path: Path) -> int | None:
    """Return when a file was changed, in nanoseconds, None if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
