"""Dates and clock times as texts write them, brought to one form.

A lunar date (农历八月十五) is left alone: which day it is depends on the year.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.text.folding import fold

_ONES = "一二三四五六七八九"
_DIGIT_OF = str.maketrans(f"零〇○{_ONES}", "000123456789")
_N = f"[0-9零〇○{_ONES}十]"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_EN = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?(?![\d.])",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])",
        rf"(?:公元)?(?P<year>\d{{4}}|['’]?\d{{2}}|[零〇○{_ONES}]{{4}}|[零〇○{_ONES}]{{2}})年"
        rf"(?:(?P<month>{_N}{{1,3}})月(?:份)?(?:(?P<day>{_N}{{1,3}})[日号])?)?",
        rf"民国(?P<era>{_N}{{1,3}}|元)年(?:(?P<month>{_N}{{1,3}})月(?:(?P<day>{_N}{{1,3}})[日号])?)?",
        rf"(?P<relative>今|去|前|明|后)年(?:(?P<month>{_N}{{1,3}})月(?:份)?(?:(?P<day>{_N}{{1,3}})[日号])?)?",
        r"(?P<near>今|昨|明|前|后)[天日]|当[天日]",
        rf"(?P<month>{_N}{{1,3}})月(?:份)?(?:(?P<day>{_N}{{1,3}})[日号])?",
        rf"(?P<day>{_N}{{1,3}})[日号]",
        rf"{_MONTH_EN}(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<year>\d{{4}}))?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH_EN}(?:,? (?P<year>\d{{4}}))?",
        r"(?P<year>\d{4})(?!\d)",
    )
)
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)(?P<day>[一二三四五六日天])[)）]?")
_TIME = re.compile(
    r"(?P<half>凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜里|夜间|午夜)?"
    rf"(?P<hour>{_N}{{1,3}})(?:[:：]|[点时](?!间)钟?)"
    rf"(?:(?P<part>半|一刻|三刻)|(?P<minute>{_N}{{1,3}})分?)?整?(?::\d\d)?"
    r"(?P<english> ?[ap]\.?m\.?)?"
)
_AFTERNOON = frozenset("下午 傍晚 晚上 晚间 晚 夜里 夜间".split())
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
_LUNAR = re.compile(f"农历|阴历|腊月|正月|冬月|闰|初[{_ONES}十]")
_TO = re.compile(r"\s*(?:[—–\-~～−]+|至|到|\bto\b)\s*")
_YEARS = {"今": 0, "去": -1, "前": -2, "明": 1, "后": 2}
_DAYS = {"今": 0, "昨": -1, "前": -2, "明": 1, "后": 2}
_WRITTEN = re.compile(
    r"(?<![\d./-])(?P<y0>\d{4})\s?[-/.]\s?(?P<m0>\d{1,2})\s?[-/.]\s?(?P<d0>\d{1,2})(?![\d./-]*\d)"
    rf"|(?<![\d])(?<!农历)(?<!民国)(?P<y1>\d{{4}}|['’]?\d{{2}}|[零〇○{_ONES}]{{4}}|[零〇○{_ONES}]{{2}})\s?年\s?"
    rf"(?P<m1>{_N}{{1,3}})\s?月\s?(?P<d1>{_N}{{1,3}})\s?[日号]"
    rf"|(?<![\d年历闰{_ONES}十])(?P<m2>{_N}{{1,3}})\s?月\s?(?P<d2>{_N}{{1,3}})\s?[日号](?!楼|院)"
    r"|(?<![\d/.])(?P<m3>1[0-2]|[1-9])/(?P<d3>[12]\d|3[01]|[1-9])(?![\d/%]|\.\d|\s?[的以倍])"
)
# 9/3 is a day, not a fraction, behind a preposition or with nothing behind it: not 2/3股东.
_AT_DAY = re.compile(r"(?:[在是自从]|(?<![少大高低等多小])于|\bon)\s?\Z", re.IGNORECASE)
_HAN_BEFORE = re.compile(r"(?<![占了约达过近到超足为成少加于降升])[\u4e00-\u9fff]\s?\Z|^\Z")
_BEHIND_DAY = re.compile(
    r"(?P<end>\s*(?:\Z|[?？!！。.,，、;；:：)）]))|(?P<time>[上下中]午|[早晚])|(?![班股])[\u4e00-\u9fff]"
)
_DATED = re.compile(r"月|\d[-/.]\s?\d")
_PLAIN_DAY = re.compile(r"\d月\d{1,2}日")
_REST = 2  # characters that may follow a date: 底, 上旬
_REPUBLIC, _CENTURY = 1911, 50  # years of two digits from 50 on are of the twentieth century
_NOON, _EARLY, _MINUTES, _HOURS, _MONTHS_OF_YEAR, _DAYS_OF_MONTH = 12, 6, 60, 24, 12, 31


@dataclass(frozen=True, slots=True)
class _Moment:
    """What a text says of a point in time; None for what it leaves open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: str = ""
    weekday: str = ""
    rest: str = ""

    def form(self) -> str:
        """Return the moment in one form: `2031-05-17`, `5月17日`, `17日`, `06:40`."""
        if self.year is not None:
            parts = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n)]
            written = "-".join(parts)
        else:
            written = f"{self.month}月" if self.month else ""
            written += f"{self.day}日" if self.day else ""
        written = (written or self.weekday) + self.rest
        return f"{written} {self.time}".strip()


