"""Reply with rows of a table: each is cited whole, and the cell is the short answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from index.article import Span
from qa.answer import Citation
from qa.reader.sentence_selection import QUOTE_AT_MOST
from qa.replies.citations import cite
from qa.replies.reply import Reply
from qa.structure.table_cell import FoundCell
from qa.structure.table_rows import TableCell, TableRow

_BETWEEN = ",，;；、|\t\u3000 "
_BARE = re.compile(r"[+-]?\d[\d,.]*")


def reply_of_cell(found: FoundCell) -> Reply:
    """Reply with the rows; a unit that only the row states follows the cell in brackets."""
    cited = [_cited(found, row) for row in found.rows]
    lines = [citation.quote for citation in cited]
    cell, unit = found.cell, found.rows[0].unit
    if cell is None:
        return Reply("\n".join(lines), cited, None, found.confidence)
    if unit and _BARE.fullmatch(cell.text):
        end = cell.span.end - cited[0].start
        lines[0] = f"{lines[0][:end]}（{unit}）{lines[0][end:]}"
    return Reply("\n".join(lines), cited, cell.text, found.confidence)


def _cited(found: FoundCell, row: TableRow) -> Citation:
    span = _quotable(found.text, row, found.cell)
    passage = found.passage
    inside = passage.start <= span.start < passage.end
    # A row may be far from the passage, whose heading is not the row's.
    passage = passage if inside else replace(passage, heading=None)
    return cite(passage, span, span.of(found.text))


def _quotable(text: str, row: TableRow, cell: TableCell | None) -> Span:
    """Return the row, or as many of its cells with the answer among them as can be quoted."""
    if row.span.end - row.span.start <= QUOTE_AT_MOST or not row.cells:
        return row.span
    wanted = cell if cell in row.cells and cell is not None else row.cells[0]
    for span in _stretches(text, row):
        if span.contains(wanted.span) and span.end - span.start <= QUOTE_AT_MOST:
            return span
    return Span(row.span.start, row.span.start + QUOTE_AT_MOST)


def _stretches(text: str, row: TableRow) -> Iterator[Span]:
    """Yield the stretches of cells with their names: those from the row's start on come first."""
    starts = [row.span.start]
    for before, cell in pairwise(row.cells):
        between = text[before.span.end : cell.span.start]
        starts.append(cell.span.start - len(between.lstrip(_BETWEEN)))
    for first, start in enumerate(starts):
        for last in reversed(row.cells[first:]):
            yield Span(start, last.span.end)
