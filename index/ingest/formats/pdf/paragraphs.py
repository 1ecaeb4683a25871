"""Lines that a page has broken, joined to paragraphs again, also over columns and pages.

A line goes on in the next one where that one's first word had no room left in it, and nothing (an
indent, a wider gap, another size, a list's mark) says that something new begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.ingest.formats.pdf.layout import Item
from index.ingest.formats.pdf.line_joining import joined
from index.ingest.formats.pdf.lines import Line
from index.ingest.formats.pdf.ruled_tables import Table
from index.ingest.formats.pdf.typography import INDENT, Manner, manner_of
from index.ingest.structure.line_shapes import ends_sentence, numbering, width
from index.ingest.structure.tables import Grid

_MARK = re.compile(
    r"^(?:[-•·●■◆▪□○*※►]\s*\S|\d{1,3}[.、)）](?!\d)|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[①-⑳])"
)
_OPEN = re.compile(r"[:：;；]$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
# In em: how much a line may end early because Chinese sets no 。 at a line's start.
_EARLY = 2.2
# A wider gap than this between two lines parts paragraphs; the usual one is 1.
_GAP = 1.25
# A title's lines are broken by sense, not by width.
_LARGER = 1.07
_LONGEST_TITLE = 60
# No honest paragraph is longer, and one of millions of lines would be copied for each of them.
_LONGEST = 50_000


@dataclass(slots=True)
class Paragraph:
    """Text that belongs together, or a table's rows; and where each page begins in it.

    `starts` are (number of page, offset in the text or number of the row), the first at 0.
    """

    text: str
    starts: list[tuple[int, int]]
    size: float
    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None


def paragraphs_of(pages: Sequence[Sequence[Item]]) -> tuple[list[Paragraph], float]:
    """The paragraphs and tables of a document's pages in order, and its usual size of type."""
    manner = manner_of(pages)
    found: list[Paragraph] = []
    for number, items in enumerate(pages):
        for item in items:
            last = found[-1] if found else None
            if isinstance(item, Table):
                if last is None or not _goes_on_below(last, item, number):
                    last = Paragraph("", [(number, 0)], item.size)
                    found.append(last)
                _append_rows(last, item, number)
            elif last and last.lines and _goes_on(last, item, number, manner):
                _append(last, item, number, manner)
            else:
                found.append(Paragraph(item.text, [(number, 0)], item.size, [item]))
    return found, manner.size


def _goes_on_below(paragraph: Paragraph, table: Table, page: int) -> bool:
    """Whether a table continues one at the end of the page before."""
    before = paragraph.grid if paragraph.starts[-1][0] == page - 1 else None
    return before is not None and len(before.rows[0]) == len(table.grid.rows[0])


def _append_rows(paragraph: Paragraph, table: Table, page: int) -> None:
    """Puts a table below one that may be empty still."""
    rows = paragraph.grid.rows if paragraph.grid else ()
    # Its header is printed again at the top of each page.
    fresh = table.grid.rows[1:] if rows[:1] == table.grid.rows[:1] else table.grid.rows
    if rows:
        paragraph.starts.append((page, len(rows)))
    named = paragraph.grid.named if paragraph.grid else table.grid.named
    paragraph.grid = Grid(rows + fresh, named)


def _append(paragraph: Paragraph, line: Line, page: int, manner: Manner) -> None:
    paragraph.text = joined(paragraph.text, line.text, manner.compounds)
    if page != paragraph.starts[-1][0]:
        paragraph.starts.append((page, len(paragraph.text) - len(line.text)))
    paragraph.lines.append(line)


def _goes_on(paragraph: Paragraph, line: Line, page: int, manner: Manner) -> bool:
    """Whether a line continues the paragraph before it."""
    last, before = paragraph.lines[-1], paragraph.starts[-1][0]
    differs = abs(line.size - last.size) > 0.06 * manner.size
    if differs or len(line.cells) > 1 or len(paragraph.text) > _LONGEST:
        return False
    apart = page != before or line.box.middle <= last.box.middle
    step = (line.box.middle - last.box.middle) / max(line.size, 1)
    if not apart and _is_title_line(paragraph, line, step, manner):
        return True
    if not apart and step > _GAP * manner.spacing_of(line.size):
        return False
    if not _is_full(last, line, manner.right_of(last, before)) or _begins(
        paragraph, line, page, manner
    ):
        return False
    # Without indents a sentence's end at a page's end tells nothing; most pages end within one.
    return not (apart and ends_sentence(last.text) and not manner.indents)


def _is_title_line(paragraph: Paragraph, line: Line, step: float, manner: Manner) -> bool:
    last = paragraph.lines[-1]
    centred = abs((line.box.left + line.box.right) - (last.box.left + last.box.right)) < line.size
    large = line.size > _LARGER * manner.size and step < 2.2
    short = width(paragraph.text) + width(line.text) <= _LONGEST_TITLE
    plain = numbering(line.text) is None and not ends_sentence(last.text)
    return large and centred and short and plain


def _is_full(last: Line, line: Line, right: float) -> bool:
    """Whether the next line's first word had no room at the end of the last one."""
    word = line.text.split(maxsplit=1)[0]
    if _WIDE.match(word):
        need = _EARLY * last.size
    else:
        share = len(word) / len(line.text)
        need = share * (line.box.right - line.box.left) + 0.5 * last.size
    return last.box.right + need > right


def _begins(paragraph: Paragraph, line: Line, page: int, manner: Manner) -> bool:
    """Whether a line looks like the first of a paragraph."""
    last, first = paragraph.lines[-1], paragraph.lines[0]
    ended = ends_sentence(last.text) or _OPEN.search(last.text) is not None
    if _is_marked(line.text) and (ended or _is_marked(first.text)):
        return True
    indent = manner.indent_of(line, page)
    before = manner.indent_of(last, paragraph.starts[-1][0])
    hanging = len(paragraph.lines) == 1 and _is_marked(first.text)
    if indent - before > INDENT * line.size:
        return not hanging
    return ended and manner.indents and indent > INDENT * line.size


def _is_marked(text: str) -> bool:
    return _MARK.match(text) is not None or numbering(text) is not None
