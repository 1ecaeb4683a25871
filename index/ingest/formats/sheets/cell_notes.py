"""Read the notes of a sheet's cells, and tell each with its cell.

Comments in threads, which people write to each other, are left out: the cells' notes have copies of
them for older programs, by an author `tc=…`.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from index.ingest.formats.draft import DraftLine
from index.ingest.formats.sheets.hidden_cells import S
from index.ingest.formats.sheets.sheet_areas import Area
from index.ingest.structure.column_names import is_value
from index.ingest.structure.grid import Grid, Square
from index.ingest.structure.tables import CELL_SEPARATOR
from index.text.scripts import HAN_UNIFIED

_HAN = re.compile(f"[{HAN_UNIFIED}]")
_OF_THREAD = "tc="
_MOST_LABELS = 4  # cells that name a row


def notes_in(comments: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the notes of a sheet with the names of their cells (`B3`); without the author's name.

    One of a thread is empty.
    """
    authors = [author.text or "" for author in comments.iterfind(f"{S}authors/{S}author")]
    for comment in comments.iter(f"{S}comment"):
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        words = " ".join("".join(part.text or "" for part in comment.iter(f"{S}t")).split())
        for mark in ":：" if author else "":
            words = words.removeprefix(f"{author}{mark}").strip()
        yield comment.get("ref", ""), "" if author.startswith(_OF_THREAD) else words


def note_lines(area: Area, body: Area, top: int, grid: Grid | None) -> Iterator[DraftLine]:
    """Yield the notes of a part of a sheet, whose table is `body` from the row `top` on."""
    if not area.notes:
        return
    used = [at for at in range(body.columns) if any(row[at] for row in body.rows)]
    names = dict(zip(used, grid.rows[0], strict=False)) if grid and grid.has_header else {}
    high = len(grid.squares.rows[0]) if names and grid and grid.squares else 0
    first = top + (len(grid.captions) if grid else 0) + high
    for (row, column), note in sorted(area.notes.items()):
        is_row = first <= row < top + len(body.rows)
        labels = _labels(area, row, column) if is_row else ()
        cell = _cell(area, row, column)
        name = names.get(column, "") if is_row else ""
        own = f"{name}: {cell}" if name and cell else name or cell
        yield DraftLine(told_note(CELL_SEPARATOR.join(filter(None, [*labels, own])), note))


def told_note(cell: str, note: str) -> str:
    """Return a note as a line, behind its cell.

    >>> told_note("东塔, 高: 21", "含塔尖"), told_note("", "surveyed")
    ('东塔, 高: 21, 批注: 含塔尖', 'note: surveyed')
    """
    named = f"{'批注' if _HAN.search(cell + note) else 'note'}: {note}"
    return f"{cell}{CELL_SEPARATOR}{named}" if cell else named


def _labels(area: Area, row: int, column: int) -> Sequence[str]:
    """Return the cells that name a row: those before its first figure, and before a cell of it."""
    labels: list[str] = []
    for at in range(column):
        cell = _cell(area, row, at)
        if is_value(cell) or len(labels) == _MOST_LABELS:
            break
        labels += [cell] * (cell not in labels)
    return labels


def _cell(area: Area, row: int, column: int) -> str:
    home: Square = area.homes[row][column]
    return area.rows[home[0]][home[1]]
