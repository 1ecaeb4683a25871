"""What one process of a server has checked, so that none of the others reads it again.

A generation of a million passages has two gigabytes. The first check begins before the server has
loaded its models, in a process of its own: see `checking_ahead`.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.errors import StoreError
from index.processes.turn import SharedTurn
from index.store.manifest import FileSums, Key, Manifest
from index.store.store import Store

_PATIENCE = 3600.0  # seconds for another process to read all files, before this one does
_KEPT = 2000  # digests, of more files than generations have that are kept


class SharedSums(FileSums):
    """`FileSums` of this process and those forked from it; make them before. Thread-safe.

    While a process reads files, the others wait for what it finds.
    """

    def __init__(self) -> None:
        # Beside the check the server loads its models: it should not wait for a core.
        super().__init__(threads=max(1, (os.cpu_count() or 1) - 1))
        self._files = _Exchange()

    def all(self, folder: Path) -> dict[str, str]:
        """Return the digests of a generation's files by relative path."""
        with self._files.exchanged(self._known):
            return super().all(folder)


class _Exchange:
    """Hands digests from process to process, in a file that is in memory alone."""

    def __init__(self) -> None:
        self._turn = SharedTurn()
        self._file = os.memfd_create("sums")

    @contextmanager
    def exchanged(self, known: dict[Key, str]) -> Iterator[None]:
        """Add what others have found to what is `known`; then hand on what was found here."""
        with self._turn.taken(_PATIENCE) as taken:
            known |= self._handed_on()
            before = len(known)
            try:
                yield
            finally:
                if taken and len(known) > before:
                    self._hand_on(known)

    def _handed_on(self) -> dict[Key, str]:
        """Return what was handed on; a line that a killed process left unfinished is none."""
        whole = os.pread(self._file, os.fstat(self._file).st_size, 0)
        lines = whole.decode("ascii").split("\n")[:-1]
        return {tuple(key): digest for key, digest in map(json.loads, lines)}

    def _hand_on(self, known: dict[Key, str]) -> None:
        latest = list(known.items())[-_KEPT:]
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, "".join(f"{json.dumps(item)}\n" for item in latest).encode(), 0)


@contextmanager
def checking_ahead(store: Store, sums: FileSums) -> Iterator[None]:
    """Check the current generation in a process of its own; this one must have no threads.

    What is wrong is found again, and told, by whoever opens the generation: nothing is kept of it.
    """
    process = os.fork()
    if not process:
        try:
            _check(store, sums)
        finally:
            os._exit(0)  # whatever was raised
    try:
        yield
    finally:
        with suppress(ChildProcessError):
            os.waitpid(process, os.WNOHANG)  # else the parent of the server's processes does


def _check(store: Store, sums: FileSums) -> None:
    with suppress(StoreError, OSError):
        folder = store.folder(store.current())
        Manifest.read(folder).check_files(folder, sums)
