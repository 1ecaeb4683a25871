"""Results of several processes come in order, and no process is ever left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BusyError, YijuError
from index.processes.worker_pool import in_order
from index.processes.worker_process import WorkerError
from index.store.store import Store
from tests.conftest import ROOT

ENDED = (
    "A process of the rebuild was ended from outside, likely for want of memory. Run the command "
    "again: it goes on from where it was."
)
PARENT = """
import os, sys, time
from pathlib import Path
from index.store.store import Store
from index.processes.worker_pool import in_order

def work(item):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(item)

with Store(Path(sys.argv[1])).lock():
    for _ in in_order(work, [float(sys.argv[2])] * 2, 2):
        time.sleep(60)
"""


def children() -> set[int]:
    """Return the children of this process that have not ended."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for path in tasks for pid in path.read_text(encoding="ascii").split()}


def is_alive(pid: int) -> bool:
    """Return whether a process exists and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] != "Z"
    except FileNotFoundError:
        return False


def gone_within(seconds: float, *pids: int) -> bool:
    """Return whether all processes end in time."""
    until = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(is_alive, pids))


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before


@settings(max_examples=12)
@given(st.lists(st.integers(0, 9), max_size=40), st.integers(1, 4))
def test_each_item_comes_back_with_its_result_in_the_order_given(
    items: list[int], processes: int
) -> None:
    def work(item: int) -> str:
        time.sleep(item / 9000)
        return f"{item} done"

    results = list(in_order(work, items, processes))
    assert results == [(item, f"{item} done") for item in items]


def test_one_that_takes_long_holds_back_the_others_and_only_some_are_done_ahead() -> None:
    def work(item: int) -> int:
        time.sleep(0.5 if item == 0 else 0)
        return item

    taken = []

    def items() -> Iterator[int]:
        for item in range(100):
            taken.append(item)
            yield item

    done = in_order(work, items(), 2)
    assert next(done) == (0, 0)
    assert len(taken) <= 20
    assert [result for _, result in done] == list(range(1, 100))


def test_one_process_is_this_one_and_several_are_others() -> None:
    def work(item: int) -> int:  # noqa: ARG001
        return os.getpid()

    assert {pid for _, pid in in_order(work, range(4), 1)} == {os.getpid()}
    others = {pid for _, pid in in_order(work, range(40), 2)}
    assert os.getpid() not in others
    assert len(others) == 2


@pytest.mark.parametrize("processes", [1, 3])
def test_an_error_in_the_work_is_raised_here_once_what_came_before_was_given(
    processes: int,
) -> None:
    def work(item: int) -> int:
        if item == 5:
            raise YijuError("This can't be taken in.")
        return item

    given_back: list[int] = []
    done = in_order(work, range(10), processes)
    with pytest.raises(YijuError) as error:
        given_back.extend(item for item, _ in done)
    assert str(error.value) == "This can't be taken in."
    assert given_back == list(range(len(given_back)))
    assert len(given_back) <= 5


def test_an_error_of_whoever_gives_the_items_is_raised_here() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the disk is away")

    with pytest.raises(OSError, match="the disk is away"):
        list(in_order(str, items(), 2))


def test_who_stops_asking_leaves_no_process() -> None:
    done = in_order(str, range(100), 3)
    assert next(done) == (0, "0")
    assert isinstance(done, Generator)
    done.close()


@pytest.mark.parametrize("moment", ["at work", "before the first item", "between two items"])
def test_a_worker_that_is_killed_is_told_and_the_others_end(moment: str) -> None:
    def work(item: int) -> int:
        if item == 3 and moment == "at work":
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    def items() -> Iterator[int]:
        for item in range(9):
            if item == {"before the first item": 0, "between two items": 6}.get(moment):
                for pid in children() - before:
                    os.kill(pid, signal.SIGKILL)
                time.sleep(0.1)
            yield item

    before = children()
    with pytest.raises(WorkerError) as error:
        list(in_order(work, items(), 3))
    assert str(error.value) == ENDED


def test_a_worker_killed_with_its_item_unread_is_told_as_well() -> None:
    def kill() -> None:
        for pid in children() - before:
            os.kill(pid, signal.SIGKILL)

    def items() -> Iterator[int]:
        yield 1
        for pid in children() - before:
            os.kill(pid, signal.SIGSTOP)
        threading.Timer(0.2, kill).start()
        yield 2

    before = children()
    with pytest.raises(WorkerError) as error:
        list(in_order(str, items(), 2))
    assert str(error.value) == ENDED


def test_a_worker_killed_in_the_middle_of_its_result_is_told_as_well(tmp_path: Path) -> None:
    def work(item: int) -> bytes:  # noqa: ARG001
        (tmp_path / "pid").write_text(str(os.getpid()), encoding="ascii")
        return b"x" * 5_000_000  # more than a pipe takes while nobody reads

    def items() -> Iterator[int]:
        yield 1
        time.sleep(0.5)
        os.kill(int((tmp_path / "pid").read_text(encoding="ascii")), signal.SIGKILL)

    with pytest.raises(WorkerError) as raised:
        list(in_order(work, items(), 2))
    assert str(raised.value) == ENDED


def test_a_result_that_can_not_be_sent_is_an_error_and_no_silence() -> None:
    with pytest.raises(Exception, match="pickle"):
        list(in_order(lambda _: lambda: None, range(3), 2))


@pytest.mark.parametrize("seconds", [0, 2], ids=["idle", "at work"])
def test_a_parent_killed_outright_takes_its_children_with_it_and_the_lock_is_free(
    tmp_path: Path, seconds: int
) -> None:
    store = Store(tmp_path)
    command = [sys.executable, "-c", PARENT, str(store.root), str(seconds)]
    parent = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        pids = [int(parent.stdout.readline()) for _ in range(2)]
        with pytest.raises(BusyError), store.lock():
            pass
        assert all(map(is_alive, pids))
        parent.kill()
        parent.wait()
        with store.lock():  # at once: what the children still do holds nobody up
            assert all(map(is_alive, pids)) or not seconds
        assert gone_within(seconds + 3, *pids)
        assert parent.stderr.read() == ""
