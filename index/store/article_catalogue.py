"""Protocol of what a server reads of one index version; `catalogue` implements it."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from index.arrays import Int64Array
from index.article import Article
from index.store.catalogue import CatalogueRow, Listing, PassageRecord, SuggestedQuestions


class ArticleCatalogue(Protocol):
    """The articles and passages of one index version. Threads may share it."""

    def passages(
        self, numbers: Iterable[int], among: Collection[str] = ()
    ) -> dict[int, PassageRecord]:
        """Return passages by number, each as the first article's that has its content.

        With `among`, as the first of these articles'.

        Raises:
            StoreError: one is missing, as when the index version is no longer kept.
        """

    def rows(self) -> list[CatalogueRow]:
        """Return what all articles are found by, in the order of their ids."""

    def owners(self) -> tuple[Int64Array, Int64Array]:
        """Return the numbers of all passages, ascending, and the content that each is of."""

    def listings(self, ids: Sequence[str]) -> list[Listing]:
        """Return articles without their texts, in the order of the ids."""

    def has_title(self, title: str) -> bool:
        """Return whether an article bears exactly this title."""

    def suggestions(self, article_id: str | None = None) -> list[SuggestedQuestions]:
        """Return the questions of articles that surely answer some, newest first; or of one."""

    def article(self, article_id: str) -> Article | None:
        """Return an article with its text; None if there is none of that id."""

    def close(self) -> None:
        """Give back what the catalogue alone holds."""
