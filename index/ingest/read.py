"""Read the articles in one file's bytes with the reader for its suffix; unpack archives.

Finding files is left to `sources.files`, reading each format to `formats`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from index.article import Article, Failure, unread_of
from index.bounds import check_article
from index.errors import WITH_OCR, ArticleError
from index.ingest.formats.docx.read_docx import read_docx
from index.ingest.formats.epub import read_epub
from index.ingest.formats.html import read_html
from index.ingest.formats.json_articles import read_json
from index.ingest.formats.jsonl import read_jsonl
from index.ingest.formats.mail import read_mail
from index.ingest.formats.markdown import read_markdown
from index.ingest.formats.odt.read_odt import read_odt
from index.ingest.formats.pdf.read_pdf import read_pdf
from index.ingest.formats.pdf.scans.read_picture import read_picture
from index.ingest.formats.pdf.scans.scanned_pages import ScannedPages
from index.ingest.formats.plain import read_plain
from index.ingest.formats.sheets.read_csv import read_csv
from index.ingest.formats.sheets.read_xlsx import read_xlsx
from index.ingest.formats.slides import read_pptx
from index.ingest.recognition.scan_recognition import ScanRecognition
from index.ingest.sources.archive import ARCHIVE_LIMITS, ArchiveLimits, members
from index.ingest.sources.files import PICTURES, SUFFIXES, unsupported_reason
from index.ingest.structure.line_shapes import is_blank

INGEST_VERSION = "12"
"""Stored with each file that was read; a file of another version is read again.

Raise it with any change of the article that a reader makes of the same bytes.
"""

# A mail within a mail within a mail, and archives, are not unpacked.
_NOT_ATTACHED = frozenset({".eml", ".zip", ".jsonl", ".json"})
_PICTURE = f"is a picture; if there are words on it, {WITH_OCR}"
_MAY_BE_SCANS = PICTURES | {".pdf", ".zip", ".eml"}
_REPEATED_ID = "has the id “{}” of another article in the archive; give it another one."
_READERS: dict[str, Callable[[str, bytes], Article]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".docm": read_docx,
    ".odt": read_odt,
    ".pptx": read_pptx,
    ".pptm": read_pptx,
    ".ppsx": read_pptx,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".epub": read_epub,
}
# Files that may hold several articles.
_SEVERAL: dict[str, Callable[[str, bytes], tuple[list[Article], list[Failure]]]] = {
    ".jsonl": read_jsonl,
    ".json": read_json,
}


def read_file(
    name: str,
    data: bytes,
    limits: ArchiveLimits = ARCHIVE_LIMITS,
    recognition: ScanRecognition | None = None,
) -> tuple[list[Article], list[Failure]]:
    """Return the articles in a file's bytes and the failures; never raise `ArticleError`.

    `name` is the file's id; its suffix selects the reader. A failure's `where` is `name`, of a
    JSON line `name:LINE`. Members of an archive have the ids `name/PATH`, with their paths in it,
    and so have the files attached to a mail. With a `recognition` scans and pictures are read, too.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _SEVERAL:
        return _read_whole(name, lambda: _SEVERAL[suffix](name, data))
    if suffix == ".zip":
        return _read_archive(name, data, limits, recognition)
    if suffix == ".eml":
        return _read_whole(name, lambda: _read_mail(name, data, recognition))
    reader = _reader_of_scans(suffix, recognition) or _READERS.get(suffix)
    if reader is None:
        unknown = f"“{suffix}” files are not supported; save it as .txt."
        reason = _PICTURE if suffix in PICTURES else unsupported_reason(suffix) or unknown
        return [], [Failure(name, reason)]
    return _read_whole(name, lambda: ([_checked(reader(name, data))], []))


def reader_of(name: str, *, ocr: bool = False) -> str:
    """Return an id of how a file is read; a file under another id is another article.

    >>> reader_of("a.txt", ocr=True) == reader_of("a.txt"), reader_of("a.pdf", ocr=True)
    (True, '12+ocr a.pdf')
    """
    scans = ocr and PurePath(name).suffix.lower() in _MAY_BE_SCANS
    return f"{INGEST_VERSION}{'+ocr' if scans else ''} {name}"


def _reader_of_scans(
    suffix: str, recognition: ScanRecognition | None
) -> Callable[[str, bytes], Article] | None:
    if recognition is None:
        return None
    if suffix in PICTURES:
        return partial(read_picture, recognition=recognition)
    return partial(read_pdf, scans=ScannedPages(recognition)) if suffix == ".pdf" else None


def _read_whole(
    name: str, read: Callable[[], tuple[list[Article], list[Failure]]]
) -> tuple[list[Article], list[Failure]]:
    try:
        return read()
    except ArticleError as error:
        return [], [Failure(name, str(error))]


def _read_archive(
    name: str, data: bytes, limits: ArchiveLimits, recognition: ScanRecognition | None
) -> tuple[list[Article], list[Failure]]:
    articles: dict[str, Article] = {}
    failures: list[Failure] = []
    suffixes = SUFFIXES if recognition is None else SUFFIXES | PICTURES
    try:
        for member in members(data, limits, suffixes):
            if isinstance(member, Failure):
                failures.append(Failure(f"{name}/{member.where}", member.reason))
                continue
            inner = f"{name}/{member.name}"
            inside, failed = read_file(inner, member.data, limits, recognition)
            failures += failed
            for article in inside:
                # Only articles in JSON choose their ids.
                if article.id in articles:
                    failures.append(Failure(inner, _REPEATED_ID.format(article.id)))
                else:
                    articles[article.id] = article
    except ArticleError as error:
        failures.append(Failure(name, str(error)))
    if not articles and not failures:
        failures.append(Failure(name, "holds no articles."))
    return list(articles.values()), failures


def _read_mail(
    name: str, data: bytes, recognition: ScanRecognition | None
) -> tuple[list[Article], list[Failure]]:
    """Read a mail and the files attached to it, whose ids are `NAME.eml/FILE`."""
    mail, attachments = read_mail(name, data)
    articles, failures, unread = [_checked(mail)], [], Counter[str]()
    names: set[str] = set()
    for attachment in attachments:
        inner, suffix = f"{name}/{attachment.name}", PurePath(attachment.name).suffix.lower()
        if suffix not in SUFFIXES - _NOT_ATTACHED or inner in names:
            unread["attachment"] += 1
            continue
        names.add(inner)
        read, failed = read_file(inner, attachment.data, recognition=recognition)
        articles += read
        failures += failed
    whole = Counter({part.kind: part.count for part in mail.unread}) + unread
    return [replace(articles[0], unread=unread_of(whole)), *articles[1:]], failures


def _checked(article: Article) -> Article:
    if is_blank(article.text):
        raise ArticleError("is empty.")
    check_article(article)
    return article
