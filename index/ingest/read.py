"""Read the articles in one file's bytes with the reader for its suffix; unpack archives.

Finding files is left to `sources.files`, reading each format to `formats`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from pathlib import PurePath
from typing import Any

from index.article import Article, Failure, unread_of
from index.bounds import check_article
from index.errors import WITH_OCR, ArticleError
from index.ingest.formats.converted.libre_office import LibreOffice
from index.ingest.reading_aids import NO_AIDS, ReadingAids
from index.ingest.sources.archive import ARCHIVE_LIMITS, ArchiveLimits, members
from index.ingest.sources.files import CONVERTIBLE, PICTURES, unsupported_reason
from index.ingest.structure.line_shapes import is_blank
from index.processes.limits import BeyondLimitsError

INGEST_VERSION = "15"
"""Stored with each file that was read; a file of another version is read again.

Raise it with any change of the article that a reader makes of the same bytes.
"""

Reading = tuple[list[Article], list[Failure]]
"""What a file holds: its articles, and what could not be read."""

# A mail within a mail within a mail, and archives, are not unpacked; most pictures are ornaments.
_NOT_ATTACHED = PICTURES | {".eml", ".zip", ".jsonl", ".json"}
_PICTURE = f"is a picture; if there are words on it, {WITH_OCR}"
_REPEATED_ID = "has the id “{}” of another article in the archive; give it another one."
# Files that may hold others.
_WRAPPERS = frozenset({".zip", ".eml"})
_MAY_BE_CONVERTED = _WRAPPERS.union(CONVERTIBLE)
_MAY_BE_SCANS = _WRAPPERS | PICTURES | {".pdf"}
# By module and function: all together take a quarter of a second to import, and most processes
# read few kinds of files, a server none.
_READERS = {
    ".txt": "plain:read_plain",
    ".md": "markdown.read_markdown:read_markdown",
    ".markdown": "markdown.read_markdown:read_markdown",
    ".html": "html:read_html",
    ".htm": "html:read_html",
    ".pdf": "pdf.read_pdf:read_pdf",
    ".docx": "docx.read_docx:read_docx",
    ".docm": "docx.read_docx:read_docx",
    ".odt": "odt.read_odt:read_odt",
    ".pptx": "slides:read_pptx",
    ".pptm": "slides:read_pptx",
    ".ppsx": "slides:read_pptx",
    ".xlsx": "sheets.read_xlsx:read_xlsx",
    ".xlsm": "sheets.read_xlsx:read_xlsx",
    ".csv": "sheets.read_csv:read_csv",
    ".tsv": "sheets.read_csv:read_csv",
    ".epub": "epub:read_epub",
}
# Files that may hold several articles.
_SEVERAL = {".jsonl": "jsonl:read_jsonl", ".json": "json_articles:read_json"}


def reader_of(name: str, aids: ReadingAids = NO_AIDS) -> str:
    """Return an id of how a file is read, with its name; the same bytes are read so only once.

    >>> reader_of("a.doc").removeprefix(INGEST_VERSION)
    ' a.doc'
    >>> office = LibreOffice(PurePath("soffice"))
    >>> reader_of("a.doc", ReadingAids(office)).removeprefix(INGEST_VERSION)
    '+libreoffice a.doc'
    """
    return _reader(name, converts=aids.office is not None, recognises=aids.scans is not None)


def readers_as_good(name: str, aids: ReadingAids = NO_AIDS) -> frozenset[str]:
    """Return the ids of readers that read a file no worse than it is read now.

    What was recognised counts where scans are not recognised now, too: it took long.
    """
    recognising = _reader(name, converts=aids.office is not None, recognises=True)
    return frozenset({reader_of(name, aids), recognising})


def _reader(name: str, *, converts: bool, recognises: bool) -> str:
    """Return the id of how a file is read by the aids that matter for its kind.

    >>> _reader("a.zip", converts=True, recognises=True).removeprefix(INGEST_VERSION)
    '+libreoffice+ocr a.zip'
    """
    suffix = PurePath(name).suffix.lower()
    office = "+libreoffice" if converts and suffix in _MAY_BE_CONVERTED else ""
    ocr = "+ocr" if recognises and suffix in _MAY_BE_SCANS else ""
    return f"{INGEST_VERSION}{office}{ocr} {name}"


def read_file(
    name: str,
    data: bytes,
    limits: ArchiveLimits = ARCHIVE_LIMITS,
    aids: ReadingAids = NO_AIDS,
) -> Reading:
    """Return the articles in a file's bytes and the failures; never raise `ArticleError`.

    `name` is the file's id; its suffix selects the reader. Files of old kinds and scans are read
    with the `aids` that are there. A failure's `where` is `name`, of a JSON line `name:LINE`.
    Members of an archive have the ids `name/PATH`, with their paths in it, and so have the files
    attached to a mail.

    Raises:
        BeyondLimitsError: it takes LibreOffice too long.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _SEVERAL:
        several: Callable[[str, bytes], Reading] = _imported(_SEVERAL[suffix])
        return _read_whole(name, lambda: several(name, data))
    if suffix == ".zip":
        return _read_archive(name, data, limits, aids)
    if suffix == ".eml":
        return _read_whole(name, lambda: _read_mail(name, data, aids))
    reader = _aided_reader(suffix, aids) or _plain_reader(suffix)
    if reader is None:
        unknown = f"“{suffix}” files are not supported; save it as .txt."
        reason = _PICTURE if suffix in PICTURES else unsupported_reason(suffix) or unknown
        return [], [Failure(name, reason)]
    return _read_whole(name, lambda: ([_checked(reader(name, data))], []))


