"""PDF files: the words on their pages as paragraphs, headings and table rows.

pdfium reads them, through pypdfium2 (Apache-2.0 or BSD-3-Clause, no further packages). Measured on
45 pages of Chinese and English with tables, printed by Chromium: this reader takes 1.0 s in all,
0.7 s of it for pdfium to tell the place of every character; pypdf 2.8 s for words without places,
pdfplumber 3.8 s for lines and tables. Both others also give the 金 and 十 of Noto's fonts as
radicals (⾦, ⼗), which no search would find. What pdfium doesn't do, lines, columns, tables and
paragraphs, is done in `layout` and `paragraphs`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.article import Article
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, finish, same_words
from index.ingest.formats.pdf.layout import Item, items_of
from index.ingest.formats.pdf.page_offsets import page_offsets
from index.ingest.formats.pdf.paragraphs import Paragraph, paragraphs_of
from index.ingest.formats.pdf.process import Page, open_pdf
from index.ingest.formats.pdf.running_heads import running_lines
from index.ingest.structure.byline import is_byline
from index.ingest.structure.headings import title_of
from index.ingest.structure.line_shapes import is_heading_like
from index.ingest.structure.properties import author_in, pdf_day_in, title_in
from index.ingest.structure.tables import grid_rows

# How much larger than the body's type a heading's is, at least: a rounding makes 4%.
_LARGER = 1.07
_WIDEST_TITLE = 60
# Of its characters, how many may have no code before a text counts as unreadable.
_UNTOLD = 0.2
_NO_TEXT = "holds no text; if it is a scan, have its text recognised (OCR) first."
_NO_CODES = (
    "can't be read: its fonts don't tell which characters they draw; have its text recognised "
    "(OCR) first."
)


def read_pdf(file_id: str, data: bytes) -> Article:
    """The article in a PDF, with the offset of each page.

    Running heads, page numbers and words at a slant are in `removed`. Raises `ArticleError` for
    one that needs a password, is damaged, is beyond a limit or holds no text.
    """
    opened = open_pdf(data)
    pages, cut = _parted(opened.pages)
    paragraphs, size = paragraphs_of(pages)
    _check("".join(_words(paragraphs)))
    title = _title(paragraphs, size, title_in(opened.info.get("Title")))
    sheet = _Sheet()
    for paragraph in paragraphs:
        sheet.remove(cut, paragraph.starts[0][0])
        sheet.add(paragraph, size)
    sheet.remove(cut, len(pages))
    article = finish(
        Draft(
            id=file_id,
            lines=tuple(sheet.lines),
            title=title,
            published=pdf_day_in(opened.info.get("CreationDate")),
        )
    )
    texts = [line.text for line in sheet.lines]
    return replace(
        article,
        author=author_in(opened.info.get("Author")),
        pages=page_offsets(texts, sheet.marks_of(len(pages)), article),
    )


def _parted(pages: Iterable[Page]) -> tuple[list[list[Item]], list[list[str]]]:
    """What stands on each page, and beside it the lines that are none of the text."""
    items: list[list[Item]] = []
    cut: list[list[str]] = []
    watermarks: set[str] = set()
    for page in pages:
        items.append(items_of(page))
        cut.append([text for text in dict.fromkeys(page.tilted) if text not in watermarks])
        watermarks.update(page.tilted)
    running = running_lines(items)
    for page_number, place in sorted(running):
        cut[page_number].append(running[page_number, place])
    kept = [
        [item for place, item in enumerate(found) if (number, place) not in running]
        for number, found in enumerate(items)
    ]
    return kept, cut


def _words(paragraphs: Iterable[Paragraph]) -> Iterable[str]:
    for paragraph in paragraphs:
        yield paragraph.text
        yield from (cell for row in paragraph.grid.rows for cell in row) if paragraph.grid else ()


def _check(text: str) -> None:
    shown = "".join(text.split())
    if not shown:
        raise ArticleError(_NO_TEXT)
    untold = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in shown)
    if untold > _UNTOLD * len(shown):
        raise ArticleError(_NO_CODES)


def _title(paragraphs: Sequence[Paragraph], size: float, told: str | None) -> str:
    """The properties' title where it stands on the first page, else the largest line there.

    Where all lines are of one size, their shape goes before the properties: many are left over
    from the document that was written before. Empty leaves it to the shape.
    """
    first = [one for one in paragraphs if one.starts[0][0] == paragraphs[0].starts[0][0]]
    lines = [one for one in first if one.text]
    if told and any(same_words(one.text, told) for one in lines):
        return told
    large = [one for one in lines if one.size >= _LARGER * size and _is_title(one.text)]
    if large:
        return max(large, key=lambda one: one.size).text
    shaped = title_of("\n".join(one.text for one in lines))
    return "" if shaped else told or ""


def _is_title(text: str) -> bool:
    worded = sum(map(str.isalpha, text)) > 1
    return worded and is_heading_like(text, _WIDEST_TITLE) and not is_byline(text)


@dataclass
class _Sheet:
    """The lines as they are laid down, and where in them each page begins."""

    lines: list[DraftLine] = field(default_factory=list)
    marks: dict[int, tuple[int, int]] = field(default_factory=dict)
    _removed: int = 0

    def add(self, paragraph: Paragraph, size: float) -> None:
        """A paragraph, heading or table, with a blank line after it."""
        begin = len(self.lines)
        if paragraph.grid:
            named = paragraph.grid.has_header
            self.lines += map(DraftLine, grid_rows(paragraph.grid))
            for page, row in paragraph.starts:
                self.marks.setdefault(page, (begin + max(0, row - named), 0))
        else:
            large = paragraph.size >= _LARGER * size
            heading = large and _is_title(paragraph.text)
            self.lines.append(DraftLine(paragraph.text, heading=heading))
            for page, start in paragraph.starts:
                self.marks.setdefault(page, (begin, start))
        self.lines.append(DraftLine(""))

    def remove(self, cut: Sequence[Sequence[str]], until: int) -> None:
        """The lines that were cut of the pages before one."""
        for texts in cut[self._removed : until]:
            self.lines += [DraftLine(text, cut=True) for text in texts]
        self._removed = max(self._removed, until)

    def marks_of(self, pages: int) -> list[tuple[int, int]]:
        """Where each page begins; one without words begins where the next one does."""
        marks = [(len(self.lines), 0)] * pages
        for page in reversed(range(pages)):
            after = marks[page + 1] if page + 1 < pages else (len(self.lines), 0)
            marks[page] = self.marks.get(page, after)
        return marks
