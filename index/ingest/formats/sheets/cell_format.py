"""Write a number as a sheet shows it: `12%`, `00019`, `1,200.50`, `3.5万元`.

Dates and times are left to `time_format`.
"""

import math
import re
from dataclasses import dataclass

from index.ingest.formats.sheets.time_format import show_time

# The formats that have a number and no text in a workbook (ECMA-376, 18.8.30); how they show dates
# depends on who opens it, so these are in ISO 8601.
_KNOWN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd",
    15: "yyyy-mm-dd", 16: "mm-dd", 17: "yyyy-mm", 18: "hh:mm", 19: "hh:mm:ss", 20: "hh:mm",
    21: "hh:mm:ss", 22: "yyyy-mm-dd hh:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "hh:mm:ss", 47: "mm:ss", 27: "yyyy-mm", 28: "mm-dd",
    29: "mm-dd", 30: "yyyy-mm-dd", 31: "yyyy-mm-dd", 32: "hh:mm", 33: "hh:mm:ss", 34: "hh:mm",
    35: "hh:mm:ss", 36: "yyyy-mm", 50: "yyyy-mm", 51: "mm-dd", 52: "yyyy-mm", 53: "mm-dd",
    54: "mm-dd", 55: "hh:mm", 56: "hh:mm:ss", 57: "yyyy-mm", 58: "mm-dd",
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_CONDITION = re.compile(r"\[(?![hms]+\])(?:\$([^\]-]*)[^\]]*|[^\]]*)\]", re.IGNORECASE)
_PATTERN = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?(,*)")
_GENERAL = re.compile("general", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellFormat:
    """How a cell shows its number: a code such as `0.00%`; empty shows it as it is."""

    code: str = ""

    @classmethod
    def numbered(cls, number: int, own: dict[int, str]) -> "CellFormat":
        """Return the format of a number, one of the workbook's own or one that all know."""
        return cls(own.get(number, _KNOWN.get(number, "")))

    def show(self, value: float, *, from_1904: bool = False) -> str:
        """Return the number as the cell shows it.

        >>> CellFormat("0.0%").show(0.125), CellFormat('0.0"万元"').show(12), CellFormat().show(3.0)
        ('12.5%', '12.0万元', '3')
        """
        if not math.isfinite(value):
            return str(value)
        section = self._section(value)
        plain = _CONDITION.sub("", _QUOTED.sub("", section))
        if re.search("[ymdhs]", plain, re.IGNORECASE) and "general" not in plain.lower():
            return show_time(value, section, from_1904=from_1904) or general(value)
        return _number(value, section)

    def _section(self, value: float) -> str:
        """Return the part of the code for positive or for negative numbers, or for nought."""
        sections = self.code.split(";")
        number = 1 if value < 0 else 2 if value == 0 else 0
        return sections[number] if 0 < number < len(sections) else sections[0]


def general(value: float) -> str:
    """Write a number without a format, as short as it is exact.

    >>> general(0.1 + 0.2), general(1200000.0)
    ('0.3', '1200000')
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}"


def _number(value: float, section: str) -> str:
    literal = _QUOTED.sub(lambda match: match[1] or match[2] or "", section)
    literal = _CONDITION.sub(lambda match: match[1] or "", literal)
    masked = _CONDITION.sub("", _QUOTED.sub("", section))
    if _GENERAL.search(masked):
        return _GENERAL.sub(general(value), literal, count=1).strip()
    pattern = _PATTERN.search(masked)
    if pattern is None or "e" in masked.lower() or "/" in masked or "@" in masked:
        return general(value)
    apart = _PATTERN.findall(_CONDITION.sub("", _QUOTED.sub(" ", section)))
    if len(apart) > 1 and "." not in masked and "#" not in masked:
        return _spread(value, literal)
    percent = "%" in masked
    whole = pattern[0].partition(".")[0]
    thousands = len(pattern[1]) or len(whole) - len(whole.rstrip(","))
    scaled = abs(value) * (100 if percent else 1) / 1000**thousands
    decimals = len(re.sub(r"[^#0?]", "", pattern[0].partition(".")[2]))
    grouped = "," in whole.rstrip(",")
    figures = f"{scaled:,.{decimals}f}" if grouped else f"{scaled:.{decimals}f}"
    figures = "0" * (whole.count("0") - len(figures.partition(".")[0])) + figures
    if decimals and "0" not in pattern[0].partition(".")[2]:
        figures = figures.rstrip("0").rstrip(".")
    own = _PATTERN.search(literal)
    before, after = (literal[: own.start()], literal[own.end() :]) if own else ("", "")
    sign = "-" if value < 0 and "-" not in before and "(" not in before else ""
    return f"{sign}{before.strip()}{figures}{after.strip()}".replace(" ", "")


def _spread(value: float, literal: str) -> str:
    """Write the digits of a number in places that other characters set apart: `000-0000`."""
    places = sum(char in "0?" for char in literal)
    digits = iter(str(abs(round(value))).zfill(places))
    first = "".join(next(digits) for _ in range(len(str(abs(round(value))).zfill(places)) - places))
    shown = "".join(next(digits) if char in "0?" else char for char in literal)
    return ("-" if value < 0 else "") + first + shown.strip()
