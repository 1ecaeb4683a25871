"""One writer at a time, whose status other processes read."""

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import BusyError, StoreError
from index.store.lock import (
    NAME,
    WriterStatus,
    edit_lock,
    last_noted,
    writer_lock,
    writer_status,
)
from tests.support.small_index import is_awaited


def test_a_status_counts_only_while_the_writer_has_the_lock(tmp_path: Path) -> None:
    assert (writer_status(tmp_path), last_noted(tmp_path)) == (None, None)
    with writer_lock(tmp_path) as lock:
        assert writer_status(tmp_path) == WriterStatus.starting()
        lock.progress("reading", 1, 2)
        assert writer_status(tmp_path) == WriterStatus("reading", 1, 2)
        with pytest.raises(BusyError, match="Another rebuild is at work in"), writer_lock(tmp_path):
            pass
    assert writer_status(tmp_path) is None


def test_a_failure_counts_until_the_next_writer_begins(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), writer_lock(tmp_path):
        raise ValueError("broken")
    status = writer_status(tmp_path)
    assert status == WriterStatus.failed("broken")
    assert not status.is_at_work
    with writer_lock(tmp_path):
        assert writer_status(tmp_path) == WriterStatus.starting()
    assert writer_status(tmp_path) is None


@pytest.mark.parametrize(
    "content", [b"[]", b'["failed", "x", [], {}]', b'{"state": 1}', b"\xff\xfe[", b"[" * 100_000]
)
def test_a_status_that_is_none_is_read_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert writer_status(tmp_path) is None


def test_a_lock_that_can_not_be_opened_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    message = (
        f"{tmp_path / NAME} can't be used: Is a directory. Restore the store from a copy, or look "
        "what else is in its place."
    )
    with pytest.raises(StoreError) as refused, writer_lock(tmp_path):
        pass
    assert str(refused.value) == message
    with pytest.raises(StoreError) as refused:
        writer_status(tmp_path)
    assert str(refused.value) == message


def test_a_writer_notes_its_begin_and_its_end(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        begun = last_noted(tmp_path)
    ended = last_noted(tmp_path)
    assert begun is not None
    assert ended is not None
    assert begun <= ended


def test_who_waits_comes_before_a_writer_that_comes_again(tmp_path: Path) -> None:
    order = []

    def write(name: str) -> None:
        with writer_lock(tmp_path, wait=60):
            order.append(name)

    with ThreadPoolExecutor(1) as pool:
        with writer_lock(tmp_path):
            waiting = pool.submit(write, "waiting")
            while not is_awaited(tmp_path):
                assert not waiting.done()
                time.sleep(0.01)
        write("again")
        waiting.result()
    assert order == ["waiting", "again"]


def test_an_edit_publishes_nothing_and_leaves_what_is_told_of_a_failed_rebuild(
    tmp_path: Path,
) -> None:
    with pytest.raises(ValueError, match="broken"), writer_lock(tmp_path):
        raise ValueError("broken")
    noted = last_noted(tmp_path)
    with edit_lock(tmp_path, wait=0):
        assert writer_status(tmp_path) == WriterStatus.failed("broken")
    with pytest.raises(KeyError), edit_lock(tmp_path, wait=0):
        raise KeyError
    assert writer_status(tmp_path) == WriterStatus.failed("broken")
    assert last_noted(tmp_path) == noted


def test_what_a_killed_rebuild_told_is_not_taken_for_the_work_of_an_edit(tmp_path: Path) -> None:
    with writer_lock(tmp_path) as lock:
        lock.progress("reading", 1, 2)
        content = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(content)
    with edit_lock(tmp_path, wait=0):
        assert writer_status(tmp_path) is None
    assert writer_status(tmp_path) is None


def test_an_edit_waits_its_time_and_no_longer_for_others(tmp_path: Path) -> None:
    for lock, work in ((writer_lock(tmp_path), "rebuild"), (edit_lock(tmp_path, 0), "change")):
        with (
            lock,
            pytest.raises(BusyError, match=f"Another {work} is at work in"),
            edit_lock(tmp_path, wait=0.1),
        ):
            pass


def test_a_rebuild_has_its_turn_among_edits_that_come_again_and_again(tmp_path: Path) -> None:
    ended = threading.Event()
    edits = itertools.count()

    def edit() -> None:
        while not ended.is_set():
            with edit_lock(tmp_path, wait=60):
                next(edits)
                time.sleep(0.02)

    with ThreadPoolExecutor(4) as pool:
        try:
            edited = [pool.submit(edit) for _ in range(4)]
            for _ in range(5):
                with writer_lock(tmp_path):
                    assert writer_status(tmp_path) == WriterStatus.starting()
        finally:
            ended.set()
        for thread in edited:
            thread.result()
    assert next(edits) > 5
