"""Protocol of what a server answers from: the current index version, wherever it is.

`live` implements it over a store on this machine, `index.milvus.followed_alias` over Milvus.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from index.search.searcher import Searcher
from index.store.article_catalogue import ArticleCatalogue
from index.store.status import Status

Result = TypeVar("Result")


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
