"""One attempt to tell an address of an event: a signed POST, without redirects."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event as Flag

from standardwebhooks import Webhook

from index.errors import ArticleError, YijuError
from index.fetch.exchange import post
from index.fetch.fetch import INTERNET
from index.fetch.guarded_network import GuardedBackend, GuardedNetwork, NotPublicError
from index.fetch.socket_stream import Deadline
from index.webhooks.event import Event

_CONNECT, _READ, _TOTAL = 5.0, 10.0, 15.0  # seconds
_PRIVATE = (
    "its address is not public; set YIJU_WEBHOOK_PRIVATE=true if it is one of your own network"
)


class NotToldError(YijuError):
    """An address could not be told of an event; `is_final` if another attempt is in vain."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


Attempt = Callable[[str, Event, Flag], None]
"""Tells a normal URL of an event, unless the flag is raised meanwhile. Raises `NotToldError`."""


class SignedPost:
    """Posts events, signed with a secret; threads may share it."""

    def __init__(
        self, secret: str, *, private_allowed: bool, network: GuardedNetwork = INTERNET
    ) -> None:
        """Take the secret; private addresses are refused unless they are allowed."""
        self._secret, self._private_allowed, self._network = secret, private_allowed, network

    def __call__(self, url: str, event: Event, cancelled: Flag) -> None:
        """Post an event to a URL; `cancelled` ends it early.

        Raises:
            NotToldError: there was no answer with a status of 200 to 299.
        """
        deadline = Deadline(_TOTAL, cancelled)
        backend = GuardedBackend(self._network, deadline, self._private_allowed)
        timeout = {"connect": _CONNECT, "read": _READ, "write": _READ}
        headers, body = self._headers(event), event.body.encode()
        try:
            with post(url, body, headers, timeout, backend, self._network.trust) as reply:
                if not 200 <= reply.status < 300:
                    # 410: the receiver wants nothing more of this.
                    raise NotToldError(f"it answered {reply.label}", is_final=reply.status == 410)
        except NotPublicError as error:
            raise NotToldError(_PRIVATE, is_final=True) from error
        except ArticleError as error:
            reason = str(error).partition(";")[0]  # what follows is how to get a page instead
            raise NotToldError(f"it {reason}") from error

    def _headers(self, event: Event) -> dict[bytes | str, bytes | str]:
        now = datetime.now(UTC)
        return {
            "webhook-id": event.id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(self._secret).sign(event.id, now, event.body),
        }
