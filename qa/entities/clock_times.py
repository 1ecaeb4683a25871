"""Times of day, and which part of a date a question asks for.

Patterns are for simplified text.
"""

import re

from index.article import Span

_N = "[0-9零〇一二两三四五六七八九十]"
_HALF = "凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜里|夜间|午夜"
_CLOCK = (
    rf"(?:(?:{_HALF})\s?)?(?<![\d:：.第])(?:(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d:：])"
    rf"|(?<![零一二两三四五六七八九十]){_N}{{1,3}}(?:点钟?|时(?!间|候|期|代|速|分钟))"
    rf"(?:半|[一三]刻|整|{_N}{{1,3}}分?(?!钟|之|[点时月日号]))?)"
    r"(?:\s?[ap]\.?m\.?)?"
)
_TIMES = re.compile(rf"{_CLOCK}(?:\s?(?:[—–~～-]+|至|到)\s?{_CLOCK})?", re.IGNORECASE)
# 三点 may be three points of a list; a clock time that surely is one has more to it.
_SURE = re.compile(rf"[:：]|{_HALF}|[半刻整时]|点钟|点{_N}|[—–~～至到-]")
_POINTS = re.compile("^(?:建议|意见|要求|措施|原因|内容|启示|说明|希望)")
_CLOCK_ASKED = re.compile(r"几点|几时|[什甚]么时刻|何时(?=开门|关门|开饭)|多少点|\bwhat time\b")
_WEEKDAY_ASKED = re.compile(r"(?:星期|周|礼拜)几|\b(?:what|which) day of the week\b")
_DAY_ASKED = re.compile(
    r"哪一?[天日]|几[号日]|几月几|哪个?月|几月|日期|\b(?:what|which) (?:date|day|month)\b"
)
_YEAR_ASKED = re.compile(r"哪一?年|何年|哪个?年份|几几年|\b(?:what|which) year\b")
_WEEKDAY = re.compile("(?:星期|周|礼拜)[一二三四五六日天](?![年期])")
_DAY_ALONE = re.compile(
    r"(?<![\d月./-])(?<![\d]\s)\d{1,2}[日号](?![元圆内常均期游报线本语文夜楼院馆门厅仓库机炉])"
)
_HAS_YEAR = re.compile(r"年|\d{4}")
_HAS_DAY = re.compile(r"[月日号]|\d[-/.]\d|[a-z]{3}", re.IGNORECASE)


def clock_times(text: str, *, sure: bool = False) -> list[Span]:
    """Return the times of day in a text, and ranges of them; if `sure`, not what may be points.

    >>> text = "夜班九点十分到十点。"
    >>> [span.of(text) for span in clock_times(text)]
    ['九点十分到十点']
    """
    return [
        Span(*match.span())
        for match in _TIMES.finditer(text)
        if not _POINTS.match(text[match.end() :]) and (not sure or _SURE.search(match.group()))
    ]


def as_asked(text: str, question: str, dates: list[Span]) -> list[Span]:
    """Return what a question about a time asks for: times of day, weekdays, years, or dates.

    `dates` are those that the text has, times of day among them.
    """
    if not question:
        return dates
    if _CLOCK_ASKED.search(question):
        return clock_times(text)
    if _WEEKDAY_ASKED.search(question):
        return [Span(*match.span()) for match in _WEEKDAY.finditer(text)]
    clocks = clock_times(text)
    days = [span for span in dates if not any(map(span.overlaps, clocks))]
    if _YEAR_ASKED.search(question):
        return [span for span in days if _HAS_YEAR.search(span.of(text))]
    alone = [
        Span(*match.span())
        for match in _DAY_ALONE.finditer(text)
        if not any(span.start < match.end() and match.start() < span.end for span in dates)
    ]
    days = sorted([*days, *alone], key=lambda span: span.start)
    if _DAY_ASKED.search(question):
        return [span for span in days if _HAS_DAY.search(span.of(text))] or days
    return days or clock_times(text, sure=True)
