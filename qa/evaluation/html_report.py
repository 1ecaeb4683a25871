"""The report of an evaluation: one HTML file that opens anywhere and asks the network nothing."""

import os
from collections.abc import Sequence
from pathlib import Path

from index.errors import UsageError
from qa.evaluation.judge_cases import Result, figures
from qa.evaluation.render import as_value
from qa.evaluation.scores import Evaluation

_TEMPLATES = Path(__file__).parent / "templates"


def check_place(path: Path) -> None:
    """Refuses, before any work is done, a place where no report can be written.

    Raises:
        UsageError: the folder does not exist, or the path is a folder.
    """
    if not path.parent.is_dir():
        raise UsageError(f"The report can't be written: there is no folder {path.parent}.")
    if path.is_dir():
        raise UsageError(f"The report can't be written: {path} is a folder.")


def write_report(path: Path, results: Sequence[Result], evaluations: Sequence[Evaluation]) -> None:
    """Writes the report, whole or not at all.

    Args:
        path: The file, replaced where there is one; its folder must exist.
        results: What became of the question lines.
        evaluations: What became of the reading sets.

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


def render(results: Sequence[Result], evaluations: Sequence[Evaluation]) -> str:
    """The page. All text is escaped; charts are drawn from numbers alone."""
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

    def drawn(one: Evaluation) -> list[Markup]:
        left_out = one.figures.left_out
        bins = left_out.bins if left_out else one.figures.bins
        pictures = [charts.recall_chart(one.figures)]
        pictures += [charts.risk_chart(left_out.curve)] if left_out else []
        pictures += [charts.reliability_chart(bins)]
        pictures += [charts.latency_chart([outcome.ask_ms for outcome in one.outcomes])]
        return list(map(Markup, pictures))  # numbers and names of our own

    return environment.get_template("report.html").render(
        lines=figures(results) if results else {},
        failures=[one for one in results if not one.passed],
        sets=[(as_value(one), drawn(one)) for one in evaluations],
    )
