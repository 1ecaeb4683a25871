"""Backup of a store into one file, while it is in use."""

import io
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from index.errors import StoreError, UsageError
from index.library.database import connect, translated_errors
from index.library.library_file import LibraryFile
from index.library.version import Version
from index.progress import Progress
from index.store.library_check import check_agreement
from index.store.manifest import Manifest
from index.store.store import Store, sync

Copier = Callable[[Path], Path | None]
"""Writes a copy of a further file of the store into a folder; returns it, None if there is none."""


def back_up(store: Store, file: Path, progress: Progress, beside: Iterable[Copier] = ()) -> Version:
    """Write the current generation, the library and the user's files into a `.tar`.

    Return the index version in it. Unpacked into an empty folder it is a store. The library is
    copied by SQLite's own backup, as of one instant, whoever writes; what is `beside` it, by its
    own copiers. The file appears whole or not at all.

    Raises:
        NoIndexError: there is nothing to copy.
        UsageError: `file` exists already, or its folder does not.
        StoreError: rebuilds deleted the generation meanwhile, or the library is another one's.
    """
    if file.exists():
        raise UsageError(f"{file} exists already; choose another name, or move it away.")
    if not file.absolute().parent.is_dir():
        raise UsageError(f"The folder {file.absolute().parent} does not exist.")
    version = store.current()
    with closing(LibraryFile(store.library, readonly=True)) as library:
        check_agreement(Manifest.read(store.folder(version)), library.db)
    waiting = file.with_name(f"{file.name}.part")
    try:
        _write(store, version, waiting, progress, beside)
        sync(waiting)
        waiting.replace(file)
        sync(file.absolute().parent)
    finally:
        waiting.unlink(missing_ok=True)
    return version


def _write(
    store: Store, version: Version, waiting: Path, progress: Progress, beside: Iterable[Copier]
) -> None:
    folder = store.folder(version)
    with (
        tempfile.TemporaryDirectory(dir=waiting.absolute().parent) as temporary,
        tarfile.open(waiting, "w") as tar,
    ):
        library = Path(temporary) / "library.sqlite"
        _copy_library(store.library, library, version, progress)
        tar.add(library, "library.sqlite")
        for copy in filter(None, (copier(Path(temporary)) for copier in beside)):
            tar.add(copy, copy.name)
        try:
            for path in (path for path in (store.words, store.questions) if path.is_file()):
                _add_whole(tar, path)
            tar.add(folder, f"generations/{version}", filter=_no_locks)
        except FileNotFoundError as error:
            raise StoreError(
                f"Rebuilds took index version {version} away while it was copied; try again."
            ) from error
        pointer = f"{version}\n".encode("ascii")
        entry = tarfile.TarInfo("CURRENT")
        entry.size, entry.mode = len(pointer), 0o644
        tar.addfile(entry, io.BytesIO(pointer))


def _copy_library(source: Path, target: Path, version: Version, progress: Progress) -> None:
    """Copy the library, and check that the copy still contains the generation."""

    def show(_: int, left: int, total: int) -> None:
        progress("copying", total - left, total)

    with (
        translated_errors(source),
        closing(connect(source, readonly=True)) as library,
        closing(sqlite3.connect(target)) as copy,
    ):
        # In portions with a pause between them, so that a rebuild can write meanwhile.
        library.backup(copy, pages=4096, progress=show)
        known = "SELECT 1 FROM generations WHERE number = ?"
        if copy.execute(known, (version.number,)).fetchone() is None:
            raise StoreError(
                f"Rebuilds took index version {version} away while it was copied; try again."
            )
        copy.execute("PRAGMA journal_mode = DELETE")  # a single file, without a log beside it
    target.chmod(0o644)


def _add_whole(tar: tarfile.TarFile, path: Path) -> None:
    """Add a file as it is when it is opened: it may be replaced meanwhile."""
    with path.open("rb") as file:
        tar.addfile(tar.gettarinfo(arcname=path.name, fileobj=file), file)


def _no_locks(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if entry.name.endswith(".lock") else entry
