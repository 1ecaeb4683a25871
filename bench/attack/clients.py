"""Those who ask a server under attack: a connection for each request, and a bound on patience."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count

from bench.processes import ROOT

Place = tuple[str, int]
GONE = 0
"""Stands for the status where no answer came: the connection was cut, or patience ended."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The status of an answer, or GONE, and the seconds until its last and its first byte."""

    status: int
    seconds: float
    first_byte: float


@dataclass(slots=True)
class Replies:
    """What several clients were told."""

    replies: list[Reply] = field(default_factory=list)

    def with_status(self, status: int) -> list[float]:
        """Return how long answers with a status took, sorted."""
        return sorted(reply.seconds for reply in self.replies if reply.status == status)

    def share_within(self, seconds: float) -> float:
        """Return which share of all requests was answered well and in time."""
        within = [taken for taken in self.with_status(200) if taken <= seconds]
        return len(within) / len(self.replies) if self.replies else 0.0


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile of sorted values, infinite if there are none.

    >>> quantile([1.0, 2.0, 3.0], 0.5)
    2.0
    """
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("inf")


def sample_requests() -> list[bytes]:
    """Return requests with the sample questions."""
    return [json_request("/api/ask", {"question": text}) for text in sample_questions()]


def sample_questions() -> list[str]:
    """Return the questions over the sample articles."""
    path = ROOT / "tests" / "data" / "sample-questions.jsonl"
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def json_request(path: str, fields: Mapping[str, object]) -> bytes:
    """Return the bytes of a request whose body is JSON."""
    body = json.dumps(fields).encode()
    lines = ("Content-Type: application/json", f"Content-Length: {len(body)}")
    return head("POST", path, *lines) + body


PROBE_PATH = "/healthz"


def head(method: str, path: str, *headers: str) -> bytes:
    """Return the head of a request after which the server closes the connection."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def send(place: Place, request: bytes, patience: float) -> Reply:
    """Send a request over a connection of its own and read the whole answer."""
    began, writer, status, first_byte = time.perf_counter(), None, GONE, float("inf")
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection(*place)
            writer.write(request)
            answer = await reader.read(1)
            first_byte = time.perf_counter() - began
            answer += await reader.read()
            status = int(answer.split(None, 2)[1]) if answer else GONE
    except (OSError, TimeoutError):
        status = GONE
    finally:
        if writer:
            writer.close()
    return Reply(status, time.perf_counter() - began, first_byte)


async def keep_asking(
    place: Place, clients: int, seconds: float, patience: float = 10.0
) -> Replies:
    """Ask the sample questions with some clients, each its next one after an answer."""
    return await keep_sending(place, sample_requests(), clients, seconds, patience=patience)


async def keep_sending(  # noqa: PLR0913 - two have a default that fits
    place: Place,
    requests: Sequence[bytes],
    clients: int,
    seconds: float,
    *,
    patience: float = 10.0,
    pause: float = 0.0,
) -> Replies:
    """Send requests in turn with some clients for a while, each its next after an answer.

    A client that gets no 200 waits for `pause` seconds before its next.
    """
    numbers, result = count(), Replies()
    until = time.monotonic() + seconds

    async def ask() -> None:
        while time.monotonic() < until:
            request = requests[next(numbers) % len(requests)]
            reply = await send(place, request, patience)
            result.replies.append(reply)
            if reply.status != HTTPStatus.OK:
                await asyncio.sleep(pause)

    await asyncio.gather(*(ask() for _ in range(clients)))
    return result


async def keep_probing(place: Place, seconds: float, pause: float = 0.2) -> Replies:
    """Ask a server whether it is alive, for a while."""
    result, until = Replies(), time.monotonic() + seconds
    while time.monotonic() < until:
        result.replies.append(await send(place, head("GET", PROBE_PATH), 5.0))
        await asyncio.sleep(pause)
    return result
