"""Read a Word document: open it with python-docx, and make an article of its blocks.

Heads and feet, comments and deleted text are no part of the text; notes come at its end.
"""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from index.article import Article
from index.errors import ArticleError
from index.ingest.formats.docx.body import DocxBlock, DocxBody, styles_of
from index.ingest.formats.docx.list_numbers import W, list_numbering
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft, same_words
from index.ingest.sources.safe_zip import Allowance, DamagedError, inflate, open_zip
from index.ingest.structure.headings import title_of
from index.ingest.structure.line_shapes import is_prose, width
from index.ingest.structure.properties import author_in, day_in, title_in
from index.ingest.structure.tables import grid_rows

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_SIZE = 200_000_000
# A text of 20 million characters takes 60 MB, and its tree twenty times that.
_MAX_XML_SIZE = 60_000_000
_MAX_TAGS = 2_000_000
_MAX_HEADING_WIDTH = 60
_TITLE_WITHIN = 5
# The creation date of python-docx's template, and so of every document that a program makes of it.
_TEMPLATE_CREATED = datetime.datetime(2013, 12, 23, 23, 15, tzinfo=datetime.UTC)
_DAMAGED = "is damaged or no Word document; open it and save it anew as .docx."
# Errors that python-docx raises for damaged documents, known from damaging some. Its own error
# classes are added where it is imported.
_DAMAGE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    EOFError,
)
_NOTES = {"footnotes": f"{W}footnoteReference", "endnotes": f"{W}endnoteReference"}


@dataclass(frozen=True, slots=True)
class _Document:
    """The parts of an opened document; `trees` are its numbering and its notes."""

    body: etree._Element
    styles: etree._Element
    trees: Mapping[str, etree._Element]
    title: str
    author: str
    created: datetime.datetime | None


def read_docx(file_id: str, data: bytes) -> Article:
    """Read the article in a Word document.

    Raises:
        ArticleError: it needs a password, is damaged, unpacks to too much or has no text.
    """
    _check_package(data)
    document = _open(data)
    try:
        blocks = list(_blocks(document))
    except RecursionError as error:  # the only effect of a damaged document on our own code
        raise ArticleError(_DAMAGED) from error
    if not any(block.text or block.grid for block in blocks):
        raise ArticleError("is empty: the document holds no text.")
    article = article_of_draft(
        Draft(
            id=file_id,
            lines=tuple(_lines(blocks)),
            title=_title(blocks, title_in(document.title)),
            published=None if _is_template(document.created) else day_in(document.created),
        )
    )
    return replace(article, author=article.author or author_in(document.author))


def _check_package(data: bytes) -> None:
    """Refuse a file that is no document, or would unpack to more than fits in memory."""
    if data.startswith(_OLE):
        reason = "needs a password, or is an old .doc file under a new name; save it as .docx."
        raise ArticleError(reason)
    allowance = Allowance(_MAX_SIZE)
    try:
        archive = open_zip(data)
        for member in archive.infolist():
            is_xml = member.filename.endswith((".xml", ".rels"))
            content = inflate(archive, member, _MAX_XML_SIZE if is_xml else _MAX_SIZE, allowance)
            if is_xml and content.count(b"<") > _MAX_TAGS:  # each takes 200 bytes when parsed
                raise ArticleError("holds too many paragraphs, cells or runs; split it.")
            # No program writes a DTD; entities in it may expand to gigabytes.
            if is_xml and b"<!DOCTYPE" in content:
                raise ArticleError("holds a DTD, which no Word document has, and was not read.")
    except DamagedError as error:
        raise ArticleError(_DAMAGED) from error


def _open(data: bytes) -> _Document:
    """Open a document. No code of ours walks a tree here, so its bugs don't pass for damage."""
    # Imported where it is needed: it takes 0.15 s, and most files aren't Word documents.
    from docx import Document
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    try:
        document = Document(io.BytesIO(data))
        related = {
            relation.reltype.rpartition("/")[2]: relation.target_part
            for relation in document.part.rels.values()
            if not relation.is_external
        }
        parser = etree.XMLParser(resolve_entities=False)
        trees = {
            name: etree.fromstring(related[name].blob, parser)
            for name in ("numbering", *_NOTES)
            if name in related
        }
        body, styles = document.element.body, document.styles.element
        properties = document.core_properties
        title, author, created = properties.title, properties.author, properties.created
    except (*_DAMAGE_ERRORS, OpcError, PythonDocxError) as error:
        raise ArticleError(_DAMAGED) from error
    if body is None:
        raise ArticleError(_DAMAGED)
    return _Document(body, styles, trees, title, author, created)


def _blocks(document: _Document) -> Iterator[DocxBlock]:
    """Yield the body's blocks, then those of the notes it refers to."""
    body = DocxBody(styles_of(document.styles), list_numbering(document.trees.get("numbering")))
    yield from body.blocks(document.body)
    notes = {
        (reference, note.get(f"{W}id", "")): note
        for name, reference in _NOTES.items()
        if name in document.trees
        for note in document.trees[name]
    }
    for key in list(dict.fromkeys(body.notes)):
        yield from body.blocks(notes[key]) if key in notes else ()


def _lines(blocks: Iterable[DocxBlock]) -> Iterator[DraftLine]:
    """Yield blocks as lines, with a blank one between all but the rows of a list or table."""
    listed = False
    for block in blocks:
        if not (listed and block.listed and block.level is None):
            yield DraftLine("")
        listed = block.listed and block.level is None
        if block.grid:
            yield from (DraftLine(text, row=True) for text in grid_rows(block.grid))
        for text in block.text.split("\n"):
            line = " ".join(text.split())
            if line:
                yield DraftLine(line, heading=_is_heading(block, line), cut=block.contents)


def _is_heading(block: DocxBlock, line: str) -> bool:
    short = width(line) <= _MAX_HEADING_WIDTH and not is_prose(line)
    return (block.level is not None or block.titled) and short


def _title(blocks: Sequence[DocxBlock], declared: str | None) -> str:
    """Return the paragraph in the title's style, the declared title if in the text, or a heading.

    Without these the shape of the lines goes before the properties: many are left over from the
    document that was written before. Empty leaves it to the shape.
    """
    paragraphs = [block for block in blocks if block.text and not block.contents]
    top = paragraphs[:_TITLE_WITHIN]
    titled = next((block.text for block in top if block.titled), None)
    if titled:
        return " ".join(titled.split())
    if declared and any(same_words(block.text, declared) for block in top):
        return declared
    heading = next(
        (block.text for block in top if block.level == 0 and not is_prose(block.text)), ""
    )
    if heading:
        return " ".join(heading.split())
    by_shape = title_of("\n\n".join(" ".join(block.text.split()) for block in paragraphs))
    return "" if by_shape else declared or ""


def _is_template(created: datetime.datetime | None) -> bool:
    return created is not None and created.replace(tzinfo=datetime.UTC) == _TEMPLATE_CREATED
