"""`python -m bench.attack.overload STORE`: four times as many questions as a server can bear.

First it is measured how many a second it answers. Then so many more are sent, whether answers come
or not, by clients that wait ten seconds; then, how soon an answer takes less than a second again.
Less than two minutes for each server.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.attack.candidates import CORES, NAMES, candidate
from bench.attack.clients import (
    GONE,
    Place,
    Replies,
    Reply,
    keep_asking,
    keep_probing,
    quantile,
    sample_requests,
    send,
)

OVERLOAD_HEAD = (
    "answers a second before | sent | answered | of these in 2 s | slowest "
    "| refused | slowest | cut off | /healthz worst | recovered after"
)
_CLIENTS = 4
_CALIBRATION = 8.0  # seconds
_PATIENCE = 10.0
_RECOVERED = 1.0  # seconds for an answer
_RECOVERY_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an overload."""

    bearable: float
    """Answers a second without overload."""
    asked: Replies
    probed: Replies
    recovery: float
    """Seconds until an answer took less than a second."""


def main() -> None:
    """Print a row for each server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--server", action="append", choices=NAMES, help="default: yiju")
    parser.add_argument(
        "--workers", type=int, default=CORES, help="where the server can: processes"
    )
    parser.add_argument("--times", type=float, default=4, help="of what the server can bear")
    parser.add_argument("--seconds", type=float, default=20, help="of overload")
    arguments = parser.parse_args()
    servers = arguments.server or ["yiju"]
    print_table(arguments.store, servers, arguments.workers, arguments.times, arguments.seconds)


def print_table(
    store: Path, servers: Sequence[str], workers: int, times: float, seconds: float
) -> None:
    """Overload each server, and print a row for each."""
    print(f"| server | {OVERLOAD_HEAD} |")
    print(f"| --- {'| --- ' * (OVERLOAD_HEAD.count('|') + 1)}|")
    for name in servers:
        with candidate(name, store, workers) as place:
            outcome = asyncio.run(overload(place, times, seconds))
        print(f"| {name} {overload_row(outcome)} |", flush=True)


async def overload(place: Place, times: float, seconds: float) -> Outcome:
    """Measure what a server can bear, then send so many times as much."""
    await keep_asking(place, _CLIENTS, 2)  # warm
    before = await keep_asking(place, _CLIENTS, _CALIBRATION)
    bearable = max(1.0, len(before.with_status(200)) / _CALIBRATION)
    sent, probed = await asyncio.gather(
        _send_at(place, times * bearable, seconds), keep_probing(place, seconds)
    )
    recovery = await _recovery(place)
    return Outcome(bearable, Replies(await asyncio.gather(*sent)), probed, recovery)


async def _send_at(place: Place, rate: float, seconds: float) -> list[asyncio.Task[Reply]]:
    """Send requests at a rate, whether answers come or not."""
    requests = sample_requests()
    sent: list[asyncio.Task[Reply]] = []
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        while len(sent) < passed * rate:
            request = requests[len(sent) % len(requests)]
            sent.append(asyncio.create_task(send(place, request, _PATIENCE)))
        await asyncio.sleep(0.01)
    return sent


async def _recovery(place: Place) -> float:
    began = time.monotonic()
    while (passed := time.monotonic() - began) < _RECOVERY_WITHIN:
        reply = await send(place, sample_requests()[0], _PATIENCE)
        if reply.status == 200 and reply.seconds < _RECOVERED:
            return time.monotonic() - began
        await asyncio.sleep(0.1)
    return passed


def overload_row(outcome: Outcome) -> str:
    """Return the cells under `OVERLOAD_HEAD`, with a rule before each."""
    answered, refused = (outcome.asked.with_status(status) for status in (200, 503))
    in_time = sum(seconds <= 2 for seconds in answered) / len(answered) if answered else 0.0
    worst = max(reply.seconds for reply in outcome.probed.replies)
    return (
        f"| {outcome.bearable:.1f} | {len(outcome.asked.replies)} | {len(answered)} "
        f"| {in_time:.0%} | {quantile(answered, 1):.1f} s | {len(refused)} "
        f"| {quantile(refused, 1):.2f} s | {len(outcome.asked.with_status(GONE))} "
        f"| {1000 * worst:.0f} ms | {outcome.recovery:.1f} s"
    )


if __name__ == "__main__":
    main()
