"""Read a workbook (.xlsx): the rows of its sheets, as its cells show them.

Hidden sheets, rows and columns, threads of comments, charts and pictures are counted; notes of
cells come below their table, words in text boxes after the rows of their sheet, heads and feet of
printed pages are in `removed`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree

from index.article import Article, unread_of
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.drawing_text import drawn, paragraphs_in
from index.ingest.formats.sheets.cell_format import CellFormat, general
from index.ingest.formats.sheets.cell_notes import notes_in
from index.ingest.formats.sheets.hidden_cells import S, hidden_columns, is_filtered, is_hidden
from index.ingest.formats.sheets.read_csv import name_of_file
from index.ingest.formats.sheets.sheet_lines import MAX_SQUARES, Range, sheet_lines
from index.ingest.sources.office_package import RELATION_ID, OfficePackage
from index.ingest.structure.properties import author_in, title_in

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_FROZEN = 8  # rows: titles, and the names of columns
# Codes of a printed head: &L, &C and &R begin its parts, &P is the page's number.
_CODES = re.compile(r'&(?:"[^"]*"|[0-9]+|[A-Z&])')


@dataclass
class _Workbook:
    """A workbook that is opened; `unread` counts by kind what is in no line."""

    package: OfficePackage
    unread: Counter[str] = field(default_factory=Counter)

    @cached_property
    def root(self) -> etree._Element:
        root = self.package.tree(self.package.main)
        if root is None or root.tag != f"{S}workbook":
            raise self.package.damaged()
        return root

    @cached_property
    def strings(self) -> Sequence[str]:
        """The texts that cells share."""
        root = self._tree("sharedStrings")
        return () if root is None else [_words(item) for item in root.iterfind(f"{S}si")]

    @cached_property
    def formats(self) -> Sequence[CellFormat]:
        """The number formats of cells by style."""
        root = self._tree("styles")
        if root is None:
            return ()
        own = {
            _int(number.get("numFmtId")): number.get("formatCode", "")
            for number in root.iter(f"{S}numFmt")
        }
        return [
            CellFormat.numbered(_int(style.get("numFmtId")), own)
            for style in root.iterfind(f"{S}cellXfs/{S}xf")
        ]

    @cached_property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904 on."""
        settings = self.root.find(f"{S}workbookPr")
        return settings is not None and settings.get("date1904") in ("1", "true")

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Yield the names of the sheets that are shown, with those of their parts."""
        relations = self.package.relations(self.package.main)
        for sheet in self.root.iterfind(f"{S}sheets/{S}sheet"):
            relation = relations.get(sheet.get(RELATION_ID, ""))
            if sheet.get("state", "visible") != "visible":
                self.unread["hidden sheet"] += 1
            elif relation is not None and relation.kind == "chartsheet":
                self.unread["chart"] += 1
            elif relation is not None:
                yield sheet.get("name", ""), relation.target

    def _tree(self, kind: str) -> etree._Element | None:
        name = next(self.package.related(self.package.main, kind), None)
        return None if name is None else self.package.tree(name)


def read_xlsx(file_id: str, data: bytes) -> Article:
    """Read the article in a workbook, each of its sheets a section.

    Raises:
        ArticleError: it needs a password, is damaged, unpacks to too much or has no words.
    """
    workbook = _Workbook(OfficePackage(data, "xlsx"))
    sheets = [(name, list(_sheet(workbook, part))) for name, part in workbook.sheets()]
    sheets = [(name, lines) for name, lines in sheets if any(line.text for line in lines)]
    if not sheets:
        raise ArticleError("is empty: no cell of the workbook holds a value.")
    lines: list[DraftLine] = []
    for name, own in sheets:
        # The name of the only sheet is that of every new workbook: Sheet1.
        heading = [DraftLine(name, heading=True), DraftLine("")] if len(sheets) > 1 else []
        lines += [DraftLine(""), *heading, *own]
    properties = workbook.package.properties
    title = title_in(properties.title) or title_in(name_of_file(file_id)) or ""
    article = article_of_draft(Draft(id=file_id, lines=tuple(lines), title=title))
    return replace(
        article,
        author=article.author or author_in(properties.author),
        unread=unread_of(workbook.unread),
    )


def _sheet(workbook: _Workbook, part: str) -> Iterator[DraftLine]:
    root = workbook.package.tree(part)
    if root is None:
        workbook.unread["sheet"] += 1
        return
    tables = map(workbook.package.tree, workbook.package.related(part, "table"))
    hides = not any(map(is_filtered, [root, *tables]))
    numbers, rows = _rows(workbook, root, hides=hides)
    headed = root.find(f"{S}autoFilter") is not None or root.find(f"{S}tableParts") is not None
    merged = [
        area
        for cell in root.iter(f"{S}mergeCell")
        if (area := _range(cell.get("ref", ""), numbers))
    ]
    notes = _notes(workbook, part, numbers, hidden_columns(root))
    yield from sheet_lines(rows, merged, notes, headed=headed or _has_frozen_rows(root))
    for name in workbook.package.related(part, "drawing"):
        yield from _boxes(workbook, name)
    for edge in root.iterfind(f"{S}headerFooter/*"):
        yield DraftLine(" ".join(_CODES.sub(" ", edge.text or "").split()), cut=True)


def _rows(
    workbook: _Workbook, root: etree._Element, *, hides: bool
) -> tuple[list[int], list[list[str]]]:
    """Return the cells of a sheet's rows, each as long as its last filled one, and their numbers.

    One blank row stands for all between two others. If it `hides` rows, these are counted.
    """
    hidden = hidden_columns(root)
    numbers: list[int] = []
    rows: list[list[str]] = []
    squares, last = 0, -1
    lost: set[int] = set()
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        number = _int(row.get("r")) - 1 if row.get("r") else last + 1
        cells = _cells(workbook, row)
        squares += len(cells)
        if squares > MAX_SQUARES:
            raise ArticleError("holds a table that is too large; save it as a file of its own.")
        if number > last + 1 and rows:
            numbers.append(number - 1)
            rows.append([])
        last = number
        if hides and is_hidden(row):
            workbook.unread["hidden row"] += any(cells)
            continue
        lost |= {column for column, cell in enumerate(cells) if cell and column in hidden}
        numbers.append(number)
        rows.append(["" if column in hidden else cell for column, cell in enumerate(cells)])
    workbook.unread["hidden column"] += len(lost)
    return numbers, rows


def _notes(
    workbook: _Workbook, part: str, numbers: Sequence[int], hidden: frozenset[int]
) -> dict[tuple[int, int], str]:
    """Return the notes of cells in the rows that were read; threads and hidden ones are counted."""
    notes = {}
    for name in workbook.package.related(part, "comments"):
        comments = workbook.package.tree(name)
        for reference, note in notes_in(comments) if comments is not None else ():
            area = _range(f"{reference}:{reference}", numbers)
            if note and area and area[1] not in hidden:
                notes[area[:2]] = note
            else:
                workbook.unread["comment"] += 1
    return notes


def _cells(workbook: _Workbook, row: etree._Element) -> list[str]:
    cells: list[str] = []
    next_column = 0
    for cell in row.iterfind(f"{S}c"):
        place = _CELL.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else next_column
        next_column = column + 1
        text = _cell_text(workbook, cell)
        if text and column >= len(cells):
            cells += [""] * (column - len(cells)) + [text]
    return cells


def _cell_text(workbook: _Workbook, cell: etree._Element) -> str:
    """Return what a cell shows."""
    kind, value = cell.get("t", "n"), cell.findtext(f"{S}v")
    if kind == "inlineStr":
        inline = cell.find(f"{S}is")
        return "" if inline is None else _words(inline)
    if not value:
        workbook.unread["formula without a value"] += cell.find(f"{S}f") is not None
        return ""
    if kind == "s":
        number = _int(value)
        return workbook.strings[number] if number < len(workbook.strings) else ""
    if kind == "d":  # as the Strict form has days
        return value.removesuffix("T00:00:00").replace("T", " ")
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    return _figure(workbook, cell, value) if kind == "n" else " ".join(value.split())


def _figure(workbook: _Workbook, cell: etree._Element, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    style = _int(cell.get("s"))
    if style >= len(workbook.formats):
        return general(number)
    return workbook.formats[style].show(number, from_1904=workbook.from_1904)


def _boxes(workbook: _Workbook, name: str) -> Iterator[DraftLine]:
    """Yield the words in a sheet's text boxes, and count its pictures and charts."""
    root = workbook.package.tree(name)
    if root is not None:
        for text in paragraphs_in(root):
            yield from (DraftLine(""), DraftLine(text))
        workbook.unread += drawn(root)


def _words(item: etree._Element) -> str:
    """Return the words of a text on one line, without the readings above its characters."""
    parts = [
        part.text or ""
        for part in item.iter(f"{S}t")
        if next(part.iterancestors(f"{S}rPh"), None) is None
    ]
    return " ".join("".join(parts).split())


def _has_frozen_rows(root: etree._Element) -> bool:
    pane = root.find(f"{S}sheetViews/{S}sheetView/{S}pane")
    return (
        pane is not None
        and pane.get("state") in ("frozen", "frozenSplit")
        and 0 < _int(pane.get("ySplit")) <= _MOST_FROZEN
    )


def _range(reference: str, numbers: Sequence[int]) -> Range | None:
    """Return an area such as `A1:B3` in the rows that were read."""
    first, last = (_CELL.fullmatch(corner) for corner in (reference + ":").split(":")[:2])
    if first is None or last is None:
        return None
    top = bisect_left(numbers, int(first[2]) - 1)
    bottom = bisect_right(numbers, int(last[2]) - 1) - 1
    return (top, _column(first[1]), bottom, _column(last[1])) if top <= bottom else None


def _column(letters: str) -> int:
    """Return the number of a column from 0: `A` → 0, `AA` → 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _int(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else 0
