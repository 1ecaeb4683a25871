"""Open a Word document and yield the blocks of its parts: body, notes, what is embedded, edges."""

import email
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from index.errors import ArticleError
from index.ingest.formats.docx.body import DocxBlock, DocxBody
from index.ingest.formats.docx.left_out import comments_in, left_out
from index.ingest.formats.docx.list_numbers import W, list_numbering
from index.ingest.formats.docx.paragraph_styles import alignments_of, styles_of
from index.ingest.formats.html import page_text
from index.ingest.pages.html_blocks import blocks_of, parse_page
from index.ingest.sources.encoding import decode
from index.ingest.sources.office_package import OfficePackage
from index.ingest.structure.tables import grid_rows

_NOTES = {"footnotes": f"{W}footnoteReference", "endnotes": f"{W}endnoteReference"}
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|div|p|span|table|h[1-6]|ul|ol|br)\b", re.I)
_MOST_NESTED = 3


class WordDocument:
    """A document that is opened; `unread` counts by kind what has no words in its blocks."""

    def __init__(self, data: bytes, depth: int = 0) -> None:
        """Open the package; `depth` tells how many documents this one is embedded in.

        Raises:
            ArticleError: it needs a password, is damaged or unpacks to too much.
        """
        self.package = OfficePackage(data, "docx")
        self.unread: Counter[str] = Counter()
        self._depth = depth
        self._main = self.package.main
        root = self.package.tree(self._main)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise self.package.damaged()
        self._root = body
        self._relations = self.package.relations(self._main)
        self._notes = dict(self._read_notes())

    def blocks(self) -> Iterator[DocxBlock]:
        """Yield the blocks of the body, its notes where they are called."""
        body = self._reader()
        yield from body.blocks(self._root)
        self.unread += left_out(self._root) + comments_in(self._tree("comments"))
        for note in self._notes.values():
            self.unread += left_out(note)
        self.unread["note"] += sum(
            key not in body.yielded and next(note.iter(f"{W}t"), None) is not None
            for key, note in self._notes.items()
        )

    def edge_lines(self, kind: str) -> list[str]:
        """Return the lines of the heads or the feet of pages, each once; `kind` is the relation."""
        lines: list[str] = []
        for name in self.package.related(self._main, kind):
            root = self.package.tree(name)
            for block in () if root is None else self._reader().blocks(root):
                lines += grid_rows(block.grid) if block.grid else block.text.split("\n")
        return list(dict.fromkeys(line for line in map(_on_one_line, lines) if line))

    def _reader(self) -> DocxBody:
        """Return a reader of blocks that counts lists from their start."""
        return DocxBody(
            styles_of(self._styles),
            list_numbering(self._tree("numbering")),
            alignments_of(self._styles),
            self._notes,
            self._embedded,
        )

    @cached_property
    def _styles(self) -> etree._Element | None:
        return self._tree("styles")

    def _tree(self, kind: str) -> etree._Element | None:
        name = next(self.package.related(self._main, kind), None)
        return None if name is None else self.package.tree(name)

    def _read_notes(self) -> Iterator[tuple[tuple[str, str], etree._Element]]:
        for kind, reference in _NOTES.items():
            root = self._tree(kind)
            for note in () if root is None else root:
                if note.get(f"{W}type") in (None, "normal"):
                    yield (reference, note.get(f"{W}id", "")), note

    def _embedded(self, relation: str) -> Iterator[DocxBlock]:
        """Yield the blocks of a document in another format that the body takes in."""
        part = self._relations.get(relation)
        content = self.package.part(part.target) if part and not part.is_external else b""
        try:
            blocks = self._blocks_in(content, part.target if part else "")
        except ArticleError:  # the document around it is whole; this part is counted
            blocks = None
        if blocks is None:
            self.unread["embedded document"] += 1
        else:
            yield from blocks

    def _blocks_in(self, content: bytes, name: str) -> list[DocxBlock] | None:
        """Return the blocks of an embedded document, None if it is of another kind or too deep."""
        if content.startswith(b"PK"):  # packed bytes can look like anything else
            return self._blocks_in_word(content) if self._depth < _MOST_NESTED else None
        if b"MIME-Version" in content[:1000]:
            return list(_page_blocks(_page_in(content)))
        if _MARKUP.search(content[:4000]):
            return list(_page_blocks(content))
        if name.lower().endswith(".txt"):
            return [DocxBlock(line) for line in decode(content).split("\n")]
        return None

    def _blocks_in_word(self, content: bytes) -> list[DocxBlock]:
        inner = WordDocument(content, self._depth + 1)
        blocks = list(inner.blocks())
        self.unread += inner.unread
        return blocks


def _page_blocks(content: bytes) -> Iterator[DocxBlock]:
    root = parse_page(page_text(content))
    for block in () if root is None else blocks_of(root):
        yield DocxBlock(
            block.text,
            level=1 if block.kind == "heading" else None,
            listed=block.kind == "item",
            row=block.kind == "row",
            grid_row=block.grid_row,
        )


def _page_in(message: bytes) -> bytes:
    """Return the page in a web archive."""
    parts = email.message_from_bytes(message).walk()
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    payload = None if page is None else page.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
