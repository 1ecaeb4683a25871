"""The report of an evaluation: a single self-contained HTML file without network access."""

import os
from collections.abc import Sequence
from pathlib import Path

from index.errors import UsageError
from qa.evaluation.judge_cases import CaseResult, pass_counts
from qa.evaluation.render import as_value
from qa.evaluation.scores import Evaluation

_TEMPLATES = Path(__file__).parent / "templates"


def check_place(path: Path) -> None:
    """Refuse, before any work, a path to which no report can be written.

    Raises:
        UsageError: the folder does not exist, or the path is a folder.
    """
    if not path.parent.is_dir():
        raise UsageError(f"The report can't be written: there is no folder {path.parent}.")
    if path.is_dir():
        raise UsageError(f"The report can't be written: {path} is a folder.")


def write_report(
    path: Path, results: Sequence[CaseResult], evaluations: Sequence[Evaluation]
) -> None:
    """Write the report atomically.

    Args:
        path: The file, which is replaced if it exists; its folder must exist.
        results: The results of the question lines.
        evaluations: The evaluations of the reading sets.

    Raises:
        UsageError: there is no such folder.
        OSError: the file can't be written.
    """
    check_place(path)
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        waiting.write_text(render(results, evaluations), encoding="utf-8")
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


def render(results: Sequence[CaseResult], evaluations: Sequence[Evaluation]) -> str:
    """Return the page; all text is escaped, charts come from numbers alone."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from qa.evaluation import charts

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def pictures(evaluation: Evaluation) -> list[Markup]:
        scores = evaluation.scores
        left_out = scores.left_out
        svgs = [charts.recall_chart(scores)]
        svgs += [charts.risk_chart(left_out.curve)] if left_out else []
        svgs += [charts.reliability_chart(left_out.bins if left_out else scores.bins)]
        svgs += [charts.latency_chart([outcome.ask_ms for outcome in evaluation.outcomes])]
        return list(map(Markup, svgs))  # safe: numbers and names of our own

    return environment.get_template("report.html").render(
        lines=pass_counts(results) if results else {},
        failures=[result for result in results if not result.passed],
        sets=[(as_value(evaluation), pictures(evaluation)) for evaluation in evaluations],
    )
