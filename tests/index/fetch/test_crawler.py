"""Many pages: none stops another, no host is asked twice at once, and Ctrl-C ends all."""

import signal
import socket
import subprocess
import sys
from itertools import pairwise
from threading import Lock
from time import monotonic, sleep

from index.article import Failure
from index.fetch.crawler import fetch_all
from index.fetch.fetch import FetchedPage, FetchLimits
from tests.conftest import ROOT
from tests.support.hostile_servers import Internet, Site, page

OWN = FetchLimits(private_allowed=True, pause=0)


def test_every_address_has_its_page_or_the_reason_it_has_none() -> None:
    with Site({"/1": page(b"1"), "/2": page(b"", status="500 Oh"), "/3": page(b"3")}) as site:
        addresses = [site.at("/1"), "http://[", site.at("/2"), "http://b.test/", site.at("/3")]
        internet = Internet({"127.0.0.1": [["127.0.0.1"]]}, {"127.0.0.1": site})
        got = dict(fetch_all(addresses, OWN, internet.network()))
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
        got = list(fetch_all(addresses, FetchLimits(pause=0.1), internet.network()))
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
        limits = FetchLimits(private_allowed=True, pause=0.05)
        assert [address for address, _ in fetch_all(addresses, limits)] == addresses
    for (_, end), (start, _) in pairwise(spans):
        assert start - end >= 0.05


def test_closing_calls_off_what_is_under_way() -> None:
    with Site({"/": page(b"x")}) as quick, Site({}) as slow:
        slow.answers["/"] = slow.hang
        internet = Internet(
            {"quick.test": [["8.8.8.1"]], "slow.test": [["8.8.8.2"]]},
            {"8.8.8.1": quick, "8.8.8.2": slow},
        )
        pages = fetch_all(
            ["http://quick.test/", "http://slow.test/"], FetchLimits(), internet.network()
        )
        assert next(pages)[0] == "http://quick.test/"
        start = monotonic()
        pages.close()  # type: ignore[attr-defined]  # a generator is an iterator that can be closed
        assert monotonic() - start < 3  # a silent server is waited for 10 s


def test_ctrl_c_ends_at_once() -> None:
    program = (
        "import sys\n"
        "from index.fetch.fetch import FetchLimits\n"
        "from index.fetch.crawler import fetch_all\n"
        "print(list(fetch_all(sys.argv[1:], FetchLimits(private_allowed=True))))"
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
        site.answers["/"] = site.hang
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
