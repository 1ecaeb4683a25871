"""Read the data tables and definition lists of a web page as grids.

Telling data from page layout is done here; formatting the rows is left to `tables`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from lxml import html

from index.ingest.structure.grid import Grid, Square, grid_of

_LAYOUT = frozenset("table form h1 h2 h3 h4 h5 h6 section article".split())
_BLOCKS = frozenset("div p ul ol li dl dt dd".split())
_BREAKING = _LAYOUT | _BLOCKS | {"br", "tr", "td", "th"}
# With a longer cell a table is page layout, not data, unless its first row names the columns; so
# it is with cells of several paragraphs, unless there are three rows of short cells.
_MAX_CELL_LENGTH = 200
_MAX_NAMED_CELL_LENGTH = 600
_MAX_BLOCK_CELL_LENGTH = 80
_MAX_SPAN = 60
_MAX_SQUARES = 50_000

_Rows = list[list[html.HtmlElement]]
_Words = Mapping[html.HtmlElement, str]


def data_grid(table: html.HtmlElement) -> Grid | None:
    """Return the grid of a table of data; None for one that only arranges the page."""
    cells = list(table.iter("td", "th"))
    if len(table.findall(".//tr")) < 2 or len(cells) < 4:
        return None
    rows, words = _rows(table), {cell: cell_words(cell) for cell in cells}
    return _grid(table, rows, words) if _is_data(rows, words) else None


def _is_data(rows: _Rows, words: _Words) -> bool:
    longest = max(map(len, words.values()))
    if longest > _MAX_NAMED_CELL_LENGTH or any(map(_has_layout, words)):
        return False
    if _is_header(rows[0]) or (len(rows) > 2 and len(rows[0]) == 1 and _is_header(rows[1])):
        return True
    arranged = any(map(_has_blocks, words))
    if arranged and (len(rows) < 3 or 2 * sum(len(row) > 1 for row in rows) <= len(rows)):
        return False
    return longest <= (_MAX_BLOCK_CELL_LENGTH if arranged else _MAX_CELL_LENGTH)


def _grid(table: html.HtmlElement, rows: _Rows, words: _Words) -> Grid:
    """Return the grid of a table, its caption among the captions."""
    homes = _homes(rows)
    columns = max(map(len, homes), default=0)
    cells: dict[Square, html.HtmlElement] = {}
    for number, (row, places) in enumerate(zip(rows, homes, strict=True)):
        starts = [place for place in dict.fromkeys(places) if place[0] == number]
        cells |= zip(starts, row, strict=False)
        places += [(number, column) for column in range(len(places), columns)]
    texts = {place: words[cell] for place, cell in cells.items()}
    heads = frozenset(place for place, cell in cells.items() if cell.tag == "th")
    grid = grid_of(texts, homes, _header_rows(rows), heads)
    caption = table.find("caption")
    above = cell_words(caption) if caption is not None else ""
    captions = (above, *grid.captions) if above else grid.captions
    named, paired = grid.named or _names_columns(rows, homes), _is_paired(rows)
    known = named if len(grid.rows) > 1 else None
    return replace(grid, named=known, paired=paired, captions=captions)


def definition_grid(element: html.HtmlElement) -> Grid | None:
    """Return a definition list as names with their values; None for anything longer or a menu."""
    groups: list[tuple[list[str], list[str]]] = []
    for child in element.iter("dt", "dd"):
        words = cell_words(child)
        if len(words) > _MAX_CELL_LENGTH or _has_layout(child) or child.find(".//dl") is not None:
            return None
        if child.tag == "dt" and (not groups or groups[-1][1]):
            groups.append(([words], []))
        elif child.tag == "dt" and words:
            groups[-1][0].append(words)  # another name of the same
        elif words and not groups:
            return None
        elif words:
            groups[-1][1].append(words)
    if not groups or not all(any(terms) and values for terms, values in groups):
        return None
    rows = ((" / ".join(filter(None, terms)), " ".join(values)) for terms, values in groups)
    return Grid(tuple(rows), paired=True)


def cell_words(element: html.HtmlElement) -> str:
    """Return an element's words on one line, those of its paragraphs and lines set apart.

    Of a cell that shows nothing but pictures, it is what these stand for: ✓, 是.
    """
    # Most cells hold no element, and there may be thousands.
    text = "".join(_pieces(element)) if len(element) else element.text or ""
    if not text.strip() and element.tag in ("td", "th") and len(element):
        text = " ".join(image.get("alt", "") for image in element.iter("img"))
    return " ".join(text.split())


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        breaking = child.tag in _BREAKING
        if breaking:
            yield " "
        if isinstance(child.tag, str):
            yield from _pieces(child)
        if breaking:
            yield " "
        yield child.tail or ""


def _has_layout(cell: html.HtmlElement) -> bool:
    if not len(cell):
        return False
    inner = [element.tag for element in cell.iter() if element is not cell]
    # Editors wrap a cell's words in a paragraph or a heading.
    arranged = sum(tag in _LAYOUT for tag in inner)
    return "table" in inner or arranged > 1


def _has_blocks(cell: html.HtmlElement) -> bool:
    return len(cell) > 0 and sum(inner.tag in _BLOCKS for inner in cell.iterdescendants()) > 1


def _rows(table: html.HtmlElement) -> _Rows:
    rows = [list(row.iter("td", "th")) for row in sorted(table.iter("tr"), key=_part_of_table)]
    return [row for row in rows if row]


def _part_of_table(row: html.HtmlElement) -> int:
    """Return whether a row is of the head, the body or the foot, which may come before the body."""
    parent = row.getparent()
    return {"thead": 0, "tfoot": 2}.get("" if parent is None else str(parent.tag), 1)


def _header_rows(rows: _Rows) -> int:
    """Return how many of the first rows are header cells alone, or in the table's head."""
    count = 0
    while count < len(rows) and (_is_header(rows[count]) or _is_marked(rows[count])):
        count += 1
    return count if count < len(rows) else 1


