"""A reply is answered, possible or not found by its confidence and the two thresholds."""

from hypothesis import given
from hypothesis import strategies as st

from qa.decision import Decision, Thresholds

SHARES = st.floats(0, 1)
ORDER = (Decision.NOT_FOUND, Decision.POSSIBLE, Decision.ANSWERED)


@given(SHARES, SHARES, SHARES, SHARES)
def test_more_confidence_never_brings_less(
    answered: float, possible: float, first: float, second: float
) -> None:
    thresholds = Thresholds(answered, possible)
    low, high = (
        ORDER.index(thresholds.decision(confidence, decide=True))
        for confidence in sorted((first, second))
    )
    assert low <= high


@given(SHARES, SHARES, SHARES)
def test_only_the_threshold_decides_what_is_answered(
    answered: float, possible: float, confidence: float
) -> None:
    thresholds = Thresholds(answered, possible)
    is_answered = thresholds.decision(confidence, decide=True) is Decision.ANSWERED
    assert is_answered == (confidence >= answered)
    assert thresholds.decision(confidence, decide=False) is Decision.ANSWERED


def test_between_the_thresholds_a_reply_is_possible() -> None:
    thresholds = Thresholds(0.5, 0.2)
    decisions = [thresholds.decision(share, decide=True) for share in (0.19, 0.2, 0.49, 0.5)]
    assert decisions == [
        Decision.NOT_FOUND, Decision.POSSIBLE, Decision.POSSIBLE, Decision.ANSWERED,
    ]  # fmt: skip
