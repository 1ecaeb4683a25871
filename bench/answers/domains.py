"""How far confidence can be relied on, by what the articles are about."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bench.answers.records import Ask, SetResult
from bench.answers.thresholds import possible_from
from qa.evaluation.metrics import (
    CalibrationBin,
    auroc,
    calibration_error,
    reliability,
    risk_coverage,
    threshold_for,
)

PRECISION = 0.9

ENCYCLOPEDIA = "encyclopedia"
NEWS = "news"
SMALL_FOLDER = "small folder"
ACROSS = "across languages"

_SETS = {
    "cmrc": ENCYCLOPEDIA,
    "xquad-zh": ENCYCLOPEDIA,
    "xquad-en-zh": ACROSS,
    "news-dev": NEWS,
    "natural-dev": SMALL_FOLDER,
    "samples": SMALL_FOLDER,
    "seed-dev": SMALL_FOLDER,
}
_STYLES_ACROSS = ("english", "cross-lingual")


def domains(results: Mapping[str, SetResult]) -> dict[str, list[Ask]]:
    """Sort the asks of all sets by domain; a question in another language is across."""
    sorted_asks: dict[str, list[Ask]] = {}
    for name, domain in _SETS.items():
        for ask in results[name].asks if name in results else ():
            own = ACROSS if ask.kind in _STYLES_ACROSS else domain
            sorted_asks.setdefault(own, []).append(ask)
    return sorted_asks


def reliability_of(asks: Sequence[Ask]) -> list[CalibrationBin]:
    """Return the share right by confidence, in ten steps."""
    return reliability([ask.confidence for ask in asks], [ask.likely_right for ask in asks])


def figures_of(asks: Sequence[Ask]) -> dict[str, float | None]:
    """Return how well confidence tells right from wrong among these asks.

    `answered_at_90` is the share of the answerable questions that are answered from the lowest
    confidence on at which nine of ten answers are right. `largest_step` is the share of the answers
    that have the commonest confidence, to three decimals.
    """
    confidences = [ask.confidence for ask in asks]
    right = [ask.likely_right for ask in asks]
    threshold = threshold_for(risk_coverage(confidences, right), PRECISION)
    answerable = [ask for ask in asks if ask.answerable]
    answered_at_90 = 0.0
    if threshold is not None and answerable:
        over = sum(ask.confidence >= threshold for ask in answerable)
        answered_at_90 = over / len(answerable)
    return {
        "asks": float(len(asks)),
        "auroc": auroc(confidences, right),
        "answered_at_90": answered_at_90,
        "threshold_at_90": threshold,
        "calibration_error": calibration_error(reliability_of(asks)),
        "largest_step": largest_step(asks),
        **_possible(asks),
    }


def largest_step(asks: Sequence[Ask]) -> float | None:
    """Return the share of the answered asks that have the commonest confidence."""
    steps = Counter(round(ask.confidence, 3) for ask in asks if ask.answered)
    return max(steps.values()) / steps.total() if steps else None


def _possible(asks: Sequence[Ask]) -> dict[str, float | None]:
    """Return how much is shown as possible and right, and from where enough would be."""
    lowest = min((ask.confidence for ask in asks if ask.answered), default=1.0)
    shown = [ask.possible for ask in asks if ask.possible is not None]
    refused = sum(not ask.answered for ask in asks)
    return {
        "possible_shown": len(shown) / refused if refused else None,
        "possible_right": sum(shown) / len(shown) if shown else None,
        "possible_from": possible_from(asks, lowest),
    }
