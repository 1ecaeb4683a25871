"""Walk the XML of a Word document's body: numbered paragraphs with their style, and tables.

Text that was deleted with changes tracked, hidden text, field codes and the readings above
characters are no text of the document. A text box comes after the paragraph that contains it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from index.errors import ArticleError
from index.ingest.formats.docx.list_numbers import ListNumbering, W, parse_int, value_of
from index.ingest.structure.tables import Grid, Square, grid_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_EXCLUDED = frozenset(
    {f"{W}{tag}" for tag in "del moveFrom delText instrText rt rPr pPr sdtPr tblPr".split()}
    | {_FALLBACK, _BOX}
)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|標題)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*\d$", re.IGNORECASE)
_BODY_LEVEL = 9  # Word's outline level of text that is no heading
_MAX_STYLE_DEPTH = 20
# Word allows 63 columns.
_MAX_COLUMNS = 63
_MAX_SQUARES = 1_000_000
_MAX_CELL_LENGTH = 500


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style: its name, base, outline level, and list with level."""

    name: str = ""
    base: str = ""
    outline: int | None = None
    list_id: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class DocxBlock:
    """A paragraph, with its number in `text`, or a table.

    `level` is a heading's, from 0; `titled` has the title's style, `contents` that of a table of
    contents.
    """

    text: str = ""
    level: int | None = None
    titled: bool = False
    listed: bool = False
    contents: bool = False
    grid: Grid | None = None


