"""An evaluation as JSON for other programs and as lines for a person."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from qa.evaluation.metrics import Point
from qa.evaluation.scores import Deciding, Evaluation, LeftOut

_POINTS = 200  # of the risk-coverage curve, at most
_DIGITS = 4


def as_value(evaluation: Evaluation) -> dict[str, Any]:
    """All figures and all errors of a set, ready for JSON; shares have four decimals."""
    figures = asdict(evaluation.figures)
    if evaluation.figures.left_out:
        figures["left_out"]["curve"] = [
            asdict(point) for point in thinned(evaluation.figures.left_out.curve)
        ]
    rounded: dict[str, Any] = _rounded(figures)
    return {
        "set": evaluation.reading_set.name,
        "questions": len(evaluation.outcomes),
        "without_answer": evaluation.reading_set.without_answer,
        "contexts": len(evaluation.reading_set.contexts),
        "articles": evaluation.articles,
        "passages": evaluation.passages,
        "failed": evaluation.failed,
        **rounded,
        "errors": list(errors(evaluation)),
    }


def errors(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """The questions whose first citation holds no gold answer, with what was given."""
    for one in evaluation.errors:
        yield {
            "id": one.asked.id,
            "question": one.asked.question,
            "gold": list(one.asked.golds),
            "given": one.given.short_answer,
            "evidence": one.given.quote,
            "confidence": one.given.confidence,
            "rank": one.ranks["fusion"],
            "fault": one.fault,
        }


def thinned(curve: list[Point]) -> list[Point]:
    """A curve's points, no more than some hundreds, evenly taken, the last one kept."""
    step = max(1, -(-len(curve) // _POINTS))
    return curve[::-1][::step][::-1]


def as_lines(evaluation: Evaluation, shown: int = 5) -> Iterator[str]:
    """The figures of a set for a person, and the first of its errors: so many as are `shown`."""
    figures, asked = evaluation.figures, evaluation.reading_set
    yield (
        f"{asked.name}: {len(evaluation.outcomes)} questions about {len(asked.contexts)} contexts, "
        f"asked over {evaluation.articles} articles ({evaluation.passages} passages)"
    )
    if asked.without_answer:
        yield f"  {asked.without_answer} questions have no answer and were not asked"
    yield from (f"  failed: {one}" for one in evaluation.failed)
    names = list(next(iter(figures.retrieval.values())))
    yield "  " + " " * 14 + "".join(f"{name:>10}" for name in names)
    for leg, row in figures.retrieval.items():
        told = "".join(f"{value:10.3f}" for value in row.values())
        yield f"  {leg.replace('_', ' '):14}{told}"
    yield (
        f"  evidence hit {figures.evidence_hit:.3f}, exact match {figures.exact_match:.3f}, "
        f"character F1 {figures.f1:.3f}"
    )
    yield (
        f"  AUROC of confidence: evidence {_figure(figures.auroc_evidence)}, "
        f"exact match {_figure(figures.auroc_span)}"
    )
    yield f"  {_decided(figures.deciding)}; calibration error {figures.calibration_error:.3f}"
    for name, cuts in figures.latency_ms.items():
        told = ", ".join(f"{cut} {value:.1f}" for cut, value in cuts.items())
        yield f"  {name:9}{told} ms"
    if figures.left_out:
        yield from _of_left_out(figures.left_out)
    yield from _errors(evaluation, shown)


def _of_left_out(left_out: LeftOut) -> Iterator[str]:
    yield f"  left out: {left_out.asks} asks, half of them without their article"
    yield (
        f"    AUROC article there {_figure(left_out.auroc_present)}, "
        f"first citation right {_figure(left_out.auroc_right)}; "
        f"calibration error {left_out.calibration_error:.3f}"
    )
    yield f"    {_decided(left_out.configured)}"
    if left_out.at_precision:
        yield f"    for 90% right: {_decided(left_out.at_precision)}"
    else:
        yield "    for 90% right: no threshold brings that"


def _decided(deciding: Deciding) -> str:
    return (
        f"threshold {deciding.threshold:.3f}: answered {deciding.answered:.3f}, "
        f"right of these {_figure(deciding.precision)}"
    )


def _errors(evaluation: Evaluation, shown: int) -> Iterator[str]:
    found = list(errors(evaluation))
    counts: dict[str, int] = {}
    for one in found:
        counts[one["fault"]] = counts.get(one["fault"], 0) + 1
    told = ", ".join(f"{fault} {number}" for fault, number in sorted(counts.items()))
    yield f"  errors: {len(found)}" + (f" ({told})" if found else "")
    for one in found[:shown]:
        yield f"    {one['question']} – gold: {one['gold'][0]} – {one['fault']}: {one['evidence']}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _rounded(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, float):
        return round(value, _DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return value
