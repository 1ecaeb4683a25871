"""Tables in a text: in HTML, in Markdown, or in lines separated by tabs, wide gaps or commas."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml.html import HtmlElement, HTMLParser, fromstring

from bench.documents.spelling import alike, without_markup

ESCAPED_BAR = "\ue000"
"""Stands for a bar within a Markdown cell while the cells are separated."""

_HTML_CELL = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_BLOCKS = ("br", "p", "div", "li", "td", "th")
_RULE = re.compile(r"[\s|:\-+=]+")
_GAP = re.compile(r"\s{2,}|\u3000")
_WIDE = re.compile(r"\S(?:\s{2,}|\u3000)\S")
_MOST_SPANNED = 200


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of equal length. `widths` are the cells that each row had of its own.

    Lines that follow each other may belong to several tables, which then differ in width. Within a
    table of HTML or Markdown a row may be short; `widths` is None.
    """

    rows: Sequence[Sequence[str]]
    widths: Sequence[int] | None = None


def has_html_cells(text: str) -> bool:
    """Return whether a text has tables in HTML."""
    return _HTML_CELL.search(text) is not None


def grids_of(text: str) -> Iterator[Grid]:
    """Yield every table of a text, nested ones too; a run of lines may be taken in several ways."""
    if has_html_cells(text):
        yield from _html_grids(text)
    lines = re.sub(r"\r\n|[\r\f]", "\n", text).split("\n")
    for rows in _blocks(lines, _has_bar, _between_bars):
        yield Grid(_padded(rows))
    for is_row, split in ((_has_tab, _between_tabs), (_has_gap, _between_gaps)):
        for rows in _blocks(lines, is_row, split):
            yield Grid(_padded(rows), [len(row) for row in rows])
    for delimiter in ",;":
        for block in _separated_blocks(lines, delimiter):
            rows = [_clean(row) for row in csv.reader(block, delimiter=delimiter)]
            yield Grid(_padded(rows), [len(row) for row in rows])


def _html_grids(text: str) -> Iterator[Grid]:
    page = fromstring(text.encode(), parser=HTMLParser(encoding="utf-8", remove_comments=True))
    for block in page.iter(*_BLOCKS):
        block.text, block.tail = f" {block.text or ''}", f" {block.tail or ''}"
    for table in page.iter("table"):
        yield Grid(_spread([list(row.iterchildren("td", "th")) for row in _rows(table)]))


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the rows of a table, without those of tables within it."""
    for part in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        yield from [part] if part.tag == "tr" else part.iterchildren("tr")


def _spread(rows: Sequence[Sequence[HtmlElement]]) -> list[list[str]]:
    """Return rows of equal length, in which a cell stands wherever it spans."""
    filled: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in filled:
                column += 1
            text = _plain("".join(map(str, cell.itertext())))
            width = _span(cell, "colspan")
            for down in range(_span(cell, "rowspan")):
                for right in range(width):
                    filled[row + down, column + right] = text
            column += width
    width = max((column for _, column in filled), default=-1) + 1
    return [[filled.get((row, column), "") for column in range(width)] for row in range(len(rows))]


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "")
    return max(1, min(_MOST_SPANNED, int(value))) if value.isdigit() else 1


def _blocks(
    lines: Sequence[str], is_row: Callable[[str], bool], split: Callable[[str], list[str]]
) -> Iterator[list[list[str]]]:
    """Yield the rows of each run of several lines that are rows, rules between them left out."""
    for are_rows, run in groupby(lines, key=is_row):
        block = list(run)
        if are_rows and len(block) > 1:
            rows = [split(line) for line in block if not _RULE.fullmatch(line)]
            if max(map(len, rows), default=0) > 1:
                yield rows


def _separated_blocks(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Yield runs of lines with two delimiters or more; a quoted cell may go on for lines."""
    block: list[str] = []
    is_quoted = False
    for line in [*lines, ""]:
        if line.count(delimiter) >= 2 or is_quoted:
            block.append(f"{line}\n")
            is_quoted ^= line.count('"') % 2 == 1
        else:
            if len(block) > 1:
                yield block
            block, is_quoted = [], False


def _has_bar(line: str) -> bool:
    return "|" in line.replace("\\|", "")


def _between_bars(line: str) -> list[str]:
    inner = line.replace("\\|", ESCAPED_BAR).strip()
    return _clean(inner.removeprefix("|").removesuffix("|").split("|"))


def _has_tab(line: str) -> bool:
    return "\t" in line.strip()


def _between_tabs(line: str) -> list[str]:
    return _clean(line.split("\t"))


def _has_gap(line: str) -> bool:
    return "|" not in line and _WIDE.search(line) is not None


def _between_gaps(line: str) -> list[str]:
    return _clean(_GAP.split(line.strip()))


def _clean(cells: Sequence[str]) -> list[str]:
    return [_plain(cell).replace(ESCAPED_BAR, "|") for cell in cells]


def _plain(text: str) -> str:
    return alike(without_markup(text)).strip()


def _padded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]
