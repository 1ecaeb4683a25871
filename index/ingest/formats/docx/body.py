"""Walk the XML of a Word document's body: numbered paragraphs with their style, and tables.

A text box comes after the paragraph that contains it, a note after the first running paragraph or
table from its call on.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from index.ingest.formats.docx.cell_squares import header_rows, homes, rows_of, starts
from index.ingest.formats.docx.list_numbers import ListNumbering, W, parse_int, value_of
from index.ingest.formats.docx.paragraph_styles import (
    ParagraphStyle,
    child_of,
    heading_level,
    style_chain,
)
from index.ingest.formats.docx.run_text import BOX, EXCLUDED, FALLBACK, RunText
from index.ingest.sources.office_package import RELATION_ID
from index.ingest.structure.grid import Grid, grid_of
from index.ingest.structure.line_shapes import is_prose
from index.ingest.structure.tables import GridRow, grid_rows

_TITLE = re.compile(r"(?:title|标题|標題)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*\d$", re.IGNORECASE)
_MAX_CELL_LENGTH = 500


@dataclass(frozen=True, slots=True)
class DocxBlock:
    """A paragraph, with its number in `text`, a row of a table, or a whole table.

    `level` is a heading's, from 0; `titled` has the title's style, `contents` that of a table of
    contents. `grid_row` is what a row tells of a grid.
    """

    text: str = ""
    level: int | None = None
    titled: bool = False
    listed: bool = False
    contents: bool = False
    row: bool = False
    grid_row: GridRow | None = None
    grid: Grid | None = None


def _no_blocks(_: str) -> Iterator[DocxBlock]:
    return iter(())


@dataclass
class DocxBody:
    """Reader of a body's blocks.

    `notes` are the foot- and endnotes by tag and id of what calls them, `yielded` the keys of those
    already told; `embedded` reads what is embedded under a relation.
    """

    styles: Mapping[str, ParagraphStyle]
    numbering: ListNumbering
    alignments: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], etree._Element] = field(default_factory=dict)
    embedded: Callable[[str], Iterator[DocxBlock]] = _no_blocks
    _called: list[tuple[str, str]] = field(default_factory=list)
    yielded: set[tuple[str, str]] = field(default_factory=set)

    def blocks(self, parent: etree._Element) -> Iterator[DocxBlock]:
        """Yield the paragraphs and tables in an element with their notes, in order."""
        last = DocxBlock()
        for block, called in self._with_calls(parent):
            # A list, or a section, ends with the notes that it called.
            if called and (_is_item(last) > _is_item(block) or _opens_section(last, block)):
                yield from self._called_notes(called)
            yield block
            # Between a title and its byline no note has a place.
            if self._called and (block.grid or _is_running(block)):
                yield from self._called_notes(len(self._called))
            last = block
        yield from self._called_notes(len(self._called))

    def _with_calls(self, parent: etree._Element) -> Iterator[tuple[DocxBlock, int]]:
        """Yield the blocks in an element, each with how many notes are called before it."""
        called = 0
        for block in self._inner(parent):
            yield block, min(called, len(self._called))
            called = len(self._called)

    def _called_notes(self, count: int) -> Iterator[DocxBlock]:
        """Yield the notes that were called first, so many of the calls."""
        called, self._called[:] = self._called[:count], self._called[count:]
        for key in dict.fromkeys(called):
            if key in self.notes and key not in self.yielded:
                self.yielded.add(key)
                yield from self._inner(self.notes[key])

    def _inner(self, parent: etree._Element) -> Iterator[DocxBlock]:
        for child in parent:
            if child.tag == f"{W}p":
                yield self._paragraph(child)
                for box in _boxes(child):
                    yield from self._inner(box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}altChunk":
                yield from self.embedded(child.get(RELATION_ID, ""))
            elif isinstance(child.tag, str) and child.tag not in EXCLUDED:
                yield from self._inner(child)

    def _paragraph(self, element: etree._Element) -> DocxBlock:
        text = RunText(self.alignments, self._called).of(element)
        properties = element.find(f"{W}pPr")
        styles = list(style_chain(self.styles, value_of(child_of(properties, "pStyle"))))
        # An empty item is counted, too, unless it was deleted with changes tracked.
        deleted = child_of(child_of(properties, "rPr"), "del") is not None
        label = "" if deleted and not text else self._label(properties, styles)
        name = styles[0].name if styles else ""
        return DocxBlock(
            text=label + text if text else "",
            level=heading_level(properties, styles),
            titled=_TITLE.match(name) is not None,
            listed=bool(label and text),
            contents=_CONTENTS.match(name) is not None,
        )

    def _label(self, properties: etree._Element | None, styles: Sequence[ParagraphStyle]) -> str:
        """Count a paragraph's list on, by its own properties or its style's, for its label."""
        numbered = child_of(properties, "numPr")
        style = next((style for style in styles if style.list_id), ParagraphStyle())
        list_id, level = style.list_id, style.level
        if numbered is not None:
            list_id = value_of(numbered.find(f"{W}numId")) or list_id
            own_level = numbered.find(f"{W}ilvl")
            level = level if own_level is None else parse_int(value_of(own_level), 0)
        if not list_id:
            return ""
        if level is None and styles:
            level = self.numbering.level_of_style(list_id, styles[0].id)
        return self.numbering.next_label(list_id, level or 0)

    def _table(self, table: etree._Element) -> Iterator[DocxBlock]:
        rows = rows_of(table)
        cells = [cell for row in rows for cell, _ in row if cell is not None]
        inner = {cell: list(self._inner(cell)) for cell in cells}
        texts = {cell: _cell_text(blocks) for cell, blocks in inner.items()}
        squares = homes(rows)
        marked = header_rows(table)
        long = any(len(text) > _MAX_CELL_LENGTH for text in texts.values())
        if not squares or len(squares[0]) < 2 or (long and not marked):
            # Such a table only arranges the page.
            yield from (block for blocks in inner.values() for block in blocks)
            return
        places = {place: texts[cell] for place, cell in starts(rows)}
        grid = grid_of(places, squares, marked)
        named = grid.named or marked > 0 or None
        if grid.rows:
            yield DocxBlock(grid=replace(grid, named=named if len(grid.rows) > 1 else None))


def _is_running(block: DocxBlock) -> bool:
    """Return whether a paragraph has a sentence: its end may be a date or a name."""
    return block.level is None and (is_prose(block.text) or "。" in block.text)


def _is_item(block: DocxBlock) -> bool:
    return block.listed and block.level is None


def _opens_section(last: DocxBlock, block: DocxBlock) -> bool:
    return block.level is not None and last.level is None and bool(last.text) and not last.titled


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes in a paragraph, without copies for older programs and nested boxes."""
    for box in paragraph.iter(BOX):
        above = [parent.tag for parent in box.iterancestors()]
        own = above[: above.index(paragraph.tag)] if paragraph.tag in above else above
        if FALLBACK not in own and BOX not in own:
            yield box


def _cell_text(blocks: Sequence[DocxBlock]) -> str:
    """Return a cell's words on one line, those of a nested table too, row by row."""
    words = ("; ".join(grid_rows(block.grid)) if block.grid else block.text for block in blocks)
    return " ".join(" ".join(words).split())
