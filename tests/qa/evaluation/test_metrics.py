"""The metrics: worked by hand, and against a naive implementation."""

import math
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics import (
    auroc,
    calibration_error,
    character_f1,
    contains_gold,
    exact_match,
    longest_common,
    ndcg,
    percentiles,
    recall,
    reciprocal_rank,
    reliability,
    risk_coverage,
    threshold_for,
)
from tests.support import small_index  # noqa: F401 - sets hypothesis up

RANKS = st.lists(st.none() | st.integers(1, 200), min_size=1)
# Few values, so that ties are common.
ASKS = st.lists(st.tuples(st.integers(0, 8).map(lambda n: n / 8), st.booleans()), min_size=1)
SHORT = st.text(alphabet="甲乙2 ,a", max_size=8)


def test_ranks_worked_by_hand() -> None:
    ranks = [1, 2, 4, 11, None]
    assert [recall(ranks, k) for k in (1, 3, 5, 10)] == [0.2, 0.4, 0.6, 0.6]
    assert reciprocal_rank(ranks) == pytest.approx((1 + 1 / 2 + 1 / 4) / 5)
    assert ndcg(ranks) == pytest.approx((1 + 1 / math.log2(3) + 1 / math.log2(5)) / 5)
    assert ndcg([1, 1]) == recall([1], 1) == reciprocal_rank([1]) == 1
    assert ndcg([]) == recall([], 1) == reciprocal_rank([]) == 0


@given(RANKS)
def test_every_measure_of_ranks_lies_between_recall_at_one_and_at_ten(
    ranks: list[int | None],
) -> None:
    first, ten = recall(ranks, 1), recall(ranks, 10)
    for value in (reciprocal_rank(ranks), ndcg(ranks), recall(ranks, 3), recall(ranks, 5)):
        assert 0 <= first <= value + 1e-9
        assert value <= ten + 1e-9 <= 1 + 1e-9
    assert reciprocal_rank(ranks) <= ndcg(ranks) + 1e-9


def test_short_answers_worked_by_hand() -> None:
    golds = ["1,000萬美元", "一千万"]
    assert exact_match("１０００万美元", golds) == 1
    assert exact_match("约1000万美元", golds) == exact_match(None, golds) == 0
    assert character_f1("约1000万美元", golds) == pytest.approx(2 * 7 / (8 + 7))
    assert character_f1("一千", golds) == pytest.approx(2 * 2 / (2 + 3))
    # The longest string in common counts, not all characters in common.
    assert character_f1("万1000美元", ["1000万美元"]) == pytest.approx(2 * 4 / (7 + 7))
    assert character_f1(None, golds) == character_f1("", golds) == character_f1("甲", []) == 0
    assert contains_gold("他投了1000 万美元。", golds)
    assert not contains_gold("他投了1000美元。", golds)
    assert not contains_gold(None, golds)


@given(SHORT, SHORT)
def test_f1_is_symmetric_and_full_only_for_the_same(left: str, right: str) -> None:
    value = character_f1(left, [right])
    assert value == pytest.approx(character_f1(right, [left]))
    assert 0 <= value <= 1
    same = exact_match(left, [right]) == 1
    assert (value == 1) == (same and longest_common(left, right) > 0 and value > 0)


@given(SHORT, SHORT)
def test_the_longest_common_string_is_the_longest(left: str, right: str) -> None:
    ranges = combinations(range(len(left) + 1), 2)
    common = (end - start for start, end in ranges if left[start:end] in right)
    assert longest_common(left, right) == max(common, default=0)


@given(ASKS)
def test_auroc_is_the_share_of_pairs_in_order(asks: list[tuple[float, bool]]) -> None:
    high = [score for score, positive in asks if positive]
    low = [score for score, positive in asks if not positive]
    value = auroc([score for score, _ in asks], [positive for _, positive in asks])
    pairs = [(a > b) + (a == b) / 2 for a, b in product(high, low)]
    assert value == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


@given(ASKS)
def test_the_curve_holds_every_threshold(asks: list[tuple[float, bool]]) -> None:
    points = risk_coverage([score for score, _ in asks], [right for _, right in asks])
    assert [point.threshold for point in points] == sorted({s for s, _ in asks}, reverse=True)
    assert points[-1].coverage == 1
    for point in points:
        kept = [right for score, right in asks if score >= point.threshold]
        assert point.coverage == pytest.approx(len(kept) / len(asks))
        assert point.risk == pytest.approx(kept.count(False) / len(kept))


@given(ASKS, st.sampled_from([0.5, 0.9, 1.0]))
def test_the_threshold_is_the_lowest_that_is_right_often_enough(
    asks: list[tuple[float, bool]], wanted: float
) -> None:
    def precision(threshold: float) -> float:
        kept = [right for score, right in asks if score >= threshold]
        return sum(kept) / len(kept)

    fit = [score for score, _ in asks if precision(score) >= wanted - 1e-9]
    points = risk_coverage([score for score, _ in asks], [right for _, right in asks])
    assert threshold_for(points, wanted) == min(fit, default=None)


def test_calibration_worked_by_hand() -> None:
    bins = reliability([0.05, 0.95, 0.95, 1.0, 0.5], [False, True, True, False, True])
    assert [(part.low, part.high, part.count) for part in bins] == [
        (0.0, 0.1, 1),
        (0.5, 0.6, 1),
        (0.9, 1.0, 3),
    ]
    assert bins[-1].confidence == pytest.approx(2.9 / 3)
    assert bins[-1].right == pytest.approx(2 / 3)
    assert calibration_error(bins) == pytest.approx((0.05 + 0.5 + 0.9) / 5)
    assert calibration_error([]) == 0


@given(ASKS)
def test_calibration_bins_contain_every_answer(asks: list[tuple[float, bool]]) -> None:
    bins = reliability([score for score, _ in asks], [right for _, right in asks])
    assert sum(part.count for part in bins) == len(asks)
    assert sum(part.count * part.right for part in bins) == pytest.approx(sum(r for _, r in asks))
    assert all(part.low <= part.confidence <= part.high for part in bins)
    assert 0 <= calibration_error(bins) <= 1


def test_percentiles_of_a_hundred_and_one() -> None:
    assert percentiles([float(n) for n in range(101)]) == {"p50": 50, "p95": 95, "p99": 99}
    assert percentiles([3.14159]) == {"p50": 3.14, "p95": 3.14, "p99": 3.14}
