"""Tell whether cells of a table name others: the first row its columns, or a cell the one beside.

Tables in documents are judged by `has_header`, those of sheets and slides by `names_columns`, which
is less strict.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from index.ingest.structure.line_shapes import ends_sentence, width

_DIGIT = re.compile(r"\d")
_VALUE = re.compile(r"^[^\d]{0,4}\d[\d.,:：/年月日–—~-]*[^\d]{0,6}$")
_FIGURES = re.compile(r"[\d.,\s]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_NAME_WIDTH = 30
_MAX_PAIR_NAME = 12
_MAX_PAIRS = 4  # in a row


def names_columns(rows: Sequence[Sequence[str]], *, headed: bool) -> bool:
    """Return whether the first row names the columns, as that of a sheet nearly always does."""
    head, body = rows[0], rows[1:]
    names = [cell for cell in head if cell]
    named = _are_distinct(names) and len(names) >= max(1, len(head) - 1)
    if not named or not all(width(cell) <= _MAX_NAME_WIDTH for cell in names):
        return False
    plain = not any(_is_figure(cell) for cell in names)
    if (headed and plain) or has_header(rows):
        return True
    return plain and len(head) > 2 and len(body) > 0 and not has_pairs(rows)


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns."""
    head, body = rows[0], rows[1:]
    named = all(head[1:]) and len(set(head)) == len(head) > 1
    if not body or not named or any(not _is_name(cell) for cell in head):
        return False
    differing = sum(
        _differs(head[i], [row[i] for row in body if i < len(row)]) for i in range(len(head))
    )
    # The first of two columns may be the names: 姓名 | 张三 above 年龄 | 30. Values of one unit
    # have one name.
    if len(body) > 1 and (len(head) == 2 or has_pairs(rows)):
        columns = list(zip(*body, strict=False))
        units = sum(map(_is_of_one_unit, columns))
        return units > 0 and differing > 0
    return differing >= (1 if len(head) > 2 and len(body) > 1 else 2)


def has_pairs(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether each row is a name with its value, or several.

    Names are short, unlike each other and no values. In two columns a value in figures proves it;
    in more the values of a column must differ in kind, for else it is a list of like things.
    """
    columns = max(map(len, rows), default=0)
    if columns % 2 or not 2 <= columns <= 2 * _MAX_PAIRS or len(rows) < 2:
        return False
    names = [cell for row in rows for cell in row[::2] if cell]
    values = [cell for row in rows for cell in row[1::2] if cell]
    if len(set(names)) < len(names) or not all(map(_is_label, names)):
        return False
    if any(cell and not name for row in rows for name, cell in pairs_of(row)):
        return False
    figures = sum(_VALUE.match(value) is not None for value in values)
    return figures > 0 if columns == 2 else 0 < figures < len(values)


def pairs_of(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return the cells of a row two by two, each name with its value."""
    return zip_longest(row[::2], row[1::2], fillvalue="")


def is_value(cell: str) -> bool:
    """Return whether a cell is a figure or a date, with a few words around it at most.

    >>> is_value("1.6亿元"), is_value("收入")
    (True, False)
    """
    return _VALUE.match(cell) is not None


def _are_distinct(names: Sequence[str]) -> bool:
    """Return whether no name is repeated, or all of several are in turn, as of two lists.

    >>> [_are_distinct(names) for names in (["塔", "塔", "人"], ["塔", "高", "塔", "高"])]
    [False, True]
    """
    distinct = len(set(names))
    turns = [names[at : at + distinct] for at in range(0, len(names), max(distinct, 1))]
    return distinct == len(names) or (distinct > 1 and all(turn == turns[0] for turn in turns))


def _is_label(cell: str) -> bool:
    """Return whether a cell may name the one beside it."""
    return _is_name(cell) and width(cell) <= _MAX_PAIR_NAME and not _DIGIT.search(cell)


def _is_of_one_unit(cells: Sequence[str]) -> bool:
    """Return whether all cells are values of one unit, as below the name of a column."""
    return all(map(_VALUE.match, cells)) and len({_FIGURES.sub("", cell) for cell in cells}) == 1


def _is_name(cell: str) -> bool:
    return width(cell) <= _MAX_NAME_WIDTH and not ends_sentence(cell)


def _differs(name: str, cells: Sequence[str]) -> bool:
    """Return whether a column has mostly values under a name that is no value itself."""
    filled = [cell for cell in cells if cell]
    values = sum(_VALUE.match(cell) is not None for cell in filled)
    plain = not _VALUE.match(name) or not _DIGIT.search(name) or name.endswith("年")
    return bool(filled) and plain and values >= 0.6 * len(filled)


def _is_figure(cell: str) -> bool:
    """Return whether a cell is a value; years are names of columns, too."""
    if _YEAR.fullmatch(cell):
        return False
    return cell.replace(",", "").replace(".", "").replace("%", "").lstrip("-¥$").isdecimal()
