"""Fetch many pages concurrently: several hosts at a time, one request per host at a time."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event
from time import monotonic, sleep

from index.article import Failure
from index.errors import ArticleError
from index.fetch.fetch import FetchedPage, Fetcher, NotModified, PageGoneError, PageRequest
from index.fetch.host_turns import HostBusyError, Hosts, name_of
from index.fetch.urls import normalise_url

WORKERS = 4


@dataclass(frozen=True, slots=True)
class GonePage(Failure):
    """The failure of a page of which its site says that there is none."""


Outcome = FetchedPage | NotModified | Failure
"""What comes of a request; a failure is under its URL."""

_Queue = deque[PageRequest]


def fetch_all(
    requests: Iterable[PageRequest], fetcher: Fetcher
) -> Iterator[tuple[PageRequest, Outcome]]:
    """Yield each request with its outcome, as they come in.

    At most `WORKERS` pages are in flight or fetched and not yet taken. Closing the iterator, or
    Ctrl-C, cancels what is in flight within about 0.1 s.
    """
    cancelled = Event()
    waiting = _by_host(requests)
    in_flight: dict[Future[Outcome | None], tuple[str, PageRequest]] = {}
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="fetch")
    hosts = fetcher.sites.hosts
    try:
        while waiting or in_flight:
            for name in _rested(waiting, hosts, {name for name, _ in in_flight.values()}):
                request = waiting[name].popleft()
                if not waiting[name]:
                    del waiting[name]
                in_flight[pool.submit(_fetch, request, fetcher, cancelled)] = name, request
            for future in _done(in_flight, waiting, hosts):
                name, request = in_flight.pop(future)
                outcome = future.result()
                if outcome is None:
                    waiting.setdefault(name, deque()).appendleft(request)
                else:
                    yield request, outcome
    finally:
        cancelled.set()
        pool.shutdown(cancel_futures=True)


def _rested(waiting: Mapping[str, _Queue], hosts: Hosts, asked: Collection[str]) -> list[str]:
    """Return the hosts to ask now, those first that have rested longest."""
    now = monotonic()
    rested = [name for name in waiting if name not in asked and hosts.rest_until(name) <= now]
    return sorted(rested, key=hosts.rest_until)[: WORKERS - len(asked)]


def _done(
    in_flight: Mapping[Future[Outcome | None], tuple[str, PageRequest]],
    waiting: Mapping[str, _Queue],
    hosts: Hosts,
) -> set[Future[Outcome | None]]:
    """Wait until a request is done, or until a host has rested and can be asked."""
    asked = {name for name, _ in in_flight.values()}
    ends = [hosts.rest_until(name) for name in waiting if name not in asked]
    if not ends or len(asked) == WORKERS:
        return wait(in_flight, return_when=FIRST_COMPLETED).done
    seconds = max(0.0, min(ends) - monotonic())
    if not in_flight:
        sleep(seconds)
        return set()
    return wait(in_flight, seconds, FIRST_COMPLETED).done


def _by_host(requests: Iterable[PageRequest]) -> dict[str, _Queue]:
    hosts: dict[str, _Queue] = {}
    for request in requests:
        hosts.setdefault(_host_of(request.url), deque()).append(request)
    return hosts


def _host_of(url: str) -> str:
    try:
        return name_of(normalise_url(url))
    except ArticleError:  # reported when its turn comes
        return ""


def _fetch(request: PageRequest, fetcher: Fetcher, cancelled: Event) -> Outcome | None:
    """Return what comes of a request; None if it is to be sent again later."""
    try:
        return fetcher.fetch(request, cancelled)
    except HostBusyError:
        return None
    except PageGoneError as error:
        return GonePage(request.url, str(error))
    except ArticleError as error:
        return Failure(request.url, str(error))
