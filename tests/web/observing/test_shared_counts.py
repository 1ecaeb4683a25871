"""Counts of several processes add up, whatever becomes of a process."""

import os
import signal
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.observing.shared_counts import SharedCounts

NAMES = st.sampled_from(["a", "b", 'route="/api/articles/{id}"', "问"])
LIVES = st.tuples(st.integers(1, 3), st.lists(NAMES, max_size=9), st.booleans())


def in_a_process(counts: SharedCounts, part: int, names: list[str], *, killed: bool) -> None:
    """Count in a process that was forked, and wait for its end."""
    child = os.fork()
    if not child:
        counts.begin(part)
        for name in names:
            counts.add(name)
        os.kill(os.getpid(), signal.SIGKILL if killed else signal.SIGTERM)
    os.waitpid(child, 0)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 3), st.lists(NAMES, max_size=9), st.booleans()), max_size=4)
)
def test_what_each_process_has_added_counts_once(
    lives: list[tuple[int, list[str], bool]],
) -> None:
    counts = SharedCounts(parts=4)
    counts.add("a", 0.5)
    expected = Counter({"a": 0.5})
    for part, names, killed in lives:
        in_a_process(counts, part, names, killed=killed)
        expected.update(names)
    assert dict(counts.totals()) == dict(expected)


def test_the_processes_that_count_are_known() -> None:
    counts = SharedCounts(parts=3)
    assert counts.processes() == [os.getpid()]
    in_a_process(counts, 2, ["a"], killed=True)
    assert len(counts.processes()) == 2


def test_what_there_is_no_room_for_is_left_out_and_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    counts = SharedCounts(parts=1)
    for number in range(3000):
        counts.add(f"number {number}")
    counts.add("long" * 100)
    counts.add("number 0")
    totals = counts.totals()
    assert (totals["number 0"], len(totals) > 2000, "number 2999" in totals) == (2, True, False)
    assert len(caplog.records) == 1


def test_a_part_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there are 2 parts"):
        SharedCounts(parts=2).begin(2)
