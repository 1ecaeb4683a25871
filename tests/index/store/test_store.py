"""The store's folder: one current generation, one writer."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import BusyError, MismatchError, NoIndexError
from index.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def generation(store: Store, version: str) -> None:
    store.folder(version).mkdir(parents=True)
    (store.folder(version) / "file").write_text(version, encoding="utf-8")


def test_a_store_that_was_never_built_creates_nothing_and_says_how_to(store: Store) -> None:
    assert store.versions() == []
    with pytest.raises(NoIndexError) as refused:
        store.current()
    assert str(refused.value) == (
        f"There is no index in {store.root} yet. Make one with: yiju rebuild FOLDER"
    )
    assert not store.root.exists()


def test_a_switch_makes_a_generation_the_current_one(store: Store) -> None:
    for version in ("000001", "000002"):
        generation(store, version)
        store.switch(version)
        assert store.current() == version
    assert (store.root / "CURRENT").read_bytes() == b"000002\n"
    assert store.versions() == ["000001", "000002"]
    assert sorted(path.name for path in store.root.iterdir()) == ["CURRENT", "generations"]


def test_a_switch_to_a_generation_that_is_not_there_changes_nothing(store: Store) -> None:
    generation(store, "000001")
    store.switch("000001")
    with pytest.raises(OSError, match="000009"):
        store.switch("000009")
    assert store.current() == "000001"


def test_a_missing_generation_is_told_with_the_cure(store: Store) -> None:
    generation(store, "000001")
    store.switch("000001")
    store.discard("000001")
    with pytest.raises(MismatchError, match=r"version “000001”, which .* does not hold"):
        store.current()


@pytest.mark.parametrize("content", [b"", b"\n", b"..\n", b"\xff\n"])
def test_a_damaged_pointer_is_refused(store: Store, content: bytes) -> None:
    generation(store, "000001")
    store.switch("000001")
    (store.root / "CURRENT").write_bytes(content)
    with pytest.raises(MismatchError):
        store.current()


def test_other_names_among_the_generations_are_no_versions(store: Store) -> None:
    generation(store, "000001")
    for name in ("notes", "²", "１２", "12", "9" * 21):
        generation(store, name)
    assert store.versions() == ["000001"]


def test_a_generation_in_the_making_is_no_version_until_it_is_switched_to(store: Store) -> None:
    generation(store, "000001")
    folder = store.making("000002")
    (folder / "file").write_text("new", encoding="utf-8")
    assert (folder.name, store.versions()) == (".000002", ["000001"])
    store.switch("000002")
    assert (store.versions(), store.current()) == (["000001", "000002"], "000002")
    assert (store.folder("000002") / "file").read_text(encoding="utf-8") == "new"
    assert not folder.exists()


def test_what_a_killed_writer_left_half_made_or_half_deleted_goes(store: Store) -> None:
    generation(store, "000001")
    for left in (".000002", ".000007.gone"):
        generation(store, left)
    folder = store.making("000003")
    assert sorted(path.name for path in folder.parent.iterdir()) == [".000003", "000001"]


def test_what_is_discarded_is_gone_whole_or_in_the_making(store: Store) -> None:
    generation(store, "000001")
    generation(store, "000002")
    store.making("000003")
    for version in ("000003", "000001", "000009"):
        store.discard(version)
    assert [path.name for path in store.folder("000002").parent.iterdir()] == ["000002"]


def test_two_writers_do_not_meet(store: Store) -> None:
    store.create()
    with store.lock():
        with pytest.raises(BusyError) as refused, store.lock():
            pass
        assert str(refused.value) == (
            f"Another rebuild is at work in {store.root}. Wait until it has ended."
        )
    with store.lock():
        pass


def test_where_there_is_no_store_none_is_made_by_a_lock(store: Store) -> None:
    with pytest.raises(NoIndexError, match="There is no index in"), store.lock():
        pass
    assert not store.root.exists()


def test_the_lock_goes_with_its_process(store: Store) -> None:
    store.create()
    hold = (
        "import sys, time; from pathlib import Path; from index.store.store import Store\n"
        "with Store(Path(sys.argv[1])).lock(): print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", hold, str(store.root)], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(BusyError), store.lock():
            pass
        process.kill()
    with store.lock():
        pass
