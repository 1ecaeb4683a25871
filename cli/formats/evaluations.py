"""Format evaluations as text and JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from qa.evaluation.judge_cases import CaseResult, pass_counts
from qa.evaluation.render import as_lines, as_value, written_value
from qa.evaluation.scores import Evaluation
from qa.evaluation.written_scores import WrittenScores, written_lines


def evaluation_json(
    results: Sequence[CaseResult],
    sets: Sequence[Evaluation],
    written: WrittenScores | None = None,
) -> dict[str, Any]:
    """Convert judged cases and evaluated sets to the object that `--json` prints.

    `written` are the scores of what a model wrote beside the cases, if one was asked.
    """
    figures_of_cases = {**_judged(results), **written_value(written)} if results else {}
    figures_of_sets = {"sets": [as_value(evaluation) for evaluation in sets]} if sets else {}
    return {**figures_of_cases, **figures_of_sets}


def evaluation_table(
    results: Sequence[CaseResult],
    sets: Sequence[Evaluation],
    written: WrittenScores | None = None,
) -> str:
    """Format judged cases and evaluated sets as lines."""
    parts = [_judged_lines(results)] if results else []
    parts += [written_lines(written)] if results and written else []
    parts += [as_lines(evaluation) for evaluation in sets]
    return "\n\n".join("\n".join(part) for part in parts)


def _judged(results: Sequence[CaseResult]) -> dict[str, Any]:
    """Convert judged cases to their figures and the failed cases."""
    groups = {
        group: {key: {"passed": passed, "total": total} for key, (passed, total) in rows.items()}
        for group, rows in pass_counts(results).items()
    }
    failed = [
        {
            "id": result.case.id,
            "question": result.case.question,
            "expected": result.case.answers,
            "given": result.answer.answer,
            "short_answer": result.answer.short_answer,
            "confidence": result.answer.confidence,
            "reason": result.reason,
        }
        for result in results
        if not result.passed
    ]
    overall = groups["all"].get("all", {"passed": 0, "total": 0})
    return {**overall, "by_type": groups["type"], "by_lang": groups["lang"], "failed": failed}


def _judged_lines(results: Sequence[CaseResult]) -> Iterator[str]:
    for group, rows in pass_counts(results).items():
        for key, (passed, total) in rows.items():
            yield f"{group:5} {key:14} {passed:4} of {total}"
    for result in results:
        if not result.passed:
            yield f"failed {result.case.id} {result.case.question}: {result.reason}"
