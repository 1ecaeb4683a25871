"""Many pages from the web: several hosts at a time, but no host asked twice at once."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from urllib.parse import urlsplit

from index.errors import ArticleError
from index.fetch.fetch import DEFAULT_LIMITS, INTERNET, Fetched, FetchLimits, fetch
from index.fetch.guarded_network import GuardedNetwork
from index.fetch.urls import normalise
from index.ingest.sources.files import Failure

WORKERS = 4


@dataclass(slots=True)
class _Host:
    """The pages still to be fetched from a host, and the time before which it is left alone."""

    pages: deque[str] = field(default_factory=deque)
    rest_until: float = 0.0


def fetch_all(
    addresses: Iterable[str],
    limits: FetchLimits = DEFAULT_LIMITS,
    network: GuardedNetwork = INTERNET,
) -> Iterator[tuple[str, Fetched | Failure]]:
    """Each address with its page, or with why it has none, as they come in.

    A failure's path is the address. Never more than `WORKERS` pages are under way or wait to be
    taken. Closing the iterator, or Ctrl-C, calls off what is under way, within about 0.1 s.
    """
    halted = Event()
    waiting = _by_host(addresses)
    running: dict[Future[Fetched | Failure], _Host] = {}
    asked: dict[Future[Fetched | Failure], str] = {}
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="fetch")
    try:
        while waiting or running:
            while waiting and len(running) < WORKERS:
                host = waiting.popleft()
                address = host.pages.popleft()
                future = pool.submit(_one, address, host.rest_until, limits, network, halted)
                running[future], asked[future] = host, address
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                host = running.pop(future)
                host.rest_until = monotonic() + limits.pause
                if host.pages:
                    waiting.append(host)
                yield asked.pop(future), future.result()
    finally:
        halted.set()
        pool.shutdown(cancel_futures=True)


def _by_host(addresses: Iterable[str]) -> deque[_Host]:
    hosts: dict[str, _Host] = {}
    for address in addresses:
        hosts.setdefault(_host_of(address), _Host()).pages.append(address)
    return deque(hosts.values())


def _host_of(address: str) -> str:
    try:
        return urlsplit(normalise(address)).hostname or ""
    except ArticleError:  # it will be told when its turn comes
        return ""


def _one(
    address: str, rest_until: float, limits: FetchLimits, network: GuardedNetwork, halted: Event
) -> Fetched | Failure:
    halted.wait(max(0.0, rest_until - monotonic()))
    try:
        return fetch(address, limits, network, halted)
    except ArticleError as error:
        return Failure(address, str(error))
