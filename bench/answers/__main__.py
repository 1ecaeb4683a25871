"""`python -m bench.answers`: how well Yiju answers, every figure that is to be reached.

Needs the folder of data, questions and cases, none of which any training has seen. Each set is
measured by itself and its result kept in the work folder; --resume goes on with the sets that
have none there.
"""

import json
import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import click

from bench.answers import given_passage, question_lines
from bench.answers.costs import costs
from bench.answers.domains import domains, figures_of, reliability_of
from bench.answers.reading_sets import TASKS, reading_set
from bench.answers.records import Ask, SetResult
from bench.answers.table import number, table_lines, table_values
from bench.answers.thresholds import choices
from bench.answers.workbench import Workbench, opened
from bench.processes import ROOT
from cli.output import progress_bar
from training.data_folder import SHARED

SETS: Mapping[str, Callable[[Workbench], SetResult]] = {
    "news-dev": question_lines.news,
    "natural-dev": question_lines.natural,
    "cases": question_lines.cases,
    "samples": question_lines.samples,
    "seed-dev": question_lines.seed,
    "dureader-robust": given_passage.robust,
    "dureader-checklist": given_passage.checklist,
    **{task.name: partial(reading_set, task=task) for task in TASKS},
    "costs": costs,
}
BY_THRESHOLD = ("news-dev", "natural-dev")
"""The sets for which other thresholds are tried."""

WORK = ROOT / "build" / "answers"


@click.command(help=__doc__)
@click.argument("names", nargs=-1, type=click.Choice(list(SETS)))
@click.option("--failures", default=0, help="Print so many failed questions of each set.")
@click.option("--resume", is_flag=True, help="Take what the work folder has; measure the rest.")
@click.option(
    "--work", default=WORK, type=click.Path(path_type=Path), help="Folder of the results."
)
@click.option("--keep-stores", is_flag=True, help="Keep the store of news there; update it later.")
@click.option("--sample", type=click.IntRange(1), help="Ask so many questions of a reading set.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--shared", default=SHARED, type=click.Path(path_type=Path), help="The data folder.")
def main(  # noqa: PLR0913, PLR0917 - an argument an option
    names: tuple[str, ...],
    failures: int,
    resume: bool,
    work: Path,
    keep_stores: bool,
    sample: int | None,
    as_json: bool,
    shared: Path,
) -> None:
    """Measure the sets named, or all, and print the table."""
    if not (shared / "eval").is_dir():
        raise click.ClickException(f"{shared} has no folder eval. Name the data with --shared.")
    results: dict[str, SetResult] = {}
    stores = work / "stores" if keep_stores else None
    with progress_bar() as progress, opened(shared, progress, stores, sample) as bench:
        for result in measured(list(names) or list(SETS), bench, work, resume=resume):
            results[result.name] = result
            click.echo(f"{result.name}: {result.seconds:.0f} s", err=True)
    text = json.dumps(as_values(results, failures), ensure_ascii=False, indent=2)
    click.echo(text if as_json else "\n".join(as_lines(results, failures)))


def measured(
    names: Sequence[str], bench: Workbench, work: Path, *, resume: bool
) -> Iterator[SetResult]:
    """Yield the result of each set: what the work folder keeps, if `resume`, else measured now."""
    for name in names:
        kept = SetResult.read(work, name) if resume else None
        if kept is not None:
            yield kept
            continue
        began = time.perf_counter()
        result = SETS[name](bench)
        result = replace(
            result,
            seconds=round(time.perf_counter() - began, 1),
            taken=f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        )
        result.write(work)
        yield result


def as_lines(results: Mapping[str, SetResult], failures: int) -> Iterator[str]:
    """Yield the table, the domains and the failed questions as text."""
    yield f"{datetime.now(UTC):%Y-%m-%d}, {_machine()}"
    yield ""
    yield from table_lines(results)
    yield from _domain_lines(results)
    for result in results.values():
        yield from _set_lines(result, failures)


def as_values(results: Mapping[str, SetResult], failures: int) -> dict[str, Any]:
    """Return the table, the domains and every figure, ready for JSON."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": _machine(),
        "table": table_values(results),
        "domains": {
            domain: {
                **figures_of(asks),
                "reliability": [asdict(part) for part in reliability_of(asks)],
            }
            for domain, asks in domains(results).items()
        },
        "sets": {
            name: {
                "taken": result.taken,
                "seconds": result.seconds,
                "figures": dict(result.figures),
                "details": dict(result.details),
                "notes": list(result.notes),
                "thresholds": [asdict(choice) for choice in choices(result.asks)]
                if name in BY_THRESHOLD
                else [],
                "failures": [asdict(ask) for ask in islice(_failed(result), failures)],
            }
            for name, result in results.items()
        },
    }


def _machine() -> str:
    return f"{platform.platform()}, {os.cpu_count()} cores"


def _domain_lines(results: Mapping[str, SetResult]) -> Iterator[str]:
    """Yield what confidence is worth in each domain, with its reliability curve."""
    for domain, asks in domains(results).items():
        figures = figures_of(asks)
        yield ""
        yield f"confidence, {domain}: {len(asks)} asks"
        yield (
            f"  AUROC {number(figures['auroc'])}, answered at 90% precision "
            f"{number(figures['answered_at_90'])} (from {number(figures['threshold_at_90'])}), "
            f"calibration error {number(figures['calibration_error'])}, "
            f"answers on the commonest confidence {number(figures['largest_step'])}"
        )
        yield (
            f"  possible: shown for {number(figures['possible_shown'])} of the refused, "
            f"right {number(figures['possible_right'])} of these; two of five would be right from "
            f"{number(figures['possible_from'])}"
        )
        yield "  confidence: " + " ".join(
            f"{part.confidence:.2f}→{part.right:.2f} ({part.count})"
            for part in reliability_of(asks)
        )


def _set_lines(result: SetResult, failures: int) -> Iterator[str]:
    """Yield the notes, the kinds and the failed questions of a set."""
    yield ""
    yield f"{result.name}, {result.taken}, {result.seconds:.0f} s"
    yield "  " + ", ".join(f"{name} {number(value)}" for name, value in result.figures.items())
    yield from (f"  {note}" for note in result.notes)
    yield from (
        f"  {kind}: " + " of ".join(number(value, 0) for value in values.values())
        for kind, values in result.details.items()
    )
    if result.name in BY_THRESHOLD:
        yield from (
            f"  at a threshold of {choice.threshold:.2f}: right {number(choice.right)}, "
            f"right among answered {number(choice.precision)}, refused {number(choice.refused)}"
            for choice in choices(result.asks)
        )
    for ask in islice(_failed(result), failures):
        yield f"  {ask.id} [{ask.kind}] {ask.question} – {ask.reason}"
        yield (
            f"      expected {'; '.join(ask.expected) or 'no answer'} – got {ask.short_answer} "
            f"({ask.confidence:.2f}) – {(ask.quote or '').strip()[:120]}"
        )


def _failed(result: SetResult) -> Iterator[Ask]:
    return (ask for ask in result.asks if not ask.passed)


if __name__ == "__main__":
    main()
