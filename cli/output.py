"""What the command line shows: progress bars, reports, answers, figures."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click
from tqdm import tqdm

from index.build.near_duplicates import NearDuplicate
from index.build.report import Report
from index.progress import Progress
from qa.answer import Answer
from qa.evaluation.judge_cases import Result, figures
from qa.evaluation.render import as_lines, as_value
from qa.evaluation.scores import Evaluation

_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on a terminal, one a phase; nothing where the output is a file."""
    bar: tqdm[Any] | None = None
    current = ""

    def show(phase: str, done: int, total: int) -> None:
        nonlocal bar, current
        if bar is None or phase != current:
            if bar is not None:
                bar.close()
            bar, current = tqdm(desc=phase, total=total, disable=None, file=sys.stderr), phase
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        if bar is not None:
            bar.close()


def note(text: str) -> None:
    """Tells a person at a terminal why nothing happens for a moment; no file ever holds it."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def printable(text: str) -> str:
    """Text that can't steer a terminal: controls and changes of direction are shown as codes."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def as_json(value: object) -> str:
    """JSON for other programs, Chinese readable."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def report_json(report: Report) -> dict[str, Any]:
    """Return a rebuild's report for other programs."""
    failed = [{"path": failure.where, "reason": failure.reason} for failure in report.failed]
    return {**asdict(report), "failed": failed}


def format_report(report: Report) -> str:
    """A rebuild's report for a person."""
    lines = [
        f"Index {report.index_version}: {report.added} added, {report.changed} changed, "
        f"{report.removed} removed, {report.unchanged} unchanged, {len(report.failed)} failed; "
        f"{report.passages} passages, {report.seconds:.1f} s."
    ]
    lines += [f"  {note}" for note in report.notes]
    lines += [f"  failed: {failure.where}: {failure.reason}" for failure in report.failed]
    lines += [_alike(one) for one in report.repeats]
    return "\n".join(lines)


def _alike(one: NearDuplicate) -> str:
    """A line for an article that says what another one says."""
    if one.share == 1:
        return f"  the same twice: {one.article} is word for word {one.like}"
    return f"  nearly the same: {one.article} has {one.share:.0%} in common with {one.like}"


def format_answer(answer: Answer) -> str:
    """An answer for a person: the short answer, the sentence, the sources."""
    lines = [answer.short_answer] if answer.short_answer else []
    lines.append(answer.answer)
    for number, one in enumerate(answer.citations, 1):
        about = " · ".join(filter(None, (one.title, one.source, one.published)))
        lines += ["", f"[{number}] {about}", f"    {one.article_id} {one.start}–{one.end}"]
        if number > 1:
            lines.append(f"    {one.quote}")
    return "\n".join(lines)


def evaluation_json(results: Sequence[Result], sets: Sequence[Evaluation]) -> dict[str, Any]:
    """All that an evaluation found; each of its two halves only where it was asked for."""
    found = _judged(results) if results else {}
    return {**found, "sets": [as_value(one) for one in sets]} if sets else found


def evaluation_table(results: Sequence[Result], sets: Sequence[Evaluation]) -> str:
    """The same for a person."""
    parts = [_judged_lines(results)] if results else []
    parts += [as_lines(one) for one in sets]
    return "\n\n".join("\n".join(part) for part in parts)


def _judged(results: Sequence[Result]) -> dict[str, Any]:
    """The figures of an evaluation, and each failed case."""
    groups = {
        group: {key: {"passed": passed, "total": total} for key, (passed, total) in rows.items()}
        for group, rows in figures(results).items()
    }
    failed = [
        {
            "id": one.case.id,
            "question": one.case.question,
            "expected": one.case.answers,
            "given": one.answer.answer,
            "short_answer": one.answer.short_answer,
            "confidence": one.answer.confidence,
            "reason": one.reason,
        }
        for one in results
        if not one.passed
    ]
    overall = groups["all"].get("all", {"passed": 0, "total": 0})
    return {**overall, "by_type": groups["type"], "by_lang": groups["lang"], "failed": failed}


def _judged_lines(results: Sequence[Result]) -> Iterator[str]:
    for group, rows in figures(results).items():
        for key, (passed, total) in rows.items():
            yield f"{group:5} {key:14} {passed:4} of {total}"
    for one in results:
        if not one.passed:
            yield f"failed {one.case.id} {one.case.question}: {one.reason}"
