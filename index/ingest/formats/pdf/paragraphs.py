"""Join lines into paragraphs, also across columns and pages.

A line continues the one before it if that one had no room left for its first word, and nothing
(an indent, a wider gap, another size, a list's mark) indicates that a paragraph begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from index.ingest.formats.pdf.layout import PageItem
from index.ingest.formats.pdf.lines import TextLine
from index.ingest.formats.pdf.page_content import mean_confidence
from index.ingest.formats.pdf.tables.continued_tables import as_row, followed_by, in_columns_of
from index.ingest.formats.pdf.tables.open.pdf_table import PdfTable
from index.ingest.formats.pdf.typography import MIN_INDENT, Typography, typography_of
from index.ingest.structure.grid import Grid
from index.ingest.structure.line_joining import joined
from index.ingest.structure.line_shapes import ends_sentence, numbering, width

_MARK = re.compile(
    r"^(?:[-•·●■◆▪□○*※►]\s*\S|\d{1,3}[.、)）](?!\d)|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
    r"|[①-⑳])"
)
_OPEN_END = re.compile(r"[:：;；]$")
# A line may also be broken between Latin letters or figures and Chinese.
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+")
# In em: how early a full line may end, because Chinese sets no 。 at a line's start.
_EARLY_END = 2.2
# A wider gap than this between two lines separates paragraphs; the usual gap is 1.
_PARAGRAPH_GAP = 1.25
# A title's lines are broken by sense, not by width.
_TITLE_SIZE = 1.07
_MAX_TITLE_WIDTH = 60
# Lines above a table that goes on from the page before, and the share of the sheet that is margin.
_MAX_HEADS = 2
_MAX_BETWEEN = 100
_MARGIN = 0.1
_CONTINUED = re.compile(
    r"续表|續表|[(（]续|[(（]續|接上[页表頁]|\bcontinued\b|\(cont\b", re.IGNORECASE
)
# No honest paragraph is longer, and joining millions of lines would copy the text for each.
_MAX_LENGTH = 50_000


@dataclass(slots=True)
class PdfParagraph:
    """Text that belongs together, or a table; and where each page begins in it.

    `starts` are (number of the page, offset in the text or number of the row), the first at 0.
    `cut` is a line above a table that goes on from the page before.
    """

    text: str
    starts: list[tuple[int, int]]
    size: float
    lines: list[TextLine] = field(default_factory=list)
    grid: Grid | None = None
    cut: bool = False
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

    def reaches_to(self, page: int) -> bool:
        """Return whether it is a table up to the page before, or up to lines of it on this one."""
        if not self.tables:
            return False
        in_lines = len(self.tables[-1].grid.rows) == 1
        return self.last_page == page - 1 or (in_lines and self.last_page == page)

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
                _add_table(paragraphs, item, number)
            elif row := _row_of_table_before(paragraphs, item, number):
                _append_rows(paragraphs[-1], row, number)
            elif last and last.lines and _continues(last, item, number, typography):
                _append_line(last, item, number, typography.compounds)
            else:
                paragraphs.append(PdfParagraph(item.text, [(number, 0)], item.size, [item]))
    return paragraphs, typography.size


def _add_table(paragraphs: list[PdfParagraph], table: PdfTable, page: int) -> None:
    """Add a table to the one of the page before that it continues, or as one of its own."""
    kept = [paragraph for paragraph in paragraphs[-_MAX_BETWEEN:] if not paragraph.cut]
    above = list(takewhile(lambda paragraph: paragraph.starts == [(page, 0)], reversed(kept)))
    before = kept[-len(above) - 1] if len(above) < len(kept) else None
    part = in_columns_of(table, before.tables[0].edges) if before and before.tables else None
    if before is None or part is None or not _continues_table(before, above, part, page):
        paragraphs.append(
            PdfParagraph("", [(page, 0)], table.size, grid=table.grid, tables=[table])
        )
        return
    for paragraph in above:
        paragraph.cut = True
    _append_rows(before, part, page)


def _row_of_table_before(
    paragraphs: Sequence[PdfParagraph], line: TextLine, page: int
) -> PdfTable | None:
    """Return a line at the top of a page as a row of the table before it."""
    last = paragraphs[-1] if paragraphs else None
    if last is None or not last.reaches_to(page):
        return None
    return as_row(line, last.tables[0].edges)


def _continues_table(
    before: PdfParagraph, above: Sequence[PdfParagraph], table: PdfTable, page: int
) -> bool:
    """Return whether a table continues the one before.

    A line or two that stand above it are the page's head, or say that it goes on.
    """
    if before.grid is None or not before.reaches_to(page) or len(above) > _MAX_HEADS:
        return False
    if above and _has_own_header(before.grid, table.grid):
        return False
    return all(_CONTINUED.search(part.text) or _is_head(part, table) for part in above)


def _is_head(paragraph: PdfParagraph, table: PdfTable) -> bool:
    """Return whether a paragraph is one line in the margin at the top of its page."""
    lines = paragraph.lines
    if len(lines) != 1 or lines[0].box.bottom > table.box.top:
        return False
    height = lines[0].paper.bottom - lines[0].paper.top
    return lines[0].box.bottom - lines[0].paper.top < _MARGIN * height


def _has_own_header(before: Grid, grid: Grid) -> bool:
    """Return whether a table below another one has a header that is not the other's."""
    return grid.has_header and grid.rows[0] != before.rows[0]


def _append_rows(paragraph: PdfParagraph, table: PdfTable, page: int) -> None:
    """Append the rows of a table on a page to those of the pages before."""
    if paragraph.grid is None:
        return
    if page != paragraph.last_page:
        paragraph.starts.append((page, len(paragraph.grid.rows)))
    paragraph.tables.append(table)
    paragraph.grid = followed_by(paragraph.grid, table.grid)


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
    boxed = line.reach != last.reach
    if differs or boxed or len(line.cells) > 1 or len(paragraph.text) > _MAX_LENGTH:
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
    word = _WORD.match(line.text)
    if word is None:
        need = _EARLY_END * last.size
    else:
        text, room = line.word if line.word[0] else (line.text, line.box.right - line.box.left)
        need = room * width(word[0]) / max(width(text), width(word[0])) + 0.5 * last.size
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
