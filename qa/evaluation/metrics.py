"""Metrics of retrieval, answers and confidence, as pure functions of numbers and strings.

A rank counts from 1 and is None if the right article was not retrieved. Shares are 0 to 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from index.text.folding import fold_answer

Rank = int | None


def recall(ranks: Sequence[Rank], k: int) -> float:
    """Return recall@k: the share of questions whose article is among the first `k`.

    >>> recall([1, 4, None], 3)
    0.3333333333333333
    """
    return _mean([float(rank is not None and rank <= k) for rank in ranks])


def reciprocal_rank(ranks: Sequence[Rank], k: int = 10) -> float:
    """Return the mean reciprocal rank: 1 / rank, and 0 beyond `k`."""
    return _mean([1 / rank if rank is not None and rank <= k else 0.0 for rank in ranks])


def ndcg(ranks: Sequence[Rank], k: int = 10) -> float:
    """Return nDCG@k with a single right article: 1 / log2(rank + 1), and 0 beyond `k`."""
    return _mean(
        [1 / math.log2(rank + 1) if rank is not None and rank <= k else 0.0 for rank in ranks]
    )


def contains_gold(quote: str | None, golds: Sequence[str]) -> bool:
    """Return whether a quote contains a gold answer, both folded.

    >>> contains_gold("耗资１０００万美元。", ["1,000萬美元"])
    True
    """
    folded = fold_answer(quote or "")
    return any(fold_answer(gold) in folded for gold in golds)


def exact_match(answer: str | None, golds: Sequence[str]) -> float:
    """Return 1 if a short answer equals a gold answer, both folded, else 0."""
    return float(answer is not None and fold_answer(answer) in map(fold_answer, golds))


def character_f1(answer: str | None, golds: Sequence[str]) -> float:
    """Return the best F1 with a gold answer by longest common substring.

    As in the evaluation of CMRC 2018 (Cui et al. 2019), over folded characters. No answer scores 0.

    >>> character_f1("约1000万美元", ["1000万美元"])
    0.9333333333333333
    """
    folded = fold_answer(answer or "")
    return max((_f1(folded, fold_answer(gold)) for gold in golds), default=0.0)


def _f1(answer: str, gold: str) -> float:
    shared = longest_common(answer, gold)
    return 2 * shared / (len(answer) + len(gold)) if shared else 0.0


def longest_common(left: str, right: str) -> int:
    """Return the length of the longest common substring.

    >>> longest_common("1000万美元", "约1000万")
    5
    """
    longest, before = 0, [0] * (len(right) + 1)
    for char in left:
        row = [0]
        for at, other in enumerate(right):
            row.append(before[at] + 1 if char == other else 0)
        longest, before = max(longest, *row), row
    return longest


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """Return how often a positive outscores a negative, ties counting half; None without both.

    >>> auroc([0.9, 0.4, 0.4], [True, True, False])
    0.75
    """
    values, labels = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    high, low = values[labels], np.sort(values[~labels])
    if not len(high) or not len(low):
        return None
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.sum() / (2 * len(high) * len(low)))


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """The answers with confidence in a range: count, mean confidence, share right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(
    confidences: Sequence[float], right: Sequence[bool], bins: int = 10
) -> list[CalibrationBin]:
    """Return equal-width bins of confidence, lowest first, without empty bins; the last has 1.0."""
    by_bin: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in zip(confidences, right, strict=True):
        number = min(int(confidence * bins), bins - 1)
        by_bin.setdefault(number, []).append((confidence, is_right))
    return [
        CalibrationBin(
            number / bins,
            (number + 1) / bins,
            len(members),
            _mean([confidence for confidence, _ in members]),
            _mean([float(is_right) for _, is_right in members]),
        )
        for number, members in sorted(by_bin.items())
    ]


def calibration_error(bins: Sequence[CalibrationBin]) -> float:
    """Return the expected calibration error (Naeini et al. 2015).

    The mean of |confidence - share right| over the bins, weighted by count.
    """
    total = sum(part.count for part in bins)
    gaps = (part.count * abs(part.confidence - part.right) for part in bins)
    return sum(gaps) / total if total else 0


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """A point of the curve: coverage is the share answered, risk the share of these wrong."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[RiskCoverage]:
    """Return the risk-coverage curve, one point per distinct confidence, highest first."""
    points, answered, wrong = [], 0, 0
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    for confidence, group in groupby(ordered, key=lambda pair: pair[0]):
        for _, is_right in group:
            answered += 1
            wrong += not is_right
        points.append(RiskCoverage(confidence, answered / len(ordered), wrong / answered))
    return points


def threshold_for(points: Sequence[RiskCoverage], precision: float) -> float | None:
    """Return the lowest threshold with that precision; None if there is none."""
    fit = [point.threshold for point in points if point.risk <= 1 - precision + 1e-12]
    return min(fit, default=None)


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return the 50th, 95th and 99th percentile, two decimals, in the unit of the values."""
    cuts = np.percentile(values, (50, 95, 99))
    return {
        name: round(float(cut), 2) for name, cut in zip(("p50", "p95", "p99"), cuts, strict=True)
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
