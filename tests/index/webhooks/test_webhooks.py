"""Addresses are told of events, whatever their receivers do, and nobody waits for them."""

import logging
import threading

import pytest

from index.webhooks.attempt import SignedPost
from index.webhooks.event import Event
from index.webhooks.webhooks import Webhooks
from tests.support.webhook_receivers import SECRET, receiver

SOON = (0.0, 0.0, 0.0)
POST = SignedPost(SECRET, private_allowed=True)
EVENT = Event.of("rebuild.finished", {"index_version": "000007", "words": "大桥"})


def test_every_address_is_told_in_order_and_signed() -> None:
    with receiver() as first, receiver() as second:
        webhooks = Webhooks([first.address, second.address], POST, SOON)
        events = [Event.of("rebuild.finished", {"number": number}) for number in range(5)]
        for event in events:
            webhooks.tell(event)
        webhooks.flush(60)
        for received in (first, second):
            assert [event["data"]["number"] for event in received.events()] == list(range(5))
            ids = [headers["webhook-id"] for headers, _ in received.requests]
            assert ids == [event.id for event in events]
            headers, body = received.requests[0]
            assert headers["Content-Type"] == "application/json"
            assert body == events[0].body


def test_what_fails_is_told_again_under_the_same_id() -> None:
    with receiver(lambda number: 500 if number < 2 else 200) as received:
        webhooks = Webhooks([received.address], POST, SOON)
        webhooks.tell(EVENT)
        webhooks.flush(60)
        assert len(received.events()) == 3
        assert {headers["webhook-id"] for headers, _ in received.requests} == {EVENT.id}


@pytest.mark.parametrize(("status", "attempts"), [(500, 4), (302, 4), (404, 4), (410, 1)])
def test_what_keeps_failing_is_given_up_and_logged_without_the_key(
    status: int, attempts: int, caplog: pytest.LogCaptureFixture
) -> None:
    with receiver(lambda _: status) as received:
        webhooks = Webhooks([received.address], POST, SOON)
        webhooks.tell(EVENT)
        webhooks.flush(60)
        assert len(received.requests) == attempts, "a redirect is not followed, either"
        [record] = caplog.records
        assert f"was not told of rebuild.finished: it answered {status}" in record.message
        assert "secret-key" not in caplog.text


def test_a_receiver_that_hangs_holds_nothing_up(caplog: pytest.LogCaptureFixture) -> None:
    release = threading.Event()

    def hang(_: int) -> int:
        release.wait(60)
        return 200

    with receiver(hang) as slow, receiver() as quick:
        webhooks = Webhooks([slow.address, quick.address], POST, SOON)
        for _ in range(150):
            webhooks.tell(EVENT)
        quick.wait_for(100)
        assert len(slow.requests) <= 1
        webhooks.flush(0)
        release.set()
    assert "misses events: too many wait" in caplog.text
    assert "was not told of 100 events in time" in caplog.text


def test_an_address_where_nobody_listens_is_told_of_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with receiver() as gone:
        address = gone.address
    webhooks = Webhooks([address], POST, (0.0,))
    webhooks.tell(EVENT)
    webhooks.flush(60)
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert "it can't be reached: no connection to 127.0.0.1" in record.message


def test_no_thread_is_left_when_all_is_told_and_what_comes_later_is_told_too() -> None:
    before = set(threading.enumerate())
    with receiver() as received:
        server = set(threading.enumerate()) - before
        webhooks = Webhooks([received.address], POST, SOON)
        for count in (1, 2):
            webhooks.tell(EVENT)
            received.wait_for(count)
            webhooks.flush(60)
            for thread in set(threading.enumerate()) - before - server:
                if thread.name == "webhook":
                    thread.join(60)
                    assert not thread.is_alive()
    assert len(received.events()) == 2


def test_without_addresses_nothing_is_started() -> None:
    before = threading.active_count()
    webhooks = Webhooks([], POST)
    webhooks.tell(EVENT)
    webhooks.flush(60)
    assert not webhooks
    assert threading.active_count() == before
