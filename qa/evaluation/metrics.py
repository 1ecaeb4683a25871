"""The measures, as pure functions of numbers and strings.

A rank counts from 1 and is None where the right article was not found. Shares are 0 to 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from index.text.folding import fold_answer

Rank = int | None


def recall(ranks: Sequence[Rank], k: int) -> float:
    """The share of questions whose article is among the first `k`."""
    return _mean([float(rank is not None and rank <= k) for rank in ranks])


def reciprocal_rank(ranks: Sequence[Rank], k: int = 10) -> float:
    """Mean reciprocal rank: 1 / rank, and 0 beyond `k`."""
    return _mean([1 / rank if rank is not None and rank <= k else 0.0 for rank in ranks])


def ndcg(ranks: Sequence[Rank], k: int = 10) -> float:
    """Normalised discounted cumulative gain where one article is right: 1 / log2(rank + 1)."""
    return _mean(
        [1 / math.log2(rank + 1) if rank is not None and rank <= k else 0.0 for rank in ranks]
    )


def holds(quote: str | None, golds: Sequence[str]) -> bool:
    """Whether a quote holds a gold answer, both folded."""
    folded = fold_answer(quote or "")
    return any(fold_answer(gold) in folded for gold in golds)


def exact_match(given: str | None, golds: Sequence[str]) -> float:
    """1 where a short answer is a gold answer, both folded, else 0."""
    return float(given is not None and fold_answer(given) in map(fold_answer, golds))


def character_f1(given: str | None, golds: Sequence[str]) -> float:
    """The best F1 of a short answer and a gold answer, by their longest common substring.

    As in the evaluation of CMRC 2018 (Cui and others, 2019), over folded characters. No answer
    scores 0.
    """
    folded = fold_answer(given or "")
    return max((_f1(folded, fold_answer(gold)) for gold in golds), default=0.0)


def _f1(given: str, gold: str) -> float:
    shared = longest_common(given, gold)
    return 2 * shared / (len(given) + len(gold)) if shared else 0.0


def longest_common(one: str, other: str) -> int:
    """The length of the longest string that stands in both."""
    longest, before = 0, [0] * (len(other) + 1)
    for char in one:
        row = [0]
        for at, against in enumerate(other):
            row.append(before[at] + 1 if char == against else 0)
        longest, before = max(longest, *row), row
    return longest


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float | None:
    """How often a positive scores above a negative, a tie counting half; None without both."""
    values, labels = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    high, low = values[labels], np.sort(values[~labels])
    if not len(high) or not len(low):
        return None
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.sum() / (2 * len(high) * len(low)))


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence is in one range: how many, how sure, how often right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Equal-width bins of confidence, lowest first, the empty ones left out; 1.0 is in the last."""
    found: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in zip(confidences, right, strict=True):
        number = min(int(confidence * bins), bins - 1)
        found.setdefault(number, []).append((confidence, is_right))
    return [
        Bin(
            number / bins,
            (number + 1) / bins,
            len(members),
            _mean([confidence for confidence, _ in members]),
            _mean([float(is_right) for _, is_right in members]),
        )
        for number, members in sorted(found.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: |confidence - share right|, weighted by count (Naeini, 2015)."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total if total else 0


@dataclass(frozen=True, slots=True)
class Point:
    """Answering at `threshold` and above: the share answered, and the share of it that is wrong."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[Point]:
    """The risk-coverage curve, one point a distinct confidence, highest first."""
    points, answered, wrong = [], 0, 0
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    for confidence, group in groupby(ordered, key=lambda pair: pair[0]):
        for _, is_right in group:
            answered += 1
            wrong += not is_right
        points.append(Point(confidence, answered / len(ordered), wrong / answered))
    return points


def threshold_for(points: Sequence[Point], precision: float) -> float | None:
    """The lowest threshold at which that share of what is answered is right; None where none is."""
    fit = [point.threshold for point in points if point.risk <= 1 - precision + 1e-12]
    return min(fit, default=None)


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """The 50th, 95th and 99th percentile, two decimals, in the unit of the values."""
    cuts = np.percentile(values, (50, 95, 99))
    return {
        name: round(float(cut), 2) for name, cut in zip(("p50", "p95", "p99"), cuts, strict=True)
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
