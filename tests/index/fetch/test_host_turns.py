"""A host is asked in its turn, and left alone for as long as it wants, within a bound."""

from collections.abc import Sequence
from threading import Event
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Failure
from index.errors import ArticleError
from index.fetch.crawler import fetch_all
from index.fetch.fetch import Fetcher, PageRequest
from index.fetch.guarded_network import HostError
from index.fetch.host_turns import PATIENCE, HostBusyError, Hosts
from index.fetch.socket_stream import Deadline
from tests.support.hostile.servers import OWN, Site, page

URL = "http://a.test/"


@given(st.lists(st.floats(0, 100), max_size=200))
def test_all_rests_of_a_host_together_are_bounded(wishes: Sequence[float]) -> None:
    hosts, granted = Hosts(), 0.0
    for seconds in wishes:
        error = hosts.leave_alone(URL, seconds)
        if isinstance(error, HostBusyError):
            granted += max(1.0, seconds)
    assert granted <= PATIENCE


def test_a_host_that_is_busy_for_ever_is_given_up() -> None:
    with Site({"/": page(b"", "Retry-After: 0", status="429 Too Many")}) as site:
        [(_, outcome)] = fetch_all([PageRequest(site.at("/"))], Fetcher(OWN))
        assert outcome == Failure(
            site.at("/"),
            "is not fetched: 127.0.0.1 asks to be left alone for 0 s; rebuild again later.",
        )
        assert len(site.requests) == PATIENCE + 1


def test_nothing_more_is_asked_of_a_host_that_was_given_up_and_of_others_all() -> None:
    hosts, deadline = Hosts(), Deadline(10)
    hosts.leave_alone(URL, 3600)
    with pytest.raises(HostError, match=r"a\.test asks to be left alone for 3600 s"):
        hosts.turn("https://a.test:8080/other", 0, deadline).__enter__()
    with hosts.turn("http://b.test/", 0, deadline):
        pass


def test_who_waits_for_a_turn_can_be_called_off() -> None:
    hosts, cancelled = Hosts(), Event()
    with hosts.turn(URL, 0, Deadline(10)):
        cancelled.set()
        with pytest.raises(ArticleError, match="was called off"):
            hosts.turn(URL, 0, Deadline(10, cancelled)).__enter__()


def test_a_turn_that_breaks_off_ends_all_the_same() -> None:
    hosts = Hosts()
    with pytest.raises(ArticleError), hosts.turn(URL, 0, Deadline(10)):
        raise ArticleError("broke off.")
    with hosts.turn(URL, 0, Deadline(10)):
        pass


@pytest.mark.parametrize(("wish", "delay"), [(0, 0.5), (2, 2), (3600, 10)])
def test_the_longer_delay_counts_up_to_a_bound(wish: float, delay: float) -> None:
    hosts = Hosts()
    hosts.slow_down(URL, wish)
    with hosts.turn(URL, 0.5, Deadline(10)):
        began = monotonic()
    assert began + delay <= hosts.rest_until("a.test") <= monotonic() + delay