def _aided_reader(suffix: str, aids: ReadingAids) -> Callable[[str, bytes], Article] | None:
    """Return what reads files of a suffix with an aid, None if that takes none."""
    if aids.office is not None and suffix in CONVERTIBLE:
        return partial(_read_converted, office=aids.office)
    if aids.scans is not None and suffix in PICTURES:
        from index.ingest.formats.pdf.scans.read_picture import read_picture

        return partial(read_picture, recognition=aids.scans)
    if aids.scans is not None and suffix == ".pdf":
        from index.ingest.formats.pdf.read_pdf import read_pdf
        from index.ingest.formats.pdf.scans.scanned_pages import ScannedPages

        return partial(read_pdf, scans=ScannedPages(aids.scans))
    return None


def _plain_reader(suffix: str) -> Callable[[str, bytes], Article] | None:
    """Return what reads files of a suffix without an aid, None if nothing does."""
    return _imported(_READERS[suffix]) if suffix in _READERS else None


@cache
def _imported(place: str) -> Any:  # noqa: ANN401 - readers of one article, or of several
    module, name = place.split(":")
    return getattr(import_module(f"index.ingest.formats.{module}"), name)


def _read_converted(name: str, data: bytes, office: LibreOffice) -> Article:
    suffix = PurePath(name).suffix.lower()
    article: Article = _imported(_READERS[CONVERTIBLE[suffix]])(
        name, office.converted(suffix, data)
    )
    return article


def _read_whole(name: str, read: Callable[[], Reading]) -> Reading:
    try:
        return read()
    except BeyondLimitsError:
        raise
    except ArticleError as error:
        return [], [Failure(name, str(error))]


def _read_inner(name: str, data: bytes, aids: ReadingAids) -> Reading:
    """Read a file within another, so that one beyond the limits does not take the others along."""
    try:
        return read_file(name, data, aids=aids)
    except BeyondLimitsError as error:
        return [], [Failure(name, str(error))]


def _read_archive(name: str, data: bytes, limits: ArchiveLimits, aids: ReadingAids) -> Reading:
    articles: dict[str, Article] = {}
    failures: list[Failure] = []
    try:
        for member in members(data, limits, aids.kinds):
            if isinstance(member, Failure):
                failures.append(Failure(f"{name}/{member.where}", member.reason))
                continue
            inner = f"{name}/{member.name}"
            inside, failed = _read_inner(inner, member.data, aids)
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


def _read_mail(name: str, data: bytes, aids: ReadingAids) -> Reading:
    """Read a mail and the files attached to it, whose ids are `NAME.eml/FILE`."""
    from index.ingest.formats.mail import read_mail

    mail, attachments = read_mail(name, data)
    articles, failures, unread = [_checked(mail)], [], Counter[str]()
    names: set[str] = set()
    readable = aids.kinds - _NOT_ATTACHED
    for attachment in attachments:
        inner, suffix = f"{name}/{attachment.name}", PurePath(attachment.name).suffix.lower()
        if suffix not in readable or inner in names:
            unread["attachment"] += 1
            continue
        names.add(inner)
        read, failed = _read_inner(inner, attachment.data, aids)
        articles += read
        failures += failed
    whole = Counter({part.kind: part.count for part in mail.unread}) + unread
    return [replace(articles[0], unread=unread_of(whole)), *articles[1:]], failures


def _checked(article: Article) -> Article:
    if is_blank(article.text):
        raise ArticleError("is empty.")
    check_article(article)
    return article
