"""Write a number as a sheet shows it: `12%`, `00019`, `1,200.50`, `3.5万元`.

Dates and times are left to `time_format`.
"""

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from index.ingest.formats.sheets.time_format import show_time

# The formats that have a number and no text in a workbook (ECMA-376, 18.8.30); how they show dates
# depends on who opens it, so these are in ISO 8601.
_KNOWN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd",
    15: "yyyy-mm-dd", 16: "mm-dd", 17: "yyyy-mm", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 12: "# ?/?", 13: "# ??/??", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 27: "yyyy-mm", 28: "mm-dd",
    29: "mm-dd", 30: "yyyy-mm-dd", 31: "yyyy-mm-dd", 32: "hh:mm", 33: "hh:mm:ss", 34: "hh:mm",
    35: "hh:mm:ss", 36: "yyyy-mm", 50: "yyyy-mm", 51: "mm-dd", 52: "yyyy-mm", 53: "mm-dd",
    54: "mm-dd", 55: "hh:mm", 56: "hh:mm:ss", 57: "yyyy-mm", 58: "mm-dd",
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.')
_CONDITION = re.compile(r"\[(?![hms]+\])(?:\$([^\]-]*)[^\]]*|[^\]]*)\]", re.IGNORECASE)
_PATTERN = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?(,*)")
_GENERAL = re.compile("general", re.IGNORECASE)
# When a section is for a number: [>=10000], [=1].
_COMPARED = re.compile(r"\[([<>=]{1,2})\s*(-?\d+(?:\.\d+)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, "=": operator.eq,
    "<>": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
_TIMED = re.compile("[ymdhs]|a{3}", re.IGNORECASE)
_FRACTION = re.compile(r"(?P<whole>[#0?]+\s+)?[#0?]+\s*/\s*(?P<below>[#?]+|\d+)")


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
        section, told = _section(self.code.split(";"), value)
        plain = _plain(section)
        if _TIMED.search(plain) and "general" not in plain.lower():
            return show_time(value, section, from_1904=from_1904) or general(value)
        return _number(abs(value) if told else value, section)


def _section(sections: Sequence[str], value: float) -> tuple[str, bool]:
    """Return the part of a code that is for a number, and whether it tells that it is negative."""
    rules = [_COMPARED.search(section) for section in sections]
    if any(rules):
        for section, rule in zip(sections, rules, strict=True):
            compare = rule and _COMPARE.get(rule[1])
            if rule is None or (compare and compare(value, float(rule[2]))):
                return section, False
        return "", False
    number = 1 if value < 0 else 2 if value == 0 else 0
    if not 0 < number < len(sections):
        return sections[0], False
    marks = [_PATTERN.sub("", _literal(section)) for section in sections]
    # Where only the colour tells that a number is negative, its sign has to.
    return sections[number], number == 1 and marks[0] != marks[1]


def general(value: float) -> str:
    """Write a number without a format, as short as it is exact.

    >>> general(0.1 + 0.2), general(1200000.0)
    ('0.3', '1200000')
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}"


def _plain(section: str) -> str:
    """Return what of a section is no text of its own, and no condition."""
    return _CONDITION.sub("", _QUOTED.sub("", section))


def _literal(section: str) -> str:
    """Return a section with its text as it is shown."""
    literal = _QUOTED.sub(lambda match: match[1] or match[2] or "", section)
    return _CONDITION.sub(lambda match: match[1] or "", literal)


def _number(value: float, section: str) -> str:
    literal, masked = _literal(section), _plain(section)
    if _GENERAL.search(masked):
        return _GENERAL.sub(general(value), literal, count=1).strip()
    if not re.search("[0#@]", masked) and "/" not in masked:  # words for a number: 无, —
        return literal.replace("?", "").strip() or general(value)
    if parts := _FRACTION.search(masked):
        return _fraction(value, parts)
    pattern = _PATTERN.search(masked)
    if pattern is None or "e" in masked.lower() or "/" in masked or "@" in masked:
        return general(value)
    apart = _PATTERN.findall(_CONDITION.sub("", _QUOTED.sub(" ", section)))
    if len(apart) > 1 and "." not in masked and "#" not in masked:
        scale = 1000 ** (len(masked.rstrip()) - len(masked.rstrip().rstrip(",")))
        return _spread(value / scale, literal.replace(",", "") if scale > 1 else literal)
    percent = "%" in masked
    whole = pattern[0].partition(".")[0]
    thousands = len(pattern[1]) or len(whole) - len(whole.rstrip(","))
    scaled = abs(value) * (100 if percent else 1) / 1000**thousands
    decimals = len(re.sub(r"[^#0?]", "", pattern[0].partition(".")[2]))
    grouped = "," in whole.rstrip(",")
    figures = f"{scaled:,.{decimals}f}" if grouped else f"{scaled:.{decimals}f}"
    figures = "0" * (whole.count("0") - len(figures.partition(".")[0])) + figures
    optional = decimals - pattern[0].partition(".")[2].rstrip("#?").count("0")
    if optional:
        figures = _shortened(figures, optional)
    own = _PATTERN.search(literal)
    before, after = (literal[: own.start()], literal[own.end() :]) if own else ("", "")
    sign = "-" if value < 0 and "-" not in before and "(" not in before else ""
    return f"{sign}{before.strip()}{figures}{after.strip()}".replace(" ", "")


def _shortened(figures: str, most: int) -> str:
    """Drop noughts at the end, at most so many: `1.500`, 2 → `1.5`."""
    kept = figures.rstrip("0")
    return figures[: max(len(kept), len(figures) - most)].rstrip(".")


def _fraction(value: float, parts: re.Match[str]) -> str:
    """Write a number as a fraction: `2 1/4`."""
    below = parts["below"]
    if below.isdecimal():
        above, under = round(abs(value) * int(below)), int(below)
    else:
        nearest = Fraction(abs(value)).limit_denominator(10 ** len(below) - 1)
        above, under = nearest.numerator, nearest.denominator
    whole, above = divmod(above, under) if parts["whole"] or above % under == 0 else (0, above)
    words = [str(whole)] * bool(whole or not above) + [f"{above}/{under}"] * bool(above)
    return "-" * (value < 0) + " ".join(words)


def _spread(value: float, literal: str) -> str:
    """Write the digits of a number in places that other characters set apart: `000-0000`."""
    places = sum(char in "0?" for char in literal)
    digits = iter(str(abs(round(value))).zfill(places))
    first = "".join(next(digits) for _ in range(len(str(abs(round(value))).zfill(places)) - places))
    shown = "".join(next(digits) if char in "0?" else char for char in literal)
    return ("-" if value < 0 else "") + first + shown.strip()
