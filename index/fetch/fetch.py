"""Download one page, treating its URL as hostile input and its server as somebody else's.

Each host, of the page and of every redirect, is checked before it is connected to
(`guarded_network`); time, size and redirects are limited. A host is asked only in its turn
(`host_turns`), and only for what its robots.txt allows (`robots`). Reading the page is left to
`index.ingest`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import TypeVar

from index.errors import ArticleError
from index.fetch.exchange import NO_VALIDATORS, HttpReply, Validators, get
from index.fetch.guarded_network import GuardedBackend, GuardedNetwork
from index.fetch.host_turns import Hosts
from index.fetch.media_types import check_article_type, may_be_feed, split_content_type
from index.fetch.robots import Robots, RobotsFiles, robots_of
from index.fetch.socket_stream import Deadline
from index.fetch.urls import normalise_url

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What a page may cost, and with what regard: times in seconds, sizes after unpacking.

    `connect` is for each address of a host, `read` for each wait, `total` for the page with all
    its redirects; `pause` separates two requests to one host. A feed or sitemap may have
    `feed_size` bytes. `robots` is whether what robots.txt forbids is left. `private_allowed`
    permits addresses that aren't public: for a network of one's own, never for a list from a
    stranger.
    """

    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0
    size: int = 10_000_000
    feed_size: int = 50_000_000
    redirects: int = 5
    pause: float = 0.5
    robots: bool = True
    private_allowed: bool = False


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to fetch, if it has changed since the `validators` were given.

    `feeds` is whether it may be a feed or sitemap as well, `public_only` whether private addresses
    are refused even where the limits permit them.
    """

    url: str
    validators: Validators = NO_VALIDATORS
    feeds: bool = False
    public_only: bool = False


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page's bytes, unpacked, with its URL after all redirects and its media type.

    `charset` is the encoding that the server declares; it may be wrong, or None. `is_private` is
    whether it came from an address that isn't public.
    """

    data: bytes
    url: str
    media_type: str
    charset: str | None = None
    validators: Validators = NO_VALIDATORS
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server's word that a page is what it was; `is_private` as of a page."""

    is_private: bool = False


class PageGoneError(ArticleError):
    """A site says that there is no such page (404), or no longer (410)."""


class _RedirectsError(ArticleError):
    """A page redirects more often than is followed."""


DEFAULT_LIMITS = FetchLimits()
INTERNET = GuardedNetwork()


class Sites:
    """What a rebuild has learned of the sites that it asks: whose turn it is, what is allowed."""

    def __init__(self) -> None:
        self.hosts = Hosts()
        self.robots = RobotsFiles()


class Fetcher:
    """Fetches pages within limits; threads may share it."""

    def __init__(
        self,
        limits: FetchLimits = DEFAULT_LIMITS,
        network: GuardedNetwork = INTERNET,
        sites: Sites | None = None,
    ) -> None:
        self.sites = sites or Sites()
        self._limits = limits
        self._network = network

    def fetch(
        self, request: PageRequest, cancelled: Event | None = None
    ) -> FetchedPage | NotModified:
        """Return a page, following redirects, or that it has not changed.

        Raises:
            HostBusyError: its host asks for a rest; it can be fetched after that.
            PageGoneError: there is no such page.
            ArticleError: it can't be fetched, or `cancelled` was set (noticed within about 0.1 s).
        """
        limits = self._limits
        if request.public_only:
            limits = replace(limits, private_allowed=False)
        return _Visit(limits, self._network, self.sites, cancelled).page(request)


class _Visit:
    """One page with all its redirects, under one deadline."""

    def __init__(
        self, limits: FetchLimits, network: GuardedNetwork, sites: Sites, cancelled: Event | None
    ) -> None:
        self._limits, self._network, self._sites = limits, network, sites
        self._cancelled = cancelled
        self._deadline = Deadline(limits.total, cancelled)
        self._backend = GuardedBackend(network, self._deadline, limits.private_allowed)

    def page(self, request: PageRequest) -> FetchedPage | NotModified:
        """Return the page, or that it has not changed."""

        def page_of(reply: HttpReply) -> FetchedPage | NotModified:
            return _page(reply, request, self._limits, is_private=self._backend.is_private)

        return self._follow(normalise_url(request.url), self._permit, request.validators, page_of)

    def _permit(self, url: str) -> None:
        """Refuse what the URL's site forbids, and note how fast it may be asked."""
        if self._limits.robots:
            private_allowed = self._limits.private_allowed
            robots = self._sites.robots.of(url, private_allowed, self._load_robots)
            robots.check(url)
            self._sites.hosts.slow_down(url, robots.delay)

    def _load_robots(self, url: str) -> Robots:
        visit = _Visit(self._limits, self._network, self._sites, self._cancelled)
        try:
            return visit._follow(url, lambda _: None, NO_VALIDATORS, robots_of)
        except _RedirectsError:  # as RFC 9309 has it, there is none then
            return Robots()

    def _follow(
        self,
        url: str,
        permit: Callable[[str], None],
        validators: Validators,
        take: Callable[[HttpReply], _T],
    ) -> _T:
        """Return what `take` makes of the reply at the end of all redirects.

        `permit` raises for a URL that may not be asked for.
        """
        limits, trust = self._limits, self._network.trust
        timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read}
        for _ in range(limits.redirects + 1):
            with self._deadline.stopped():
                permit(url)
            conditions = validators.headers_for(url)
            with (
                self._sites.hosts.turn(url, limits.pause, self._deadline),
                get(url, conditions, timeout, self._backend, trust) as reply,
            ):
                if (seconds := reply.retry_after) is not None:
                    raise self._sites.hosts.leave_alone(url, seconds)
                target = reply.target
                if target is None:
                    return take(reply)
            url = target
        times = f"redirects more than {limits.redirects} times"
        raise _RedirectsError(f"{times}; give its final address.")


def _page(
    reply: HttpReply, request: PageRequest, limits: FetchLimits, *, is_private: bool
) -> FetchedPage | NotModified:
    if reply.status == 304 and request.validators.headers_for(reply.url):
        return NotModified(is_private)
    if reply.status != 200:
        kind = PageGoneError if reply.status in (404, 410) else ArticleError
        raise kind(f"was answered with “{reply.label}”; check the address.")
    media_type, charset = split_content_type(reply.headers.get("content-type", ""))
    is_feed = request.feeds and may_be_feed(media_type, reply.url)
    if not is_feed:
        check_article_type(media_type)
    data = reply.read(limits.feed_size if is_feed else limits.size)
    return FetchedPage(data, reply.url, media_type, charset, reply.validators, is_private)
