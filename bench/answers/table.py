"""The table of what is to be reached: where each figure stood, where it is, where it is to come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.answers.records import SetResult


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a set; `before` and `reach` are None where none was set.

    `lower` says whether less is better.
    """

    label: str
    figure: str
    set_name: str
    key: str
    before: float | None
    reach: float | None
    lower: bool = False
    digits: int = 3

    def value(self, results: Mapping[str, SetResult]) -> float | None:
        """Return the figure as measured, None where the set was not."""
        result = results.get(self.set_name)
        return None if result is None else result.figures.get(self.key)

    def is_reached(self, value: float) -> bool:
        """Return whether a value is where it is to come, as printed."""
        if self.reach is None:
            return True
        shown = round(value, self.digits)
        return shown <= self.reach if self.lower else shown >= self.reach


def _lines(
    label: str, name: str, *figures: tuple[str, str, float | None, float | None]
) -> list[Row]:
    return [Row(label, figure, name, key, before, reach) for figure, key, before, reach in figures]


_RETRIEVAL = (
    ("XQuAD-dev zh→zh", "xquad-zh", 0.940),
    ("XQuAD-dev en→zh", "xquad-en-zh", 0.863),
    ("XQuAD-dev zh→en", "xquad-zh-en", 0.863),
    ("XQuAD-dev en→en", "xquad-en", 0.953),
    ("CMRC 2018 dev", "cmrc", 0.979),
    ("CMRC 2018 dev among the statutes", "cmrc-statutes", 0.976),
    ("XQuAD-dev en→zh among the statutes", "xquad-en-zh-statutes", 0.752),
)
_NO_LOWER_THAN = 0.003  # below what it was

ROWS: Sequence[Row] = (
    *_lines(
        "news-dev, 10,000 articles",
        "news-dev",
        ("answerable: rightly answered", "right", 0.200, 0.75),
        ("right among answered", "precision", 0.439, 0.85),
        ("unanswerable: refused", "refused", 0.933, 0.85),
        ("answerable: right but for the short answer", "right_by_text", 0.300, None),
        ("answerable: best evidence right, however unsure", "found", 0.589, None),
    ),
    *_lines(
        "natural-dev, articles/",
        "natural-dev",
        ("answerable: rightly answered", "right", 0.250, 0.80),
        ("right among answered", "precision", 0.588, 0.88),
        ("unanswerable: refused", "refused", 0.900, 0.85),
        ("answerable: right but for the short answer", "right_by_text", 0.3125, None),
        ("answerable: best evidence right, however unsure", "found", 0.625, None),
        ("facts asked in four ways: all ways right", "all_ways_right", 0.0, 0.8),
    ),
    *_lines(
        "cases",
        "cases",
        ("of questions: passed", "passed_share", 0.173, 0.85),
        ("of files: passed", "passed_share_of_files", 0.078, None),
    ),
    Row("sample questions", "passed of 60", "samples", "passed", 41, 54, digits=0),
    Row("seed-dev", "passed of 30", "seed-dev", "passed", 26, 29, digits=0),
    *_lines(
        "CMRC 2018 dev, not deciding",
        "cmrc",
        ("evidence hit", "evidence_hit", 0.842, 0.90),
        ("F1", "f1", 0.565, 0.76),
        ("exact match", "exact_match", 0.379, 0.54),
    ),
    *_lines(
        "XQuAD-dev zh, not deciding",
        "xquad-zh",
        ("evidence hit", "evidence_hit", 0.768, 0.87),
        ("F1", "f1", 0.389, 0.60),
    ),
    *_lines(
        "XQuAD-dev en→zh, not deciding",
        "xquad-en-zh",
        ("evidence hit", "evidence_hit", 0.693, 0.78),
        ("F1", "f1", 0.319, 0.45),
    ),
    *_lines(
        "DuReader robust dev, passage given",
        "dureader-robust",
        ("F1", "f1", 0.366, 0.70),
        ("exact match", "exact_match", 0.183, 0.52),
        ("sentence of the span holds an answer", "sentence", 0.665, None),
    ),
    *_lines(
        "DuReader checklist dev, passage given",
        "dureader-checklist",
        ("F1, null counted", "f1_with_null", 0.237, 0.64),
        ("AUROC of having an answer", "auroc_any", 0.627, 0.82),
    ),
    *_lines(
        "CMRC 2018 dev, left out",
        "cmrc",
        ("AUROC: article there", "auroc_present", 0.960, 0.965),
        ("AUROC: first citation right", "auroc_right", 0.960, 0.965),
        ("answered at 90% precision", "answered_at_90", 0.748, 0.85),
    ),
    Row(
        "CMRC 2018 dev, left out", "calibration error", "cmrc", "calibration_error",
        0.053, 0.03, lower=True,
    ),
    *(
        Row(label, "R@1", name, "recall@1", before, round(before - _NO_LOWER_THAN, 3))
        for label, name, before in _RETRIEVAL
    ),
    *(
        Row(
            "whole answer, 10,000 passages", figure, "costs", key, before, reach,
            lower=True, digits=digits,
        )
        for figure, key, before, reach, digits in (
            ("p50, ms", "total_p50", 15.3, 40.0, 1),
            ("p95, ms", "total_p95", 23.7, 80.0, 1),
            ("memory of the server, MB", "memory", 578.0, 638.0, 0),
        )
    ),
)  # fmt: skip


def table_lines(results: Mapping[str, SetResult]) -> Iterator[str]:
    """Yield the rows of the measured sets as a Markdown table."""
    yield "| set | figure | before | now | reach |"
    yield "| --- | --- | --- | --- | --- |"
    for row in ROWS:
        value = row.value(results)
        if value is None:
            continue
        now, aim = number(value, row.digits), number(row.reach, row.digits)
        if row.reach is not None and row.is_reached(value):
            now = f"**{now}**"
        before = number(row.before, row.digits)
        yield f"| {row.label} | {row.figure} | {before} | {now} | {aim} |"


def table_values(results: Mapping[str, SetResult]) -> list[dict[str, object]]:
    """Return the rows of the measured sets as values for JSON."""
    return [
        {
            "set": row.label,
            "figure": row.figure,
            "before": row.before,
            "now": round(value, 4),
            "reach": row.reach,
            "reached": row.is_reached(value),
        }
        for row in ROWS
        if (value := row.value(results)) is not None
    ]


def number(value: float | None, digits: int = 3) -> str:
    """Write a number, or a dash for none.

    >>> number(0.5), number(None)
    ('0.500', '–')
    """
    return "–" if value is None else f"{value:.{digits}f}"
