"""Walk the XML of an OpenDocument text: the lines of its paragraphs, lists and tables.

Notes come below the paragraph or table that calls them, text boxes after it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from index.errors import ArticleError
from index.ingest.formats.draft import DraftLine, table_lines
from index.ingest.formats.odt.list_forms import DRAW, OFFICE, STYLE, TABLE, TEXT, ListForms, int_of
from index.ingest.structure.grid import Square, grid_of
from index.ingest.structure.raised import lowered, raised

_MOST_SQUARES = 1_000_000
_MOST_COLUMNS = 1000
_TOO_LARGE = "holds a table that is too large; save it as a file of its own."
_CUT = frozenset(
    f"{TEXT}{name}" for name in ("table-of-content", "illustration-index", "alphabetical-index")
)
_UNREAD = {
    f"{OFFICE}annotation": "comment",
    f"{TEXT}tracked-changes": "deleted passage",
    f"{TEXT}hidden-text": "hidden passage",
    f"{DRAW}image": "picture",
    f"{DRAW}object": "embedded document",
    f"{DRAW}object-ole": "embedded document",
}
_SKIPPED = frozenset({f"{TEXT}ruby-text", f"{OFFICE}forms", f"{TEXT}sequence-decls"})


@dataclass
class TextWalk:
    """Reader of a text's lines.

    `alignments` are the styles that raise (1) or lower (-1), `titles` those of the title.
    """

    lists: ListForms
    list_styles: Mapping[str, str]
    alignments: Mapping[str, int]
    titles: frozenset[str] = frozenset()
    unread: Counter[str] = field(default_factory=Counter)
    _later: list[etree._Element] = field(default_factory=list)

    def lines(self, parent: etree._Element) -> Iterator[DraftLine]:
        """Yield the lines of an element's paragraphs, lists and tables, in order."""
        for child in parent:
            if child.tag in (f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table"):
                yield DraftLine("")
                yield from self._block(child)
                later, self._later = self._later, []
                for element in later:
                    yield from self.lines(element)
            elif child.tag in _CUT:
                yield from (DraftLine(line.text, cut=True) for line in self.lines(child))
            elif child.tag in _UNREAD:
                self._count(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self.lines(child)

    def _block(self, element: etree._Element) -> Iterator[DraftLine]:
        if element.tag == f"{TEXT}list":
            yield from self._list(element, "", 1)
        elif element.tag == f"{TABLE}table":
            yield from self._table(element)
        elif element.tag == f"{TEXT}h":
            level = int_of(element.get(f"{TEXT}outline-level"), 1)
            text = self._text(element)
            label = self.lists.next_label("outline", level) if text else ""
            yield DraftLine(label + text.replace("\n", " "), heading=True)
        else:
            titled = element.get(f"{TEXT}style-name") in self.titles
            for text in self._text(element).split("\n"):
                yield DraftLine(text, heading=titled and bool(text))

    def _list(self, element: etree._Element, style: str, level: int) -> Iterator[DraftLine]:
        style = element.get(f"{TEXT}style-name") or style or self._style_within(element)
        continued = element.get(f"{TEXT}continue-numbering") == "true"
        goes_on = continued or element.get(f"{TEXT}continue-list") is not None
        self.lists.begin(style, level, goes_on=goes_on)
        for item in element:
            start = item.get(f"{TEXT}start-value")
            is_first = item.tag == f"{TEXT}list-item"
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, style, level + 1)
                    continue
                number = None if start is None else int_of(start, 1)
                label = self.lists.next_label(style, level, number) if is_first else ""
                is_first = False
                lines = list(self._block(child)) if isinstance(child.tag, str) else []
                for place, line in enumerate(lines):
                    yield line if place else line.after(label)

    def _style_within(self, element: etree._Element) -> str:
        paragraph = next(element.iter(f"{TEXT}p", f"{TEXT}h"), None)
        name = "" if paragraph is None else paragraph.get(f"{TEXT}style-name", "")
        return self.list_styles.get(name, "")

    def _text(self, paragraph: etree._Element) -> str:
        text = "".join(self._words(paragraph, ""))
        return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()

    def _words(self, element: etree._Element, before: str) -> Iterator[str]:
        yield element.text or ""
        before = (before + (element.text or ""))[-20:]
        for child in element:
            words = "".join(self._of_child(child, before))
            before = (before + words)[-20:]
            yield words
            before = (before + (child.tail or ""))[-20:]
            yield child.tail or ""

    def _of_child(self, child: etree._Element, before: str) -> Iterator[str]:
        tag = child.tag
        if tag in (f"{TEXT}s", f"{TEXT}tab"):
            yield " "
        elif tag == f"{TEXT}line-break":
            yield "\n"
        elif tag == f"{TEXT}note":
            self._later += child.iterchildren(f"{TEXT}note-body")
        elif tag == f"{DRAW}frame":
            self._frame(child)
        elif tag in _UNREAD:
            self._count(child)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            words = "".join(self._words(child, before))
            align = self.alignments.get(child.get(f"{TEXT}style-name", ""), 0)
            yield raised(words, before) if align > 0 else lowered(words, before) if align else words

    def _frame(self, frame: etree._Element) -> None:
        """Keep a text box for later, and count anything else that a frame holds, once."""
        boxes = list(frame.iterchildren(f"{DRAW}text-box"))
        self._later += boxes
        held = [child for child in frame if child.tag in _UNREAD]
        if held and not boxes:
            self._count(held[0])

    def _count(self, element: etree._Element) -> None:
        deletions = len(list(element.iter(f"{TEXT}deletion")))
        self.unread[_UNREAD[str(element.tag)]] += deletions or (
            element.tag != f"{TEXT}tracked-changes"
        )

    def _table(self, table: etree._Element) -> Iterator[DraftLine]:
        texts: dict[Square, str] = {}
        covered: dict[Square, Square] = {}
        homes: list[list[Square]] = []
        for row in table.iter(f"{TABLE}table-row"):
            if next(row.iterancestors(f"{TABLE}table"), None) is table:
                homes.append(self._row(row, len(homes), texts, covered))
            if sum(map(len, homes[-1:])) * len(homes) > _MOST_SQUARES:
                raise ArticleError(_TOO_LARGE)
        columns = max(map(len, homes), default=0)
        for number, line in enumerate(homes):
            line += [(number, column) for column in range(len(line), columns)]
        grid = grid_of(texts, homes)
        if grid.rows:
            yield from table_lines(grid)

    def _row(
        self,
        row: etree._Element,
        number: int,
        texts: dict[Square, str],
        covered: dict[Square, Square],
    ) -> list[Square]:
        line: list[Square] = []
        for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            times = min(int_of(cell.get(f"{TABLE}number-columns-repeated"), 1), _MOST_COLUMNS)
            for _ in range(min(times, _MOST_COLUMNS - len(line))):
                place = (number, len(line))
                line.append(covered.get(place, place))
                if cell.tag == f"{TABLE}table-cell":
                    texts[place] = self._cell(cell)
                    self._cover(cell, place, covered)
        return line

    def _cover(self, cell: etree._Element, place: Square, covered: dict[Square, Square]) -> None:
        wide = min(int_of(cell.get(f"{TABLE}number-columns-spanned"), 1), _MOST_COLUMNS)
        high = min(int_of(cell.get(f"{TABLE}number-rows-spanned"), 1), _MOST_COLUMNS)
        if len(covered) + wide * high > _MOST_SQUARES:
            raise ArticleError(_TOO_LARGE)
        for row in range(high):
            for column in range(wide):
                if row or column:
                    covered[place[0] + row, place[1] + column] = place

    def _cell(self, cell: etree._Element) -> str:
        later, self._later = self._later, []
        words = " ".join(line.text for line in self.lines(cell) if not line.cut)
        self._later = [*later, *self._later]
        return " ".join(words.split())


def alignments_of_spans(root: etree._Element) -> Mapping[str, int]:
    """Return the styles of a part that raise their text (1) or lower it (-1)."""
    alignments = {}
    for style in root.iter(f"{STYLE}style"):
        for properties in style.iterchildren(f"{STYLE}text-properties"):
            position = properties.get(f"{STYLE}text-position", "").split(" ")[0]
            if position and not position.startswith("0"):
                is_low = position.startswith(("sub", "-"))
                alignments[style.get(f"{STYLE}name", "")] = -1 if is_low else 1
    return alignments


def title_styles(root: etree._Element) -> frozenset[str]:
    """Return the paragraph styles of a part that are the title's, or made from it."""
    return frozenset(
        style.get(f"{STYLE}name", "")
        for style in root.iter(f"{STYLE}style")
        if "Title" in (style.get(f"{STYLE}name"), style.get(f"{STYLE}parent-style-name"))
    )
