"""The library that a Python program opens: ask it, search it, read it, rebuild it.

It is made of the parts that the command line uses, and takes the same settings.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from index.article import Article
from index.bounds import is_storable
from index.errors import NoArticleError, UsageError
from index.library.rebuild_state import ListRules, Root
from index.listing.article_filter import Filter
from index.listing.article_finder import ArticleFinder, ArticleSearch, MatchingArticle, Sort
from index.progress import Progress, silent
from index.search.searcher import Searcher
from index.settings import Settings
from index.store.status import Status, status_now
from index.store.store import Store
from python_api.checked_arguments import checked_request, checked_search
from python_api.checked_inputs import (
    AnyPath,
    checked_count,
    checked_filter,
    checked_path,
    checked_paths,
    checked_question,
    settings_of,
    written_down,
)
from python_api.parts import AskingParts
from python_api.webhook_events import rebuild_told, webhooks_of
from qa.answer import Answer, SearchResult
from qa.question.understand import Turn
from qa.retrieval import search_passages

if TYPE_CHECKING:
    from index.build.report import Report

_Result = TypeVar("_Result")

_TOLD_WITHIN = 10.0  # seconds
_PAGE = 200  # articles that are taken from the index at once
_DEFAULT_RULES = ListRules()


class Library:
    """A store that a program has open. Threads may share it; a forked process opens its own.

    It follows the store: once a rebuild has ended, wherever it was started, the next call is
    answered from the new index version. All errors that it raises on purpose are `YijuError`.
    """

    def __init__(self, settings: Settings, chosen: Iterable[str] = ()) -> None:
        """Take settings that are read already, and the names of those that the program chose."""
        self._settings, self._chosen = settings, tuple(chosen)
        self._store = Store(settings.store)
        self._opening = Lock()
        self._asking: AskingParts | None = None
        self._is_closed = False
        self._webhooks = webhooks_of(settings)

    @classmethod
    def open(cls, store: AnyPath | None = None, **settings: Any) -> Self:  # noqa: ANN401
        """Open the store in a folder; there may be no index in it yet.

        Settings are named as in the environment, without `YIJU_` and in small letters
        (`threshold=0.4`); what is not given is taken from there. Models load when first needed.

        Raises:
            UsageError: there is no such setting, or its value does not fit.
        """
        given = settings_of(store, **settings)
        return cls(given.model_copy(update={"store": given.store.absolute()}), settings)

    @property
    def opened_with(self) -> dict[str, Any]:
        """What opens the same again: the store and the given settings; refused with a secret."""
        return written_down(self._settings, ["store", *self._chosen])

    def close(self) -> None:
        """Close the files of the index, as soon as the calls that are at work have ended.

        Webhooks get ten seconds to be told what they were not told yet.
        """
        with self._opening:
            self._asking, self._is_closed = None, True
        self._webhooks.flush(_TOLD_WITHIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        filter: Filter | None = None,  # noqa: A002 - as the API names it
        k: int = 5,
        decide: bool = True,
    ) -> Answer:
        """Answer a question, which may lean on the history, from the articles that pass a filter.

        If a language model is set, `written` is what it writes, for which the call waits.

        Args:
            question: 1 to 2,000 characters, in Chinese or English.
            history: The turns of the conversation before it.
            filter: Which articles are asked.
            k: How many passages come with the answer, 1 to 20.
            decide: If false, the best answer there is is given, however unsure.

        Raises:
            UsageError: an argument makes no sense.
            NoIndexError: there is no index yet.
            StoreError: the store can't be used as it is.
            ModelError: a model is not on this machine.
        """
        request = checked_request(question, history, filter, k, decide)
        answerer = self._parts().answerer
        return self._use(lambda searcher: answerer.ask(request, searcher))

    def search(
        self,
        query: str,
        k: int = 10,
        filter: Filter | None = None,  # noqa: A002 - as the API names it
    ) -> SearchResult:
        """Return the `k` best passages for a query, 1 to 100, best first.

        Raises:
            UsageError, StoreError, ModelError: as `ask` does.
        """
        query, k, articles = checked_question(query), checked_count(k, 100), checked_filter(filter)
        return self._use(lambda searcher: search_passages(query, k, articles, searcher))

    def articles(
        self,
        words: str = "",
        *,
        source: str | None = None,
        year: int | None = None,
        sort: Sort = "relevance",
    ) -> Iterator[MatchingArticle]:
        """Yield the articles that have all words, without their texts, or all articles.

        They are those of the index version that is current now. Without words they come in the
        order of their titles, unless `sort` says otherwise.

        Raises:
            UsageError: there is no such order or year.
            StoreError: the store can't be used as it is.
            GoneError: while they are taken, the index version is deleted, as after four rebuilds.
        """
        wanted = checked_search(words, source, year, sort)
        return _articles(self._use(lambda searcher: searcher.finder), wanted)

    def article(self, article_id: str, index_version: str | None = None) -> Article:
        """Return an article with its text, sections and tables, as it is or was in a version.

        Raises:
            NoArticleError: there is none of this id.
            GoneError: the index version is no longer kept.
            StoreError: the store can't be used as it is.
        """
        if not is_storable(article_id):
            raise NoArticleError(f"There is no article {article_id!a}.")
        if index_version is None:
            article = self._use(lambda searcher: searcher.catalogue.article(article_id))
        else:
            with self._parts().live.catalogue(index_version) as catalogue:
                article = catalogue.article(article_id)
        if article is None:
            raise NoArticleError(f"There is no article “{article_id}”.")
        return article

    def status(self) -> Status:
        """Return the figures of the current index.

        Raises:
            NoIndexError: there is no index yet.
            StoreError: the store can't be used as it is.
        """
        self._check_open()
        return status_now(self._store)

    def rebuild(  # noqa: PLR0913 - as many as the command has options
        self,
        paths: AnyPath | Iterable[AnyPath] = (),
        *,
        urls: AnyPath | Iterable[AnyPath] = (),
        rules: ListRules = _DEFAULT_RULES,
        full: bool = False,
        force: bool = False,
        questions: AnyPath | None = None,
        wait: float = 0,
        keep_missing: bool = False,
        dry_run: bool = False,
        progress: Progress = silent,
    ) -> "Report":
        """Bring the store to what is under `paths`, as `yiju rebuild` does, in its own process.

        Questions are answered meanwhile. If an exception ends the call, it ends the rebuild, which
        the next one resumes.

        Args:
            paths: Folders and files; without any those of earlier rebuilds are read again.
            urls: A file or several of web addresses, whose pages are fetched.
            rules: How they are fetched.
            full: Read everything again, and make the index from nothing.
            force: Make it current even past the quality gate.
            questions: Question lines of the gate, instead of the store's.
            wait: Seconds for another rebuild to end.
            keep_missing: Keep the articles of a path that is gone or empty.
            dry_run: Say what would happen, and change nothing.
            progress: Called in this thread with the phase, the amount done, and the total.

        Raises:
            ArticleError: no article at all; nothing was changed.
            BusyError: another rebuild is at work.
            NoPathError: no path was given, now or earlier.
            QualityError: the new index finds less; nothing was changed.
            YijuError: anything else that stands in the way.
        """
        # With all that reads files, which takes a third of the time that asking needs to load.
        from python_api.rebuilding import RebuildRequest, rebuild_apart

        self._check_open()
        request = RebuildRequest(
            self._settings,
            checked_paths(paths),
            tuple(Root(path, rules) for path in checked_paths(urls)),
            full=full,
            force=force,
            questions=None if questions is None else checked_path(questions).absolute(),
            wait=wait,
            keep_missing=keep_missing,
            dry_run=dry_run,
        )
        return rebuild_told(request, lambda: rebuild_apart(request, progress), self._webhooks)

    def _use(self, work: Callable[[Searcher], _Result]) -> _Result:
        return self._parts().live.use(work)

    def _parts(self) -> AskingParts:
        """Return the parts, opened by the first call that needs them."""
        with self._opening:
            self._check_open()
            if self._asking is None:
                self._asking = AskingParts.of(self._settings, writes=True)
            return self._asking

    def _check_open(self) -> None:
        if self._is_closed:
            raise UsageError("This library is closed; open it again.")


def _articles(finder: ArticleFinder, wanted: ArticleSearch) -> Iterator[MatchingArticle]:
    offset = 0
    while articles := finder.find(wanted, offset, _PAGE).articles:
        yield from articles
        offset += len(articles)
