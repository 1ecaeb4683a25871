"""Many pages: none stops another, no host is asked twice at once, and Ctrl-C ends all."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from threading import Lock
from time import monotonic, sleep

from index.article import Failure
from index.fetch.crawler import GonePage, Outcome, fetch_all
from index.fetch.fetch import FetchedPage, Fetcher, FetchLimits, PageRequest
from index.fetch.guarded_network import GuardedNetwork
from tests.conftest import ROOT
from tests.support.hostile.servers import OWN, PUBLIC, Internet, Site, page, redirect, rules


def crawled(
    addresses: Iterable[str], limits: FetchLimits = OWN, network: GuardedNetwork | None = None
) -> Iterator[tuple[str, Outcome]]:
    """Yield each address with what came of it."""
    fetcher = Fetcher(limits, network or GuardedNetwork())
    for request, outcome in fetch_all(map(PageRequest, addresses), fetcher):
        yield request.url, outcome


def paths_asked(*sites: Site) -> list[str]:
    """Return the paths that sites were asked for, in order, if each was asked alone."""
    return [request.split(" ")[1] for site in sites for request in site.requests]


def test_every_address_has_its_page_or_the_reason_it_has_none() -> None:
    with Site({"/1": page(b"1"), "/2": page(b"", status="500 Oh"), "/3": page(b"3")}) as site:
        addresses = [site.at("/1"), "http://[", site.at("/2"), "http://b.test/", site.at("/3")]
        internet = Internet({"127.0.0.1": [["127.0.0.1"]]}, {"127.0.0.1": site})
        got = dict(crawled(addresses, OWN, internet.network()))
    assert got.keys() == set(addresses)
    pages = {url: page.data for url, page in got.items() if isinstance(page, FetchedPage)}
    assert pages == {addresses[0]: b"1", addresses[4]: b"3"}
    failures = [got[addresses[at]] for at in (1, 2, 3)]
    for address, failure in zip([addresses[at] for at in (1, 2, 3)], failures, strict=True):
        assert isinstance(failure, Failure)
        assert failure.where == address


def test_up_to_four_hosts_are_asked_at_once() -> None:
    lock = Lock()
    spans: list[tuple[float, float]] = []

    def slow(conn: socket.socket) -> None:
        start = monotonic()
        sleep(0.1)
        with lock:
            spans.append((start, monotonic()))
        conn.sendall(page(b"x"))

    answers = {"/1": slow, "/2": slow, "/3": slow}
    hosts = {f"{name}.test": [[f"8.8.8.{at}"]] for at, name in enumerate("abcd", 1)}
    with Site(dict(answers)) as site:
        internet = Internet(hosts, {f"8.8.8.{at}": site for at in range(1, 5)})
        addresses = [f"http://{host}{path}" for host in hosts for path in answers]
        got = list(crawled(addresses, replace(PUBLIC, pause=0.1), internet.network()))
    assert sorted(address for address, _ in got) == sorted(addresses)
    assert all(isinstance(page, FetchedPage) for _, page in got)
    for at in range(1, 5):
        assert internet.dialled.count(f"8.8.8.{at}") == 3
    assert 2 <= max(sum(s <= start < e for s, e in spans) for start, _ in spans) <= 4


def test_one_host_is_never_asked_twice_at_once() -> None:
    spans: list[tuple[float, float]] = []

    def slow(conn: socket.socket) -> None:
        start = monotonic()
        sleep(0.05)
        spans.append((start, monotonic()))
        conn.sendall(page(b"x"))

    with Site({f"/{at}": slow for at in range(4)}) as site:
        addresses = [site.at(f"/{at}") for at in range(4)]
        limits = replace(OWN, pause=0.05)
        assert [address for address, _ in crawled(addresses, limits)] == addresses
    for (_, end), (start, _) in pairwise(spans):
        assert start - end >= 0.05


def test_closing_calls_off_what_is_under_way() -> None:
    with Site({"/": page(b"x")}) as quick, Site({}) as slow:
        slow.answers["/"] = slow.hang
        internet = Internet(
            {"quick.test": [["8.8.8.1"]], "slow.test": [["8.8.8.2"]]},
            {"8.8.8.1": quick, "8.8.8.2": slow},
        )
        pages = crawled(["http://quick.test/", "http://slow.test/"], PUBLIC, internet.network())
        assert next(pages)[0] == "http://quick.test/"
        start = monotonic()
        pages.close()  # type: ignore[attr-defined]  # a generator is an iterator that can be closed
        assert monotonic() - start < 3  # a silent server is waited for 10 s


def test_ctrl_c_ends_at_once() -> None:
    program = (
        "import sys\n"
        "from index.fetch.fetch import Fetcher, FetchLimits, PageRequest\n"
        "from index.fetch.crawler import fetch_all\n"
        "fetcher = Fetcher(FetchLimits(private_allowed=True))\n"
        "print(list(fetch_all(map(PageRequest, sys.argv[1:]), fetcher)))"
    )
    with (
        Site({}) as site,
        subprocess.Popen(
            [sys.executable, "-c", program, site.at("/")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        ) as process,
    ):
        site.answers["/robots.txt"] = site.hang
        until = monotonic() + 10
        while not site.requests and monotonic() < until:
            sleep(0.02)
        start = monotonic()
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=5)
        finally:
            process.kill()
        assert monotonic() - start < 2
    assert (out, err.strip().splitlines()[-1]) == (b"", b"KeyboardInterrupt")


def test_a_page_that_is_gone_is_told_from_one_that_only_fails() -> None:
    answers = {
        "/404": page(b"", status="404 Not Found"),
        "/410": page(b"", status="410 Gone"),
        "/500": page(b"", status="500 Oh"),
    }
    with Site(dict(answers)) as site:
        got = dict(crawled([site.at(path) for path in answers]))
    kinds = [type(got[site.at(path)]) for path in answers]
    assert kinds == [GonePage, GonePage, Failure]


def test_a_host_that_rests_lets_others_go_first() -> None:
    with Site({f"/{at}": page(b"x") for at in range(4)}) as site:
        site.answers["/robots.txt"] = rules("User-agent: *", "Crawl-delay: 1")
        hosts = {"slow.test": [["8.8.8.1"]], "quick.test": [["8.8.8.2"]]}
        internet = Internet(hosts, {"8.8.8.1": site, "8.8.8.2": site})
        with Site({f"/{at}": page(b"x") for at in range(4)}) as quick:
            internet.places["8.8.8.2"] = quick
            addresses = [f"http://slow.test/{at}" for at in range(2)]
            addresses += [f"http://quick.test/{at}" for at in range(4)]
            limits = FetchLimits(pause=0)
            order = [address for address, _ in crawled(addresses, limits, internet.network())]
    assert order.index("http://slow.test/1") == len(order) - 1
    assert sorted(order) == sorted(addresses)


def test_a_host_that_asks_for_a_rest_gets_it_and_is_asked_again() -> None:
    busy = [page(b"", "Retry-After: 1", status="429 Too Many Requests")]
    with Site({"/2": page(b"2")}) as site:
        site.answers["/1"] = lambda conn: conn.sendall(busy.pop() if busy else page(b"1"))
        addresses = [site.at("/1"), site.at("/2")]
        order = [address for address, _ in crawled(addresses)]
    assert order == addresses
    assert paths_asked(site) == ["/1", "/1", "/2"]


def test_a_robots_txt_that_is_busy_is_asked_for_again() -> None:
    busy = [page(b"", "Retry-After: 1", status="503 Busy")]
    with Site({"/1": page(b"1")}) as site:
        site.answers["/robots.txt"] = lambda conn: conn.sendall(busy.pop() if busy else rules())
        [(_, outcome)] = crawled([site.at("/1")], replace(OWN, robots=True))
    assert isinstance(outcome, FetchedPage)
    assert paths_asked(site) == ["/robots.txt", "/robots.txt", "/1"]


def test_a_host_that_asks_for_a_long_rest_is_asked_nothing_more() -> None:
    busy = page(b"", "Retry-After: 3600", status="503 Service Unavailable")
    with Site({"/1": busy, "/2": page(b"2")}) as site:
        addresses = [site.at("/1"), site.at("/2")]
        got = dict(crawled(addresses))
    reason = "is not fetched: 127.0.0.1 asks to be left alone for 3600 s; rebuild again later."
    assert got == {address: Failure(address, reason) for address in addresses}
    assert paths_asked(site) == ["/1"]


def test_a_page_behind_a_redirect_waits_for_its_own_host() -> None:
    asked: list[str] = []

    def slow(conn: socket.socket) -> None:
        asked.append("begins")
        sleep(0.2)
        asked.append("ends")
        conn.sendall(page(b"x"))

    def quick(conn: socket.socket) -> None:
        asked.append("redirected")
        conn.sendall(page(b"x"))

    with Site({"/slow": slow, "/quick": quick}) as site, Site({}) as other:
        other.answers["/"] = redirect("http://a.test/quick")
        names = {"a.test": [["8.8.8.1"]], "b.test": [["8.8.8.2"]]}
        internet = Internet(names, {"8.8.8.1": site, "8.8.8.2": other})
        list(crawled(["http://a.test/slow", "http://b.test/"], PUBLIC, internet.network()))
    assert asked == ["begins", "ends", "redirected"]
