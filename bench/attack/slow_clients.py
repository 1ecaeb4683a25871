"""`python -m bench.attack.slow_clients STORE`: what others notice of 500 slow clients of each kind.

Eight clients ask all the while, and one asks whether the server is alive. Each kind meets a fresh
server. About two minutes for each server.
"""

import argparse
import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

from bench.attack.candidates import CORES, NAMES, candidate
from bench.attack.clients import (
    GONE,
    Place,
    Replies,
    head,
    keep_asking,
    keep_probing,
    quantile,
)

ASKING = 8
_LIKE_A_QUESTION = ("Content-Type: application/json", "Content-Length: 100")
_HALF = head("POST", "/api/ask", *_LIKE_A_QUESTION) + b'{"'
KINDS = {
    "nobody": None,
    "idle": b"",
    "head": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ",
    "body": _HALF,
    "drip": _HALF,
    "reader": b"GET /api/docs/swagger/js/swagger-ui-bundle.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    * 4,
    "keep": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}
"""What a client of each kind sends, and then no more; `drip` adds a byte every two seconds."""


def main() -> None:
    """Print a row for each server and kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--server", action="append", choices=NAMES, help="default: yiju")
    parser.add_argument(
        "--workers", type=int, default=CORES, help="where the server can: processes"
    )
    parser.add_argument("--clients", type=int, default=500, help="slow ones of each kind")
    parser.add_argument("--seconds", type=float, default=8, help="for each kind")
    parser.add_argument("--kind", action="append", choices=KINDS, help="default: all")
    arguments = parser.parse_args()
    kinds = {name: arguments.kind or list(KINDS) for name in arguments.server or ["yiju"]}
    print_table(arguments.store, kinds, arguments.workers, arguments.clients, arguments.seconds)


def print_table(
    store: Path, kinds: Mapping[str, Sequence[str]], workers: int, clients: int, seconds: float
) -> None:
    """Attack each server with its kinds, and print a row for each."""
    print(
        "| server | slow clients | question p50 / p95 | unanswered | /healthz in 100 ms | worst |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for name, its_kinds in kinds.items():
        for kind in its_kinds:
            with candidate(name, store, workers) as place:
                asked, probed = asyncio.run(attack(place, kind, clients, seconds))
            print(f"| {name} | {kind} {_row(asked, probed)} |", flush=True)


async def attack(place: Place, kind: str, clients: int, seconds: float) -> tuple[Replies, Replies]:
    """Hold slow connections to a server; return what those who ask and who probe were told."""
    await keep_asking(place, ASKING, 2)  # warm
    async with AsyncExitStack() as held:
        dripping = None
        if (sent := KINDS[kind]) is not None:
            writers = [await _connected(place, sent, held) for _ in range(clients)]
            if kind == "drip":
                dripping = asyncio.create_task(_drip(writers, seconds))
        asked, probed = await asyncio.gather(
            keep_asking(place, ASKING, seconds), keep_probing(place, seconds)
        )
        if dripping:
            await dripping
    return asked, probed


async def _connected(place: Place, sent: bytes, held: AsyncExitStack) -> asyncio.StreamWriter:
    """Connect and send; nothing is read beyond the first kilobytes."""
    _, writer = await asyncio.open_connection(*place, limit=2048)
    held.callback(writer.transport.abort)
    writer.write(sent)
    return writer


async def _drip(writers: list[asyncio.StreamWriter], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for writer in writers:
            with suppress(OSError):
                writer.write(b" ")
        await asyncio.sleep(2)


def _row(asked: Replies, probed: Replies) -> str:
    taken = asked.with_status(200)
    p50, p95 = (1000 * quantile(taken, share) for share in (0.5, 0.95))
    unanswered = len(asked.replies) - len(taken)
    cut = len(asked.with_status(GONE))
    worst = max(reply.seconds for reply in probed.replies)
    return (
        f"| {p50:.0f} / {p95:.0f} ms | {unanswered} of {len(asked.replies)} ({cut} cut off) "
        f"| {probed.share_within(0.1):.0%} | {1000 * worst:.0f} ms"
    )


if __name__ == "__main__":
    main()