def _is_marked(row: Sequence[html.HtmlElement]) -> bool:
    return all(cell.tag == "th" for cell in row)


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "").strip()
    if value == "0" and name == "rowspan":
        return _MAX_SPAN  # to the last row
    return max(1, min(int(value), _MAX_SPAN)) if value.isascii() and value.isdigit() else 1


def _homes(rows: _Rows) -> list[list[Square]]:
    """Return for each square of the table the first one of its cell."""
    wide = max((sum(_span(cell, "colspan") for cell in row) for row in rows), default=0)
    spanning = len(rows) * wide <= _MAX_SQUARES
    covered: dict[Square, Square] = {}  # squares of cells that began above
    homes: list[list[Square]] = []
    for number, row in enumerate(rows):
        line: list[Square] = []
        for cell in row:
            _extend(line, covered, number)
            place = (number, len(line))
            line += [place] * (_span(cell, "colspan") if spanning else 1)
            below = min(_span(cell, "rowspan"), len(rows) - number) if spanning else 1
            for column in range(place[1], len(line)):
                covered |= {(number + step, column): place for step in range(1, below)}
        _extend(line, covered, number)
        homes.append(line)
    return homes


def _extend(line: list[Square], covered: Mapping[Square, Square], number: int) -> None:
    """Add the squares at the end of a row that cells from above cover."""
    while (number, len(line)) in covered:
        line.append(covered[number, len(line)])


def _names_columns(rows: _Rows, homes: Sequence[Sequence[Square]]) -> bool | None:
    """Return whether the markup says that the first row below captions names the columns."""
    first = next(
        (row for row, places in zip(rows, homes, strict=True) if len(set(places)) > 1), rows[0]
    )
    if _is_header(first):
        return True
    below = list(chain.from_iterable(rows[rows.index(first) + 1 :]))
    return True if all(map(_is_bold, first)) and not any(map(_is_bold, below)) else None


def _is_header(row: Sequence[html.HtmlElement]) -> bool:
    """Return whether all cells of a row are header cells; an empty corner may be none."""
    named = all(cell.tag == "th" for cell in row[1:]) and len(row) > 1
    corner = row[0].tag == "th" or not cell_words(row[0])
    parent = row[0].getparent()
    above = parent.getparent() if parent is not None else None
    return (named and corner) or (above is not None and above.tag == "thead")


def _is_bold(cell: html.HtmlElement) -> bool:
    words = cell_words(cell)
    return bool(words) and any(cell_words(inner) == words for inner in cell.iter("b", "strong"))


def _is_paired(rows: _Rows) -> bool:
    """Return whether header cells and others take turns in every row that has several."""
    several = [row for row in rows if len(row) > 1]
    return bool(several) and all(
        len(row) % 2 == 0
        and all((cell.tag == "th") == (at % 2 == 0) for at, cell in enumerate(row))
        for row in several
    )
