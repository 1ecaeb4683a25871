"""Fetch many pages concurrently: several hosts at a time, one request per host at a time."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

from index.article import Failure
from index.errors import ArticleError
from index.fetch.fetch import DEFAULT_LIMITS, INTERNET, FetchedPage, FetchLimits, fetch
from index.fetch.guarded_network import GuardedNetwork
from index.fetch.urls import normalise_url

WORKERS = 4


@dataclass(slots=True)
class _HostQueue:
    """The pages left to fetch from a host, and the time before which it is not asked again."""

    urls: deque[str] = field(default_factory=deque)
    rest_until: float = 0.0


def fetch_all(
    urls: Iterable[str],
    limits: FetchLimits = DEFAULT_LIMITS,
    network: GuardedNetwork = INTERNET,
) -> Iterator[tuple[str, FetchedPage | Failure]]:
    """Yield each URL with its page, or with the failure under that URL, as they come in.

    At most `WORKERS` pages are in flight or fetched and not yet taken. Closing the iterator, or
    Ctrl-C, cancels what is in flight within about 0.1 s.
    """
    cancelled = Event()
    waiting = _by_host(urls)
    in_flight: dict[Future[FetchedPage | Failure], tuple[_HostQueue, str]] = {}
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="fetch")
    try:
        while waiting or in_flight:
            while waiting and len(in_flight) < WORKERS:
                host = waiting.popleft()
                url = host.urls.popleft()
                future = pool.submit(_fetch_later, url, host.rest_until, limits, network, cancelled)
                in_flight[future] = host, url
            for future in wait(in_flight, return_when=FIRST_COMPLETED).done:
                host, url = in_flight.pop(future)
                host.rest_until = monotonic() + limits.pause
                if host.urls:
                    waiting.append(host)
                yield url, future.result()
    finally:
        cancelled.set()
        pool.shutdown(cancel_futures=True)


def _by_host(urls: Iterable[str]) -> deque[_HostQueue]:
    hosts: dict[str, _HostQueue] = {}
    for url in urls:
        hosts.setdefault(_host_of(url), _HostQueue()).urls.append(url)
    return deque(hosts.values())


def _host_of(url: str) -> str:
    try:
        return urlsplit(normalise_url(url)).hostname or ""
    except ArticleError:  # reported when its turn comes
        return ""


def _fetch_later(
    url: str, rest_until: float, limits: FetchLimits, network: GuardedNetwork, cancelled: Event
) -> FetchedPage | Failure:
    cancelled.wait(max(0.0, rest_until - monotonic()))
    try:
        return fetch(url, limits, network, cancelled)
    except ArticleError as error:
        return Failure(url, str(error))
