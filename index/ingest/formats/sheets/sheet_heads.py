"""Tell what stands above and below the rows of a table in a sheet, and what its names span.

A sheet shows by position what others mark: a group of columns is named in the cell above the first
of them, a group of rows beside its first row.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from index.ingest.formats.sheets.sheet_areas import Area, Row, filled, is_name, is_names_row
from index.ingest.structure.column_names import is_value
from index.ingest.structure.grid import Square
from index.ingest.structure.line_shapes import is_prose, numbering

_LABELLED = re.compile(r"[^:：]{1,14}[:：]\s*\S")
_NOTE = re.compile(
    r"(?:注|备注|備註|附注|附註|说明|說明|来源|來源|资料来源|資料來源|Notes?|Sources?)\s*[\d一二三]?"
    r"\s*[:：.、]|[*※†]\s*\S|[(（]?\d{1,2}[)）.、]\s*\S*[;；。]$"
)
_TOTAL = re.compile(r"(?:合\s*计|总\s*计|總\s*計|共\s*计|合計|总额|平均|(?:grand )?total\b)", re.I)
# What a form asks for below its table.
_OF_FORM = re.compile(
    r"大写|大寫|备注|備註|说明|說明|意见|意見|签[名字章]|簽[名章]|审[核批]|審[核批]|负责|負責|制表|经办|經辦"
    r"|日期|联系|聯絡|电话|電話|地址|\b(?:notes?|remarks?|approved|signed|prepared|in words)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[^:：]{1,14}[:：]")
_MOST_ABOVE = 12  # rows
_MOST_HEADS = 4  # rows that name columns, and the first one below them
_MOST_PAIRED = 2  # cells of a name with its value


def rows_above(area: Area) -> int:
    """Return how many of the first rows are titles, or say things of the table: `单位：万元`."""
    number = 0
    while number + 1 < len(area.rows) and area.columns > 1 and number < _MOST_ABOVE:
        row = area.rows[number]
        titled = filled(row) == 1 and not _names_some(area, number)
        says = says_things(row) or _says_some(area, number)
        rows = 1 if titled or says else _pairs_above(area, number)
        if not rows:
            break
        number += rows
    return number


def rows_below(area: Area, top: int) -> int:
    """Return where rows begin that are notes or say things of the table above them."""
    end = len(area.rows)
    while end > top + 1 and area.columns > 1:
        row = area.rows[end - 1]
        single = filled(row) == 1 and is_note(next(filter(None, row)))
        if not (single or says_things(row) or _is_pair_below(area, top, end - 1)):
            break
        end -= 1
    return end


def pairs_in(row: Row) -> tuple[str, ...]:
    """Return names and values of a row in turn; none if it has anything else.

    >>> pairs_in(["填报人：丁一", "", "日期", "5月6日"]), pairs_in(["日期", ""])
    (('填报人：', '丁一', '日期', '5月6日'), ())
    """
    pairs: list[str] = []
    name = ""
    for cell in filter(None, row):
        labelled = _LABELLED.match(cell)
        if name and not labelled:
            pairs += [name, cell]
            name = ""
        elif not name and labelled:
            colon = min(cell.find(mark) for mark in ":：" if mark in cell) + 1
            pairs += [cell[:colon], cell[colon:].strip()]
        elif not name and (is_name(cell) or _ASKS.fullmatch(cell)):
            name = cell
        else:
            return ()
    return () if name else tuple(pairs)


def is_note(cell: str) -> bool:
    """Return whether a cell alone in its row is a note, and no name."""
    return is_prose(cell) or _NOTE.match(cell) is not None or _LABELLED.match(cell) is not None


def is_total(cell: str) -> bool:
    """Return whether a cell names a row of sums."""
    return _TOTAL.match(cell) is not None


def says_things(row: Row) -> bool:
    """Return whether each cell of a row has its own name: `单位：万元`."""
    return any(row) and all(_LABELLED.match(cell) for cell in row if cell)


def _names_some(area: Area, number: int) -> bool:
    """Return whether a row's only cell spans some columns that the next row names."""
    wide = [at for at, home in enumerate(area.homes[number]) if area.rows[home[0]][home[1]]]
    return wide[0] > 0 and 1 < len(wide) < area.columns - 1 and is_names_row(area.rows[number + 1])


def _says_some(area: Area, number: int) -> bool:
    """Return whether a row says a thing above names of more columns: `单位：万元 | 2024年`."""
    row, below = area.rows[number : number + 2]
    wider = filled(row) < filled(below) and is_names_row(below)
    return wider and not pairs_in(row) and any(map(_LABELLED.match, filter(None, row)))


def _pairs_above(area: Area, number: int) -> int:
    """Return how many rows from one on are names with values, `部门 | 财务部`, above a header."""
    places = _places(area.rows[number])
    end, last = number, len(area.rows) - 1
    while end < last and _places(area.rows[end]) == places and pairs_in(area.rows[end]):
        end += 1
    if end - number > 1 and _heads(area, end - 1):
        end -= 1
    values = [cell for row in area.rows[number:end] for cell in pairs_in(row)[1::2]]
    valued = any(is_value(cell) and not is_name(cell) for cell in values)
    for other in range(end, min(number + _MOST_ABOVE, last)) if values else ():
        wider = filled(area.rows[other]) > len(places)
        if wider or (valued and other == end and filled(area.rows[other]) > _MOST_PAIRED):
            heads = _heads(area, other) or (valued and wider and is_names_row(area.rows[other]))
            sure = valued or not _is_grouped(area.part(number, len(area.rows)))
            return end - number if heads and sure else 0
    return 0


