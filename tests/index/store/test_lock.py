"""One writer at a time, whose status other processes read."""

import fcntl
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import BusyError, StoreError
from index.store.lock import NAME, QUEUE, WriterStatus, last_noted, writer_lock, writer_status


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


def is_awaited(store: Path) -> bool:
    """Return whether a writer waits for the lock."""
    with (store / QUEUE).open("a", encoding="utf-8") as queue:
        try:
            fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


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