@dataclass
class DocxBody:
    """Reader of a body's blocks; `notes` collects the foot- and endnotes referred to, in order."""

    styles: Mapping[str, ParagraphStyle]
    numbering: ListNumbering
    notes: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> Iterator[DocxBlock]:
        """Yield the paragraphs and tables in an element, in order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield self._paragraph(child)
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _EXCLUDED:
                yield from self.blocks(child)

    def _paragraph(self, element: etree._Element) -> DocxBlock:
        text = "".join(self._words(element)).strip()
        properties = element.find(f"{W}pPr")
        styles = list(self._style_chain(value_of(_child(properties, "pStyle"))))
        label = self._label(properties, styles) if text else ""
        space = "" if not label or label.endswith(("、", "）", "．", "：", "章", "条")) else " "
        name = styles[0].name if styles else ""
        return DocxBlock(
            text=label + space + text,
            level=_heading_level(properties, styles),
            titled=_TITLE.match(name) is not None,
            listed=bool(label),
            contents=_CONTENTS.match(name) is not None,
        )

    def _style_chain(self, name: str) -> Iterator[ParagraphStyle]:
        """Yield a paragraph's style and those it is based on."""
        for _ in range(_MAX_STYLE_DEPTH):
            style = self.styles.get(name)
            if style is None:
                return
            yield style
            name = style.base

    def _label(self, properties: etree._Element | None, styles: Sequence[ParagraphStyle]) -> str:
        """Count a paragraph's list on, by its own properties or its style's, for its label."""
        numbered = _child(properties, "numPr")
        style = next((style for style in styles if style.list_id), ParagraphStyle())
        list_id, level = style.list_id, style.level
        if numbered is not None:
            list_id = value_of(numbered.find(f"{W}numId")) or list_id
            level = parse_int(value_of(numbered.find(f"{W}ilvl")), level)
        return self.numbering.next_label(list_id, level)

    def _words(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in (f"{W}t", f"{_MATH}t"):
                yield child.text or ""
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag == f"{W}br":
                yield "\n" if child.get(f"{W}type") in (None, "textWrapping") else " "
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.notes.append((str(tag), child.get(f"{W}id", "")))
            elif isinstance(tag, str) and tag not in _EXCLUDED and not _is_hidden(child):
                yield from self._words(child)

    def _table(self, table: etree._Element) -> Iterator[DocxBlock]:
        rows = [
            row for row in _children(table, "tr") if _child(row.find(f"{W}trPr"), "del") is None
        ]
        cells = [[(cell, _column_span(cell)) for cell in _children(row, "tc")] for row in rows]
        if sum(min(span, _MAX_COLUMNS) for row in cells for _, span in row) > _MAX_SQUARES:
            raise ArticleError("holds a table that is too large; save it as a file of its own.")
        inner = {cell: list(self.blocks(cell)) for row in cells for cell, _ in row}
        texts = {cell: _cell_text(blocks) for cell, blocks in inner.items()}
        columns = max((sum(span for _, span in row) for row in cells), default=0)
        if columns < 2 or any(len(text) > _MAX_CELL_LENGTH for text in texts.values()):
            # Such a table only arranges the page.
            yield from (block for blocks in inner.values() for block in blocks)
            return
        starts = {place: texts[cell] for place, cell in _starts(cells)}
        grid = grid_of(starts, _homes(cells, columns))
        named = grid.named or _child(rows[0].find(f"{W}trPr"), "tblHeader") is not None or None
        if grid.rows:
            yield DocxBlock(grid=replace(grid, named=named if len(grid.rows) > 1 else None))


def styles_of(root: etree._Element) -> dict[str, ParagraphStyle]:
    """Return the paragraph styles of a document by their ids."""
    styles = {}
    for style in root.iterfind(f"{W}style"):
        properties = style.find(f"{W}pPr")
        outline, listed = _child(properties, "outlineLvl"), _child(properties, "numPr")
        styles[style.get(f"{W}styleId", "")] = ParagraphStyle(
            name=value_of(style.find(f"{W}name")),
            base=value_of(style.find(f"{W}basedOn")),
            outline=None if outline is None else parse_int(value_of(outline), _BODY_LEVEL),
            list_id="" if listed is None else value_of(listed.find(f"{W}numId")),
            level=0 if listed is None else parse_int(value_of(listed.find(f"{W}ilvl")), 0),
        )
    return styles


def _heading_level(
    properties: etree._Element | None, styles: Sequence[ParagraphStyle]
) -> int | None:
    """Return a heading's level: from its own outline level, or its style's name or level."""
    outline = _child(properties, "outlineLvl")
    if outline is not None:
        level = parse_int(value_of(outline), _BODY_LEVEL)
        return level if level < _BODY_LEVEL else None
    for style in styles:
        named = _HEADING.match(style.name)
        if named:
            return int(named[1]) - 1
        if style.outline is not None:
            return style.outline if style.outline < _BODY_LEVEL else None
    return None


def _child(element: etree._Element | None, tag: str) -> etree._Element | None:
    return None if element is None else element.find(f"{W}{tag}")


def _is_hidden(run: etree._Element) -> bool:
    hidden = _child(run.find(f"{W}rPr"), "vanish")
    return hidden is not None and value_of(hidden) not in ("0", "false", "off")


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes in a paragraph, without copies for older programs and nested boxes."""
    for box in paragraph.iter(_BOX):
        above = [parent.tag for parent in box.iterancestors()]
        own = above[: above.index(paragraph.tag)] if paragraph.tag in above else above
        if _FALLBACK not in own and _BOX not in own:
            yield box


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children with a tag, also those that content controls wrap."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, tag)


def _cell_text(blocks: Sequence[DocxBlock]) -> str:
    """Return a cell's words on one line, those of a nested table too."""
    nested = (cell for block in blocks if block.grid for row in block.grid.rows for cell in row)
    words = [*(block.text for block in blocks), *nested]
    return " ".join(" ".join(words).split())


def _column_span(cell: etree._Element) -> int:
    properties = cell.find(f"{W}tcPr")
    span = parse_int(value_of(_child(properties, "gridSpan")), 1)
    return max(1, min(span, _MAX_COLUMNS))


def _is_continued(cell: etree._Element) -> bool:
    """Return whether a cell is merged with the one above it."""
    merged = _child(cell.find(f"{W}tcPr"), "vMerge")
    return merged is not None and (value_of(merged) or "continue") == "continue"


TableRows = Sequence[Sequence[tuple[etree._Element, int]]]
"""The cells of each row with the number of columns that they span."""


def _starts(rows: TableRows) -> Iterator[tuple[Square, etree._Element]]:
    """Yield the first square and the element of each cell that doesn't continue another."""
    for number, row in enumerate(rows):
        column = 0
        for cell, span in row:
            if not _is_continued(cell):
                yield (number, column), cell
            column += span


def _homes(rows: TableRows, columns: int) -> list[list[Square]]:
    """Return for each square of the table the first one of its cell."""
    homes: list[list[Square]] = []
    for number, row in enumerate(rows):
        line: list[Square] = []
        for cell, span in row:
            place = (number, len(line))
            if number and _is_continued(cell):
                place = homes[number - 1][len(line)]
            line += [place] * span
        line += [(number, column) for column in range(len(line), columns)]
        homes.append(line)
    return homes
