"""Word documents: paragraphs, headings, lists and tables, opened by python-docx.

Heads and feet, comments and deleted text are no part of the text; notes stand at its end.
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
from index.ingest.formats.docx.body import Body, DocxBlock, styles_of
from index.ingest.formats.docx.list_numbers import W, numbers_of
from index.ingest.formats.draft import Draft, DraftLine, finish, same_words
from index.ingest.sources.safe_zip import Allowance, DamagedError, inflate, open_zip
from index.ingest.structure.headings import title_of
from index.ingest.structure.line_shapes import is_prose, width
from index.ingest.structure.properties import author_in, day_in, title_in
from index.ingest.structure.tables import grid_rows

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST = 200_000_000
# A text of 20 million characters takes 60 MB, and its tree twenty times that.
_MOST_XML = 60_000_000
_WIDEST_HEADING = 60
_TITLE_AMONG = 5
# When python-docx's template was made; every document that a program makes with it says so.
_TEMPLATE = datetime.datetime(2013, 12, 23, 23, 15, tzinfo=datetime.UTC)
_DAMAGED = "is damaged or no Word document; open it and save it anew as .docx."
# What python-docx raises for broken documents, as found by breaking some. Its own errors come
# with it, for it is imported where it is needed.
_BROKEN = (
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
class _Opened:
    """What python-docx tells of a document; `trees` are its numbering and its notes."""

    body: etree._Element
    styles: etree._Element
    trees: Mapping[str, etree._Element]
    title: str
    author: str
    created: datetime.datetime | None


def read_docx(file_id: str, data: bytes) -> Article:
    """The article in a Word document.

    Raises `ArticleError` for one that needs a password, is damaged, unpacks to too much or shows
    no text.
    """
    _guard(data)
    opened = _opened(data)
    try:
        blocks = list(_blocks(opened))
    except RecursionError as error:  # all that a broken document brings about in our own code
        raise ArticleError(_DAMAGED) from error
    if not any(block.text or block.grid for block in blocks):
        raise ArticleError("is empty: the document holds no text.")
    article = finish(
        Draft(
            id=file_id,
            lines=tuple(_lines(blocks)),
            title=_title(blocks, title_in(opened.title)),
            published=None if _is_template(opened.created) else day_in(opened.created),
        )
    )
    return replace(article, author=author_in(opened.author))


def _guard(data: bytes) -> None:
    """Refuses what is no document, and what would unpack to more than the memory holds."""
    if data.startswith(_OLE):
        reason = "needs a password, or is an old .doc file under a new name; save it as .docx."
        raise ArticleError(reason)
    allowance = Allowance(_MOST)
    try:
        archive = open_zip(data)
        for member in archive.infolist():
            is_xml = member.filename.endswith((".xml", ".rels"))
            content = inflate(archive, member, _MOST_XML if is_xml else _MOST, allowance)
            # No program writes one; entities in it may stand for gigabytes.
            if is_xml and b"<!DOCTYPE" in content:
                raise ArticleError("holds a DTD, which no Word document has, and was not read.")
    except DamagedError as error:
        raise ArticleError(_DAMAGED) from error


def _opened(data: bytes) -> _Opened:
    """Opens a document. Nothing here walks a tree: a mistake of ours is not told as damage."""
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
        told = document.core_properties
        title, author, created = told.title, told.author, told.created
    except (*_BROKEN, OpcError, PythonDocxError) as error:
        raise ArticleError(_DAMAGED) from error
    if body is None:
        raise ArticleError(_DAMAGED)
    return _Opened(body, styles, trees, title, author, created)


def _blocks(opened: _Opened) -> Iterator[DocxBlock]:
    """The body's blocks, then those of the notes it refers to."""
    body = Body(styles_of(opened.styles), numbers_of(opened.trees.get("numbering")))
    yield from body.blocks(opened.body)
    notes = {
        (reference, note.get(f"{W}id", "")): note
        for name, reference in _NOTES.items()
        if name in opened.trees
        for note in opened.trees[name]
    }
    for key in list(dict.fromkeys(body.notes)):
        yield from body.blocks(notes[key]) if key in notes else ()


def _lines(blocks: Iterable[DocxBlock]) -> Iterator[DraftLine]:
    """Blocks as lines, with a blank one between all but items and rows of one list or table."""
    listed = False
    for block in blocks:
        if not (listed and block.listed and block.level is None):
            yield DraftLine("")
        listed = block.listed and block.level is None
        if block.grid:
            yield from map(DraftLine, grid_rows(block.grid))
        for text in block.text.split("\n"):
            line = " ".join(text.split())
            if line:
                yield DraftLine(line, heading=_is_heading(block, line), cut=block.contents)


def _is_heading(block: DocxBlock, line: str) -> bool:
    short = width(line) <= _WIDEST_HEADING and not is_prose(line)
    return (block.level is not None or block.titled) and short


def _title(blocks: Sequence[DocxBlock], told: str | None) -> str:
    """The paragraph in the title's style, the properties' title where it stands, or a heading.

    Without these the shape of the lines goes before the properties: many are left over from the
    document that was written before. Empty leaves it to the shape.
    """
    shown = [block for block in blocks if block.text and not block.contents]
    first = shown[:_TITLE_AMONG]
    titled = next((block.text for block in first if block.titled), None)
    if titled:
        return " ".join(titled.split())
    if told and any(same_words(block.text, told) for block in first):
        return told
    top = next((block.text for block in first if block.level == 0 and not is_prose(block.text)), "")
    if top:
        return " ".join(top.split())
    shaped = title_of("\n\n".join(" ".join(block.text.split()) for block in shown))
    return "" if shaped else told or ""


def _is_template(created: datetime.datetime | None) -> bool:
    return created is not None and created.replace(tzinfo=datetime.UTC) == _TEMPLATE
