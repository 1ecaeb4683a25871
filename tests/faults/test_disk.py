"""A disk that is full or may not be written costs nothing but the rebuild, and is told plainly."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.store_site import Site, files_of, mounted, remount

FULL = "Make room on the disk and run the command again; nothing is lost."
ARTICLES = 24


def vectors(site: Site) -> int:
    """How many vectors the library holds."""
    with closing(sqlite3.connect(site.library)) as db:
        return int(db.execute("SELECT COUNT(*) FROM embeddings").fetchone()[0])


def fill(site: Site) -> None:
    """Articles of some 400 KB of store."""
    for number in range(ARTICLES):
        site.put(number, sentences=60)


@pytest.fixture
def sizes(tmp_path: Path) -> dict[str, int]:
    """KiB of what a whole store of these articles takes: its library with journal, its index."""
    site = Site(tmp_path / "measured")
    fill(site)
    site.rebuild()
    library = site.library.stat().st_size
    index = sum(path.stat().st_size for path in site.first.rglob("*") if path.is_file())
    return {"library": library // 1024, "index": index // 1024}


def test_a_disk_that_fills_up_anywhere_loses_nothing(tmp_path: Path, sizes: dict[str, int]) -> None:
    disk, told = tmp_path / "disk", []
    site = Site(tmp_path, disk / "store")
    fill(site)
    whole = 2 * sizes["library"] + sizes["index"] + 200
    for size in range(40, whole, max(40, whole // 14)):
        with mounted(disk, f"size={size}k"):
            done = site.run("rebuild", site.articles)
            if done.returncode == 0:
                break
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith("Error: ")
            assert done.stderr.endswith(f" {FULL}\n")
            assert len(done.stderr.splitlines()) == 1
            told.append(done.stderr)
            assert not (site.store / "CURRENT").exists()
            if told[-1].startswith("Error: Index version"):  # all were embedded by then
                assert not list((site.store / "generations").iterdir())
                remount(disk, "size=20m")
                assert site.rebuild()["embedded"] == 0
                assert site.run("status").returncode == 0
    kinds = {re.sub(r"[\d/]\S*", "…", one) for one in told}
    assert any("database or disk is full" in one for one in kinds)
    assert any("can't be written" in one for one in kinds)
    assert done.returncode == 0


def test_on_a_full_disk_the_index_there_is_goes_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    site = Site(tmp_path, disk / "store")
    site.put(3)
    with mounted(disk, "size=20m"):
        site.rebuild()
        before = files_of(site.first)
        free = disk / "free"
        fill_up(free)
        fill(site)
        for command in (["rebuild", site.articles], ["status"]):  # even a lock takes some room
            done = site.run(*command)
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.endswith(f"{FULL}\n")
        assert files_of(site.first) == before
        free.unlink()
        assert site.answers()
        report = site.rebuild()
        assert (report["index_version"] > "000001", report["added"]) == (True, ARTICLES - 1)
        assert site.answers()


def fill_up(path: Path) -> None:
    """Takes all the room that a disk has left."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            pass


def test_a_store_that_may_not_be_written_says_so_and_stays_as_it_is(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    site = Site(tmp_path, disk / "store")
    site.put(3)
    with mounted(disk, "size=20m"):
        site.rebuild()
        site.put(4)
        remount(disk, "ro")
        before = files_of(site.store)
        site.refuses(
            f"Read-only file system ({site.store / 'rebuild.lock'}).", "rebuild", site.articles
        )
        site.refuses(
            f"{site.library} can't be used: unable to open database file. Give this user the right "
            "to write in the store's folder.",
            "status",
        )
        assert files_of(site.store) == before
        remount(disk, "rw")
        assert site.rebuild()["added"] == 1


def test_a_place_where_no_store_can_be_made_is_told(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    site = Site(tmp_path, disk / "store")
    site.put(3)
    with mounted(disk, "size=20m", "ro"):
        site.refuses(f"Read-only file system ({site.store}).", "rebuild", site.articles)
        remount(disk, "rw")
        assert site.rebuild()["added"] == 1
