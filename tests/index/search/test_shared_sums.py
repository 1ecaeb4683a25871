"""What one process has checked is not read by another, and damage is found all the same."""

import hashlib
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

import pytest

from index.errors import MismatchError
from index.search.live import LiveIndex
from index.search.shared_sums import SharedSums, checking_ahead
from index.store.manifest import FileSums, Manifest
from index.store.store import Store
from index.text.analyzer import Analyzer
from tests.support.small_index import SmallIndex, models


@pytest.fixture
def store(corpus: SmallIndex) -> Store:
    corpus.put("a.txt", "这是第一版，说了一些事情。")
    corpus.rebuild()
    return corpus.store


@pytest.fixture
def folder(store: Store) -> Path:
    return store.folder(store.current())


def in_a_fork(work: Callable[[], object]) -> int:
    """Do work in a process of its own and return how that ended."""
    process = os.fork()
    if not process:
        work()
        os._exit(0)
    return os.waitpid(process, 0)[1]


def check_ahead(store: Store, sums: SharedSums) -> None:
    """Check the current generation in another process, and wait for its end."""
    with checking_ahead(store, sums):
        pass
    with suppress(ChildProcessError):  # it ended within the block
        os.wait()


def is_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files' digests are computed from now on."""
    names, digest = list[str](), hashlib.file_digest

    def noted(file: BufferedReader, name: str) -> object:
        names.append(Path(file.name).name)
        return digest(file, name)

    monkeypatch.setattr("hashlib.file_digest", noted)
    return names


def test_what_another_process_read_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums = SharedSums()
    assert in_a_fork(lambda: sums.all(folder)) == 0
    read = is_read(monkeypatch)
    assert (sums.all(folder), read) == (Manifest.read(folder).files, [])
    (folder / "words.json").write_bytes(b"other")
    assert sums.all(folder)["words.json"] == hashlib.sha256(b"other").hexdigest()
    assert read == ["words.json"]


def test_what_a_killed_process_left_unfinished_is_read_again(folder: Path) -> None:
    sums = SharedSums()

    def killed() -> None:
        sums.all(folder)
        size = os.fstat(sums._files._file).st_size
        os.ftruncate(sums._files._file, size - 9)
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_fork(killed) == signal.SIGKILL
    assert sums.all(folder) == Manifest.read(folder).files


def test_a_killed_process_that_was_reading_holds_nobody_up(folder: Path) -> None:
    sums = SharedSums()

    def killed() -> None:
        with sums._files.exchanged({}):
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_fork(killed) == signal.SIGKILL
    assert sums.all(folder) == Manifest.read(folder).files


def test_only_the_digests_of_the_last_files_are_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.shared_sums._KEPT", 2)
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    sums = SharedSums()
    assert in_a_fork(lambda: sums.all(tmp_path)) == 0
    assert len(sums._files._handed_on()) == 2
    assert sums.all(tmp_path) == FileSums().all(tmp_path)


def test_an_index_that_was_checked_ahead_is_opened_without_reading_its_files(
    store: Store, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums = SharedSums()
    check_ahead(store, sums)
    read = is_read(monkeypatch)
    live = LiveIndex(store, models(), analyzer, sums=sums)
    assert (live.searcher().manifest.version, read) == ("000001", [])


def test_damage_that_was_found_ahead_is_told_by_who_opens_the_index(
    store: Store, folder: Path, analyzer: Analyzer
) -> None:
    synonyms = folder / "synonyms.json"
    synonyms.write_bytes(synonyms.read_bytes() + b" ")
    sums = SharedSums()
    check_ahead(store, sums)
    with pytest.raises(MismatchError, match="damaged: file synonyms"):
        LiveIndex(store, models(), analyzer, sums=sums).searcher()


def test_damage_after_the_check_ahead_is_found(
    store: Store, folder: Path, analyzer: Analyzer
) -> None:
    sums = SharedSums()
    check_ahead(store, sums)
    synonyms = folder / "synonyms.json"
    synonyms.write_bytes(b"x" * synonyms.stat().st_size)
    with pytest.raises(MismatchError, match="damaged: file synonyms"):
        LiveIndex(store, models(), analyzer, sums=sums).searcher()


def test_where_nothing_was_built_nothing_is_checked(tmp_path: Path) -> None:
    with checking_ahead(Store(tmp_path / "none"), SharedSums()):
        pass
