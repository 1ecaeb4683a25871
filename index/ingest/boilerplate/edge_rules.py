"""Cut the boilerplate of scraped pages (navigation, buttons, footers, teasers) from plain text.

The rules are general, none is for a single site. Apart from widgets (新闻纠错), only lines before
the first and after the last line of prose are cut, and in doubt they are kept. The patterns of
lines are in `edge_patterns`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.article import Removed
from index.ingest.boilerplate.edge_patterns import EdgeMark, is_notice_below, mark_of
from index.ingest.structure.byline import is_byline, is_byline_after_title
from index.ingest.structure.line_shapes import is_blank, is_heading_like, is_prose, width

_LINK_ROWS = frozenset({EdgeMark.BREADCRUMB, EdgeMark.LINK_ROW})
_CONTROLS = frozenset({EdgeMark.WIDGET, EdgeMark.INVITATION})
_BLOCKS = frozenset({EdgeMark.RELATED, EdgeMark.HEADLINES})
# Marks that open a part of the footer.
_OPENING = _LINK_ROWS | _CONTROLS | _BLOCKS | {EdgeMark.FOOTER}
# Words that are boilerplate only beside other boilerplate.
_BESIDE = frozenset({EdgeMark.QR_CAPTION, EdgeMark.BUTTON, EdgeMark.NAVIGATION})
# Up to this many unmarked lines between two footer lines are taken for part of the footer.
_MAX_STRAY_LINES = 4


@dataclass(frozen=True, slots=True)
class CleanedText:
    """A text without its boilerplate, the lines that were cut, and the offsets of kept lines.

    `starts[i]` is the offset of input line `i` in `text`, None for a line that is blank or cut.
    """

    text: str
    removed: tuple[Removed, ...]
    starts: tuple[int | None, ...]


def clean(lines: Sequence[str]) -> CleanedText:
    r"""Cut the boilerplate from lines and join the others.

    >>> cleaned = clean(["首页 > 新闻", "标题", "正文第一句话已经足够长了。", "责编：某某"])
    >>> cleaned.text
    '标题\n正文第一句话已经足够长了。'
    >>> [(part.at, part.text) for part in cleaned.removed]
    [(0, '首页 > 新闻'), (16, '责编：某某')]
    """
    return assemble(lines, boilerplate_lines(lines))


def boilerplate_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the indices of the lines to cut."""
    marks = _marks(lines)
    body = [i for i, line in enumerate(lines) if _is_body(line, marks[i])]
    if not body:
        return frozenset()
    first = body[0]
    head = _head(lines[:first], marks[:first])
    tail = _tail(lines, marks, body[-1])
    middle = {i for i in range(first, body[-1]) if marks[i] is EdgeMark.WIDGET}
    return frozenset(head | tail | middle)


def assemble(lines: Sequence[str], cut: frozenset[int]) -> CleanedText:
    """Join the lines that aren't cut, without trailing spaces or repeated blank lines."""
    builder = _Builder()
    for number, line in enumerate(lines):
        builder.add(line.rstrip(), number in cut)
    builder.flush()
    return CleanedText("".join(builder.parts), tuple(builder.removed), tuple(builder.starts))


