"""A full or read-only disk costs nothing but the rebuild, and is reported plainly."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import StoreError
from index.search.lexical import LexicalWriter
from tests.support.article_folder import bytes_of
from tests.support.command_line_index import CommandLineIndex, fill_up, mounted, remount

FULL = "Make room on the disk and run the command again; nothing is lost."
RIGHTS = "Give this user the right to write in the store's folder."
ARTICLES = 24


def vectors(corpus: CommandLineIndex) -> int:
    """Return the number of vectors in the library."""
    with closing(sqlite3.connect(corpus.library)) as db:
        return int(db.execute("SELECT COUNT(*) FROM embeddings").fetchone()[0])


def fill(corpus: CommandLineIndex) -> None:
    """Write articles that need some 400 KB in the store."""
    for number in range(ARTICLES):
        corpus.put_station(number, sentences=60)


@pytest.fixture
def sizes(tmp_path: Path) -> dict[str, int]:
    """Measure the KiB of library with journal, and of the index, for these articles."""
    corpus = CommandLineIndex(tmp_path / "measured")
    fill(corpus)
    corpus.rebuild()
    library = corpus.library.stat().st_size
    index = sum(path.stat().st_size for path in corpus.first.rglob("*") if path.is_file())
    return {"library": library // 1024, "index": index // 1024}


def test_a_disk_that_fills_up_anywhere_loses_nothing(tmp_path: Path, sizes: dict[str, int]) -> None:
    disk, messages = tmp_path / "disk", []
    corpus = CommandLineIndex(tmp_path, disk / "store")
    fill(corpus)
    whole = 2 * sizes["library"] + sizes["index"] + 200
    for size in range(40, whole, max(40, whole // 14)):
        with mounted(disk, f"size={size}k"):
            done = corpus.run("rebuild", corpus.articles)
            if done.returncode == 0:
                break
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.startswith("Error: ")
            assert done.stderr.endswith(f" {FULL}\n")
            assert len(done.stderr.splitlines()) == 1
            messages.append(done.stderr)
            assert not (corpus.store / "CURRENT").exists()
            if messages[-1].startswith("Error: Index version"):  # all were embedded by then
                left = (corpus.store / "generations").rglob("*")
                assert not [path for path in left if path.is_file()]
                remount(disk, "size=20m")
                assert corpus.rebuild()["embedded"] == 0
                assert corpus.run("status").returncode == 0
    kinds = {re.sub(r"[\d/]\S*", "…", message) for message in messages}
    assert any("database or disk is full" in kind for kind in kinds)
    assert any("can't be written" in kind for kind in kinds)
    assert done.returncode == 0


def test_on_a_full_disk_the_index_there_is_goes_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    corpus = CommandLineIndex(tmp_path, disk / "store")
    corpus.put_station(3)
    with mounted(disk, "size=20m"):
        corpus.rebuild()
        before = bytes_of(corpus.first)
        free = disk / "free"
        fill_up(free)
        fill(corpus)
        for command in (["rebuild", corpus.articles], ["status"]):  # even a lock takes some room
            done = corpus.run(*command)
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.endswith(f"{FULL}\n")
        assert bytes_of(corpus.first) == before
        free.unlink()
        assert corpus.answers()
        report = corpus.rebuild()
        assert (report["index_version"] > "000001", report["added"]) == (True, ARTICLES - 1)
        assert corpus.answers()


def test_an_index_of_words_that_finds_no_room_says_so(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=64k"):
        fill_up(tmp_path / "disk" / "free")
        with pytest.raises(StoreError, match=re.escape(f"No space left on device. {FULL}")):
            LexicalWriter(tmp_path / "disk" / "lexical")


def test_a_store_that_may_not_be_written_says_so_and_stays_as_it_is(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    corpus = CommandLineIndex(tmp_path, disk / "store")
    corpus.put_station(3)
    with mounted(disk, "size=20m"):
        corpus.rebuild()
        corpus.put_station(4)
        remount(disk, "ro")
        before = bytes_of(corpus.store)
        corpus.refuses(
            f"{corpus.store / 'rebuild.lock'} can't be used: Read-only file system. {RIGHTS}",
            "rebuild",
            corpus.articles,
        )
        corpus.refuses(
            f"{corpus.library} can't be used: unable to open database file. {RIGHTS}",
            "status",
        )
        assert bytes_of(corpus.store) == before
        remount(disk, "rw")
        assert corpus.rebuild()["added"] == 1


def test_a_place_where_no_store_can_be_made_is_told(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    corpus = CommandLineIndex(tmp_path, disk / "store")
    corpus.put_station(3)
    with mounted(disk, "size=20m", "ro"):
        corpus.refuses(
            f"{corpus.store} can't be used: Read-only file system. {RIGHTS}",
            "rebuild",
            corpus.articles,
        )
        remount(disk, "rw")
        assert corpus.rebuild()["added"] == 1
