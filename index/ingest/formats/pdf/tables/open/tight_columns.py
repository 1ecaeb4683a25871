"""Part words of a line that belong to columns which are hardly further apart than words.

Where the same gap is on all lines, and is wider than a space on most of them, a column ends.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from index.ingest.formats.pdf.lines import TextFragment, fragment_of
from index.ingest.formats.pdf.page_content import TextRun
from index.ingest.formats.pdf.tables.open.open_columns import FragmentLine

_MIN_LINES = 3
# A line with more is none of a table's; each gap is sought on each line.
_MAX_RUNS = 80
# In em: the usual gap between two columns; words of justified text are rarely so far apart.
_MIN_USUAL_GAP = 0.55
_MIN_ALIGNED_GAP = 0.28
_MIN_GAP = 0.4
_MIN_UNEVEN = 0.1
# Share of the lines that may have words in the gap, and that have words behind it.
_MAX_CROSSING = 0.25
_MIN_BEHIND = 0.7
_MIN_BEHIND_NAME = 0.3
_HEAD_LINES = 2
_MIN_ALIGNED = 0.6
_MIN_WIDTH = 0.8  # points

_START, _END = -math.inf, math.inf

Gap = tuple[float, float]


def with_tight_columns(lines: Sequence[FragmentLine]) -> list[FragmentLine]:
    """Return lines with their fragments parted where a gap goes through all of them."""
    runs = [[run for part in line for run in part.runs] for line in lines]
    richest = max(runs, key=len, default=[])
    if len(lines) < _MIN_LINES or not 0 < len(richest) <= _MAX_RUNS:
        return list(lines)
    size = max(run.size for run in richest)
    gaps: list[Gap] = []
    for line in _telling(lines, runs, richest):
        for before, run in pairwise(line):
            gap = _common_gap((before.box.right, run.box.left), runs, size)
            if gap and not any(_overlap(gap, other) > 0 for other in gaps):
                gaps.append(gap)
    ends = _with_words_behind(sorted(gap[1] for gap in gaps), runs)
    starts = {end: _common_start(end, runs) for end in ends}
    return [[part for whole in line for part in _parted(whole, starts)] for line in lines]


def _telling(
    lines: Sequence[FragmentLine], runs: Sequence[Sequence[TextRun]], richest: Sequence[TextRun]
) -> list[Sequence[TextRun]]:
    """Return the lines in which gaps are sought: the richest two, and that of most fragments."""
    most = max(range(len(lines)), key=lambda number: len(lines[number]))
    second = max((line for line in runs if line is not richest), key=len)
    return [richest, second, runs[most]]


def _common_gap(gap: Gap, lines: Sequence[Sequence[TextRun]], size: float) -> Gap | None:
    """Return the part of a gap that is free on the lines, if it is wider than one of words."""
    crossing = 0
    widths: list[float] = []
    for line in lines:
        own = next((other for other in _gaps(line) if _overlap(other, gap) >= _MIN_WIDTH), None)
        if own is not None:
            gap = max(gap[0], own[0]), min(gap[1], own[1])
            widths += [own[1] - own[0]] if own[0] > _START and own[1] < _END else []
        else:
            crossing += 1
    if crossing > _MAX_CROSSING * len(lines) or len(widths) < 2:
        return None
    # Words that begin at one place may be nearer, if they don't all follow the same space.
    start = _common_start(gap[1], lines)
    aligned = start is not None and _is_uneven([*_widths_before(start, lines)], size)
    return (
        gap if median(widths) >= (_MIN_ALIGNED_GAP if aligned else _MIN_USUAL_GAP) * size else None
    )


def _common_start(end: float, lines: Sequence[Sequence[TextRun]]) -> float | None:
    """Return where the words behind a gap begin on most lines, None if they begin anywhere."""
    starts = [
        min((run.box.left for run in line if run.box.left >= end - 1), default=None)
        for line in lines
    ]
    counts = Counter(round(start) for start in starts if start is not None)
    start = max(counts, key=lambda place: counts[place] + counts[place + 1], default=0)
    aligned = counts[start] + counts[start + 1]
    return start + 0.5 if aligned >= _MIN_ALIGNED * len(lines) else None


def _is_uneven(widths: Sequence[float], size: float) -> bool:
    """Return whether gaps before words are not the same space on each line."""
    widest = max(widths, default=0.0)
    return widest >= _MIN_GAP * size and widest - min(widths) >= _MIN_UNEVEN * size


def _widths_before(start: float, lines: Sequence[Sequence[TextRun]]) -> Iterator[float]:
    """Yield the gaps before the words that begin at a place."""
    for line in lines:
        yield from (
            run.box.left - before.box.right
            for before, run in pairwise(line)
            if abs(run.box.left - start) <= 1
        )


def _gaps(line: Sequence[TextRun]) -> Iterator[Gap]:
    """Yield the gaps of a line, before its first run and behind its last one too."""
    if line:
        yield _START, line[0].box.left
        yield from ((before.box.right, run.box.left) for before, run in pairwise(line))
        yield line[-1].box.right, _END


def _overlap(gap: Gap, other: Gap) -> float:
    return min(gap[1], other[1]) - max(gap[0], other[0])


def _with_words_behind(ends: Sequence[float], lines: Sequence[Sequence[TextRun]]) -> list[float]:
    """Return the ends of gaps behind which most lines have words, up to the next one."""
    kept: list[float] = []
    for end in ends:
        while kept and not _have_words(lines, kept[-1], end):
            # A name alone between two gaps goes with what is behind it: Price (£) above 3.20.
            if not any(_with_words(lines[_HEAD_LINES:], kept[-1], end)):
                break
            kept.pop()
        else:
            kept.append(end)
    while kept and not _have_words(lines, kept[-1], _END):
        kept.pop()
    return kept


def _have_words(lines: Sequence[Sequence[TextRun]], start: float, end: float) -> bool:
    """Return whether enough lines have words in a column; its name is in the first line."""
    have = _with_words(lines, start, end)
    return sum(have) >= (_MIN_BEHIND_NAME if have[0] else _MIN_BEHIND) * len(lines)


def _with_words(lines: Sequence[Sequence[TextRun]], start: float, end: float) -> list[bool]:
    return [any(start - 1 <= run.box.left < end - 1 for run in line) for line in lines]


def _parted(fragment: TextFragment, starts: Mapping[float, float | None]) -> Iterator[TextFragment]:
    part: list[TextRun] = []
    for run in fragment.runs:
        if part and _begins_column(part[-1], run, starts):
            yield fragment_of(part)
            part = []
        part.append(run)
    yield fragment_of(part) if len(part) < len(fragment.runs) else fragment


def _begins_column(before: TextRun, run: TextRun, starts: Mapping[float, float | None]) -> bool:
    """Return whether a gap goes through two runs of a line, and is no space between words."""
    for end, start in starts.items():
        if before.box.right < end <= run.box.left + 1:
            aligned = start is not None and abs(run.box.left - start) <= 1.0
            return aligned or run.box.left - before.box.right >= _MIN_GAP * run.size
    return False
