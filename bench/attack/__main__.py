"""`python -m bench.attack STORE`: both attacks, in less than ten minutes.

What ships meets every kind of slow client; the other servers meet the two kinds that silence a
server whose threads wait for clients. All meet the overload.
"""

import argparse
from pathlib import Path

from bench.attack import overload, slow_clients
from bench.attack.candidates import CORES, NAMES

_KINDS_FOR_OTHERS = ("nobody", "body", "reader")


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument(
        "--workers", type=int, default=CORES, help="where the server can: processes"
    )
    arguments = parser.parse_args()
    kinds = dict.fromkeys(NAMES, _KINDS_FOR_OTHERS) | {"yiju": tuple(slow_clients.KINDS)}
    slow_clients.print_table(arguments.store, kinds, arguments.workers, clients=500, seconds=6)
    print()
    overload.print_table(arguments.store, NAMES, arguments.workers, times=4, seconds=15)


if __name__ == "__main__":
    main()
