"""Find title and sections of a text without markup by the shape of its lines.

A heading is a short line between blank lines, above prose, or a numbered line (`一、…`, `第一章 …`,
`（一）…`); the title is the first line, unless that is prose.
"""

import re
from collections.abc import Iterable, Sequence

from index.article import Section, Span
from index.ingest.structure.byline import head_lines, is_byline, is_byline_after_title
from index.ingest.structure.line_shapes import is_blank, is_heading_like, is_prose, numbering, width

# A title may be longer than a heading: English ones reach 120 characters.
_MAX_TITLE_WIDTH = 60
_BREAKS = re.compile(r"[\n\x0b\x0c\x85\u2028\u2029]")


def split_lines(text: str) -> list[str]:
    """Split a text into lines, at any of Unicode's line breaks."""
    return _BREAKS.split(text)


def title_of(text: str) -> Span | None:
    r"""Return the span of the title: the first line that is no byline, if it looks like one.

    Return None for a text that starts with prose.

    >>> title_of("智慧城市\n2016-09-30\n正文……")
    Span(start=0, end=4)
    """
    lines = text.split("\n")
    visible = [i for i, line in enumerate(lines) if not is_blank(line)]
    first = next((i for i in visible if not is_byline(lines[i])), None)
    if first is None or first == visible[-1] or first not in visible[:4]:
        return None
    line = lines[first]
    fits = is_heading_like(line, _MAX_TITLE_WIDTH) and numbering(line) is None
    if not fits or _runs_on(line, lines[first + 1]):
        return None
    start = sum(len(above) + 1 for above in lines[:first])
    return _trimmed(line, start)


def sections_of(text: str, title_at: Span | None = None) -> tuple[Section, ...]:
    """Return the sections of a text without markup, each from its heading to the next.

    The title and the lines down to the byline are no headings.
    """
    lines = text.split("\n")
    begin = _below_head(lines, title_at)
    visible = [i for i, line in enumerate(lines) if not is_blank(line)]
    starts: list[tuple[str, int]] = []
    offset = 0
    headings = {
        i for rank, i in enumerate(visible) if i >= begin and _is_heading(lines, visible, rank)
    }
    for i, line in enumerate(lines):
        if i in headings:
            starts.append((line.strip(), offset))
        offset += len(line) + 1
    return sections_at(starts, len(text))


def sections_at(starts: Sequence[tuple[str, int]], length: int) -> tuple[Section, ...]:
    """Return sections, given their headings and offsets in order; each ends at the next start."""
    ends = [start for _, start in starts] + [length]
    return tuple(
        Section(title, start, end) for (title, start), end in zip(starts, ends[1:], strict=True)
    )


def _trimmed(line: str, start: int) -> Span:
    value = line.strip()
    begin = start + line.index(value)
    return Span(begin, begin + len(value))


def _runs_on(line: str, below: str) -> bool:
    """Return whether a line is the first of a hard-wrapped paragraph, not a title."""
    if is_blank(below):
        return False
    even = width(line) >= 20 and abs(width(line) - width(below)) <= 2
    return even or below.strip()[:1].islower()


def _below_head(lines: Sequence[str], title_at: Span | None) -> int:
    """Return the index of the first line below title and byline, which may be a heading."""
    begin, offset = 0, 0
    for i, line in enumerate(lines):
        if title_at and offset <= title_at.start <= offset + len(line):
            begin = i + 1
        offset += len(line) + 1
    bylines = (
        i
        for i in range(head_lines(lines))
        if is_byline(lines[i]) or (0 < begin <= i and is_byline_after_title(lines[i]))
    )
    return max([begin, *(i + 1 for i in bylines)])


def _is_heading(lines: Sequence[str], visible: Sequence[int], rank: int) -> bool:
    i = visible[rank]
    line = lines[i]
    if not is_heading_like(line):
        return False
    above = visible[rank - 1] if rank else None
    below = visible[rank + 1] if rank + 1 < len(visible) else None
    form = numbering(line)
    if form is not None:
        # Lines of the same form in a row are a list, not headings.
        return form not in (numbering(lines[j]) for j in _present((above, below)))
    alone = (above is None or above < i - 1) and below is not None and below > i + 1
    return alone and below is not None and _is_text(lines[below])


def _is_text(line: str) -> bool:
    return is_prose(line) or width(line) > 40


def _present(numbers: Iterable[int | None]) -> list[int]:
    return [number for number in numbers if number is not None]
