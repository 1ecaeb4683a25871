"""Rebuild an index again and again, killed after the share of its time in a line of input.

Run `python -m tests.support.killed_rebuild FOLDER` in the project's folder; each line is answered.
The first rebuild is not killed: it tells how long one takes.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from index.batches import Workload
from index.models.encoder import Vectors
from tests.support.small_index import SmallIndex, TinyEncoder, analyzer


class SlowEncoder(TinyEncoder):
    """Slow enough to be killed at work."""

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        time.sleep(0.005)
        return super()._vectors(texts)


def main(root: Path) -> None:
    """Fork for each line, so that nothing is loaded twice."""
    analyzer().load()
    corpus = SmallIndex(root, Workload(passages=2))
    seconds = 0.0
    for line in sys.stdin:
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            corpus.rebuild(SlowEncoder())
            os._exit(0)
        if seconds:
            time.sleep(float(line) * seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        seconds = seconds or time.monotonic() - began
        sys.stdout.write("ended\n" if os.WIFEXITED(status) else "killed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
