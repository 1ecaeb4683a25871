"""A Word document's body, from its XML: paragraphs with their style and number, and tables.

Text that was deleted with changes tracked, hidden text, field codes and the readings above
characters are no text of the document. A text box stands below the paragraph that holds it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from index.errors import ArticleError
from index.ingest.formats.docx.list_numbers import Numbers, W, value_of, whole
from index.ingest.structure.tables import Grid, Place, grid_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_GONE = frozenset(
    {f"{W}{tag}" for tag in "del moveFrom delText instrText rt rPr pPr sdtPr tblPr".split()}
    | {_FALLBACK, _BOX}
)
_MARKS = {
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}ptab": "\t",
}
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|標題)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*\d$", re.IGNORECASE)
_OUTLINE = 9  # Word's name for the level of text that is no heading
_DEEPEST_STYLE = 20
# Word allows 63 columns.
_MOST_COLUMNS = 63
_MOST_SQUARES = 1_000_000
_LONGEST_CELL = 500


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, as far as it tells what a paragraph is."""

    name: str = ""
    base: str = ""
    outline: int | None = None
    list_id: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class DocxBlock:
    """A paragraph, with its number in `text`, or a table. `level` is a heading's, from 0."""

    text: str = ""
    level: int | None = None
    titled: bool = False
    listed: bool = False
    contents: bool = False
    grid: Grid | None = None


