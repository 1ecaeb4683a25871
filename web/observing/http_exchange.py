"""A request and what becomes of it, for its line in the log and for the metrics."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal
from uuid import uuid4

from qa.answer import Answer
from qa.retrieval import Request

Outcome = Literal["answered", "possible", "not_found"]

_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, what came of it, and the seconds that the stages of its answer took."""

    question: str
    outcome: Outcome
    find: float
    read: float

    @classmethod
    def of(cls, asked: Request, answer: Answer) -> "AskedQuestion":
        """Take what is told of an answer."""
        timings = answer.timings_ms
        return cls(asked.question, _outcome(answer), timings.retrieve / 1000, timings.read / 1000)


def _outcome(answer: Answer) -> Outcome:
    if answer.answered:
        return "answered"
    return "possible" if answer.possible else "not_found"


@dataclass(slots=True)
class Exchange:
    """A request whose head was read, or could not be, and the answer to it.

    `route` is the address with names in place of ids, empty where there is none; `waited` are the
    seconds in line, part of `seconds`; `refusal` says why it was refused, if it was.
    """

    id: str
    method: str
    path: str
    client: str
    began: float = field(default_factory=monotonic)
    route: str = ""
    status: int = 0
    waited: float = 0.0
    seconds: float = 0.0
    sent: int = 0
    refusal: str = ""
    asked: AskedQuestion | None = None


_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


def request_id(told: str) -> str:
    """Return the id that a client or a proxy gave a request, or one of our own.

    >>> request_id("7f3a-1"), len(request_id("two words"))
    ('7f3a-1', 32)
    """
    return told if _WELL_FORMED.fullmatch(told) else uuid4().hex


def current_exchange() -> Exchange | None:
    """Return the exchange that this thread works on."""
    return _current.get()


def current_id() -> str | None:
    """Return the id of the request that this thread works on."""
    exchange = _current.get()
    return exchange.id if exchange else None


@contextmanager
def working_on(exchange: Exchange) -> Iterator[None]:
    """Make an exchange that of this thread for a block."""
    token = _current.set(exchange)
    try:
        yield
    finally:
        _current.reset(token)


def note_answer(asked: Request, answer: Answer) -> None:
    """Note what came of a question, with the request that asked it."""
    exchange = _current.get()
    if exchange is not None:
        exchange.asked = AskedQuestion.of(asked, answer)
