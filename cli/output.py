"""Format reports and figures as text and JSON, and show progress bars.

Answers, evaluations and kept questions are formatted in `formats/`. Every command imports
this module, so it imports nothing that takes long.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from index.progress import Progress

if TYPE_CHECKING:
    from tqdm import tqdm

    from index.build.near_duplicates import NearDuplicate
    from index.build.report import Report

_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_REPEATS = 20  # repeated articles that are listed

# Without counts: of large files parts are counted, which says nothing to people.
_BAR = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}"


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show a progress bar for each phase, on a terminal only."""
    bar: tqdm[Any] | None = None
    current = ""

    def opened(phase: str, total: int) -> "tqdm[Any]":
        from tqdm import tqdm  # takes 0.05 s

        return tqdm(desc=phase, total=total, disable=None, file=sys.stderr, bar_format=_BAR)

    def show(phase: str, done: int, total: int) -> None:
        nonlocal bar, current
        if bar is None or phase != current:
            if bar is not None:
                bar.close()
            bar, current = opened(phase, total), phase
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


def report_json(report: "Report") -> dict[str, Any]:
    """Convert a rebuild's report to the object that `--json` prints."""
    failed = [{"path": failure.where, "reason": failure.reason} for failure in report.failed]
    repeats = [
        {"article": repeat.article, "like": repeat.duplicate_of, "share": repeat.share}
        for repeat in report.repeats
    ]
    unread = [{"path": partly.where, "what": partly.what} for partly in report.unread]
    return {**asdict(report), "repeats": repeats, "failed": failed, "unread": unread}


def format_report(report: "Report") -> str:
    """Format a rebuild's report as lines."""
    lines = [
        f"Index {report.index_version}: {report.added} added, {report.changed} changed, "
        f"{report.removed} removed, {report.unchanged} unchanged, {len(report.failed)} failed; "
        f"{report.passages} passages, {report.seconds:.1f} s."
    ]
    lines += [f"  {note}" for note in report.notes]
    lines += [f"  failed: {failure.where}: {failure.reason}" for failure in report.failed]
    lines += [f"  not read: {partly.where}: {partly.what}" for partly in report.unread]
    lines += [_format_duplicate(duplicate) for duplicate in report.repeats[:_REPEATS]]
    if more := len(report.repeats[_REPEATS:]):
        lines.append(f"  nearly the same: {more:,} more; --json lists all of them")
    return "\n".join(lines)


def format_status(values: Mapping[str, object]) -> str:
    """Format a store's status as lines of name and value."""
    lines = []
    for name, value in values.items():
        label, shown = (
            (name, value) if name != "bytes" else ("size", readable_size(int(str(value))))
        )
        lines.append(f"{label.replace('_', ' '):14} {shown}")
    return "\n".join(lines)


def readable_size(size: int) -> str:
    """Return a size as people say it.

    >>> readable_size(999), readable_size(12_345_678), readable_size(1_400_000_000)
    ('999 bytes', '12.3 MB', '1.4 GB')
    """
    for unit, value in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)):
        if size >= value:
            return f"{size / value:.1f} {unit}"
    return f"{size} bytes"


def _format_duplicate(duplicate: "NearDuplicate") -> str:
    article, other = duplicate.article, duplicate.duplicate_of
    if duplicate.share == 1:
        return f"  the same twice: {article} is word for word {other}"
    return f"  nearly the same: {article} has {duplicate.share:.0%} in common with {other}"
