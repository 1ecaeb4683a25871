"""Whatever a model's server does, a call ends with its whole text or with the reason."""

import logging
from collections.abc import Sequence
from threading import Event, Thread

import pytest

from qa.writing.language_model import ModelMessage, ModelReply
from qa.writing.model_client import ModelClient, ModelServer
from qa.writing.model_faults import ModelFault, WritingError
from tests.support.models.model_site import (
    KEY,
    Exchange,
    ModelSite,
    Sent,
    event,
    floods,
    part,
    sends,
    waits,
    writes,
    writes_whole,
)

HELLO = [ModelMessage("system", "写。"), ModelMessage("user", "多长?")]
TEXT = "大桥全长55公里[1]。它于2018年通车[2]。"


def fault(reply: Sent, seconds: float = 60.0) -> ModelFault:
    """Return why a call fails."""
    with ModelSite(reply) as site, pytest.raises(WritingError) as caught:
        site.client(seconds).complete(HELLO, 100)
    assert KEY not in str(caught.value)
    return caught.value.fault


@pytest.mark.parametrize("reply", [writes(TEXT), writes_whole(TEXT)])
def test_a_text_arrives_whole_streamed_or_not(reply: Sent) -> None:
    with ModelSite(reply) as site:
        assert site.client().complete(HELLO, 100) == ModelReply(TEXT)
        asked = site.asked[0]
        assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("tiny", 100, 0)
        assert asked["messages"] == [
            {"role": "system", "content": "写。"},
            {"role": "user", "content": "多长?"},
        ]
        assert site.keys == [f"Bearer {KEY}"]


def test_the_tokens_that_a_server_counts_are_told() -> None:
    with ModelSite(writes(TEXT, tokens=321)) as site:
        assert site.client().complete(HELLO, 100).tokens == 321


@pytest.mark.parametrize(
    "chunks",
    [
        [b"data: {\xe5\xa5\xbd\n\n"],
        [b"data: [[[\n\n"],
        [b"data: " + b"[" * 60_000 + b"\n\n"],
        [event([])],
        [event({"choices": "none"})],
        [event({"choices": [None]})],
        [event({"choices": [{"delta": {"content": 7}}]})],
        [event({"error": {"message": f"bad key {KEY}"}})],
        [b"\x00\xff\xfe" * 100],
        [],
        [part("大桥全长55公里[1]。")],
        [part("大桥"), b'data: {"choices": [{"del'],
    ],
    ids=lambda chunks: str(chunks[:1])[:30],
)
def test_garbage_and_half_a_stream_are_a_broken_reply(chunks: Sequence[bytes]) -> None:
    assert fault(sends(*chunks)) is ModelFault.BROKEN


@pytest.mark.parametrize(
    "chunks",
    [
        [b"x" * 70_000],
        [b"data: " + b"[" * 70_000],
        [b": a comment that never ends" * 5_000],
    ],
    ids=["bytes", "event", "comment"],
)
def test_a_line_without_end_is_given_up(chunks: Sequence[bytes]) -> None:
    assert fault(sends(*chunks)) is ModelFault.ENDLESS


def test_a_text_of_more_characters_than_tokens_can_be_is_given_up() -> None:
    assert fault(sends(*[part("桥" * 500)] * 4)) is ModelFault.ENDLESS
    assert fault(writes_whole("桥" * 2000)) is ModelFault.ENDLESS


@pytest.mark.parametrize("total", [-5, True, "7", 10**30])
def test_a_count_of_tokens_that_cannot_be_is_passed_over(total: object) -> None:
    last = event(
        {"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": {"total_tokens": total}}
    )
    with ModelSite(sends(part("好。"), last)) as site:
        assert site.client().complete(HELLO, 100) == ModelReply("好。")


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 50_000,
        b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 500_000,
        b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\n",
        b"not even HTTP",
    ],
    ids=["many headers", "a long header", "hints", "two lengths", "no chunk", "no HTTP"],
)
def test_a_head_that_never_ends_or_makes_no_sense_is_a_broken_reply(head: bytes) -> None:
    def reply(exchange: Exchange) -> None:
        exchange.put(head)

    assert fault(reply) is ModelFault.BROKEN


def test_a_page_in_place_of_a_reply_is_a_broken_one() -> None:
    def reply(exchange: Exchange) -> None:
        exchange.begin(200, "text/html")
        exchange.put(b"<html>data: nothing</html>\n" * 100)

    assert fault(reply) is ModelFault.BROKEN


def test_a_server_that_repeats_the_key_has_it_logged_nowhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    echo = f"WWW-Authenticate: Bearer {KEY}"
    with caplog.at_level(logging.INFO):
        for status in (200, 302, 401, 429):
            fault(sends(KEY.encode(), status=status, headers=[echo, f"Location: /{KEY}"]))
    assert KEY not in caplog.text


def test_a_reply_that_is_packed_against_the_request_is_not_unpacked() -> None:
    assert fault(sends(b"\x1f\x8b", headers=["Content-Encoding: gzip"])) is ModelFault.BROKEN


@pytest.mark.parametrize("status", [302, 401, 404, 500])
def test_any_other_status_is_a_refusal_and_no_redirect_is_followed(status: int) -> None:
    with ModelSite(writes(TEXT)) as other:
        reply = sends(status=status, headers=[f"Location: {other.base_url}/chat/completions"])
        assert fault(reply) is ModelFault.REFUSED
        assert other.asked == []


def test_a_server_that_asks_for_a_rest_is_not_asked_again() -> None:
    with ModelSite(sends(status=429, headers=["Retry-After: 30"])) as site:
        client = site.client()
        for _ in range(3):
            with pytest.raises(WritingError) as caught:
                client.complete(HELLO, 100)
            assert caught.value.fault is ModelFault.LIMITED
        assert len(site.asked) == 1


def test_a_model_that_never_ends_is_given_up_by_time_and_by_size() -> None:
    assert fault(waits, seconds=0.3) is ModelFault.SLOW
    assert fault(floods) is ModelFault.ENDLESS


def test_a_call_ends_when_whoever_asked_has_left() -> None:
    left = Event()
    faults: list[ModelFault] = []
    with ModelSite(waits) as site:
        client = site.client(600)

        def call() -> None:
            with pytest.raises(WritingError) as caught:
                client.complete(HELLO, 100, left.is_set)
            faults.append(caught.value.fault)

        thread = Thread(target=call)
        thread.start()
        assert site.begun.wait(60)
        left.set()
        thread.join(60)
        assert faults == [ModelFault.LEFT]
        assert site.was_left.wait(60), "its server would go on"


def test_a_server_that_is_not_there_is_told_of_without_its_key(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with ModelSite(writes(TEXT)) as site:
        address = site.base_url
    server = ModelServer(address, "tiny", KEY)
    with caplog.at_level(logging.DEBUG), pytest.raises(WritingError) as caught:
        ModelClient(server).complete(HELLO, 100)
    assert caught.value.fault is ModelFault.UNREACHABLE
    assert KEY not in caplog.text + str(caught.value) + repr(server)
