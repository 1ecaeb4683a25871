"""Figures at other thresholds, worked by hand and held to what thresholds must do."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bench.answers.records import Ask, counted
from bench.answers.thresholds import STEPS, choices, possible_from

RIGHT = Ask(
    "1", "问?", "zh", "natural", answerable=True, answered=True, passed=True, passed_by_text=True,
    likely_right=True, confidence=0.9, quote="引文。", right_if_answered=True,
)  # fmt: skip
WRONG = replace(RIGHT, likely_right=False, right_if_answered=False)
NONE = replace(WRONG, answerable=False)


def at(confidence: float, ask: Ask) -> Ask:
    answered = confidence >= 0.5
    passed = ask.right_if_answered and answered if ask.answerable else not answered
    return replace(ask, confidence=confidence, answered=answered, passed=passed)


def test_each_threshold_has_its_figures() -> None:
    asks = [at(0.9, RIGHT), at(0.4, RIGHT), at(0.6, WRONG), at(0.3, NONE), at(0.2, WRONG)]
    by_threshold = {choice.threshold: choice for choice in choices(asks)}
    half, low, high = by_threshold[0.5], by_threshold[0.25], by_threshold[0.9]
    assert (half.right, half.precision, half.refused) == (1 / 4, 1 / 2, 1.0)
    assert (low.right, low.precision, low.refused) == (2 / 4, 2 / 4, 0.0)
    assert (high.right, high.precision, high.refused) == (1 / 4, 1.0, 1.0)


def test_what_has_no_evidence_is_refused_at_any_threshold() -> None:
    nothing = replace(at(0.9, NONE), quote=None)
    assert all(choice.refused == 1.0 for choice in choices([nothing]))


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([RIGHT, WRONG, NONE])), min_size=1))
def test_a_higher_threshold_refuses_more_and_the_own_one_gives_the_figures(
    values: list[tuple[float, Ask]],
) -> None:
    asks = [at(*value) for value in values]
    results = choices(asks)
    for lower, higher in pairwise(results):
        assert (higher.right or 0) <= (lower.right or 0)
        assert (lower.refused or 0) <= (higher.refused or 0)
    own, figures = results[STEPS.index(0.5)], counted(asks)
    assert (own.right, own.precision, own.refused) == (
        figures["right"],
        figures["precision"],
        figures["refused"],
    )


def test_possible_answers_begin_where_enough_are_right() -> None:
    asks = [at(0.45, WRONG), at(0.4, RIGHT), at(0.3, RIGHT), at(0.2, WRONG), at(0.15, WRONG)]
    # 0.45: 0 of 1; 0.4: 1 of 2; 0.3: 2 of 3; 0.2: 2 of 4; 0.15: 2 of 5
    assert possible_from(asks, 0.5) == 0.15
    assert possible_from([*asks, at(0.1, WRONG)], 0.5) == 0.15
    assert possible_from([at(0.3, WRONG)], 0.5) is None
    assert possible_from([at(0.9, RIGHT)], 0.5) is None