def with_plain_dates(text: str) -> str:
    """Rewrite the full dates of a text as 2031年5月6日, and days without a year as 4月6日.

    Months alone, lunar dates and those of an era stay as they are.

    >>> with_plain_dates("2031-05-06和二〇三一年七月十二日")
    '2031年5月6日和2031年7月12日'
    """
    if _DATED.search(text) is None:
        return text
    return _WRITTEN.sub(_in_plain_form, text)


def has_day(text: str) -> bool:
    """Return whether a text has a day of a month in plain form.

    >>> has_day("4月6日的报表"), has_day("4月的产量")
    (True, False)
    """
    return _PLAIN_DAY.search(text) is not None


def _in_plain_form(match: re.Match[str]) -> str:
    groups = match.groupdict()
    year, month, day = (
        next((groups[f"{name}{at}"] for at in range(4) if groups.get(f"{name}{at}")), None)
        for name in ("y", "m", "d")
    )
    moment = _dated({"year": year, "month": month, "day": day}, None)
    is_other = groups["m3"] and not _is_slashed_day(match)
    if is_other or moment is None or moment.month is None or moment.day is None:
        return match.group()
    begin = f"{moment.year}年" if moment.year else ""
    return f"{begin}{moment.month}月{moment.day}日"


def _is_slashed_day(match: re.Match[str]) -> bool:
    before, behind = match.string[: match.start()], _BEHIND_DAY.match(match.string, match.end())
    if behind is None or behind["time"] or _AT_DAY.search(before):
        return behind is not None
    is_less = int(match["m3"]) <= int(match["d3"])  # as a part of a whole is
    return bool(_HAN_BEFORE.search(before)) if behind["end"] is not None else not is_less


def folded_date(written: str, published: str | None = None) -> str | None:
    """Return a date or a clock time in one form, whatever its writing; None if it is none.

    What a date leaves open is taken from `published`, the date of its article, if there is one.

    >>> folded_date("二〇三一年五月十七日"), folded_date("2031/5/17"), folded_date("17日")
    ('2031-05-17', '2031-05-17', '17日')
    >>> folded_date("27日", "2031-04-02"), folded_date("下午三点半")
    ('2031-03-27', '15:30')
    """
    text = fold(written).strip()
    if _LUNAR.search(text):
        return None
    day = _day(published)
    moment = _moment(text, day)
    if moment is not None:
        return _near(moment, day).form()
    for sign in _TO.finditer(text):
        first, last = text[: sign.start()], text[sign.end() :]
        if first.isdigit() and (unit := re.search("[年月日号点时]", last)):
            first += unit.group()
        begin, end = _moment(first, day), _moment(last, day)
        if begin is not None and end is not None:
            begin, end = _near(begin, day), _near(_following(begin, end), day)
            return f"{begin.form()}/{end.form()}"
    return None


