"""Render an evaluation as JSON and as lines of text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from qa.evaluation.metrics import RiskCoverage
from qa.evaluation.scores import Evaluation, EvaluationScores, LeftOutScores, OperatingPoint
from qa.evaluation.written_scores import WrittenScores, written_lines

_POINTS = 200  # of the risk-coverage curve, at most
_DIGITS = 4


def as_value(evaluation: Evaluation) -> dict[str, Any]:
    """Return all scores and errors of a set, ready for JSON; shares have four decimals."""
    scores = asdict(evaluation.scores)
    if evaluation.scores.left_out:
        scores["left_out"]["curve"] = [
            asdict(point) for point in thinned(evaluation.scores.left_out.curve)
        ]
    rounded: dict[str, Any] = _rounded(scores)
    return {
        "set": evaluation.reading_set.name,
        "questions": len(evaluation.outcomes),
        "without_answer": evaluation.reading_set.without_answer,
        "contexts": len(evaluation.reading_set.contexts),
        "articles": evaluation.articles,
        "passages": evaluation.passages,
        "failed": evaluation.failed,
        **rounded,
        **written_value(evaluation.written),
        "errors": list(errors(evaluation)),
    }


def written_value(scores: WrittenScores | None) -> dict[str, Any]:
    """Return the scores of what a model wrote as `written`, nothing if none was asked."""
    return {} if scores is None else {"written": _rounded(asdict(scores))}


def errors(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """Yield the questions whose first citation contains no gold answer, with the prediction."""
    for outcome in evaluation.errors:
        yield {
            "id": outcome.gold.id,
            "question": outcome.gold.question,
            "gold": list(outcome.gold.answers),
            "given": outcome.prediction.short_answer,
            "evidence": outcome.prediction.quote,
            "confidence": outcome.prediction.confidence,
            "rank": outcome.ranks["fusion"],
            "fault": outcome.fault,
        }


def thinned(curve: list[RiskCoverage]) -> list[RiskCoverage]:
    """Return a few hundred evenly spaced points of a curve, including the last."""
    step = max(1, -(-len(curve) // _POINTS))
    return curve[::-1][::step][::-1]


def as_lines(evaluation: Evaluation, error_limit: int = 5) -> Iterator[str]:
    """Yield lines of text: a set's scores and first `error_limit` errors."""
    scores, reading_set = evaluation.scores, evaluation.reading_set
    yield (
        f"{reading_set.name}: {len(evaluation.outcomes)} questions about "
        f"{len(reading_set.contexts)} contexts, "
        f"asked over {evaluation.articles} articles ({evaluation.passages} passages)"
    )
    if reading_set.without_answer:
        yield f"  {reading_set.without_answer} questions have no answer and were not asked"
    yield from (f"  failed: {failure}" for failure in evaluation.failed)
    yield from _retrieval(scores)
    yield (
        f"  evidence hit {scores.evidence_hit:.3f}, exact match {scores.exact_match:.3f}, "
        f"character F1 {scores.f1:.3f}"
    )
    yield (
        f"  AUROC of confidence: evidence {_number(scores.auroc_evidence)}, "
        f"exact match {_number(scores.auroc_span)}"
    )
    point = _operating_point(scores.deciding)
    yield f"  {point}; calibration error {scores.calibration_error:.3f}"
    for name, cuts in scores.latency_ms.items():
        latencies = ", ".join(f"{cut} {value:.1f}" for cut, value in cuts.items())
        yield f"  {name:9}{latencies} ms"
    if scores.left_out:
        yield from _left_out(scores.left_out)
    if evaluation.written:
        yield from written_lines(evaluation.written)
    yield from _errors(evaluation, error_limit)


def _retrieval(scores: EvaluationScores) -> Iterator[str]:
    metrics = list(next(iter(scores.retrieval.values())))
    yield "  " + " " * 14 + "".join(f"{metric:>10}" for metric in metrics)
    for ranking, row in scores.retrieval.items():
        values = "".join(f"{value:10.3f}" for value in row.values())
        yield f"  {ranking.replace('_', ' '):14}{values}"


def _left_out(left_out: LeftOutScores) -> Iterator[str]:
    yield f"  left out: {left_out.asks} asks, half of them without their article"
    yield (
        f"    AUROC article there {_number(left_out.auroc_present)}, "
        f"first citation right {_number(left_out.auroc_right)}; "
        f"calibration error {left_out.calibration_error:.3f}"
    )
    yield f"    {_operating_point(left_out.configured)}"
    if left_out.at_precision:
        yield f"    for 90% right: {_operating_point(left_out.at_precision)}"
    else:
        yield "    for 90% right: no threshold brings that"


def _operating_point(point: OperatingPoint) -> str:
    return (
        f"threshold {point.threshold:.3f}: answered {point.answered:.3f}, "
        f"right of these {_number(point.precision)}"
    )


def _errors(evaluation: Evaluation, limit: int) -> Iterator[str]:
    rows = list(errors(evaluation))
    counts = Counter(row["fault"] for row in rows)
    by_fault = ", ".join(f"{fault} {number}" for fault, number in sorted(counts.items()))
    yield f"  errors: {len(rows)}" + (f" ({by_fault})" if rows else "")
    for row in rows[:limit]:
        yield f"    {row['question']} – gold: {row['gold'][0]} – {row['fault']}: {row['evidence']}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _rounded(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return value
