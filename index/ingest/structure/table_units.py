"""Carry the unit that stands above a table (`单位：万元`) into each of its rows.

A row is found and cited without what stands above it, and 4,150 alone is no amount of money.
"""

import re
from collections.abc import Iterator, Sequence

from index.ingest.structure.line_shapes import is_blank, width
from index.ingest.structure.tables import CELL_SEPARATOR

_LINES_ABOVE = 3
_MAX_UNIT_WIDTH = 16
_MAX_LINE_WIDTH = 60
# `单位` is an organisation in most other lines: 主办单位：…, 单位：林业局.
_UNIT_NAME = (
    r"元|[美欧日港]元|英镑|[吨米升克亩顷户人次个件台套辆名家处座项篇册份头只株棵箱度时秒分天日月年]|"
    r"%|％|‰|平方|立方|[千公]里|公[斤顷]|千[瓦克米]|[万亿百千](?![\u4e00-\u9fff])|[a-zA-Zμ℃°Ω]"
)
_HAN_UNIT = re.compile(
    r"(?<![\u4e00-\u9fff])(?:计量|金额|货币|数量)?单\s?位\s*[：:]\s*"
    r"(?P<unit>[^\s，,。；;：:（）()【】\]]+(?:[，,、/]\s?[^\s，,。；;：:（）()【】\]]+)*)"
)
_LATIN_UNIT = re.compile(
    r"\bunits?\s*:\s*(?P<unit>[^;.:()\[\]]+)"
    r"|\(in (?P<inner>(?:[a-z$€£¥]+ )?(?:thousand|million|billion)s?(?: of)?(?: [a-z]+)?)\)",
    re.IGNORECASE,
)
_IS_UNIT = re.compile(rf"(?:人民币)?[十百千万亿]*(?:{_UNIT_NAME})")


def with_units(texts: Sequence[str], rows: Sequence[bool]) -> list[str]:
    """Return the lines of a document, each row of a table with the unit stated above it.

    >>> with_units(["单位：万元", "", "年份: 2023, 收入: 12"], [False, False, True])
    ['单位：万元', '', '年份: 2023, 收入: 12, 单位: 万元']
    """
    lines = list(texts)
    for start, end in _tables(rows):
        stated = _above(texts, rows, start)
        if stated:
            lines[start:end] = [f"{line}{CELL_SEPARATOR}{stated}" for line in lines[start:end]]
    return lines


def unit_in(line: str) -> str | None:
    """Return the unit that a line states for the table below it, or None.

    >>> unit_in("表3 各项开支（单位：万元）"), unit_in("主办单位：林业局"), unit_in("Unit: km")
    ('万元', None, 'km')
    """
    if width(line) > _MAX_LINE_WIDTH:
        return None
    if match := _HAN_UNIT.search(line):
        unit = match["unit"].strip()
        return unit if width(unit) <= _MAX_UNIT_WIDTH and _IS_UNIT.match(unit) else None
    if match := _LATIN_UNIT.search(line):
        unit = (match["unit"] or match["inner"]).strip()
        return unit if width(unit) <= _MAX_UNIT_WIDTH else None
    return None


def _tables(rows: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of consecutive rows."""
    start: int | None = None
    for number, row in enumerate([*rows, False]):
        if row and start is None:
            start = number
        elif not row and start is not None:
            yield start, number
            start = None


def _above(texts: Sequence[str], rows: Sequence[bool], start: int) -> str | None:
    """Return what the lines above a table say of its unit, as a cell."""
    seen = 0
    for number in range(start - 1, -1, -1):
        if rows[number] or seen == _LINES_ABOVE:
            return None
        if is_blank(texts[number]):
            continue
        unit = unit_in(texts[number])
        if unit:
            return f"单位: {unit}" if _HAN_UNIT.search(texts[number]) else f"unit: {unit}"
        seen += 1
    return None