class _Builder:
    """Builder of a `CleanedText`, line by line."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.removed: list[Removed] = []
        self.starts: list[int | None] = []
        self._cut: list[str] = []
        self._gap = False

    def add(self, line: str, cut: bool) -> None:
        blank = is_blank(line)
        if blank:
            self._gap = True
            self.starts.append(None)
        elif cut:
            self._cut.append(line)
            self.starts.append(None)
        else:
            self.flush()
            self._keep(line)

    def flush(self) -> None:
        if self._cut:
            self.removed.append(Removed(self.length, "\n".join(self._cut)))
            self._cut = []

    def _keep(self, line: str) -> None:
        lead = "" if not self.parts else "\n\n" if self._gap else "\n"
        self.parts.append(lead + line)
        self.starts.append(self.length + len(lead))
        self.length += len(lead) + len(line)
        self._gap = False


def _marks(lines: Sequence[str]) -> list[EdgeMark]:
    marks = [EdgeMark.NONE if is_blank(line) else mark_of(line) for line in lines]
    visible = [i for i, line in enumerate(lines) if not is_blank(line)]
    for above, below in pairwise(visible):
        if is_notice_below(lines[above], lines[below]):
            marks[above] = marks[below] = EdgeMark.FOOTER
    return marks


def _is_body(line: str, mark: EdgeMark) -> bool:
    # A marked line is no proof of a body, and neither is a byline that ends with a full stop.
    return mark is EdgeMark.NONE and is_prose(line) and not is_byline(line)


def _head(lines: Sequence[str], marks: Sequence[EdgeMark]) -> set[int]:
    cut = {i for i, mark in enumerate(marks) if mark in _LINK_ROWS | _CONTROLS}
    cut |= _menus([i for i, line in enumerate(lines) if not is_blank(line)], marks)
    title = _title_below_link_rows(lines, marks)
    if title is not None:
        cut |= {i for i in range(title) if not is_byline(lines[i])}
    scraped = bool(cut) or any(is_byline_after_title(line) for line in lines[1:])
    if scraped:
        # A button's word beside other boilerplate is a button; never the first line that is left.
        left = [i for i, line in enumerate(lines) if i not in cut and not is_blank(line)]
        cut |= {i for i in left[1:] if marks[i] is EdgeMark.BUTTON}
    return cut


def _menus(visible: Sequence[int], marks: Sequence[EdgeMark]) -> set[int]:
    """Return the lines of menus: three or more navigation lines in a row (首页 / 新闻 / 财经)."""
    cut: set[int] = set()
    for is_menu, run in groupby(visible, lambda i: marks[i] is EdgeMark.NAVIGATION):
        row = set(run)
        cut |= row if is_menu and len(row) >= 3 else set()
    return cut


def _title_below_link_rows(lines: Sequence[str], marks: Sequence[EdgeMark]) -> int | None:
    """Return the line of a title below the last breadcrumb or link row, None if there is none."""
    rows = [i for i, mark in enumerate(marks) if mark in _LINK_ROWS]
    below = range(rows[-1] + 1, len(lines)) if rows else range(0)
    for i in below:
        unmarked = marks[i] is EdgeMark.NONE
        if unmarked and is_heading_like(lines[i], 60) and not is_byline(lines[i]):
            return i
    return None


def _tail(lines: Sequence[str], marks: Sequence[EdgeMark], last: int) -> set[int]:
    """Return the footer's lines: those between the marked lines below the last prose."""
    after = [i for i in range(last + 1, len(lines)) if not is_blank(lines[i])]
    groups = [
        (head, stray)
        for head, stray in _groups(after, marks)
        if marks[head] is not EdgeMark.HEADLINES or _are_teasers(lines, marks, stray)
    ]
    cut: set[int] = set()
    for number, (head, stray) in enumerate(groups):
        cut.add(head)
        between = number + 1 < len(groups) and len(stray) <= _MAX_STRAY_LINES
        if (between or marks[head] in _BLOCKS) and _is_less(lines, stray, last):
            cut |= set(stray)
    beside = {i for i in after if marks[i] in _BESIDE}
    return cut | beside if cut or len(beside) > 1 else cut


def _are_teasers(lines: Sequence[str], marks: Sequence[EdgeMark], block: Sequence[int]) -> bool:
    """Return whether lines announce other articles: one ends in […], or is repeated."""
    texts = [lines[i].strip() for i in block]
    return any(marks[i] is EdgeMark.TEASER for i in block) or len(set(texts)) < len(texts)


def _groups(after: Sequence[int], marks: Sequence[EdgeMark]) -> list[tuple[int, list[int]]]:
    """Return each line that opens a part of the footer, with the lines up to the next one."""
    groups: list[tuple[int, list[int]]] = []
    for i in after:
        if marks[i] in _OPENING:
            groups.append((i, []))
        elif groups:
            groups[-1][1].append(i)
    return groups


def _is_less(lines: Sequence[str], stray: Sequence[int], last: int) -> bool:
    """Return whether the unmarked lines are shorter, in total, than the body."""
    body = sum(width(line) for line in lines[: last + 1])
    return sum(width(lines[i]) for i in stray) < body
