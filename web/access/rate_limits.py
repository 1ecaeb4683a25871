"""How often callers may come, and how much they may upload: counted over all processes."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Response

from index.access.access_state import AccessState
from index.errors import StoreError
from index.settings import Settings
from web.access.endpoint_rights import QUESTIONS, UPLOADS
from web.access.without_key import is_local
from web.problems import problem

if TYPE_CHECKING:
    from limits.strategies import FixedWindowRateLimiter

_REQUESTS, _QUESTIONS, _UPLOADS = "600/minute", "60/minute", 1_000_000_000  # bytes a day
_WRONG_KEYS = "10/minute"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RateRules:
    """What is allowed, as `limits` writes it: `60/minute, 1000/hour`; empty for any number.

    `uploads` are bytes a day, None for any number.
    """

    requests: str = ""
    questions: str = ""
    uploads: int | None = None

    @classmethod
    def of(cls, settings: Settings, host: str) -> "RateRules":
        """Take those that are set; where only this machine reaches the server, there are no others.

        >>> RateRules.of(Settings(limit_questions="9/minute"), "127.0.0.1")
        RateRules(requests='', questions='9/minute', uploads=None)
        """
        usual = cls() if is_local(host, settings) else cls(_REQUESTS, _QUESTIONS, _UPLOADS)
        given = settings.limit_uploads
        uploads = {"auto": usual.uploads, "none": None}
        return cls(
            _chosen(settings.limit_requests, usual.requests),
            _chosen(settings.limit_questions, usual.questions),
            uploads[given] if given in uploads else int(given),
        )

    def rules_of(self, endpoint: str) -> Iterator[tuple[str, str]]:
        """Yield the rules of number for requests to an endpoint, each with what it counts."""
        yield self.requests, "requests"
        if endpoint in QUESTIONS:
            yield self.questions, "questions"


class RateLimits:
    """Counts what callers do, and refuses what is beyond the rules."""

    def __init__(self, rules: RateRules, state: AccessState) -> None:
        self._rules = rules
        self._state = state
        self._is_failing = False
        if rules != RateRules():
            _load_limiter()  # now, not in the first request

    def refusal(self, who: str, endpoint: str, size: int) -> Response | None:
        """Count a request of a caller with a body of some bytes; return the refusal, if it is one.

        Whoever can't be counted is served: a full disk must not keep readers from their answers.
        """
        try:
            refusal = self._refusal(who, endpoint, size)
        except StoreError as error:
            self._tell(error)
            return None
        self._is_failing = False
        return refusal

    def wrong_key(self, address: str) -> Response | None:
        """Count a wrong key that came from an address; return the refusal, if there were many."""
        try:
            wait = self._wait(_WRONG_KEYS, "wrong keys", address)
        except StoreError as error:
            self._tell(error)
            return None
        return _refused("Too many wrong keys came from here.", wait) if wait else None

    def _refusal(self, who: str, endpoint: str, size: int) -> Response | None:
        for rule, what in self._rules.rules_of(endpoint):
            if rule and (wait := self._wait(rule, what, who)):
                return _refused(_TOO_MANY[what], wait)
        most = self._rules.uploads
        if most is None or endpoint not in UPLOADS:
            return None
        wait = self._wait(f"{most}/day", "bytes", who, size)
        detail = f"More was uploaded from here than the {most:,} bytes a day that are allowed."
        return _refused(detail, wait) if wait else None

    def _wait(self, rules: str, what: str, who: str, cost: int = 1) -> int:
        """Count, and return in how many seconds to come again; 0 if it is allowed."""
        from limits import parse_many

        for rule in parse_many(rules):
            if not self._limiter.hit(rule, what, who, cost=cost):
                if cost > 1:  # what is refused was not uploaded
                    self._limiter.hit(rule, what, who, cost=-cost)
                ends = self._limiter.get_window_stats(rule, what, who).reset_time
                return max(1, round(ends - time.time() + 0.5))
        return 0

    @cached_property
    def _limiter(self) -> "FixedWindowRateLimiter":
        return _load_limiter()(self._state)

    def _tell(self, error: StoreError) -> None:
        if not self._is_failing:
            _log.error("Requests can't be counted, so that no limit holds: %s", error)
        self._is_failing = True


def _load_limiter() -> "Callable[[AccessState], FixedWindowRateLimiter]":
    """Load what counts; return what makes it.

    It takes a third of a second, which a server without limits is not to pay.
    """
    from limits.strategies import FixedWindowRateLimiter

    from web.access.counter_storage import CounterStorage

    return lambda state: FixedWindowRateLimiter(CounterStorage(state))


_TOO_MANY = {
    "requests": "Too many requests came from here.",
    "questions": "Too many questions came from here.",
}


def _refused(detail: str, wait: int) -> Response:
    response = problem(429, f"{detail} {_again(wait)}")
    response.headers["Retry-After"] = str(wait)
    return response


def _again(wait: int) -> str:
    """Tell when to come again, never sooner than it is.

    >>> _again(90), _again(7000)
    ('Come again in 90 s.', 'Come again in 117 min.')
    """
    if wait <= 120:
        return f"Come again in {wait} s."
    if wait <= 7200:
        return f"Come again in {-(-wait // 60)} min."
    return f"Come again in {-(-wait // 3600)} h."


def _chosen(given: str, usual: str) -> str:
    return {"auto": usual, "none": ""}.get(given, given)
