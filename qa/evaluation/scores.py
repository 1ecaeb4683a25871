"""The figures of a reading set, counted from the outcomes of its questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answerer import Answerer
from qa.evaluation.metrics import (
    Bin,
    Point,
    auroc,
    calibration_error,
    character_f1,
    exact_match,
    ndcg,
    percentiles,
    recall,
    reciprocal_rank,
    reliability,
    risk_coverage,
    threshold_for,
)
from qa.evaluation.run import LEGS, Outcome, ask_all, ask_left_out
from qa.evaluation.squad import ReadingSet
from qa.evaluation.temporary_store import TemporaryStore

CUTS = (1, 3, 5, 10)
"""The ranks at which recall is taken."""

PRECISION = 0.9
"""The share right for which `--left-out` looks for a threshold."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a threshold does: the share answered, and the share of the answered that is right.

    `answered` counts the questions whose article is in the store; `precision` all asks that were
    answered, None where none was.
    """

    threshold: float
    answered: float
    precision: float | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The figures over both asks of each question, with its article in the store and without.

    `auroc_present` tells how well confidence knows whether the article is there, `auroc_right`
    whether the first citation holds the answer. `at_precision` is the lowest threshold at which
    nine of ten answers are right, None where no threshold brings that.
    """

    asks: int
    auroc_present: float | None
    auroc_right: float | None
    calibration_error: float
    configured: Deciding
    at_precision: Deciding | None
    curve: list[Point]
    bins: list[Bin]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one set; shares are 0 to 1, latencies milliseconds.

    `auroc_evidence` and `auroc_span` tell how well confidence knows whether the first citation
    holds the answer, and whether the short answer is exactly it. `retrieval` is by leg, then by
    measure: `{"fusion": {"recall@1": 0.9, …, "ndcg@10": 0.95}}`.
    """

    retrieval: dict[str, dict[str, float]]
    evidence_hit: float
    exact_match: float
    f1: float
    auroc_evidence: float | None
    auroc_span: float | None
    deciding: Deciding
    calibration_error: float
    bins: list[Bin]
    latency_ms: dict[str, dict[str, float]]
    left_out: LeftOut | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A reading set with what came of it, and the size of the store it was asked over."""

    reading_set: ReadingSet
    outcomes: list[Outcome]
    figures: Figures
    articles: int
    passages: int
    failed: list[str]

    @property
    def errors(self) -> list[Outcome]:
        """The questions whose first citation holds no gold answer."""
        return [one for one in self.outcomes if one.fault]


def evaluate_set(
    reading_set: ReadingSet,
    shelf: TemporaryStore,
    answerer: Answerer,
    threshold: float,
    *,
    left_out: bool = False,
) -> Evaluation:
    """Fills the shelf with a set, asks all of its questions, and counts.

    Args:
        reading_set: What to ask.
        shelf: Where; it holds this set afterwards, less its last part when `left_out`.
        answerer: Who answers; `threshold` is the one it was made with.
        threshold: The confidence below which nothing is answered, 0 to 1.
        left_out: Whether every question is asked once more without its article.

    Raises:
        UsageError: what `TemporaryStore.fill` and `TemporaryStore.without` raise.
    """
    outcomes = ask_all(reading_set, shelf, answerer)
    manifest, failed = shelf.manifest, shelf.failed
    if left_out:
        outcomes = ask_left_out(reading_set, outcomes, shelf, answerer)
    return Evaluation(
        reading_set,
        outcomes,
        count(outcomes, threshold),
        manifest.articles,
        manifest.passages,
        failed,
    )


def count(outcomes: Sequence[Outcome], threshold: float) -> Figures:
    """The figures of some outcomes, at least one; `left_out` where all were asked twice."""
    given = [one.given for one in outcomes]
    bins = reliability([one.confidence for one in given], [one.right for one in given])
    pairs = [(one.given.short_answer, one.asked.golds) for one in outcomes]
    exact = [exact_match(*pair) for pair in pairs]
    confidences = [one.confidence for one in given]
    return Figures(
        retrieval={leg: _of_leg([one.ranks[leg] for one in outcomes]) for leg in LEGS},
        evidence_hit=_share([one.right for one in given]),
        exact_match=sum(exact) / len(exact),
        f1=sum(character_f1(*pair) for pair in pairs) / len(pairs),
        auroc_evidence=auroc(confidences, [one.right for one in given]),
        auroc_span=auroc(confidences, [one > 0 for one in exact]),
        deciding=Deciding(
            threshold,
            _share([one.answered for one in given]),
            _precision([one.right for one in given if one.answered]),
        ),
        calibration_error=calibration_error(bins),
        bins=bins,
        latency_ms={
            "ask": percentiles([one.ask_ms for one in outcomes]),
            "retrieve": percentiles([one.retrieve_ms for one in outcomes]),
        },
        left_out=_left_out(outcomes, threshold),
    )


def _left_out(outcomes: Sequence[Outcome], threshold: float) -> LeftOut | None:
    present = [one.given for one in outcomes]
    absent = [one.left_out for one in outcomes if one.left_out is not None]
    if len(absent) < len(present):
        return None
    asks = [*present, *absent]
    confidences, right = [one.confidence for one in asks], [one.right for one in asks]
    curve, bins = risk_coverage(confidences, right), reliability(confidences, right)
    lowest = threshold_for(curve, PRECISION)
    at_precision = None
    if lowest is not None:
        at_precision = Deciding(
            lowest,
            _share([one.confidence >= lowest for one in present]),
            _precision([one.right for one in asks if one.confidence >= lowest]),
        )
    return LeftOut(
        asks=len(asks),
        auroc_present=auroc(confidences, [True] * len(present) + [False] * len(absent)),
        auroc_right=auroc(confidences, right),
        calibration_error=calibration_error(bins),
        configured=Deciding(
            threshold,
            _share([one.answered for one in present]),
            _precision([one.right for one in asks if one.answered]),
        ),
        at_precision=at_precision,
        curve=curve,
        bins=bins,
    )


def _of_leg(ranks: Sequence[int | None]) -> dict[str, float]:
    return {
        **{f"recall@{cut}": recall(ranks, cut) for cut in CUTS},
        "mrr@10": reciprocal_rank(ranks),
        "ndcg@10": ndcg(ranks),
    }


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values)


def _precision(right: Sequence[bool]) -> float | None:
    return _share(right) if right else None
