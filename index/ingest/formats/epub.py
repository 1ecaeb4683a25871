"""Read a book (.epub): its chapters in the order of reading, as one article.

A zip of pages, read with lxml within the bounds of `sources/safe_zip`; ebooklib would ask for the
AGPL. Pictures and chapters that are not there are counted.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from index.article import Article, unread_of
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.html import page_text
from index.ingest.formats.page_lines import page_lines
from index.ingest.pages.html_blocks import parse_page
from index.ingest.sources.office_package import OfficePackage
from index.ingest.structure.dates import to_iso
from index.ingest.structure.properties import author_in, title_in

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")
_OPF = "{http://www.idpf.org/2007/opf}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def read_epub(file_id: str, data: bytes) -> Article:
    """Read the article in a book.

    Raises:
        ArticleError: it is protected, damaged, unpacks to too much or has no words.
    """
    package = OfficePackage(data, "epub")
    protected = package.part(_ENCRYPTION)
    for font in _FONTS:  # hidden fonts are no words
        protected = protected.replace(font, b"")
    if b'Algorithm="http' in protected:
        raise ArticleError("is protected against copying; take one without protection.")
    name, book = _book(package)
    unread: Counter[str] = Counter()
    lines = tuple(_lines(package, posixpath.dirname(name), book, unread))
    if not any(line.text and not line.cut for line in lines):
        raise ArticleError("is empty: the book holds no words.")
    metadata = {
        key: " ".join((book.findtext(f".//{_DUBLIN}{key}") or "").split())
        for key in ("title", "creator", "publisher", "date")
    }
    article = article_of_draft(
        Draft(
            id=file_id,
            lines=lines,
            title=title_in(metadata["title"]) or "",
            source=metadata["publisher"] or None,
            published=to_iso(metadata["date"]),
            authoritative=True,
        )
    )
    author = author_in(metadata["creator"]) or article.author
    return replace(article, author=author, unread=unread_of(unread))


def _book(package: OfficePackage) -> tuple[str, etree._Element]:
    """Return the name and the root of the part that lists the chapters."""
    container = package.tree(_CONTAINER)
    files = [] if container is None else list(container.iter("{*}rootfile"))
    name = files[0].get("full-path", "") if files else ""
    root = package.tree(name)
    if root is None:
        raise package.damaged()
    return name, root


def _lines(
    package: OfficePackage, folder: str, book: etree._Element, unread: Counter[str]
) -> Iterator[DraftLine]:
    items = {item.get("id", ""): item for item in book.iter(f"{_OPF}item")}
    for reference in book.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref", ""))
        target = unquote("" if item is None else item.get("href", ""))
        page = package.part(posixpath.normpath(posixpath.join(folder, target)))
        if item is None or not page:
            unread["chapter"] += 1
            continue
        # The list of chapters is no text of the book, though many readers show it.
        is_contents = "nav" in item.get("properties", "").split()
        for line in page_lines(page):
            yield replace(line, cut=True) if is_contents else line
        yield DraftLine("")
        unread["picture"] += _pictures(page)


def _pictures(page: bytes) -> int:
    root = parse_page(page_text(page))
    return 0 if root is None else sum(1 for _ in root.iter("img", "image"))
