"""Join lines into paragraphs, also across columns and pages.

A line continues the one before it if that one had no room left for its first word, and nothing
(an indent, a wider gap, another size, a list's mark) indicates that a paragraph begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.ingest.formats.pdf.layout import PageItem
from index.ingest.formats.pdf.lines import TextLine
from index.ingest.formats.pdf.page_content import mean_confidence
from index.ingest.formats.pdf.ruled_tables import PdfTable
from index.ingest.formats.pdf.typography import MIN_INDENT, Typography, typography_of
from index.ingest.structure.grid import Grid, squares_of
from index.ingest.structure.line_joining import joined
from index.ingest.structure.line_shapes import ends_sentence, numbering, width

_MARK = re.compile(
    r"^(?:[-•·●■◆▪□○*※►]\s*\S|\d{1,3}[.、)）](?!\d)|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[①-⑳])"
)
_OPEN_END = re.compile(r"[:：;；]$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
# In em: how early a full line may end, because Chinese sets no 。 at a line's start.
_EARLY_END = 2.2
# A wider gap than this between two lines separates paragraphs; the usual gap is 1.
_PARAGRAPH_GAP = 1.25
# A title's lines are broken by sense, not by width.
_TITLE_SIZE = 1.07
_MAX_TITLE_WIDTH = 60
# No honest paragraph is longer, and joining millions of lines would copy the text for each.
_MAX_LENGTH = 50_000


@dataclass(slots=True)
class PdfParagraph:
    """Text that belongs together, or a table; and where each page begins in it.

    `starts` are (number of the page, offset in the text or number of the row), the first at 0.
    """

    text: str
    starts: list[tuple[int, int]]
    size: float
    lines: list[TextLine] = field(default_factory=list)
    grid: Grid | None = None
    tables: list[PdfTable] = field(default_factory=list)

    @property
    def confidence(self) -> float | None:
        """How surely its words were recognised, None if they were not."""
        return mean_confidence(
            [
                *((line.confidence, len(line.text)) for line in self.lines),
                *((table.confidence, len(table.grid.rows)) for table in self.tables),
            ]
        )

    @property
    def last_page(self) -> int:
        """The number of the page that it reaches so far."""
        return self.starts[-1][0]


def paragraphs_of(pages: Sequence[Sequence[PageItem]]) -> tuple[list[PdfParagraph], float]:
    """Return the paragraphs and tables of a document in order, and its main type size."""
    typography = typography_of(pages)
    paragraphs: list[PdfParagraph] = []
    for number, items in enumerate(pages):
        for item in items:
            last = paragraphs[-1] if paragraphs else None
            if isinstance(item, PdfTable):
                if last is None or not _continues_table(last, item, number):
                    last = PdfParagraph("", [(number, 0)], item.size)
                    paragraphs.append(last)
                _append_rows(last, item, number)
            elif last and last.lines and _continues(last, item, number, typography):
                _append_line(last, item, number, typography.compounds)
            else:
                paragraphs.append(PdfParagraph(item.text, [(number, 0)], item.size, [item]))
    return paragraphs, typography.size


def _continues_table(paragraph: PdfParagraph, table: PdfTable, page: int) -> bool:
    """Return whether a table continues the last one of the page before."""
    before = paragraph.grid if paragraph.last_page == page - 1 else None
    return before is not None and len(before.rows[0]) == len(table.grid.rows[0])


def _append_rows(paragraph: PdfParagraph, table: PdfTable, page: int) -> None:
    """Append a table's rows to those of a paragraph, which may have none yet."""
    paragraph.tables.append(table)
    rows = paragraph.grid.rows if paragraph.grid else ()
    # Its header is printed again at the top of each page.
    repeated = int(rows[:1] == table.grid.rows[:1])
    if rows:
        paragraph.starts.append((page, len(rows)))
    first = paragraph.grid or table.grid
    squares = squares_of(table.grid)
    if paragraph.grid:
        below = replace(squares, rows=squares.rows[repeated:])
        squares = squares_of(paragraph.grid).followed_by(below)
    paragraph.grid = Grid(
        rows + table.grid.rows[repeated:], first.named, captions=first.captions, squares=squares
    )


def _append_line(
    paragraph: PdfParagraph, line: TextLine, page: int, compounds: frozenset[str]
) -> None:
    paragraph.text = joined(paragraph.text, line.text, compounds)
    if page != paragraph.last_page:
        paragraph.starts.append((page, len(paragraph.text) - len(line.text)))
    paragraph.lines.append(line)


def _continues(paragraph: PdfParagraph, line: TextLine, page: int, typography: Typography) -> bool:
    """Return whether a line continues the paragraph before it."""
    last = paragraph.lines[-1]
    differs = abs(line.size - last.size) > 0.06 * typography.size
    if differs or len(line.cells) > 1 or len(paragraph.text) > _MAX_LENGTH:
        return False
    apart = page != paragraph.last_page or line.box.middle <= last.box.middle
    step = (line.box.middle - last.box.middle) / max(line.size, 1)
    if not apart and _is_title_line(paragraph, line, step, typography):
        return True
    if not apart and step > _PARAGRAPH_GAP * typography.spacing_of(line.size):
        return False
    if not _is_full(last, line, typography.right_of(last, paragraph.last_page)) or _begins(
        paragraph, line, page, typography
    ):
        return False
    # Without indents a sentence that ends with its page proves nothing; most pages end within one.
    return not (apart and ends_sentence(last.text) and not typography.indents)


def _is_title_line(
    paragraph: PdfParagraph, line: TextLine, step: float, typography: Typography
) -> bool:
    """Return whether a line is the next one of a title of several centred lines."""
    last = paragraph.lines[-1]
    centred = abs((line.box.left + line.box.right) - (last.box.left + last.box.right)) < line.size
    large = line.size > _TITLE_SIZE * typography.size and step < 2.2
    short = width(paragraph.text) + width(line.text) <= _MAX_TITLE_WIDTH
    plain = numbering(line.text) is None and not ends_sentence(last.text)
    return large and centred and short and plain


def _is_full(last: TextLine, line: TextLine, right: float) -> bool:
    """Return whether the next line's first word had no room at the end of the last one."""
    word = line.text.split(maxsplit=1)[0]
    if _WIDE.match(word):
        need = _EARLY_END * last.size
    else:
        share = len(word) / len(line.text)
        need = share * (line.box.right - line.box.left) + 0.5 * last.size
    return last.box.right + need > right


def _begins(paragraph: PdfParagraph, line: TextLine, page: int, typography: Typography) -> bool:
    """Return whether a line looks like the first of a new paragraph."""
    last, first = paragraph.lines[-1], paragraph.lines[0]
    ended = ends_sentence(last.text) or _OPEN_END.search(last.text) is not None
    if _is_marked(line.text) and (ended or _is_marked(first.text)):
        return True
    indent = typography.indent_of(line, page)
    last_indent = typography.indent_of(last, paragraph.last_page)
    hanging = len(paragraph.lines) == 1 and _is_marked(first.text)
    if indent - last_indent > MIN_INDENT * line.size:
        return not hanging
    return ended and typography.indents and indent > MIN_INDENT * line.size


def _is_marked(text: str) -> bool:
    """Return whether a line begins with a list's mark or number.

    >>> _is_marked("（一）目标"), _is_marked("3.5亿元")
    (True, False)
    """
    return _MARK.match(text) is not None or numbering(text) is not None
