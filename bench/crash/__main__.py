"""`python -m bench.crash`: kill rebuilds, put stores wrong, and check that nothing is lost.

First a folder of articles changes at random; `yiju rebuild` runs over it and is killed by SIGKILL,
alone or with its worker processes, while a server over the store keeps answering. After each kill
the store must open, report its state correctly and release its lock; after each completed rebuild
it must contain exactly the articles that were written, and no vector may have been computed twice.

Then articles are uploaded and deleted without a pause, and rebuilds run now and then, while the
library or `CURRENT` is taken away or exchanged and put back. An edit that was refused must have
been told so and have changed nothing, one that was accepted must be there once all is right.

Every reply of the servers must come from one whole index. Exits with 1 on any violation.
"""

import argparse
import os
import platform
import random
import signal
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.crash.fault_loop import FaultLoop
from bench.crash.kill_loop import KillLoop

KILLS = 200
FAULTS = 200


def main(arguments: Sequence[str] | None = None) -> None:
    """Run; print one line per kill and fault, and the tables; exit with 1 on any violation."""
    parser = argparse.ArgumentParser("python -m bench.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--faults", type=int, default=FAULTS)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that every process is ended
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.platform()}, {os.cpu_count()} cores")
    print(f"seed {options.seed}", flush=True)
    loops: list[KillLoop | FaultLoop] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for kind, count in ((KillLoop, options.kills), (FaultLoop, options.faults)):
            if count:
                root = Path(folder) / kind.__name__
                root.mkdir()
                loops.append(kind(root, random.Random(options.seed)))
                loops[-1].run(count)
    for loop in loops:
        print(f"\n{loop.table()}")
    sys.exit(1 if any(loop.violations for loop in loops) else 0)


if __name__ == "__main__":
    main()
