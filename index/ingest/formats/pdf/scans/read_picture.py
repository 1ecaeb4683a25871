"""Read a picture file: the words on it, as on a scanned page of a PDF."""

from collections.abc import Iterator
from dataclasses import replace

from index.article import Article
from index.ingest.formats.pdf.page_content import PdfContent, PdfPage
from index.ingest.formats.pdf.read_pdf import article_of_pages
from index.ingest.formats.pdf.scans.picture_files import PictureFile
from index.ingest.formats.pdf.scans.scanned_pages import recognised_page
from index.ingest.recognition.scan_recognition import ScanRecognition
from index.ingest.recognition.upright import ScanLine

_NO_TEXT = "holds no text that could be recognised; if there is some, take a sharper picture."


def read_picture(file_id: str, data: bytes, recognition: ScanRecognition) -> Article:
    """Read the article in a picture file; a TIFF may have several pages.

    Raises:
        ArticleError: it is damaged, beyond a bound, or no text was recognised.
    """
    file = PictureFile(data)
    content = PdfContent(_pages(file, recognition), {})
    article = article_of_pages(file_id, content, _NO_TEXT)
    return article if file.frames > 1 else replace(article, pages=())


def _pages(file: PictureFile, recognition: ScanRecognition) -> Iterator[PdfPage]:
    for number, pieces in enumerate(file.pages()):
        count = max(file.frames, len(pieces))
        if not number:
            recognition.expect(count)
        lines: list[ScanLine] = []
        height = 0
        for place, piece in enumerate(pieces, number):
            recognised = recognition.lines(piece, place, count)
            lines += (line.below(height) for line in recognised)
            height += len(piece)
        yield recognised_page(lines, pieces[0].shape[1])