def _places(row: Row) -> list[int]:
    return [at for at, cell in enumerate(row) if cell]


def _heads(area: Area, number: int) -> bool:
    """Return whether a row names columns, alone or with rows that its cells reach into."""
    if not is_names_row(area.rows[number]):
        return False
    named = list(map(bool, area.rows[number]))
    for below in range(number + 1, min(number + _MOST_HEADS, len(area.rows))):
        row = area.rows[below]
        if any(name and is_value(cell) for name, cell in zip(named, row, strict=True)):
            return True
        if not any(home[0] in range(number, below) for home in area.homes[below]):
            return False
        named = [name or bool(cell) for name, cell in zip(named, row, strict=True)]
    return False


def _is_grouped(area: Area) -> bool:
    """Return whether the first row names groups of the columns that the second one names."""
    spans = any(
        home != (row, column) for row in (0, 1) for column, home in enumerate(area.homes[row])
    )
    return spans or (len(area.rows) > 2 and _names_groups(area.rows, area.homes))


def _is_pair_below(area: Area, top: int, number: int) -> bool:
    """Return whether a row below a table is names with values: `大写 | 拾元整`, `制表： | 丁一`."""
    row = area.rows[number]
    places, pairs = _places(row), pairs_in(row)
    if not pairs or number - top < _MOST_HEADS - 1 or is_total(pairs[0]):
        return False
    if all(name.endswith((":", "：")) for name in pairs[::2]):
        return True
    if len(places) != _MOST_PAIRED or places[0] or area.columns <= _MOST_PAIRED + 1:
        return False
    above = (other for other in reversed(area.rows[top:number]) if filled(other) > len(places))
    totalled = is_total(next(filter(None, next(above, [])), ""))
    wide = area.homes[number].count((number, places[1])) >= area.columns - _MOST_PAIRED
    return totalled or (wide and _OF_FORM.search(pairs[0]) is not None)


def spanning(area: Area) -> Area:
    """Return a table with the cells put together that only look blank beside or below a name."""
    homes = [list(line) for line in area.homes]
    rows = [list(row) for row in area.rows]
    _span_groups(rows, homes)
    _span_labels(rows, homes)
    _span_bands(rows, homes)
    return Area(rows, homes)


def _span_groups(rows: list[list[str]], homes: list[list[Square]]) -> None:
    """Let names of groups of columns span these, and the names beside them both rows."""
    if len(rows) < 3 or not _names_groups(rows, homes):
        return
    wide = _merged(homes[0])
    group: Square | None = None
    for column, (name, below) in enumerate(zip(rows[0], rows[1], strict=True)):
        if column in wide or homes[1][column] != (1, column):
            group = None
        elif name and not below:
            homes[1][column], group = (0, column), None
        elif name:
            group = (0, column)
        elif below and group:
            homes[0][column] = group
        elif below:
            rows[0][column], rows[1][column] = below, ""
            homes[1][column] = (0, column)


def _names_groups(rows: Sequence[Row], homes: Sequence[Sequence[Square]]) -> bool:
    """Return whether names in the second row stand below the first, and behind its names."""
    first, second, third = rows[:3]
    if not is_names_row(second) or not all(is_name(cell) for cell in first if cell):
        return False
    own = [homes[0][at] == (0, at) and homes[1][at] == (1, at) for at in range(len(first))]
    wide = _merged(homes[0])
    starts = [at for at in range(len(first)) if own[at] and first[at] and second[at]]
    if not starts or not all(
        at in wide or _width_of_group(first, second, own, at) > 1 for at in starts
    ):
        return False
    values = any(name and is_value(cell) for name, cell in zip(second, third, strict=True))
    names = list(filter(None, second))
    return values or len(set(names)) < len(names)


def _merged(homes: Sequence[Square]) -> set[int]:
    """Return the columns whose squares in a row belong to a cell of several."""
    squares = Counter(homes)
    return {at for at, home in enumerate(homes) if squares[home] > 1}


def _width_of_group(first: Row, second: Row, own: Sequence[bool], start: int) -> int:
    end = start + 1
    while end < len(first) and own[end] and second[end] and not first[end]:
        end += 1
    return end - start


def _span_labels(rows: list[list[str]], homes: list[list[Square]]) -> None:
    """Let a label in the first column span the rows below that have none, but labels behind it."""
    label: Square | None = None
    for number, row in enumerate(rows):
        if homes[number][0] != (number, 0):
            label = None
        elif row[0]:
            is_group = len(row) > 2 and is_name(row[0]) and is_name(row[1])
            label = (number, 0) if is_group and number and not is_total(row[0]) else None
        elif label and len(row) > 2 and is_name(row[1]) and not is_total(row[1]):
            homes[number][0] = label
        else:
            label = None


def _span_bands(rows: Sequence[Row], homes: list[list[Square]]) -> None:
    """Let a name alone in its row span the row if it names those below: `一、设备`."""
    for number, (row, below) in enumerate(pairwise(rows)):
        alone = number and row[0] and filled(row) == 1 and len(row) > 1
        own = all(home == (number, at) for at, home in enumerate(homes[number]))
        free = all(home[0] > number for home in homes[number + 1])
        if alone and own and free and filled(below) > 1:
            named = numbering(row[0]) is not None or row[0].endswith((":", "："))
            if named or not below[0]:
                homes[number] = [(number, 0)] * len(row)
