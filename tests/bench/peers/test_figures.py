"""Ratios by turns, ranks, and who finds what the other doesn't."""

from hypothesis import given
from hypothesis import strategies as st

from bench.peers.figures import Spread, ahead, every_nth, rank_of_first, ratios

RANKS = st.lists(st.tuples(*[st.none() | st.integers(1, 10)] * 2), min_size=1)
FIGURES = st.lists(st.floats(0.001, 1000), min_size=1)


@given(st.integers(0, 50), st.integers(1, 8))
def test_each_question_is_asked_in_one_turn_and_turns_are_alike(count: int, turns: int) -> None:
    asked = [every_nth(count, turns, turn) for turn in range(turns)]
    assert sorted(at for turn in asked for at in turn) == list(range(count))
    assert max(map(len, asked)) - min(map(len, asked)) <= 1


@given(FIGURES)
def test_what_is_twice_ours_in_each_turn_has_no_spread(ours: list[float]) -> None:
    assert ratios([2 * figure for figure in ours], ours) == Spread(2, 2, 2)


@given(FIGURES)
def test_the_middle_lies_between_the_lowest_and_the_highest(values: list[float]) -> None:
    spread = Spread.of(values)
    assert min(values) == spread.low <= spread.middle <= spread.high == max(values)


def test_a_ratio_is_of_the_same_turn() -> None:
    # The machine was twice as slow in the second turn; the ratio of the medians would be 1.67.
    assert ratios([10, 20, 10], [5, 10, 8]) == Spread(2, 1.25, 2)
    assert str(ratios([10, 20, 10], [5, 10, 8])) == "2.0 (1.2–2.0)"
    assert str(Spread.of([0.125, 31.4])) == "16 (0.12–31)"


@given(st.lists(st.integers(0, 20), unique=True), st.sets(st.integers(0, 20)))
def test_the_rank_is_that_of_the_first_right_passage(found: list[int], right: set[int]) -> None:
    rank = rank_of_first(found, right)
    if rank is None:
        assert not right & set(found)
    else:
        assert found[rank - 1] in right
        assert not right & set(found[: rank - 1])


@given(RANKS, st.integers(1, 10))
def test_who_is_ahead_turns_round_with_the_sides(
    pairs: list[tuple[int | None, int | None]], k: int
) -> None:
    theirs, ours = zip(*pairs, strict=True)
    assert ahead(theirs, ours, k) == ahead(ours, theirs, k)[::-1]
    assert ahead(theirs, theirs, k) == (0, 0)


def test_only_what_is_among_the_first_counts_as_found() -> None:
    assert ahead([1, 6, 5, None], [None, 1, 5, 6], 5) == (1, 1)
