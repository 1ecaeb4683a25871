"""Write a serial number as the date or time that a sheet shows: `2024/3/5`, `5 Mar 2024`, `18:00`.

A day and a month in figures before the year are read in two ways, so the day in ISO 8601 follows.
"""

import datetime
import re
from collections.abc import Sequence

_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_LATEST = 2_958_465  # the last day that a sheet knows, in the year 9999
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<half>am/pm|a/p|上午/下午)|(?P<field>y+|e+|m+|d+|h+|s+|a{3,4})|\.0+"
    r"|(?P<literal>.)",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"\[\$-(?:[\w,]*-)?F[48]00\]", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NOON = 12
_BEFORE_REPUBLIC = 1911  # years, as Taiwan counts them
_TAIWAN = re.compile(r"\[\$-[\w,]*404\]")


def show_time(value: float, code: str, *, from_1904: bool) -> str | None:
    """Return the date or time of a serial number; None for one that no sheet knows.

    >>> [show_time(45356, code, from_1904=False) for code in ("yyyy/m/d", "d mmm yyyy", "m/d/yy")]
    ['2024/3/5', '5 Mar 2024', '3/5/24 (2024-03-05)']
    """
    if not 0 <= value <= _LATEST:
        return None
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + datetime.timedelta(
        seconds=round(value * 86400)
    )
    if _SYSTEM.search(code):  # as the system of whoever opens it writes it
        return moment.strftime("%H:%M:%S" if "h" in code.lower() else "%Y-%m-%d")
    parts = list(_PART.finditer(code))
    kinds = _kinds(parts)
    elapsed = any(part["elapsed"] for part in parts)
    if "".join(filter(None, kinds)) == "ns" and not elapsed and value >= 1 / 24:
        return moment.strftime("%H:%M:%S")  # the minutes alone would be those of any hour
    if _TAIWAN.search(code):
        kinds = ["r" if kind == "e" else kind for kind in kinds]
    halved = any(part["half"] for part in parts)
    words = [
        _field(part, kind, moment, halved) if kind else _literal(part, moment, value)
        for part, kind in zip(parts, kinds, strict=True)
    ]
    shown = " ".join("".join(words).split())
    return f"{shown} ({moment:%Y-%m-%d})" if _is_ambiguous(parts) else shown


def _kinds(parts: Sequence[re.Match[str]]) -> list[str]:
    """Return for each part the letter of its field, `n` for minutes; nothing for other parts."""
    kinds = [(part["field"] or "")[:1].lower() for part in parts]
    elapsed = [(part["elapsed"] or "")[:1].lower() for part in parts]
    times = [at for at, pair in enumerate(zip(kinds, elapsed, strict=True)) if any(pair)]
    for number, at in enumerate(times):
        before = times[number - 1] if number else None
        after = times[number + 1] if number + 1 < len(times) else None
        hours = before is not None and "h" in (kinds[before], elapsed[before])
        if kinds[at] == "m" and (hours or (after is not None and kinds[after] == "s")):
            kinds[at] = "n"
    return kinds


def _field(part: re.Match[str], kind: str, moment: datetime.datetime, halved: bool) -> str:
    size = len(part[0])
    if kind == "y":
        return f"{moment:%Y}" if size > 2 else f"{moment:%y}"
    if kind in ("e", "r"):
        return str(moment.year - (_BEFORE_REPUBLIC if kind == "r" else 0))
    if kind == "a":
        return ("星期" if size > 3 else "") + _WEEKDAYS[moment.weekday()]
    if kind == "m" and size > 2:
        name = _MONTHS[moment.month - 1]
        return name if size == 4 else name[: 1 if size > 4 else 3]
    if kind == "d" and size > 2:
        return _DAYS[moment.weekday()][: None if size > 3 else 3]
    hour = (moment.hour - 1) % 12 + 1 if halved else moment.hour
    figures = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute}
    return str(figures.get(kind, moment.second)).zfill(min(size, 2))


def _literal(part: re.Match[str], moment: datetime.datetime, value: float) -> str:
    if part["elapsed"]:  # may be longer than a day
        seconds = round(value * 86400)
        unit = {"h": 3600, "m": 60}.get(part["elapsed"][0].lower(), 1)
        return str(seconds // unit).zfill(len(part["elapsed"]))
    if part["half"]:
        early = moment.hour < _NOON
        if "/" in part["half"] and part["half"][0] in "上":
            return "上午" if early else "下午"
        return ("A" if early else "P") + ("M" if len(part["half"]) > 3 else "")
    return part["quoted"] or part["escaped"] or part["literal"] or ""


def _is_ambiguous(parts: Sequence[re.Match[str]]) -> bool:
    """Return whether a day and a month in figures stand before the year, or without one."""
    dated = [
        part["field"] for part in parts if (part["field"] or "")[:1].lower() in ("y", "m", "d")
    ]
    letters = "".join(field[0].lower() for field in dated)
    literal = "".join(part["literal"] or part["escaped"] or "" for part in parts)
    return letters in ("mdy", "dmy") and max(map(len, dated[:2])) < 3 and "/" in literal
