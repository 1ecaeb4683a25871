"""Counters, sessions and last uses, shared by processes, and what is told if they can't be kept."""

import multiprocessing
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.access.access_state import AccessState
from index.errors import StoreError


class Clock:
    """Tells the time that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(-3, 5), st.integers(0, 6))))
def test_a_counter_is_the_sum_since_it_began(steps: list[tuple[str, int, int]]) -> None:
    clock = Clock()
    with TemporaryDirectory() as folder:
        state = AccessState(Path(folder), clock)
        known: dict[str, tuple[int, float]] = {}
        for name, amount, later in steps:
            clock.now += later
            count, ends = known.get(name, (0, 0.0))
            if ends <= clock.now:
                count, ends = 0, clock.now + 10
            known[name] = max(count + amount, 0), ends
            assert state.count(name, 10, amount) == known[name][0]
            assert state.counted(name) == known[name]
        clock.now += 10
        assert state.counted("a") == (0, clock.now)
        state.close()


def _count(folder: Path, times: int) -> None:
    state = AccessState(folder)
    for _ in range(times):
        state.count("shared", 3600)


def test_processes_count_together_and_miss_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_count, args=(tmp_path, 600)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert AccessState(tmp_path).counted("shared")[0] == 1800


def test_counters_are_forgotten_alone_and_all(tmp_path: Path) -> None:
    state = AccessState(tmp_path)
    for name in ("a", "b", "c"):
        state.count(name, 60)
    state.forget_counter("a")
    assert [state.counted(name)[0] for name in ("a", "b")] == [0, 1]
    state.forget_counters()
    assert state.counted("c")[0] == 0


def test_a_session_is_known_until_it_is_over_or_ended(tmp_path: Path) -> None:
    clock = Clock()
    state = AccessState(tmp_path, clock)
    assert state.session_key("a") is None
    assert not state.path.exists()
    state.begin_session("a", "yiju_a", 60)
    state.begin_session("b", "yiju_b", 60)
    state.end_session("b")
    assert (state.session_key("a"), state.session_key("b")) == ("yiju_a", None)
    assert AccessState(tmp_path, clock).session_key("a") == "yiju_a"
    clock.now += 60
    assert state.session_key("a") is None


def test_the_last_use_of_a_key_is_noted_once_a_minute(tmp_path: Path) -> None:
    clock = Clock()
    state = AccessState(tmp_path, clock)
    assert state.last_uses() == {}
    assert not state.path.exists()
    for _ in range(3):
        state.note_use("yiju_a")
        clock.now += 29
    assert state.last_uses() == {"yiju_a": 1000.0}
    state.note_use("yiju_a")
    assert state.last_uses() == {"yiju_a": 1087.0}


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    state = AccessState(tmp_path)
    state.count("a", 60)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {0o600}


def test_a_file_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    state = AccessState(tmp_path)
    state.begin_session("a", "yiju_a", 60)
    for path in tmp_path.iterdir():
        path.unlink()
    assert state.session_key("a") is None
    assert state.count("a", 60) == 1


def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    state = AccessState(tmp_path)
    state.path.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="Delete it"):
        state.count("a", 60)


def test_a_store_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        AccessState(tmp_path / "away").count("a", 60)
