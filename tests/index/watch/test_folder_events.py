"""Something that happens below a folder is heard at once, whatever became of the folder before."""

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from index.watch.folder_events import FolderEvents
from tests.conftest import WITHIN, until
from tests.support.command_line_index import mounted


@contextmanager
def heard() -> Iterator[tuple[FolderEvents, threading.Event]]:
    """Yield what listens, and the event that it sets."""
    happened = threading.Event()
    events = FolderEvents(happened.set)
    try:
        yield events, happened
    finally:
        events.close()


def came(happened: threading.Event) -> bool:
    """Wait for the event, and clear it."""
    came = happened.wait(WITHIN)
    happened.clear()
    return came


def test_files_and_folders_that_come_change_and_go_are_heard(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    with heard() as (events, happened):
        assert events.follow([folder]) == []
        (folder / "a.txt").touch()
        assert came(happened)
        (folder / "new" / "deep").mkdir(parents=True)
        assert came(happened)
        (folder / "new" / "deep" / os.fsdecode(b"\xb0\xae.txt")).touch()  # named in GBK
        assert came(happened)
        (folder / "new").rename(tmp_path / "elsewhere")
        assert came(happened)


def test_what_is_hidden_below_a_folder_is_not_heard(tmp_path: Path) -> None:
    store = tmp_path / "articles" / ".yiju"
    store.mkdir(parents=True)
    with heard() as (events, happened), heard() as (others, happened_there):
        events.follow([store.parent])
        others.follow([store])
        (store / "library.sqlite").touch()
        assert came(happened_there)
        assert not happened.is_set()
        (store / "library.sqlite").rename(store.parent / "seen.txt")
        assert came(happened)


def test_of_a_file_that_is_not_there_its_coming_and_each_saving_by_rename_is_heard(
    tmp_path: Path,
) -> None:
    with heard() as (events, happened):
        events.follow([tmp_path / "words.txt"])
        (tmp_path / "library.sqlite").touch()
        for _ in range(3):
            (tmp_path / "new.tmp").touch()
            (tmp_path / "new.tmp").replace(tmp_path / "words.txt")
            assert came(happened)


def test_other_files_beside_a_file_are_not_heard(tmp_path: Path) -> None:
    calls: list[None] = []
    events = FolderEvents(lambda: calls.append(None))
    events.follow([tmp_path / "words.txt"])
    for number in range(50):
        (tmp_path / f"library{number}.sqlite").touch()
    (tmp_path / "words.txt").touch()  # all before it has come by then
    until(lambda: calls)
    events.close()
    assert len(calls) < 10


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_is_away_for_a_while_is_heard_again(tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "articles"
    with heard() as (events, happened):
        if is_there:
            folder.mkdir()
            events.follow([folder])
            folder.rename(tmp_path / "elsewhere")
        for _ in range(2):
            assert events.follow([folder]) == []
        folder.mkdir()
        events.follow([folder])
        happened.clear()
        (folder / "a.txt").touch()
        assert came(happened)


def test_a_disk_that_is_mounted_over_a_folder_is_heard_in_its_place(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with heard() as (events, happened):
        events.follow([disk])
        with mounted(disk):
            events.follow([disk])
            (disk / "a.txt").touch()
            assert came(happened)
        events.follow([disk])
        happened.clear()
        (disk / "b.txt").touch()
        assert came(happened)


def test_a_folder_that_is_a_link_is_heard_and_links_in_it_are_not_followed(tmp_path: Path) -> None:
    folder, link = tmp_path / "articles", tmp_path / "link"
    folder.mkdir()
    link.symlink_to(folder)
    (folder / "root").symlink_to("/")  # to follow it would take minutes
    with heard() as (events, happened):
        events.follow([link])
        (folder / "a.txt").touch()
        assert came(happened)


@contextmanager
def no_descriptor_left() -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(entry.name) for entry in Path("/dev/fd").iterdir())
    taken: list[int] = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, limits[1]))
    try:
        # The limit is on the number of a descriptor: those below it are taken too.
        with suppress(OSError):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        yield
    finally:
        for descriptor in taken:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_a_system_without_means_to_listen_is_an_error() -> None:
    # Which of the two it lacks depends on what this process has open.
    with no_descriptor_left(), pytest.raises(OSError, match=r"limit reached|Too many open files"):
        FolderEvents(lambda: None)
