"""Read a PDF file: the words on its pages as paragraphs, headings and table rows.

pdfium reads them, through pypdfium2 (Apache-2.0 or BSD-3-Clause, no further packages). Measured on
45 pages of Chinese and English with tables, printed by Chromium: this reader takes 1.0 s in all,
0.7 s of it for pdfium to locate every character; pypdf 2.8 s for words without positions,
pdfplumber 3.8 s for lines and tables. Both others also return the 金 and 十 of Noto's fonts as
radicals (⾦, ⼗), which no search would match. What pdfium doesn't do, lines, columns, tables and
paragraphs, is done in `layout` and `paragraphs`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.article import Article, unread_of
from index.errors import WITH_OCR, ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft, same_words, table_lines
from index.ingest.formats.pdf.layout import PageItem, layout_of
from index.ingest.formats.pdf.page_content import PdfContent, PdfPage, ScanReader
from index.ingest.formats.pdf.page_offsets import PageMark, page_offsets
from index.ingest.formats.pdf.paragraphs import PdfParagraph, paragraphs_of
from index.ingest.formats.pdf.process import PDF_LIMITS, PdfLimits, open_pdf
from index.ingest.formats.pdf.running_heads import running_lines
from index.ingest.structure.byline import is_byline
from index.ingest.structure.headings import title_of
from index.ingest.structure.line_shapes import is_heading_like
from index.ingest.structure.properties import author_in, pdf_day_in, title_in

# Type size of a heading, as a multiple of the main one: a rounding makes 4%.
_HEADING_SIZE = 1.07
_MAX_TITLE_WIDTH = 60
# Share of characters without a code from which on a text counts as unreadable.
_MAX_UNMAPPED = 0.2
_NO_TEXT = f"holds no text; if it is a scan, {WITH_OCR}"
_NO_CODES = f"can't be read: its fonts don't tell which characters they draw; {WITH_OCR}"
_NOT_RECOGNISED = "holds no text that could be recognised; scan it straight and at 300 dpi."


def read_pdf(
    file_id: str,
    data: bytes,
    limits: PdfLimits = PDF_LIMITS,
    scans: ScanReader | None = None,
) -> Article:
    """Read the article in a PDF, with the offset of each page.

    Running heads, page numbers and slanted words are in `removed`. Scanned pages are read by
    `scans`, if given, else counted.

    Raises:
        ArticleError: it needs a password, is damaged, is beyond a limit or has no text.
    """
    content = open_pdf(data, limits)
    if scans is None:
        return article_of_pages(file_id, content)
    pages, info = scans.pages(data, content), dict(content.info)
    if 0 in content.scanned:
        info.pop("CreationDate", None)  # when it was scanned
    content = replace(content, pages=pages, info=info)
    return article_of_pages(file_id, content, _NOT_RECOGNISED)


def article_of_pages(file_id: str, content: PdfContent, no_text: str = _NO_TEXT) -> Article:
    """Return the article on a document's pages; refuse one that holds none, for a reason.

    Raises:
        ArticleError: it has no text, or is too large.
    """
    unread = Counter(content.unread)
    pages, cut = _separated(content.pages, unread)
    paragraphs, size = paragraphs_of(pages)
    _check("".join(_words(paragraphs)), no_text)
    lines = _lines(paragraphs, size, cut)
    article = article_of_draft(
        Draft(
            id=file_id,
            lines=tuple(lines.lines),
            title=_title(paragraphs, size, title_in(content.info.get("Title"))),
            published=pdf_day_in(content.info.get("CreationDate")),
        )
    )
    texts = [line.text for line in lines.lines]
    return replace(
        article,
        author=article.author or author_in(content.info.get("Author")),
        pages=page_offsets(texts, lines.marks_of(len(pages)), article),
        unread=unread_of(unread),
    )


def _separated(
    pages: Iterable[PdfPage], unread: Counter[str]
) -> tuple[list[list[PageItem]], list[list[str]]]:
    """Return the items of each page and its text that is cut; count what is unread."""
    items: list[list[PageItem]] = []
    cut: list[list[str]] = []
    watermarks: set[str] = set()
    for page in pages:
        unread.update(page.unread)
        layout = layout_of(page)
        items.append(layout.items)
        cut.append([text for text in dict.fromkeys(layout.slanted) if text not in watermarks])
        watermarks.update(layout.slanted)
    running = running_lines(items)
    for page_number, place in sorted(running):
        cut[page_number].append(running[page_number, place])
    kept = [
        [item for place, item in enumerate(page_items) if (number, place) not in running]
        for number, page_items in enumerate(items)
    ]
    return kept, cut


def _words(paragraphs: Iterable[PdfParagraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield paragraph.text
        yield from (cell for row in paragraph.grid.rows for cell in row) if paragraph.grid else ()


def _check(text: str, no_text: str) -> None:
    """Raise `ArticleError` for a text that is empty or mostly characters without a code."""
    visible = "".join(text.split())
    if not visible:
        raise ArticleError(no_text)
    unmapped = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in visible)
    if unmapped > _MAX_UNMAPPED * len(visible):
        raise ArticleError(_NO_CODES)


def _title(paragraphs: Sequence[PdfParagraph], size: float, declared: str | None) -> str:
    """Return the declared title if the first page has it, else the largest line there.

    Where all lines are of one size, their shape goes before the properties: many are left over
    from the document that was written before. Empty leaves it to the shape.
    """
    first_page = paragraphs[0].starts[0][0]
    lines = [line for line in paragraphs if line.starts[0][0] == first_page and line.text]
    if declared and any(same_words(line.text, declared) for line in lines):
        return declared
    large = [line for line in lines if line.size >= _HEADING_SIZE * size and _is_title(line.text)]
    if large:
        return max(large, key=lambda line: line.size).text
    by_shape = title_of("\n".join(line.text for line in lines))
    return "" if by_shape else declared or ""


def _is_title(text: str) -> bool:
    worded = sum(map(str.isalpha, text)) > 1
    return worded and is_heading_like(text, _MAX_TITLE_WIDTH) and not is_byline(text)


def _lines(
    paragraphs: Sequence[PdfParagraph], size: float, cut: Sequence[Sequence[str]]
) -> "_PagedLines":
    """Return the lines of all paragraphs, the cut ones of each page before its first paragraph."""
    lines = _PagedLines()
    for paragraph in paragraphs:
        lines.add_cut(cut, paragraph.starts[0][0])
        lines.add(paragraph, size)
    lines.add_cut(cut, len(cut))
    return lines


@dataclass
class _PagedLines:
    """A document's lines so far, and where in them each page begins."""

    lines: list[DraftLine] = field(default_factory=list)
    marks: dict[int, PageMark] = field(default_factory=dict)
    _pages_cut: int = 0

    def add(self, paragraph: PdfParagraph, size: float) -> None:
        """Add a paragraph, heading or table, with a blank line after it."""
        begin = len(self.lines)
        if paragraph.grid:
            self.lines += table_lines(paragraph.grid, captions_as_rows=True)
            told = [line.grid_row for line in self.lines[begin:]]
            for page, start in paragraph.starts:
                # The page on which a table begins begins it with its captions.
                rows = (at for at, row in enumerate(told) if row and row.number >= start)
                self.marks.setdefault(page, (begin + (next(rows, len(told)) if start else 0), 0))
        else:
            large = paragraph.size >= _HEADING_SIZE * size
            heading = large and _is_title(paragraph.text)
            self.lines.append(DraftLine(paragraph.text, heading=heading, cut=paragraph.cut))
            for page, start in paragraph.starts:
                self.marks.setdefault(page, (begin, start))
        confidence = paragraph.confidence
        if confidence is not None:
            self.lines[begin:] = [
                replace(line, confidence=confidence) for line in self.lines[begin:]
            ]
        self.lines.append(DraftLine(""))

    def add_cut(self, cut: Sequence[Sequence[str]], until: int) -> None:
        """Add the cut lines of the pages before number `until` that aren't added yet."""
        for texts in cut[self._pages_cut : until]:
            self.lines += [DraftLine(text, cut=True) for text in texts]
        self._pages_cut = max(self._pages_cut, until)

    def marks_of(self, pages: int) -> list[PageMark]:
        """Return where each page begins; one without words begins where the next one does."""
        marks = [(len(self.lines), 0)] * pages
        for page in reversed(range(pages)):
            after = marks[page + 1] if page + 1 < pages else (len(self.lines), 0)
            marks[page] = self.marks.get(page, after)
        return marks
