"""Serve searches from the index version in Milvus that the alias stands for; an `IndexSource`.

Nothing on this machine's disk is needed for it, and nothing is written.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import TypeVar

from index.errors import MismatchError, StoreError, gone
from index.library.catalogue import ArticleCatalogue
from index.milvus.milvus_catalogue import MilvusCatalogue
from index.milvus.milvus_generation import open_published
from index.milvus.milvus_server import MilvusServer
from index.milvus.published import (
    CURRENT,
    PublishedManifest,
    PublishedVersions,
    records_of,
    status_of_published,
)
from index.milvus.record_store import RecordStore
from index.search.searcher import Searcher, SearchModels
from index.store.status import Status
from index.text.analyzer import Analyzer

Result = TypeVar("Result")

_log = logging.getLogger(__name__)
PAUSE = 0.5
"""Seconds for which what the alias stands for is taken as known."""


class FollowedAlias:
    """Source of searchers for the current index version in Milvus. Thread-safe.

    The alias is looked up twice a second, by one request, while the others go on with what is open.
    """

    def __init__(
        self, server: MilvusServer, models: SearchModels, analyzer: Analyzer, pause: float = PAUSE
    ) -> None:
        self._server = server
        self._models = models
        self._analyzer = analyzer
        self._pause = pause
        self._name: str | None = None
        self._searcher: Searcher | None = None
        self._published: PublishedManifest | None = None
        self._error: StoreError | None = None
        self._known_until = 0.0
        self._last_logged = ""
        self._asking = threading.Lock()

    def searcher(self) -> Searcher:
        """Return a searcher over the current version; open the version if it is new.

        Raises:
            StoreError: there is no index, it can't be opened, or the server does not answer.
        """
        if time.monotonic() >= self._known_until:
            # Where nothing is open yet, all wait for the one that asks.
            is_first = self._searcher is None
            if self._asking.acquire(blocking=is_first):
                try:
                    if time.monotonic() >= self._known_until:
                        self._look()
                finally:
                    self._asking.release()
        if self._error is not None:
            raise copy(self._error)
        assert self._searcher is not None  # else there is an error
        return self._searcher

    def _look(self) -> None:
        """Look the alias up, and open what it stands for if that is new."""
        try:
            name = self._server.target(CURRENT)
            if name is None:
                raise PublishedVersions(self._server).no_index()
            if name != self._name:
                self._open(name)
            self._error = None
        except MismatchError as error:
            self._refuse(error)
        except StoreError as error:
            self._error = error
        finally:
            self._known_until = time.monotonic() + self._pause

    def _open(self, name: str) -> None:
        generation, published = open_published(
            self._server, name, self._models.encoder, self._analyzer
        )
        generation.analyzer.load()
        known = self._searcher.known_words if self._searcher else None
        self._searcher = Searcher(generation, self._models, known)
        self._name, self._published = name, published

    def _refuse(self, error: MismatchError) -> None:
        """Go on with the version that is open, if the server has it still; log once why."""
        if self._name is None or PublishedVersions(self._server).manifest(self._name) is None:
            self._error = error
            return
        self._error = None
        if str(error) != self._last_logged:
            self._last_logged = str(error)
            _log.error("Still answering from %s: %s", self._name, error)

    def use(self, work: Callable[[Searcher], Result]) -> Result:
        """Return the result of `work` with a searcher, again if it fails and another is current.

        Several quick rebuilds can drop a version during a question.

        Raises:
            StoreError: there is no index, or the work can't use the one there is.
        """
        while True:
            searcher = self.searcher()
            try:
                return work(searcher)
            except StoreError:
                self._known_until = 0.0
                if self.searcher() is searcher:
                    raise

    @contextmanager
    def catalogue(self, version: str) -> Iterator[ArticleCatalogue]:
        """Yield the articles of an index version.

        Raises:
            GoneError: it is not kept, or no longer.
            StoreError: there is no index, or the server does not answer.
        """
        searcher = self.searcher()
        if version == searcher.manifest.version:
            yield searcher.catalogue
            return
        whole = PublishedVersions(self._server).whole()
        names = [item.name for item in whole if item.version == version]
        if not names:
            raise gone(version)
        records = RecordStore(self._server, records_of(names[-1]))
        yield MilvusCatalogue(self._server, names[-1], records)

    def status(self) -> Status:
        """Return the state of the version that is served."""
        self.searcher()
        assert self._published is not None  # what is open was published
        return status_of_published(self._published)
