"""The scores of a reading set, computed from the outcomes of its questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answerer import Answerer
from qa.evaluation.metrics import (
    CalibrationBin,
    RiskCoverage,
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
from qa.evaluation.run import RANKINGS, Outcome, Prediction, ask_all, ask_left_out
from qa.evaluation.squad import ReadingSet
from qa.evaluation.temporary_store import TemporaryStore
from qa.evaluation.written_scores import WrittenScores, WrittenTally

CUTS = (1, 3, 5, 10)
"""The cut-off ranks of recall."""

PRECISION = 0.9
"""The precision for which `--left-out` looks for a threshold."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold with the share answered and the precision of the answers.

    `answered` is over the questions whose article is in the store; `precision` over all answered
    asks, None without any.
    """

    threshold: float
    answered: float
    precision: float | None


@dataclass(frozen=True, slots=True)
class LeftOutScores:
    """The scores over both asks of each question: with its article and without.

    `auroc_present` is the AUROC of confidence for the presence of the article, `auroc_right` for a
    first citation with the answer. `at_precision` is the lowest threshold at which nine of ten
    answers are right, None if no threshold reaches that.
    """

    asks: int
    auroc_present: float | None
    auroc_right: float | None
    calibration_error: float
    configured: OperatingPoint
    at_precision: OperatingPoint | None
    curve: list[RiskCoverage]
    bins: list[CalibrationBin]


@dataclass(frozen=True, slots=True)
class EvaluationScores:
    """All scores of one set; shares are 0 to 1, latencies milliseconds.

    `auroc_evidence` and `auroc_span` are the AUROC of confidence for a first citation with the
    answer and for an exact short answer. `retrieval` is by ranking, then by metric:
    `{"fusion": {"recall@1": 0.9, …, "ndcg@10": 0.95}}`. The field names are those of the JSON.
    """

    retrieval: dict[str, dict[str, float]]
    evidence_hit: float
    exact_match: float
    f1: float
    auroc_evidence: float | None
    auroc_span: float | None
    deciding: OperatingPoint
    calibration_error: float
    bins: list[CalibrationBin]
    latency_ms: dict[str, dict[str, float]]
    left_out: LeftOutScores | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A reading set with outcomes, scores and the size of its store.

    `written` are the scores of what a model wrote, if one was asked.
    """

    reading_set: ReadingSet
    outcomes: list[Outcome]
    scores: EvaluationScores
    articles: int
    passages: int
    failed: list[str]
    written: WrittenScores | None = None

    @property
    def errors(self) -> list[Outcome]:
        """The outcomes whose first citation contains no gold answer."""
        return [outcome for outcome in self.outcomes if outcome.fault]


def evaluate_set(  # noqa: PLR0913 - two have a default that fits
    reading_set: ReadingSet,
    store: TemporaryStore,
    answerer: Answerer,
    threshold: float,
    *,
    left_out: bool = False,
    tally: WrittenTally | None = None,
) -> Evaluation:
    """Index a set, ask all of its questions and compute the scores.

    Args:
        reading_set: The set to ask.
        store: Contains this set afterwards, without its last fold if `left_out`.
        answerer: Made with the same `threshold`.
        threshold: The confidence below which a question is not answered, 0 to 1.
        left_out: Whether to ask every question again without its article.
        tally: Has a model write beside the answers, if any.

    Raises:
        UsageError: as `TemporaryStore.fill` and `TemporaryStore.without`.
    """
    outcomes = ask_all(reading_set, store, answerer, tally)
    manifest, failed = store.manifest, store.failed
    if left_out:
        outcomes = ask_left_out(reading_set, outcomes, store, answerer)
    return Evaluation(
        reading_set,
        outcomes,
        scores_of(outcomes, threshold),
        manifest.articles,
        manifest.passages,
        failed,
        tally.scores() if tally else None,
    )


def scores_of(outcomes: Sequence[Outcome], threshold: float) -> EvaluationScores:
    """Return the scores of at least one outcome; `left_out` only if all were asked twice."""
    predictions = [outcome.prediction for outcome in outcomes]
    confidences = [prediction.confidence for prediction in predictions]
    correct = [prediction.correct for prediction in predictions]
    bins = reliability(confidences, correct)
    pairs = [(outcome.prediction.short_answer, outcome.gold.answers) for outcome in outcomes]
    exact = [exact_match(*pair) for pair in pairs]
    return EvaluationScores(
        retrieval={
            name: _retrieval_scores([outcome.ranks[name] for outcome in outcomes])
            for name in RANKINGS
        },
        evidence_hit=_share(correct),
        exact_match=sum(exact) / len(exact),
        f1=sum(character_f1(*pair) for pair in pairs) / len(pairs),
        auroc_evidence=auroc(confidences, correct),
        auroc_span=auroc(confidences, [score > 0 for score in exact]),
        deciding=_configured(threshold, predictions, predictions),
        calibration_error=calibration_error(bins),
        bins=bins,
        latency_ms={
            "ask": percentiles([outcome.ask_ms for outcome in outcomes]),
            "retrieve": percentiles([outcome.retrieve_ms for outcome in outcomes]),
        },
        left_out=_left_out(outcomes, threshold),
    )


def _left_out(outcomes: Sequence[Outcome], threshold: float) -> LeftOutScores | None:
    present = [outcome.prediction for outcome in outcomes]
    absent = [outcome.left_out for outcome in outcomes if outcome.left_out is not None]
    if len(absent) < len(present):
        return None
    asks = [*present, *absent]
    confidences, correct = [ask.confidence for ask in asks], [ask.correct for ask in asks]
    curve, bins = risk_coverage(confidences, correct), reliability(confidences, correct)
    lowest = threshold_for(curve, PRECISION)
    at_precision = None
    if lowest is not None:
        at_precision = OperatingPoint(
            lowest,
            _share([prediction.confidence >= lowest for prediction in present]),
            _precision([ask.correct for ask in asks if ask.confidence >= lowest]),
        )
    return LeftOutScores(
        asks=len(asks),
        auroc_present=auroc(confidences, [True] * len(present) + [False] * len(absent)),
        auroc_right=auroc(confidences, correct),
        calibration_error=calibration_error(bins),
        configured=_configured(threshold, present, asks),
        at_precision=at_precision,
        curve=curve,
        bins=bins,
    )


def _configured(
    threshold: float, present: Sequence[Prediction], asks: Sequence[Prediction]
) -> OperatingPoint:
    """Return the operating point of the threshold that the answerer was made with."""
    return OperatingPoint(
        threshold,
        _share([prediction.answered for prediction in present]),
        _precision([ask.correct for ask in asks if ask.answered]),
    )


def _retrieval_scores(ranks: Sequence[int | None]) -> dict[str, float]:
    return {
        **{f"recall@{cut}": recall(ranks, cut) for cut in CUTS},
        "mrr@10": reciprocal_rank(ranks),
        "ndcg@10": ndcg(ranks),
    }


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags)


def _precision(correct: Sequence[bool]) -> float | None:
    return _share(correct) if correct else None
