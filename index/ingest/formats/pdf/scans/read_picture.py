"""Read a picture file: the words on it, as on a scanned page of a PDF."""

from dataclasses import replace

from index.article import Article
from index.ingest.formats.pdf.page_content import PdfContent
from index.ingest.formats.pdf.read_pdf import article_of_pages
from index.ingest.formats.pdf.scans.picture_files import PictureFile
from index.ingest.formats.pdf.scans.scanned_pages import recognised_page
from index.ingest.recognition.scan_recognition import ScanRecognition

_NO_TEXT = "holds no text that could be recognised; if there is some, take a sharper picture."


def read_picture(file_id: str, data: bytes, recognition: ScanRecognition) -> Article:
    """Read the article in a picture file; a TIFF may have several pages.

    Raises:
        ArticleError: it is damaged, beyond a bound, or no text was recognised.
    """
    file = PictureFile(data)
    count, pictures = file.pages()
    recognition.expect(count)
    pages = (
        recognised_page(recognition.lines(pixels, number, count), pixels)
        for number, pixels in enumerate(pictures)
    )
    content = PdfContent(pages, {})
    article = article_of_pages(file_id, content, _NO_TEXT)
    return article if file.frames > 1 else replace(article, pages=())
