"""Read rows of boxes as grids: names beside values, and tables that no `<table>` draws.

`<div><span class="k">重量</span><span class="v">3千克</span></div>`, several times over, is what a
list of definitions would be; rows of as many cells below a row of names are a table.
"""

from collections.abc import Sequence

from lxml import html

from index.ingest.pages.html_tables import cell_words
from index.ingest.structure.column_names import has_header, is_value
from index.ingest.structure.dates import find_dates
from index.ingest.structure.grid import Grid
from index.ingest.structure.line_shapes import ends_sentence, is_prose, width

_CONTAINERS = ("div", "ul", "ol", "section")
_CELLS = frozenset("div span p b strong em i label h3 h4 h5 h6 dt dd small time mark".split())
_INNER = frozenset("span b strong em i small br time mark u a abbr font sub sup label".split())
_LEAST_ROWS = 3
_MOST_ROWS = 200
_MOST_COLUMNS = 12
_MAX_NAME_WIDTH = 20
_MAX_VALUE_WIDTH = 60
_CELL_ROLES = ("cell", "gridcell", "columnheader", "rowheader")
_NAMED_HEAD = ("head", "th", "title", "hd", "header", "columnheader")

_Rows = Sequence[Sequence[html.HtmlElement]]


def box_grid(element: html.HtmlElement) -> Grid | None:
    """Return the grid that the boxes in an element make; None if they make none.

    >>> item = "<li><span>{}</span><b>{}</b></li>"
    >>> items = map(item.format, ("重量", "长度", "颜色"), ("3千克", "2米", "白"))
    >>> box_grid(html.fromstring(f"<ul>{''.join(items)}</ul>")).rows
    (('重量', '3千克'), ('长度', '2米'), ('颜色', '白'))
    """
    marked = element.get("role") in ("table", "grid")
    if element.tag not in _CONTAINERS or not (marked or 2 < len(element) <= 2 * _MOST_ROWS):
        return None
    rows = _marked_rows(element) if marked else _rows(element)
    if rows is None:
        return None
    words = tuple(tuple(map(cell_words, row)) for row in rows)
    if len(rows[0]) == 2 and not marked:
        alike = len({_look(row[0]) for row in rows}) == len({_look(row[1]) for row in rows}) == 1
        told_apart = alike and _look(rows[0][0]) != _look(rows[0][1])
        return Grid(words, paired=True) if told_apart and _are_pairs(words) else None
    if any(width(cell) > _MAX_VALUE_WIDTH or is_prose(cell) for row in words for cell in row):
        return None
    named = _is_head(rows[0], rows[1])
    return Grid(words, named=True) if named or has_header(words) else None


def _rows(element: html.HtmlElement) -> _Rows | None:
    """Return the cells of rows of one length: the boxes in boxes, or boxes of two looks in turn."""
    children = _children(element)
    if children is None:
        return None
    pairs = list(zip(children[::2], children[1::2], strict=False))
    looks = {(_look(name), _look(value)) for name, value in pairs}
    in_turn = len(looks) == 1 and all(first != second for first, second in looks)
    even = len(children) % 2 == 0 and len(pairs) >= _LEAST_ROWS
    if in_turn and even and all(map(_is_cell, children)):
        return pairs
    rows: list[list[html.HtmlElement]] = []
    for child in children:
        cells = _children(child)
        if cells is None or not all(map(_may_be_cell, cells)):
            return None
        blank = sum(not cell_words(cell) for cell in cells)
        if 3 * blank > len(cells):
            return None
        if rows and len(cells) != len(rows[0]):
            return None
        rows.append(cells)
    fits = _LEAST_ROWS <= len(rows) <= _MOST_ROWS and 2 <= len(rows[0]) <= _MOST_COLUMNS
    return rows if fits else None


def _marked_rows(element: html.HtmlElement) -> _Rows | None:
    """Return the cells of a table that is marked as one for readers of screens."""
    rows = [
        [cell for cell in row.iterdescendants() if cell.get("role") in _CELL_ROLES]
        for row in element.iterdescendants()
        if row.get("role") == "row"
    ]
    even = bool(rows) and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1
    return rows if even and len(rows) > 1 else None


def _children(element: html.HtmlElement) -> list[html.HtmlElement] | None:
    """Return the elements in an element; None if it has words beside them."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return None
    return [child for child in element if isinstance(child.tag, str)]


def _is_cell(element: html.HtmlElement) -> bool:
    return _may_be_cell(element) and bool(cell_words(element))


def _may_be_cell(element: html.HtmlElement) -> bool:
    inner = element.iterdescendants()
    return element.tag in _CELLS and all(part.tag in _INNER for part in inner)


def _look(element: html.HtmlElement) -> tuple[str, str]:
    return str(element.tag), element.get("class", "")


def _are_pairs(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether each row is a short name of its own with a value that is no sentence."""
    names, values = [row[0] for row in rows], [row[1] for row in rows]
    short = all(width(name) <= _MAX_NAME_WIDTH for name in names)
    named = short and not any(is_value(name) or ends_sentence(name) for name in names)
    told = not any(width(value) > _MAX_VALUE_WIDTH or is_prose(value) for value in values)
    # A list of articles has the day of each behind it.
    dated = all(next(find_dates(value), None) for value in values)
    return named and told and not dated and len(set(names)) == len(names)


def _is_head(first: Sequence[html.HtmlElement], second: Sequence[html.HtmlElement]) -> bool:
    """Return whether the markup tells a row of names from the row below it."""
    boxes = [first[0].getparent(), *first]
    names = " ".join(f"{box.get('class', '')} {box.get('role', '')}" for box in boxes)
    marked = any(name in names.lower().replace("-", " ").split() for name in _NAMED_HEAD)
    plain = [_look(cell) for cell in first] != [_look(cell) for cell in second]
    return marked or (plain and len({_look(cell) for cell in first}) == 1)
