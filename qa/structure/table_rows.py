"""Read the tables in an article's text: rows, cells and their names.

Ingestion writes a row as `年份: 2016, 金额: 100万元`, or `2016 | 100万元` where nothing names the
cells. Text that is stored verbatim may have rows between bars or tabs, and lines like `电话：123`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.article import Span

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"\s*(?:[-*•·●■]|\d{1,2}[.、)）])\s+(?=\S)|\s*")
_NAME = re.compile(r"(?P<name>[^:,，。；;|\t\n]{1,40}): (?=\S)")
_SEPARATOR = ", "
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")
_BARS = re.compile(r"\s*\|\s*")
_TABS = re.compile(r"\s*\t\s*|\s*\u3000{2,}\s*|(?<=\S) {3,}(?=\S)")
_GAPS = ("\t", "\u3000\u3000", "   ")
_LABELLED = re.compile(
    r"(?:^|(?<=[，,；;、\s]))(?P<name>[^\s：:，,。；;、！？!?“”《》|]{1,14})[：:]"
    r"(?!(?<=\d:)\d|(?<=\d：)\d\d(?!\d))\s*(?=[^\s/])"  # 周六10:00 and 1:3 are no names with values
)
_BETWEEN_PAIRS = " \t\u3000，,；;、"
_SENTENCE_END = re.compile(r"[。！？!?](?=.)")
_LONGEST = {"named": 1500, "cells": 1500, "pairs": 120}
_LONGEST_VALUE = 40  # of a line that may be speech: 记者：…
_LONGEST_CELL = 300
_UNIT_NAMES = frozenset({"单位", "unit"})
_ORGANISATION = re.compile(r"[局部处科院所司厂校会队站团社办室]$|中心$")
_ABOVE = 3  # lines


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell, as a range of the article's text; `name` is empty if nothing names it."""

    name: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row, as a range of the article's text, with the unit that holds for all its cells."""

    cells: tuple[TableCell, ...]
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of one table; `above` are the lines that introduce it, `header` the names of columns.

    A line of names with their values is a table of its own, with one row.
    """

    rows: tuple[TableRow, ...]
    above: str = ""
    header: str = ""


def tables_in(text: str, start: int = 0, end: int | None = None) -> list[TextTable]:
    r"""Return the tables in a text, or in the lines of a range of it, in order.

    >>> [table] = tables_in("年份: 2016, 金额: 3元\n年份: 2017, 金额: 4元")
    >>> [[(cell.name, cell.text) for cell in row.cells] for row in table.rows]
    [[('年份', '2016'), ('金额', '3元')], [('年份', '2017'), ('金额', '4元')]]
    """
    lines = [Span(*match.span()) for match in _LINE.finditer(text, start, end or len(text))]
    tables: list[TextTable] = []
    block: list[tuple[str, TableRow, bool]] = []
    for number, line in enumerate([*lines, Span(len(text), len(text))]):
        form = _form(text, line)
        follows = bool(block) and text.count("\n", block[-1][1].span.end, line.start) == 1
        if block and not (form and follows and form[0] == block[0][0]):
            first = number - len(block)
            tables += _tables(block, _above(text, lines[:first]))
            block = []
        if form:
            block.append(form)
    return tables


def _above(text: str, lines: Sequence[Span]) -> str:
    return "\n".join(line.of(text).strip() for line in lines[-_ABOVE:])


def _form(text: str, line: Span) -> tuple[str, TableRow, bool] | None:
    """Return a row with its form, and whether it is a rule between rows; None for other lines."""
    written = line.of(text)
    if "|" in written and len(written) <= _LONGEST["cells"]:
        return "bars", _row(line, list(_cut(written, _BARS))), _RULE.fullmatch(written) is not None
    if cells := _named(written):
        return "named", _row(line, cells), False
    # The plain tests first: most lines are prose, and every question looks at some hundred.
    if any(gap in written for gap in _GAPS) and _is_tabbed(written):
        return "tabs", _row(line, list(_cut(written, _TABS))), False
    if cells := _pairs(written):
        return "pairs", _row(line, cells), False
    return None


def _is_tabbed(written: str) -> bool:
    return _TABS.search(written.strip()) is not None and not _SENTENCE_END.search(written)


def _row(line: Span, cells: Sequence[TableCell]) -> TableRow:
    """Return a row with its cells at their places in the text, the cell of the unit apart."""
    last = cells[-1]
    stated = last.name in _UNIT_NAMES and not _ORGANISATION.search(last.text)
    moved = tuple(
        replace(cell, span=Span(line.start + cell.span.start, line.start + cell.span.end))
        for cell in (cells[:-1] if stated else cells)
    )
    return TableRow(moved, line, last.text if stated else None)


def _cell(written: str, start: int, end: int, name: str = "") -> TableCell:
    text = written[start:end]
    body = text.strip()
    begin = start + len(text) - len(text.lstrip())
    return TableCell(name.strip(), body, Span(begin, begin + len(body)))


def _named(written: str) -> list[TableCell]:
    """Return the cells of `name: cell, name: cell`; a label without a name may come first."""
    if ": " not in written or len(written) > _LONGEST["named"]:
        return []
    mark = _MARK.match(written)
    at = mark.end() if mark else 0
    parts: list[tuple[int, str]] = []  # the start of each cell's text, and its name
    ends: list[int] = []
    for segment in written[at:].split(_SEPARATOR):
        name = _NAME.match(segment)
        if name:
            parts.append((at + name.end(), name["name"]))
        elif not parts:
            parts.append((at, ""))
        if name or not ends:
            ends.append(at + len(segment))
        else:  # the separator stands within a cell
            ends[-1] = at + len(segment)
        at += len(segment) + len(_SEPARATOR)
    cells = [
        _cell(written, start, end, name) for (start, name), end in zip(parts, ends, strict=True)
    ]
    fits = all(0 < len(cell.text) <= _LONGEST_CELL for cell in cells)
    single = len(cells) == 1 and len(written) > _LONGEST["pairs"]
    named = any(cell.name for cell in cells)
    return cells if fits and named and not single else []


def _cut(written: str, separator: re.Pattern[str]) -> Iterator[TableCell]:
    """Yield the cells between separators, without the empty ones at both ends."""
    stripped = written.strip().strip("|")
    start = written.find(stripped)
    edges = [start, *(start + at for match in separator.finditer(stripped) for at in match.span())]
    edges.append(start + len(stripped))
    for begin, end in list(pairwise(edges))[::2]:
        yield _cell(written, begin, end)


def _pairs(written: str) -> list[TableCell]:
    """Return the pairs of a line such as `联系人：张三，电话：123`."""
    if len(written) > _LONGEST["pairs"] or not ("：" in written or ":" in written):
        return []
    if _SENTENCE_END.search(written):
        return []
    mark = _MARK.match(written)
    body = written[mark.end() :] if mark else written
    shift = len(written) - len(body)
    names = list(_LABELLED.finditer(body))
    if not names or names[0].start():
        return []
    ends = [match.start() for match in names[1:]] + [len(body)]
    cells = []
    for match, end in zip(names, ends, strict=True):
        value = body[match.end() : end].rstrip(_BETWEEN_PAIRS + "。.")
        start = shift + match.end()
        cells.append(_cell(written, start, start + len(value), match["name"]))
    return cells if all(0 < len(cell.text) <= _LONGEST_VALUE for cell in cells) else []


def _tables(block: Sequence[tuple[str, TableRow, bool]], above: str) -> Iterator[TextTable]:
    """Yield the tables of consecutive rows of one form."""
    form = block[0][0]
    rows = [row for _, row, rule in block if not rule and row.cells]
    if form in {"bars", "tabs"}:
        yield from _unnamed(rows, above, ruled=len(rows) < len(block))
        return
    group: list[TableRow] = []
    for row in rows:
        if group and not _are_alike(group[-1], row):
            yield TextTable(tuple(group), above, _names_of(group))
            group = []
        group.append(row)
    if group:
        yield TextTable(tuple(group), above, _names_of(group))


def _names_of(rows: Sequence[TableRow]) -> str:
    return " ".join(dict.fromkeys(cell.name for row in rows for cell in row.cells if cell.name))


def _are_alike(first: TableRow, second: TableRow) -> bool:
    """Return whether two rows have columns in common: empty cells are left out of a row."""
    names = {cell.name for cell in first.cells} & {cell.name for cell in second.cells}
    return len(names - {""}) * 2 >= min(len(first.cells), len(second.cells))


def _unnamed(rows: Sequence[TableRow], above: str, *, ruled: bool) -> Iterator[TextTable]:
    """Yield the tables of rows without names: of two cells, the first names the second."""
    columns = max((len(row.cells) for row in rows), default=0)
    if columns < 2:
        return
    if ruled or (columns > 2 and len(rows) > 1):
        names = [cell.text for cell in rows[0].cells]
        named = tuple(_with_names(row, names) for row in rows[1:])
        yield TextTable(named, above, " ".join(names))
        return
    header = " ".join(cell.text for cell in rows[0].cells)
    for row in rows:
        if len(row.cells) == 2:
            first, second = row.cells
            pair = replace(row, cells=(replace(second, name=first.text),))
            yield TextTable((pair,), above, header)
        else:
            yield TextTable((row,), above)


def _with_names(row: TableRow, names: Sequence[str]) -> TableRow:
    padded = [*names, *[""] * len(row.cells)]
    cells = (replace(cell, name=name) for cell, name in zip(row.cells, padded, strict=False))
    return replace(row, cells=tuple(cells))
