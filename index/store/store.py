"""The store's folder: which generation is current, switching it, and one writer at a time.

store/
  words.txt             the user's own words and synonyms, where there are any
  questions.jsonl       question lines for the quality gate, where there are any
  library.sqlite
  generations/000007/   one folder a generation, whole and verified, never changed
  generations/.000008   one in the making
  CURRENT               one line: 000007, replaced by rename
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path

from index.errors import FULL, MismatchError, NoIndexError, StoreError, YijuError
from index.store.lock import WriterLock, WriterStatus, held, under_way

KEPT = 3


class Store:
    """Paths and the switch. Nothing is created before a rebuild asks for it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = root / "library.sqlite"
        self.words = root / "words.txt"
        self.questions = root / "questions.jsonl"
        self._generations = root / "generations"
        self._pointer = root / "CURRENT"
        self._waiting = root / "CURRENT.next"

    def current(self) -> str:
        """The current index version, such as `000007`.

        Raises:
            NoIndexError: nothing was ever built here.
            MismatchError: CURRENT names a generation that is not there.
        """
        try:
            version = self._pointer.read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            raise NoIndexError(self._why_none()) from None
        except OSError as error:
            raise StoreError(f"{self._pointer} can't be read: {error.strerror}.") from error
        if version not in self.versions():
            raise MismatchError(
                f"{self._pointer} names index version “{version[:20]}”, which {self._generations} "
                "does not hold. Restore it, or make a new index with: yiju rebuild FOLDER --full"
            )
        return version

    def _why_none(self) -> str:
        if self.versions():
            return (
                f"{self._pointer} is missing, so that no index is current. Take the newest with: "
                "yiju rollback, or make a new one with: yiju rebuild FOLDER"
            )
        return f"There is no index in {self.root} yet. Make one with: yiju rebuild FOLDER"

    def folder(self, version: str) -> Path:
        """Where a generation lies."""
        return self._generations / version

    def versions(self) -> list[str]:
        """All whole generations on disk, oldest first."""
        if not self._generations.is_dir():
            return []
        return sorted(path.name for path in self._generations.iterdir() if path.name.isdigit())

    def making(self, version: str) -> Path:
        """A new, empty folder for a generation in the making; what a killed rebuild left goes."""
        self.sweep()
        folder = self._generations / f".{version}"
        folder.mkdir()
        return folder

    def sweep(self) -> None:
        """Clears away what a killed rebuild left half made or half deleted."""
        for left in self._generations.glob(".*"):
            shutil.rmtree(left)
        self._waiting.unlink(missing_ok=True)

    def switch(self, version: str) -> None:
        """Makes a generation the current one: durable, and all or nothing.

        One in the making takes its place first: from then on it is whole, and stays.
        """
        made = self._generations / f".{version}"
        if made.exists():
            sync_tree(made)
            made.rename(self.folder(version))
        else:
            sync_tree(self.folder(version))
        sync(self._generations)
        self._waiting.write_text(version + "\n", encoding="ascii")
        sync(self._waiting)
        self._waiting.replace(self._pointer)
        sync(self.root)

    @contextmanager
    def attempt(self, version: str) -> Iterator[None]:
        """Makes a generation in a block: where that fails, what there is of it is discarded.

        Raises:
            StoreError: it can't be written, as on a full disk.
        """
        try:
            yield
        except YijuError:
            self._discard_attempt(version)
            raise
        except OSError as error:
            self._discard_attempt(version)
            why = (error.strerror or str(error)).rstrip(".?")
            # What a library writes fails without a number: it is hardly ever anything else.
            full = error.errno in (None, ENOSPC)
            raise StoreError(
                f"Index version {version} can't be written: {why}. "
                + (FULL if full else "What was current stays so.")
            ) from error

    def _discard_attempt(self, version: str) -> None:
        with suppress(StoreError):
            if self.current() == version:
                return
        self.discard(version)

    def discard(self, version: str) -> None:
        """Deletes a generation that nobody needs, whole or in the making."""
        for name in (f".{version}", version):
            folder = self._generations / name
            if folder.exists():
                # First out of sight: half deleted it is none, whenever that is interrupted.
                gone = folder.rename(self._generations / f".{version}.gone")
                shutil.rmtree(gone)

    @contextmanager
    def lock(self, wait: float = 0) -> Iterator[WriterLock]:
        """Holds the store for one writer, see `work.held`.

        Raises:
            BusyError: another writer is at work, and was so for `wait` seconds.
        """
        self._generations.mkdir(parents=True, exist_ok=True)
        with held(self.root / "rebuild.lock", wait) as lock:
            yield lock

    def under_way(self) -> WriterStatus | None:
        """What is being written now, or how the last writer failed."""
        return under_way(self.root / "rebuild.lock")


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
