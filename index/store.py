"""The store's folder: which generation is current, switching it, and one writer at a time.

store/
  words.txt             the user's own words and synonyms, where there are any
  library.sqlite
  generations/000007/   one folder a generation, never changed once it is current
  CURRENT               one line: 000007, replaced by rename
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import BusyError, MismatchError, NoIndexError, StoreError

KEPT = 3


class Store:
    """Paths and the switch. Nothing is created before a rebuild asks for it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = root / "library.sqlite"
        self.words = root / "words.txt"
        self._generations = root / "generations"
        self._pointer = root / "CURRENT"

    def current(self) -> str:
        """The current index version, such as `000007`.

        Raises:
            NoIndexError: nothing was ever built here.
            MismatchError: CURRENT names a generation that is not there.
        """
        try:
            version = self._pointer.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            raise NoIndexError(
                f"There is no index in {self.root} yet. Make one with: yiju rebuild FOLDER"
            ) from None
        except OSError as error:
            raise StoreError(f"{self._pointer} can't be read: {error.strerror}.") from error
        if version not in self.versions():
            raise MismatchError(
                f"{self._pointer} names index version “{version}”, which {self._generations} does "
                "not hold. Restore it, or make a new index with: yiju rebuild FOLDER --full"
            )
        return version

    def folder(self, version: str) -> Path:
        """Where a generation lies."""
        return self._generations / version

    def versions(self) -> list[str]:
        """All generations on disk, oldest first, half-made ones included."""
        if not self._generations.is_dir():
            return []
        return sorted(path.name for path in self._generations.iterdir() if path.name.isdigit())

    def switch(self, version: str) -> None:
        """Makes a finished generation the current one: durable, and all or nothing."""
        sync_tree(self.folder(version))
        sync(self._generations)
        waiting = self._pointer.with_suffix(".next")
        waiting.write_text(version + "\n", encoding="ascii")
        sync(waiting)
        waiting.replace(self._pointer)
        sync(self.root)

    def discard(self, version: str) -> None:
        """Deletes a generation that nobody needs."""
        shutil.rmtree(self.folder(version))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the store for one writer. The lock goes with its process, however that ends.

        Raises:
            BusyError: another rebuild is at work.
        """
        self._generations.mkdir(parents=True, exist_ok=True)
        with (self.root / "rebuild.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError(
                    f"Another rebuild is at work in {self.root}. Wait until it has ended."
                ) from None
            yield


def sync(path: Path) -> None:
    """Makes a file's content, or a folder's list of names, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """The same for a folder with all that is in it."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)
