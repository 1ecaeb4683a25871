"""The store's folder: which generation is current, and the switch to another.

store/
  words.txt             the user's own words and synonyms, if any
  questions.jsonl       question lines for the quality gate, if any
  library.sqlite
  feedback.sqlite       what readers thought of answers, if any: qa.feedback's
  keys.json             the keys that let callers in, if any: index.access's
  access.sqlite         sessions and counters of a server, which it may lose
  rebuild.lock          the writer's lock, and the status of a rebuild
  next.lock             the lock of the writer that waits for it
  generations/000007/   a folder for each generation, complete and verified, never changed
  generations/.000008   a generation that is being written
  CURRENT               one line: 000007, replaced by rename
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path

from index.errors import (
    FULL,
    BlankStoreError,
    MismatchError,
    NoIndexError,
    StoreError,
    YijuError,
    unusable,
)
from index.library.version import Version
from index.store.lock import (
    WriterLock,
    WriterStatus,
    edit_lock,
    last_noted,
    last_seconds,
    writer_lock,
    writer_status,
)

KEPT = 3


class Store:
    """The paths of a store, and the switch. Nothing is created before a rebuild needs it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = root / "library.sqlite"
        self.words = root / "words.txt"
        self.questions = root / "questions.jsonl"
        self._generations = root / "generations"
        self._pointer = root / "CURRENT"
        self._waiting = root / "CURRENT.next"

    def current(self) -> Version:
        """Return the current index version.

        Raises:
            NoIndexError: no version is; a BlankStoreError if nothing was ever built here.
            MismatchError: CURRENT names a generation that is missing.
        """
        try:
            text = self._pointer.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            raise self._no_index() from None
        except OSError as error:
            raise unusable(self._pointer, error) from error
        version = Version(text.strip())
        if version not in self.versions():
            raise MismatchError(
                f"{self._pointer} names index version “{version[:20]}”, which {self._generations} "
                "does not hold. Restore it, or make a new index with: yiju rebuild FOLDER --full",
                self._pointer,
                self._generations,
            )
        return version

    def _no_index(self) -> NoIndexError:
        if self.versions():
            return NoIndexError(
                f"{self._pointer} is missing, so that no index is current. Take the newest with: "
                "yiju rollback, or make a new one with: yiju rebuild FOLDER",
                self._pointer,
                self.root,
            )
        kind = BlankStoreError if self.is_blank else NoIndexError
        reason = f"There is no index in {self.root} yet. Make one with: yiju rebuild FOLDER"
        return kind(reason, self._pointer, self.root)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was ever built here, so that there is nothing to lose."""
        return not (self.library.exists() or self._pointer.exists() or self.versions())

    def folder(self, version: str) -> Path:
        """Return the folder of a generation."""
        return self._generations / version

    def versions(self) -> list[Version]:
        """Return all complete generations on disk, oldest first."""
        try:
            names = [path.name for path in self._generations.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise unusable(self._generations, error) from error
        return sorted(Version(name) for name in names if Version.is_name(name))

    def has_trace(self, version: Version) -> bool:
        """Return whether a generation has a folder, complete or not."""
        folders = (self.folder(version), self._written(version), self._gone(version))
        return any(folder.exists() for folder in folders)

    def interrupted(self) -> list[Version]:
        """Return the generations that killed or failed rebuilds were writing, or deleting."""
        names = (path.name.split(".")[1] for path in self._generations.glob(".*"))
        return [Version(name) for name in names if Version.is_name(name)]

    def making(self, version: str) -> Path:
        """Create an empty folder to write a generation in, after sweeping up.

        Raises:
            StoreError: it can't be created.
        """
        self.sweep()
        folder = self._written(version)
        try:
            folder.mkdir()
        except OSError as error:
            raise unusable(folder, error) from error
        return folder

    def _written(self, version: str) -> Path:
        """Return the folder in which a generation is written."""
        return self._generations / f".{version}"

    def _gone(self, version: str) -> Path:
        """Return the folder from which a generation is deleted."""
        return self._generations / f".{version}.gone"

    def sweep(self) -> None:
        """Delete the partial generations that a killed rebuild left."""
        for left in self._generations.glob(".*"):
            shutil.rmtree(left)
        self._waiting.unlink(missing_ok=True)

    def switch(self, version: str) -> None:
        """Make a generation the current one, durably and atomically.

        One that was just written gets its final name first: from then on it is complete.
        """
        written = self._written(version)
        if written.exists():
            sync_tree(written)
            written.rename(self.folder(version))
        else:
            sync_tree(self.folder(version))
        sync(self._generations)
        self._waiting.write_text(version + "\n", encoding="ascii")
        sync(self._waiting)
        self._waiting.replace(self._pointer)
        sync(self.root)

    @contextmanager
    def attempt(self, version: str) -> Iterator[None]:
        """Write a generation in a block, and empty its folder if the block fails.

        The empty folder is the sign that the library has to forget the generation; `sweep` then
        deletes it.

        Raises:
            StoreError: the generation can't be written, as on a full disk.
        """
        try:
            yield
        except YijuError:
            self._abandon(version)
            raise
        except OSError as error:
            self._abandon(version)
            why = (error.strerror or str(error)).rstrip(".?")
            # Errors of native libraries have no number; it is hardly ever anything but a full disk.
            full = error.errno in (None, ENOSPC)
            raise StoreError(
                f"Index version {version} can't be written: {why}. "
                + (FULL if full else "What was current stays so.")
            ) from error

    def _abandon(self, version: str) -> None:
        with suppress(StoreError):
            if self.current() == version:
                return
        complete, written = self.folder(version), self._written(version)
        # Renamed first, so that what still writes there in the background does not meet us.
        gone = (complete if complete.exists() else written).rename(self._gone(version))
        for path in gone.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def discard(self, version: str) -> None:
        """Delete a generation, complete or not."""
        for name in (f".{version}", version):
            folder = self._generations / name
            if folder.exists():
                # Renamed first: if the deletion is interrupted, the rest is no generation.
                shutil.rmtree(folder.rename(self._gone(version)))

    def create(self) -> None:
        """Create the store's folders where they are missing.

        Raises:
            StoreError: they can't be created.
        """
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unusable(self.root, error) from error

    @contextmanager
    def lock(self, wait: float = 0) -> Iterator[WriterLock]:
        """Lock the store for a rebuild.

        Raises:
            BusyError: another rebuild is at work, and was so for `wait` seconds; or edits were,
                for longer than they take.
            NoIndexError: there is no store.
        """
        self._check_exists()
        with writer_lock(self.root, wait) as lock:
            yield lock

    @contextmanager
    def edit_lock(self, wait: float) -> Iterator[None]:
        """Lock the store for an edit.

        Raises:
            BusyError: another writer is at work, and was so for `wait` seconds.
            NoIndexError: there is no store.
        """
        self._check_exists()
        with edit_lock(self.root, wait):
            yield

    def _check_exists(self) -> None:
        if not self.root.is_dir():
            raise self._no_index()

    def under_way(self) -> WriterStatus | None:
        """Return the status of the current rebuild, or of the last if it failed."""
        return writer_status(self.root)

    def last_seconds(self) -> float | None:
        """Return how long the last rebuild took, None if it failed or never was."""
        return last_seconds(self.root)

    def last_noted(self) -> int | None:
        """Return when a rebuild last began, noted its progress or ended, in nanoseconds."""
        return last_noted(self.root)


def sync(path: Path) -> None:
    """Flush a file, or a folder's list of names, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Flush a folder with all its files to disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)
