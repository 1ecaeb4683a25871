"""Fetch the pages of address lists, of feeds and of sitemaps, and prepare the new ones.

Only ever done when the user asks for it. Else nothing but webhooks goes out to a network.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.article import Article, Failure
from index.build.reading.page_list import Arrival, Content, PageList, Visit
from index.build.reading.plan import is_gone
from index.build.reading.prepare import FileRead, KnownArticle, NewArticle
from index.errors import ArticleError
from index.feeds.feed import FeedEntry
from index.feeds.known_pages import KnownPages, page_path
from index.feeds.read_feed import read_feed
from index.fetch.crawler import Outcome, fetch_all
from index.fetch.fetch import FetchedPage, Fetcher, FetchLimits, Sites
from index.fetch.media_types import suffix_of
from index.fetch.urls import read_url_list
from index.ingest.read import INGEST_VERSION, read_file, reader_of
from index.ingest.reading_limits import limits_of
from index.ingest.sources.files import printable
from index.library.content import LibraryEntry
from index.library.rebuild_state import ListRules, Root, ScanNotes, WebNotes
from index.processes.limits import BeyondLimitsError, Limits
from index.processes.worker_pool import Guard, in_order
from index.progress import Progress, counted

_NAME = "page"  # under which a page is read, as a file is under its own


@dataclass(frozen=True, slots=True)
class Web:
    """Lists of addresses with their rules, and whether private networks may be fetched from."""

    lists: tuple[Root, ...] = ()
    private_allowed: bool = False


class PageReader:
    """Reads the pages of all lists of a rebuild.

    When all is read, `lines` are for the report, and `notes` for later rebuilds, by list.
    """

    def __init__(
        self, web: Web, old: Mapping[str, LibraryEntry], notes: ScanNotes, *, afresh: bool
    ) -> None:
        self.lines: list[str] = []
        self.notes: dict[str, WebNotes] = {}
        self._web, self._old, self._earlier, self._afresh = web, old, notes, afresh
        self._taken: set[str] = set()
        self._sites = Sites()

    def read(self, progress: Progress) -> Iterator[FileRead]:
        """Yield each page of the lists as it arrives, and the failures.

        A line that names no page is a failure; a list that can't be read is one above all its
        pages, so that they keep their earlier versions.
        """
        page_lists: list[PageList] = []
        for root in self._web.lists:
            url_list = read_url_list(root.path)
            for failure in url_list.failures:
                yield FileRead(failure.where, failure.where, None, failed=[failure])
            if not any(failure.where == printable(root.path) for failure in url_list.failures):
                page_lists.append(self._page_list(root, progress))
                yield from page_lists[-1].read(url_list.urls)
                self._taken |= page_lists[-1].taken
        for page_list in page_lists:
            yield from page_list.take_over(self._is_kept)
            self._taken |= page_list.taken
            self.notes[page_list.path] = page_list.notes
            self.lines += page_list.lines

    def _page_list(self, root: Root, progress: Progress) -> PageList:
        rules = root.rules or ListRules()
        known = KnownPages(
            str(root.path), self._earlier, self._old, reader=INGEST_VERSION, afresh=self._afresh
        )
        limits = FetchLimits(
            pause=rules.delay,
            robots=not rules.ignore_robots,
            private_allowed=self._web.private_allowed,
        )
        fetcher = Fetcher(limits, sites=self._sites)

        def fetch(visits: Sequence[Visit], phase: str) -> Iterator[Arrival]:
            return _arrivals(visits, known, fetcher, phase, progress)

        def is_elsewhere(address: str) -> bool:
            return address in self._taken or (address in self._old and not known.entry(address))

        return PageList(known, fetch, rules.max_pages, is_elsewhere)

    def _is_kept(self, address: str) -> bool:
        """Return whether a page is in the charge of a list that was read, or of none of these."""
        entry = self._old.get(address)
        if address in self._taken or entry is None or is_gone(entry.path):
            return address in self._taken
        return all(entry.path != page_path(str(root.path), address) for root in self._web.lists)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request and its outcome; what the library has of the page, if the same can be kept."""

    path: str
    visit: Visit
    outcome: Outcome
    known: LibraryEntry | None


def _arrivals(
    visits: Sequence[Visit], known: KnownPages, fetcher: Fetcher, phase: str, progress: Progress
) -> Iterator[Arrival]:
    """Make visits, and read what comes of them in a process with limits."""
    if not visits:
        return
    by_address = {visit.address: visit for visit in visits}
    fetched = fetch_all([visit.request for visit in by_address.values()], fetcher)
    asked = (
        _Asked(
            page_path(known.path, request.url),
            by_address[request.url],
            outcome,
            known.readable(request.url),
        )
        for request, outcome in counted(fetched, len(by_address), phase, progress)
    )
    for item, content in in_order(_read, asked, 1, Guard[_Asked, Content](_limits, _lost)):
        yield Arrival(item.visit, item.outcome, content)


def _read(asked: _Asked) -> Content:
    """Return a page's article, with its address as id, or the feed that it proves to be."""
    if not isinstance(asked.outcome, FetchedPage):
        return None
    if asked.visit.request.feeds:
        try:
            feed = read_feed(asked.outcome)
        except ArticleError as error:
            return _failed(asked, str(error))
        if feed is not None:
            return feed
    return _read_page(asked, asked.outcome)


def _read_page(asked: _Asked, page: FetchedPage) -> FileRead:
    path, address, known = asked.path, asked.visit.address, asked.known
    name = f"{_NAME}{suffix_of(page.media_type, page.url)}"
    reader, file_hash = reader_of(name), hashlib.sha256(page.data).hexdigest()
    if known and (known.file_hash, known.reader) == (file_hash, reader):
        return FileRead(path, reader, file_hash, [KnownArticle(known)])
    articles, failed = read_file(name, _as_utf8(page))
    articles = [_completed(article, asked.visit.entry) for article in articles]
    return FileRead(
        path,
        reader,
        file_hash,
        [
            NewArticle.of(replace(article, id=address, url=article.url or page.url), path)
            for article in articles
        ],
        [replace(failure, where=address) for failure in failed],
    )


def _completed(article: Article, entry: FeedEntry | None) -> Article:
    """Return an article with what its feed says of it, where it doesn't say so itself."""
    if entry is None:
        return article
    is_untitled = article.title in ("", _NAME)  # readers of tables and the like take the file's
    return replace(
        article,
        title=entry.title or article.title if is_untitled else article.title,
        author=article.author or entry.author or None,
        published=article.published or entry.published or None,
    )


def _limits(asked: _Asked) -> Limits:
    outcome = asked.outcome
    return limits_of(len(outcome.data) if isinstance(outcome, FetchedPage) else 0)


def _lost(asked: _Asked, error: BeyondLimitsError) -> FileRead:
    """Return the failure of a page that is beyond the limits."""
    return _failed(asked, str(error))


def _failed(asked: _Asked, reason: str) -> FileRead:
    address = asked.visit.address
    return FileRead(asked.path, address, None, failed=[Failure(address, reason)])


def _as_utf8(page: FetchedPage) -> bytes:
    """Return the page's bytes, as UTF-8 with a BOM if the server's charset is right."""
    if page.charset is None or not page.media_type.startswith(("text/", "application/xhtml")):
        return page.data
    try:
        return page.data.decode(page.charset).encode("utf-8-sig")
    except (UnicodeError, LookupError):  # the charset is wrong: detection does better
        return page.data
