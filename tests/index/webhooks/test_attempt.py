"""One attempt is refused where it may not go, and signed where it may."""

from threading import Event as Flag

import pytest

from index.fetch.guarded_network import GuardedNetwork
from index.webhooks.attempt import NotToldError, SignedPost
from index.webhooks.event import Event
from tests.support.webhook_receivers import SECRET, receiver

EVENT = Event.of("rebuild.failed", {"reason": "没有文章。"})


@pytest.mark.parametrize("host", ["127.0.0.1", "hooks.test"])
def test_a_private_address_is_refused_and_not_tried_again(host: str) -> None:
    network = GuardedNetwork(resolve=lambda _: ["127.0.0.1"])
    with receiver() as received:
        post = SignedPost(SECRET, private_allowed=False, network=network)
        with pytest.raises(NotToldError, match="set YIJU_WEBHOOK_PRIVATE=true") as refused:
            post(received.address.replace("127.0.0.1", host), EVENT, Flag())
        assert refused.value.is_final
        assert received.requests == []


def test_an_attempt_is_verified_by_its_receiver() -> None:
    with receiver() as received:
        SignedPost(SECRET, private_allowed=True)(received.address, EVENT, Flag())
        [event] = received.events()
        assert event["type"] == "rebuild.failed"
        assert event["data"] == {"reason": "没有文章。"}


def test_an_attempt_that_is_called_off_ends() -> None:
    flag = Flag()
    flag.set()
    with receiver() as received, pytest.raises(NotToldError, match="called off"):
        SignedPost(SECRET, private_allowed=True)(received.address, EVENT, flag)
