"""The file of the library: what it must be, who makes it, and when it is closed."""

import gc
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from index.errors import MismatchError, StoreError
from index.library.database import connect
from index.library.library_file import LibraryFile


def test_a_file_that_is_no_library_is_told_with_the_cure(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError) as error:
        connect(path)
    assert str(error.value) == (
        f"{path} can't be used: file is not a database. Restore it from a copy, or move it away "
        "and make a new index with: yiju rebuild FOLDER"
    )


@pytest.mark.parametrize("readonly", [True, False])
def test_only_who_is_to_create_a_library_creates_one(tmp_path: Path, readonly: bool) -> None:
    path = tmp_path / "library.sqlite"
    with pytest.raises(MismatchError, match="is missing"):
        connect(path, readonly=readonly)
    assert list(tmp_path.iterdir()) == []
    path.touch()
    with pytest.raises(MismatchError, match="is empty"):
        connect(path, readonly=readonly)
    assert path.stat().st_size == 0
    connect(path, create=True).close()
    connect(path, readonly=readonly).close()


def test_the_log_of_a_library_that_was_moved_away_is_kept(tmp_path: Path) -> None:
    path, moved = tmp_path / "library.sqlite", tmp_path / "moved.sqlite"
    log = tmp_path / "library.sqlite-wal"
    with closing(connect(path, create=True)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("CREATE TABLE last (word)")
        written = log.read_bytes()
        path.rename(moved)
        with closing(connect(path, create=True)):
            pass
    kept = tmp_path / "library.sqlite-wal.kept1"
    assert kept.read_bytes() == written
    # Both in their places again: nothing of what was written last is missing.
    for rest in (path, log, tmp_path / "library.sqlite-shm"):
        rest.unlink(missing_ok=True)
    moved.rename(path)
    kept.rename(log)
    with closing(connect(path)) as library:
        assert library.execute("SELECT COUNT(*) FROM last").fetchone() == (0,)


@pytest.mark.parametrize(("length", "fits"), [(504, True), (505, False)])
def test_a_path_that_is_too_long_for_sqlite_is_told_as_such(
    tmp_path: Path, length: int, fits: bool
) -> None:
    folder = tmp_path
    while length - len(str(folder)) > 200:
        folder /= "x" * 99
    folder /= "x" * (length - len(str(folder / "" / "library.sqlite")) - 1)
    folder.mkdir(parents=True)
    path = folder / "library.sqlite"
    assert len(str(path)) == length
    if fits:
        LibraryFile(path, create=True).close()
        return
    with pytest.raises(StoreError, match="more than the 504 bytes that SQLite takes: move the sto"):
        LibraryFile(path, create=True)


def test_a_library_is_closed_with_its_last_reference(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    gc.disable()
    try:
        LibraryFile(path, create=True)
        assert not [link for link in open_files() if link.startswith(str(path))]
    finally:
        gc.enable()


def open_files() -> list[str]:
    """Return the paths of the files that this process has open."""
    links = []
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            links.append(str(file.readlink()))
    return links


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "a library #1?.sqlite"  # marks that mean something in a URI
    LibraryFile(path, create=True).close()
    with (
        closing(connect(path, readonly=True)) as reader,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        reader.execute("DELETE FROM contents")