@dataclass
class Body:
    """Reads block after block; `notes` are the ids of foot- and endnotes in the order met."""

    styles: Mapping[str, Style]
    numbers: Numbers
    notes: list[tuple[str, str]] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> Iterator[DocxBlock]:
        """The paragraphs and tables in an element, in order."""
        for child in parent:
            if child.tag == f"{W}p":
                yield self._paragraph(child)
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _GONE:
                yield from self.blocks(child)

    def _paragraph(self, element: etree._Element) -> DocxBlock:
        text = "".join(self._words(element)).strip()
        own = element.find(f"{W}pPr")
        chain = list(self._chain(value_of(_in(own, "pStyle"))))
        label = self._label(own, chain) if text else ""
        apart = "" if not label or label.endswith(("、", "）", "．", "：", "章", "条")) else " "
        name = chain[0].name if chain else ""
        return DocxBlock(
            text=label + apart + text,
            level=_level(own, chain),
            titled=_TITLE.match(name) is not None,
            listed=bool(label),
            contents=_CONTENTS.match(name) is not None,
        )

    def _chain(self, name: str) -> Iterator[Style]:
        """A paragraph's style and those it is based on."""
        for _ in range(_DEEPEST_STYLE):
            style = self.styles.get(name)
            if style is None:
                return
            yield style
            name = style.base

    def _label(self, own: etree._Element | None, chain: Sequence[Style]) -> str:
        given = _in(own, "numPr")
        styled = next((style for style in chain if style.list_id), Style())
        list_id, level = styled.list_id, styled.level
        if given is not None:
            list_id = value_of(given.find(f"{W}numId")) or list_id
            level = whole(value_of(given.find(f"{W}ilvl")), level)
        return self.numbers.next(list_id, level)

    def _words(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in (f"{W}t", f"{_MATH}t"):
                yield child.text or ""
            elif tag in _MARKS:
                yield _MARKS[tag]
            elif tag == f"{W}br":
                yield "\n" if child.get(f"{W}type") in (None, "textWrapping") else " "
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self.notes.append((str(tag), child.get(f"{W}id", "")))
            elif isinstance(tag, str) and tag not in _GONE and not _is_hidden(child):
                yield from self._words(child)

    def _table(self, table: etree._Element) -> Iterator[DocxBlock]:
        rows = [row for row in _within(table, "tr") if _in(row.find(f"{W}trPr"), "del") is None]
        cells = [[(cell, _span(cell)) for cell in _within(row, "tc")] for row in rows]
        if sum(min(span, _MOST_COLUMNS) for row in cells for _, span in row) > _MOST_SQUARES:
            raise ArticleError("holds a table that is too large; save it as a file of its own.")
        inner = {cell: list(self.blocks(cell)) for row in cells for cell, _ in row}
        texts = {cell: _told(blocks) for cell, blocks in inner.items()}
        wide = max((sum(span for _, span in row) for row in cells), default=0)
        if wide < 2 or any(len(text) > _LONGEST_CELL for text in texts.values()):
            # Such a table only arranges the page.
            yield from (block for blocks in inner.values() for block in blocks)
            return
        homes = _homes(cells, wide)
        starts = ((place, cell) for place, cell in _starts(cells) if _merge(cell) != "continue")
        grid = grid_of({place: texts[cell] for place, cell in starts}, homes)
        named = grid.named or _in(rows[0].find(f"{W}trPr"), "tblHeader") is not None or None
        if grid.rows:
            yield DocxBlock(grid=Grid(grid.rows, named if len(grid.rows) > 1 else None))


def styles_of(root: etree._Element) -> dict[str, Style]:
    """The paragraph styles of a document by their ids."""
    found = {}
    for style in root.iterfind(f"{W}style"):
        own = style.find(f"{W}pPr")
        outline, listed = _in(own, "outlineLvl"), _in(own, "numPr")
        found[style.get(f"{W}styleId", "")] = Style(
            name=value_of(style.find(f"{W}name")),
            base=value_of(style.find(f"{W}basedOn")),
            outline=None if outline is None else whole(value_of(outline), _OUTLINE),
            list_id="" if listed is None else value_of(listed.find(f"{W}numId")),
            level=0 if listed is None else whole(value_of(listed.find(f"{W}ilvl")), 0),
        )
    return found


def _level(own: etree._Element | None, chain: Sequence[Style]) -> int | None:
    """A heading's level, by its own outline level, its style's name or its style's level."""
    outline = _in(own, "outlineLvl")
    if outline is not None:
        level = whole(value_of(outline), _OUTLINE)
        return level if level < _OUTLINE else None
    for style in chain:
        named = _HEADING.match(style.name)
        if named:
            return int(named[1]) - 1
        if style.outline is not None:
            return style.outline if style.outline < _OUTLINE else None
    return None


def _in(element: etree._Element | None, tag: str) -> etree._Element | None:
    return None if element is None else element.find(f"{W}{tag}")


def _is_hidden(run: etree._Element) -> bool:
    hidden = _in(run.find(f"{W}rPr"), "vanish")
    return hidden is not None and value_of(hidden) not in ("0", "false", "off")


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a paragraph; the copy for older programs and boxes in boxes are left."""
    for box in paragraph.iter(_BOX):
        above = [parent.tag for parent in box.iterancestors()]
        own = above[: above.index(paragraph.tag)] if paragraph.tag in above else above
        if _FALLBACK not in own and _BOX not in own:
            yield box


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a kind, also those that content controls wrap."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _within(child, tag)


def _told(blocks: Sequence[DocxBlock]) -> str:
    """A cell's words on one line, those of a table in it too."""
    rows = (cell for block in blocks if block.grid for row in block.grid.rows for cell in row)
    words = [*(block.text for block in blocks), *rows]
    return " ".join(" ".join(words).split())


def _span(cell: etree._Element) -> int:
    own = cell.find(f"{W}tcPr")
    return max(1, min(whole(value_of(_in(own, "gridSpan")), 1), _MOST_COLUMNS))


def _merge(cell: etree._Element) -> str:
    """`restart` for the first of cells merged downwards, `continue` for the others, or nothing."""
    merged = _in(cell.find(f"{W}tcPr"), "vMerge")
    return "" if merged is None else value_of(merged) or "continue"


Cells = Sequence[Sequence[tuple[etree._Element, int]]]


def _starts(cells: Cells) -> Iterator[tuple[Place, etree._Element]]:
    for number, row in enumerate(cells):
        column = 0
        for cell, span in row:
            yield (number, column), cell
            column += span


def _homes(cells: Cells, wide: int) -> list[list[Place]]:
    """For each square of the table the first one of its cell."""
    homes: list[list[Place]] = []
    for number, row in enumerate(cells):
        line: list[Place] = []
        for cell, span in row:
            place = (number, len(line))
            if number and _merge(cell) == "continue":
                place = homes[number - 1][len(line)]
            line += [place] * span
        line += [(number, column) for column in range(len(line), wide)]
        homes.append(line)
    return homes
