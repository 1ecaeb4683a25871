"""Servers that are slow, silent or endless: each costs its time, and no more."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from time import monotonic

import pytest

from index.fetch.guarded_network import GuardedNetwork
from tests.support.hostile.servers import OWN, PUBLIC, Site, page, refusal


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({}) as running:
        yield running


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    over = Event()

    def resolve(_: str) -> list[str]:
        over.wait(10)
        return []

    start = monotonic()
    assert "within 0.2 s" in refusal(
        "http://a.test/", replace(PUBLIC, total=0.2), GuardedNetwork(resolve)
    )
    assert monotonic() - start < 5
    over.set()


def test_a_server_that_does_not_take_connections_is_given_up() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        with socket.create_connection(address):  # the one that may wait
            reason = refusal(f"http://127.0.0.1:{address[1]}/", replace(OWN, connect=0.2))
    assert "no answer in time" in reason


@pytest.mark.parametrize("path", ["/body", "/headers"])
def test_a_server_that_drips_is_cut_off_when_the_time_is_over(site: Site, path: str) -> None:
    site.answers |= {"/body": site.drip_body, "/headers": site.drip_headers}
    start = monotonic()
    reason = refusal(site.at(path), replace(OWN, read=0.2, total=0.5))
    assert reason == "was not sent within 0.5 s; try again later, or save the page."
    assert 0.4 < monotonic() - start < 5


def test_a_server_that_floods_with_tiny_pieces_is_cut_off_too(site: Site) -> None:
    def flood(conn: socket.socket) -> None:
        conn.sendall(page(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"))
        while True:
            conn.sendall(b"1\r\nx\r\n" * 10_000)

    site.answers["/"] = flood
    start = monotonic()
    assert "within 0.3 s" in refusal(site.at("/"), replace(OWN, total=0.3))
    assert monotonic() - start < 5


def test_a_server_that_falls_silent_is_given_up(site: Site) -> None:
    site.answers["/"] = site.hang
    reason = refusal(site.at("/"), replace(OWN, read=0.2))
    assert reason == "stopped: 127.0.0.1 sent nothing for 0.2 s; try again later."
