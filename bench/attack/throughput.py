"""`python -m bench.attack.throughput STORE`: answers a second, by how many clients ask at once.

Each client asks its next question after an answer. The numbers of clients take turns, so that what
else the machine does meets all alike. About a minute.
"""

import argparse
import asyncio
import statistics
from pathlib import Path

from bench.attack.candidates import CORES, candidate
from bench.attack.clients import Place, Replies, keep_asking, quantile

CLIENTS = (1, 2, 4, 8)
_TURNS = 3
_SECONDS = 4.0


def main() -> None:
    """Print a row for each number of clients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--workers", type=int, default=CORES, help="processes of the server")
    arguments = parser.parse_args()
    with candidate("yiju", arguments.store, arguments.workers) as place:
        measured = asyncio.run(measure(place))
    alone = _rate(measured[1])
    print("| clients | answers a second | of one client's | p50 | p95 | refused |")
    print("| --- | --- | --- | --- | --- | --- |")
    for clients, turns in measured.items():
        answered = sorted(taken for replies in turns for taken in replies.with_status(200))
        refused = sum(len(replies.with_status(503)) for replies in turns)
        print(
            f"| {clients} | {_rate(turns):.1f} | {_rate(turns) / alone:.2f} "
            f"| {1000 * quantile(answered, 0.5):.0f} ms | {1000 * quantile(answered, 0.95):.0f} ms "
            f"| {refused} |"
        )


async def measure(place: Place) -> dict[int, list[Replies]]:
    """Ask with each number of clients in turns."""
    await keep_asking(place, max(CLIENTS), 2)  # warm
    measured: dict[int, list[Replies]] = {clients: [] for clients in CLIENTS}
    for _ in range(_TURNS):
        for clients, turns in measured.items():
            turns.append(await keep_asking(place, clients, _SECONDS))
    return measured


def _rate(turns: list[Replies]) -> float:
    """Return the answers a second of the median turn."""
    return statistics.median(len(replies.with_status(200)) / _SECONDS for replies in turns)


if __name__ == "__main__":
    main()
