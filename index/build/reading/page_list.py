"""One list of addresses in a rebuild: which pages it stands for, and which of these are fetched.

Addresses first, then the sitemaps of indexes, then the pages of feeds and sitemaps. Turning bytes
into articles or feeds is left to `read_pages`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Failure
from index.build.reading.prepare import FileRead, KnownArticle
from index.feeds.feed import Feed, FeedEntry
from index.feeds.known_pages import KnownPages
from index.feeds.moments import today
from index.feeds.subscription import Subscription
from index.fetch.crawler import GonePage, Outcome
from index.fetch.fetch import FetchedPage, NotModified, PageRequest
from index.library.rebuild_state import FeedNote, PageNote, WebNotes

_NO_FEED_ANY_MORE = (
    "was a feed or sitemap, and now is a page. Its pages are kept; if it is meant to be a page, "
    "remove its line, rebuild, and add it again."
)


Content = FileRead | Feed | None
"""What reading makes of what was fetched: an article or a failure, a feed, nothing."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, and of a page that a feed lists the feed and what that says of the page."""

    request: PageRequest
    feed: str = ""
    entry: FeedEntry | None = None

    @property
    def address(self) -> str:
        """The address that is asked for."""
        return self.request.url


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of a request: from the server, and by reading it."""

    visit: Visit
    outcome: Outcome
    content: Content


Fetch = Callable[[Sequence[Visit], str], Iterable[Arrival]]
"""Makes visits, and reads what comes of them; the text names the phase of progress."""


class PageList:
    """One list during one rebuild; `notes` and `lines` are ready when all is read.

    `taken` are the pages that are in its charge.
    """

    def __init__(
        self, known: KnownPages, fetch: Fetch, max_pages: int, is_elsewhere: Callable[[str], bool]
    ) -> None:
        """Prepare; pages of feeds that are in the library from elsewhere are left there."""
        self._known, self._fetch = known, fetch
        self._max_pages, self._is_elsewhere = max_pages, is_elsewhere
        self._subscriptions: list[Subscription] = []
        self._left: dict[str, Visit] = {}
        self._pages: dict[str, PageNote] = {}
        self._feeds: dict[str, FeedNote] = {}
        self._outcomes: dict[str, str] = {}
        self.taken: set[str] = set()

    @property
    def path(self) -> str:
        """The path of the list."""
        return self._known.path

    @property
    def notes(self) -> WebNotes:
        """What later rebuilds need to know."""
        return WebNotes(self._pages, self._feeds)

    @property
    def lines(self) -> list[str]:
        """A line of the report for each feed."""
        return [subscription.line(self._outcomes) for subscription in self._subscriptions]

    def read(self, addresses: Sequence[str]) -> Iterator[FileRead]:
        """Yield the pages of the list, and of its feeds, new and known ones, and the failures."""
        visits = [
            Visit(PageRequest(address, self._known.validators(address), feeds=True))
            for address in addresses
        ]
        sitemaps: list[tuple[Subscription, FeedEntry]] = []
        for arrival in self._fetch(visits, "fetching"):
            feed = self._feed_of(arrival)
            if feed is not None:
                sitemaps += self._subscribe(arrival, feed)
            elif self._known.is_feed(arrival.visit.address):
                yield _failed(arrival.visit.address, _reason(arrival, _NO_FEED_ANY_MORE))
            else:
                yield from self._page(arrival)
        places = {address: place for place, address in enumerate(addresses)}
        self._subscriptions.sort(key=lambda subscription: places[subscription.address])
        yield from self._read_sitemaps(sitemaps)
        yield from self._read_feeds()
        for address in self._known.of_feeds(places.keys()):
            if address not in self._outcomes:  # beyond the newest, no longer new, or not known
                yield from self._keep(address)

    def _subscribe(self, arrival: Arrival, feed: Feed) -> list[tuple[Subscription, FeedEntry]]:
        """Take note of a listed feed; return its sitemaps, if it is an index of them."""
        is_private = not isinstance(arrival.outcome, Failure) and arrival.outcome.is_private
        subscription = Subscription(arrival.visit.address, is_private=is_private)
        self._subscriptions.append(subscription)
        new = subscription.add(feed, _url_of(arrival), depth=1)
        return [(subscription, entry) for entry in new]

    def _read_sitemaps(self, new: list[tuple[Subscription, FeedEntry]]) -> Iterator[FileRead]:
        """Fetch the sitemaps of indexes, and what these list in turn."""
        depth = 1
        while new:
            depth += 1
            owners: dict[str, list[Subscription]] = {}
            for subscription, entry in new:
                owners.setdefault(entry.address, []).append(subscription)
            new = []
            visits = [self._sitemap(address, of) for address, of in owners.items()]
            for arrival in self._fetch(visits, "fetching sitemaps"):
                feed = self._feed_of(arrival)
                for subscription in owners[arrival.visit.address]:
                    if feed is None:
                        subscription.miss()
                    else:
                        entries = subscription.add(feed, _url_of(arrival), depth)
                        new += [(subscription, entry) for entry in entries]
                if feed is None:
                    yield _failed(arrival.visit.address, _reason(arrival, "is no sitemap."))

    def _sitemap(self, address: str, owners: Sequence[Subscription]) -> Visit:
        public_only = not all(subscription.is_private for subscription in owners)
        validators = self._known.validators(address)
        return Visit(PageRequest(address, validators, feeds=True, public_only=public_only))

    def _read_feeds(self) -> Iterator[FileRead]:
        """Fetch what feeds list, unless it is known, and what sitemaps no longer list."""
        visits: dict[str, Visit] = {}
        for subscription in self._subscriptions:
            for entry in subscription.choose(self._max_pages):
                address = entry.address
                if not self._is_open(address, visits):
                    continue
                if self._is_elsewhere(address):
                    self._left[address] = self._page_of(subscription, address, entry)
                elif self._known.is_unchanged(entry):
                    self._outcomes[address] = "unchanged"
                    yield from self._keep(address, feed=subscription.address)
                else:
                    visits[address] = self._page_of(subscription, address, entry)
        self._add_unlisted(visits)
        for arrival in self._fetch(list(visits.values()), "fetching pages"):
            yield from self._page(arrival)

    def take_over(self, is_kept: Callable[[str], bool]) -> Iterator[FileRead]:
        """Yield the pages that were left elsewhere, and that nobody keeps there after all."""
        visits = [left for address, left in self._left.items() if not is_kept(address)]
        for arrival in self._fetch(visits, "fetching pages"):
            yield from self._page(arrival)

    def _add_unlisted(self, visits: dict[str, Visit]) -> None:
        """Add the pages that sitemaps no longer list: whether they are gone is for them to say."""
        for subscription in self._subscriptions:
            of_feed = self._known.of_feed(subscription.address)
            open_ = [address for address in of_feed if self._is_open(address, visits)]
            for address in subscription.ask_again(open_, self._max_pages):
                visits[address] = self._page_of(subscription, address, None)

    def _is_open(self, address: str, visits: Collection[str]) -> bool:
        """Return whether nothing has come of a page, and no visit is meant to it."""
        return address not in self._outcomes and address not in visits

    def _page_of(self, subscription: Subscription, address: str, entry: FeedEntry | None) -> Visit:
        # A feed of the public web must not lead into a network of one's own.
        validators, public_only = self._known.validators(address), not subscription.is_private
        request = PageRequest(address, validators, public_only=public_only)
        return Visit(request, subscription.address, entry)

    def _feed_of(self, arrival: Arrival) -> Feed | None:
        """Return the feed that arrived, or that has not changed, and note it."""
        address = arrival.visit.address
        note = self._known.feed_note(address)
        if isinstance(arrival.content, Feed) and isinstance(arrival.outcome, FetchedPage):
            validators, text = arrival.outcome.validators, arrival.content.to_json()
            if text:
                note = FeedNote(
                    address, validators.url, validators.etag, validators.last_modified, text
                )
                self._feeds[address] = note
            return arrival.content
        if note is not None:
            self._feeds[address] = note
            if isinstance(arrival.outcome, NotModified):
                return Feed.from_json(note.listing)
        return None

    def _page(self, arrival: Arrival) -> Iterator[FileRead]:
        """Yield a page as it is now, or as it was if it failed or did not change."""
        visit, outcome, read = arrival.visit, arrival.outcome, arrival.content
        address, updated = visit.address, visit.entry.updated if visit.entry else ""
        self.taken.add(address)
        if isinstance(outcome, GonePage) and visit.feed and visit.entry is None:
            self._outcomes[address] = "gone"
        elif isinstance(outcome, NotModified):
            self._outcomes[address] = "unchanged"
            yield from self._keep(address, feed=visit.feed, updated=updated, fetched=today())
        elif isinstance(outcome, FetchedPage) and isinstance(read, FileRead) and read.pieces:
            file_hash, validators = read.file_hash or "", outcome.validators
            self._outcomes[address] = self._change(address, file_hash)
            self._pages[address] = PageNote(
                address,
                file_hash,
                *(validators.url, validators.etag, validators.last_modified),
                *(visit.feed, updated, today()),
            )
            yield read
        else:
            self._outcomes[address] = "failed"
            yield _failed(address, _reason(arrival, ""))
            yield from self._keep(address)

    def _change(self, address: str, file_hash: str) -> str:
        """Return what is to be told of a page with this hash."""
        before = self._known.entry(address) or self._known.note(address)
        if before is None:
            return "new"
        return "unchanged" if before.file_hash == file_hash else "changed"

    def _keep(self, address: str, **news: str) -> Iterator[FileRead]:
        """Yield a page as it was, and keep its note, with what is new of that."""
        self.taken.add(address)
        note, entry = self._known.note(address), self._known.entry(address)
        if note is not None:
            self._pages[address] = replace(note, **news)
        if entry is not None:
            yield FileRead(entry.path, entry.reader, entry.file_hash, [KnownArticle(entry)])


def _failed(address: str, reason: str) -> FileRead:
    """Return a failure under an address, which is no path: what is there is kept by name."""
    return FileRead(address, address, None, failed=[Failure(address, reason)])


def _reason(arrival: Arrival, otherwise: str) -> str:
    """Return why a page could not be fetched or read; if it could, why that is no good."""
    if isinstance(arrival.outcome, Failure):
        return arrival.outcome.reason
    if isinstance(arrival.content, FileRead) and arrival.content.failed:
        return arrival.content.failed[0].reason
    return otherwise


def _url_of(arrival: Arrival) -> str:
    """Return where a document came from, after all redirects."""
    outcome = arrival.outcome
    return outcome.url if isinstance(outcome, FetchedPage) else arrival.visit.address
