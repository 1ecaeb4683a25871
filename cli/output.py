"""Format reports, answers and evaluations as text and JSON, and show progress bars."""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import click
from tqdm import tqdm

from index.build.near_duplicates import NearDuplicate
from index.build.report import Report
from index.progress import Progress
from qa.answer import Answer, Citation
from qa.evaluation.judge_cases import CaseResult, pass_counts
from qa.evaluation.render import as_lines, as_value
from qa.evaluation.scores import Evaluation
from qa.language import is_han, possibly

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_RECOGNISED = {
    True: "由扫描件识别，可信度 {:.0%}，请核对原件",
    False: "recognised in a scan, {:.0%} sure: compare it with the original",
}
"""What is said of a citation of a scan, in Chinese or not."""


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a progress bar for each phase, on a terminal only."""
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
    """Explain a delay on stderr, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def printable(text: str) -> str:
    r"""Escape control and text-direction characters, which could steer a terminal.

    >>> printable("a\x1b[2Jb")
    'a\\u001b[2Jb'
    """
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def print_result(value: object, text: str, as_json: bool) -> None:
    """Print a command's result: `value` as JSON for programs, or `text` for people."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2) if as_json else printable(text))


def report_json(report: Report) -> dict[str, Any]:
    """Convert a rebuild's report to the object that `--json` prints."""
    failed = [{"path": failure.where, "reason": failure.reason} for failure in report.failed]
    repeats = [
        {"article": repeat.article, "like": repeat.duplicate_of, "share": repeat.share}
        for repeat in report.repeats
    ]
    unread = [{"path": partly.where, "what": partly.what} for partly in report.unread]
    return {**asdict(report), "repeats": repeats, "failed": failed, "unread": unread}


def format_report(report: Report) -> str:
    """Format a rebuild's report as lines."""
    lines = [
        f"Index {report.index_version}: {report.added} added, {report.changed} changed, "
        f"{report.removed} removed, {report.unchanged} unchanged, {len(report.failed)} failed; "
        f"{report.passages} passages, {report.seconds:.1f} s."
    ]
    lines += [f"  {note}" for note in report.notes]
    lines += [f"  failed: {failure.where}: {failure.reason}" for failure in report.failed]
    lines += [f"  not read: {partly.where}: {partly.what}" for partly in report.unread]
    lines += [_format_duplicate(duplicate) for duplicate in report.repeats]
    return "\n".join(lines)


def format_status(values: Mapping[str, object]) -> str:
    """Format a store's status as lines of name and value."""
    return "\n".join(f"{name.replace('_', ' '):14} {value}" for name, value in values.items())


def _format_duplicate(duplicate: NearDuplicate) -> str:
    article, other = duplicate.article, duplicate.duplicate_of
    if duplicate.share == 1:
        return f"  the same twice: {article} is word for word {other}"
    return f"  nearly the same: {article} has {duplicate.share:.0%} in common with {other}"


def format_answer(answer: Answer) -> str:
    """Format an answer as lines: short answer, text, sources; then what may be the answer."""
    in_chinese = is_han(answer.answer)
    lines = [answer.short_answer] if answer.short_answer else []
    lines += [answer.answer, *_format_citations(answer.citations, in_chinese)]
    if answer.possible is not None:
        possible = answer.possible
        lead = possible.short_answer or possible.answer
        percent = min(99, round(possible.confidence * 100))
        lines += ["", f"{possibly(answer.answer)}{lead} ({percent}%)"]
        lines += [possible.answer] if lead != possible.answer else []
        lines += _format_citations(possible.citations, in_chinese)
    return "\n".join(lines)


def _format_citations(citations: Sequence[Citation], in_chinese: bool) -> Iterator[str]:
    for number, citation in enumerate(citations, 1):
        byline = " · ".join(filter(None, (citation.title, citation.source, citation.published)))
        place = f"{citation.article_id} {citation.start}–{citation.end}"
        yield from ("", f"[{number}] {byline}", f"    {place}")
        if citation.recognised is not None:
            yield f"    {_RECOGNISED[in_chinese].format(citation.recognised)}"
        if number > 1:
            yield f"    {citation.quote}"


def evaluation_json(results: Sequence[CaseResult], sets: Sequence[Evaluation]) -> dict[str, Any]:
    """Convert judged cases and evaluated sets to the object that `--json` prints."""
    figures_of_cases = _judged(results) if results else {}
    figures_of_sets = {"sets": [as_value(evaluation) for evaluation in sets]} if sets else {}
    return {**figures_of_cases, **figures_of_sets}


def evaluation_table(results: Sequence[CaseResult], sets: Sequence[Evaluation]) -> str:
    """Format judged cases and evaluated sets as lines."""
    parts = [_judged_lines(results)] if results else []
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
