"""Hear from the system that something happened below a folder, to look there at once.

Nothing depends on it: it is silent about what other machines write to a network file system, and
about folders beyond the system's limit of watches; these are noticed by looking now and then.

watchdog rather than watchfiles (2026-11-27, versions 7.1.0 and 1.3.0): watchfiles follows links to
folders, so that a link to `/` among the articles would have it watch the whole disk, and it stops
at a file name that is not UTF-8.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import ObservedWatch
from watchdog.observers.inotify import InotifyObserver

from index.ingest.sources.files import passes_over

# Not of files that are opened or closed: a rebuild opens them all.
_KINDS: list[type[FileSystemEvent]] = [
    FileAttribEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
_Identity = tuple[int, int]


class FolderEvents:
    """Calls `happened`, in a thread of its own, whenever something changes below folders."""

    def __init__(self, happened: Callable[[], None]) -> None:
        """Begin to listen.

        Raises:
            OSError: the system gives no more means to listen.
        """
        self._happened = happened
        self._observer = InotifyObserver()
        self._observer.start()
        self._watches: dict[Path, tuple[_Identity, ObservedWatch]] = {}

    def follow(self, paths: Sequence[Path]) -> list[tuple[Path, OSError]]:
        """Listen to folders and files, anew where another folder is in the place of one.

        A file is listened to in its folder, as editors save by putting another file in its place.

        Returns:
            Those that the system refuses to watch, as beyond its limit, with its reason.
        """
        refused = []
        for path in paths:
            folder = path if path.is_dir() else path.parent
            identity, former = _identity(folder), self._watches.get(path)
            if former is not None and former[0] != identity:
                self._observer.unschedule(self._watches.pop(path)[1])
                former = None
            if identity is not None and former is None:
                try:
                    self._watches[path] = identity, self._scheduled(path, folder)
                except FileNotFoundError:  # gone by now
                    continue
                except OSError as error:
                    refused.append((path, error))
        return refused

    def close(self) -> None:
        """Stop listening."""
        self._observer.stop()
        self._observer.join()

    def _scheduled(self, path: Path, folder: Path) -> ObservedWatch:
        is_file = folder != path
        # Resolved, for of a link that is watched itself nothing is heard.
        place = folder.resolve()
        handler = (
            _FileHandler(self._happened, str(place / path.name))
            if is_file
            else _FolderHandler(self._happened, place)
        )
        return self._observer.schedule(
            handler, str(place), recursive=not is_file, event_filter=_KINDS
        )


class _FileHandler(FileSystemEventHandler):
    """Passes on the events of one file."""

    def __init__(self, happened: Callable[[], None], file: str) -> None:
        self._happened, self._file = happened, file

    def dispatch(self, event: FileSystemEvent) -> None:
        if self._file in (event.src_path, event.dest_path):
            self._happened()


class _FolderHandler(FileSystemEventHandler):
    """Passes on what happens below a folder, but for what is hidden there, as a store may be."""

    def __init__(self, happened: Callable[[], None], folder: Path) -> None:
        self._happened, self._folder = happened, folder

    def dispatch(self, event: FileSystemEvent) -> None:
        paths = (path for path in (event.src_path, event.dest_path) if path)
        if not all(self._is_passed_over(path) for path in paths):
            self._happened()

    def _is_passed_over(self, path: bytes | str) -> bool:
        below = PurePath(os.fsdecode(path)).relative_to(self._folder)
        return any(map(passes_over, below.parts))


def _identity(folder: Path) -> _Identity | None:
    """Return what tells a folder from another one in its place; None if it is gone."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
