"""A rebuild is due when changes have settled, and not much later if they never do."""

from hypothesis import given
from hypothesis import strategies as st

from index.watch.settling import Patience, Settling

SECONDS = st.floats(0, 100, allow_nan=False)


@given(SECONDS, SECONDS, st.lists(SECONDS, min_size=1, max_size=20))
def test_it_is_due_when_nothing_has_changed_for_a_while_or_too_long_after_the_first_change(
    settle: float, longest: float, gaps: list[float]
) -> None:
    settling, now = Settling(Patience(settle, longest)), 1000.0
    instants = []
    for gap in gaps:
        now += gap
        instants.append(now)
        settling.changed(now)
    due = settling.due()
    assert due is not None
    assert due <= instants[0] + max(settle, longest)
    assert due <= instants[-1] + settle
    assert due in (instants[-1] + settle, instants[0] + max(settle, longest))


def test_nothing_is_due_before_a_change_nor_once_a_rebuild_began() -> None:
    settling = Settling(Patience())
    assert settling.due() is None
    settling.changed(1)
    assert (settling.is_open, settling.due()) == (True, 4)
    settling.began()
    assert (settling.is_open, settling.due()) == (False, None)


def test_a_rebuild_that_failed_is_due_again_or_when_something_changes() -> None:
    settling = Settling(Patience(settle=3, again=60))
    settling.failed(100)
    assert (settling.has_failed, settling.is_open, settling.due()) == (True, False, 160)
    settling.changed(110)
    assert settling.due() == 113
    settling.changed(158)
    assert settling.due() == 160
    settling.began()
    assert (settling.has_failed, settling.due()) == (False, None)