def _following(begin: _Moment, end: _Moment) -> _Moment:
    """Fill the end of a range with what only its beginning says: 9月3日至5日."""
    if end.year is None and (end.month or end.day or end.time):
        end = replace(end, year=begin.year)
        if end.month is None and (end.day or end.time):
            end = replace(end, month=begin.month, day=end.day or begin.day)
    return end


def _moment(text: str, published: date | None) -> _Moment | None:
    """Read a whole text as a date, a weekday and a time, each of which may be missing."""
    moment, at = _Moment(), 0
    for form in _FORMS:
        match = form.match(text)
        if match is not None and not text[match.end() :].startswith((":", "点", "分")):
            dated = _dated(match.groupdict(), published)
            if dated is None:
                return None
            moment, at = dated, match.end()
            break
    if match := _WEEKDAY.match(text, at):
        moment, at = replace(moment, weekday=f"周{match['day'].replace('天', '日')}"), match.end()
    at += len(text[at:]) - len(text[at:].lstrip(" t,的"))
    if match := _TIME.match(text, at):
        time = _time(match)
        if time is None:
            return None
        moment, at = replace(moment, time=time), match.end()
    rest = text[at:].strip()
    if moment == _Moment() or len(rest) > _REST or re.search(r"[\d\-/至到~～—]", rest):
        return None
    return replace(moment, rest=rest)


def _dated(groups: dict[str, str | None], published: date | None) -> _Moment | None:
    """Return the date of a match; None if there is no such date."""
    month = _number(groups.get("month"))
    if name := groups.get("name"):
        month = _MONTHS.index(name) + 1
    day, year = _number(groups.get("day")), _year(groups.get("year"))
    if era := groups.get("era"):
        year = _REPUBLIC + (1 if era == "元" else _number(era) or 0)
    if not 1 <= (month or 1) <= _MONTHS_OF_YEAR or not 1 <= (day or 1) <= _DAYS_OF_MONTH:
        return None
    relative, near = groups.get("relative"), groups.get("near")
    if relative or near or not any((year, month, day)):
        if published is None:
            return None
        if relative:
            return _Moment(published.year + _YEARS[relative], month, day)
        moved = published + timedelta(days=_DAYS[near] if near else 0)
        return _Moment(moved.year, moved.month, moved.day)
    return _Moment(year, month, day)


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    digits = int(written.strip("'’").translate(_DIGIT_OF))
    if len(written.strip("'’")) == len("1998"):
        return digits
    return digits + (1900 if digits >= _CENTURY else 2000)


def _number(written: str | None) -> int | None:
    """Return the value of at most two digits: 25, 二十五, 廿 is not written today."""
    if written is None:
        return None
    plain = written.translate(_DIGIT_OF)
    tens, ten, ones = plain.partition("十")
    if not ten:
        return int(plain)
    return int(tens or 1) * 10 + int(ones or 0) if (tens + ones).isdigit() or plain == ten else None


def _time(match: re.Match[str]) -> str | None:
    hour = _number(match["hour"])
    minute = _PARTS[match["part"]] if match["part"] else _number(match["minute"]) or 0
    if hour is None or hour > _HOURS or minute >= _MINUTES:
        return None
    half, english = match["half"], (match["english"] or "").strip()
    afternoon = half in _AFTERNOON or english.startswith("p")
    if hour < _NOON and (afternoon or (half == "中午" and hour < _EARLY)):
        hour += _NOON
    return f"{hour:02}:{minute:02}"


def _day(published: str | None) -> date | None:
    """Return the day of an article's date; None if it is not given to the day."""
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _near(moment: _Moment, published: date | None) -> _Moment:
    """Return the moment with the year and month that lie nearest to the article's date."""
    if published is None or moment.year is not None or moment.day is None:
        return moment
    around = [
        (published.year + shift // 12, shift % 12 + 1)
        for shift in range(published.month - 13, published.month + 12)
    ]
    dates = [
        day
        for year, month in around
        if moment.month in {None, month} and (day := _calendar(year, month, moment.day))
    ]
    if not dates:
        return moment
    nearest = min(dates, key=lambda day: abs(day - published))
    return replace(moment, year=nearest.year, month=nearest.month)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
