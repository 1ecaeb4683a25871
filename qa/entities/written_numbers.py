"""Numbers as texts write them, whole: 五亿六千万, 46万5千, 1.2万余, 两三百, 10—15万.

Patterns are for simplified text. `number_range` reads what they match.
"""

import re
from decimal import Decimal

from index.text.folding import fold
from index.text.numbers import value_of

_UNITS = "一二三四五六七八九"
ONES = f"{_UNITS}两"
HAN_DIGITS = f"零〇○{ONES}十百千"
DIGITS = r"\d+(?:,\d{3})*(?:[.．]\d+)?"
# 千 is a scale in 3千万, but part of the unit in 千瓦, 千米, 千克; 兆 in 兆瓦 and 兆赫.
_KILO = "千(?![瓦米克卡赫伏焦帕])"
_MEGA = "兆(?![瓦赫字比帕欧伏宽焦])"
SCALE = f"(?:[十百万亿]|{_KILO}|{_MEGA})"
# Digits after the last scale: 3亿2000. Not those of a date, a time or a share that follows.
_REST = r"\d{1,7}(?![\d.,]*\d)(?!\s?(?:[年月号:：%％]|日(?![元圆])))"
_FIGURE = rf"{DIGITS}(?:\s?{SCALE}+(?:{DIGITS}{SCALE}+)*(?:{_REST})?)?"
# 三千米 is 3000米 all the same, for after a lone digit 千 is a scale.
_HAN_KILO = f"(?:{_KILO}|(?<=[{ONES}])(?<![十百].)千)"
_HAN_PART = f"(?:[零〇○{ONES}十百几万亿]|{_HAN_KILO}|{_MEGA}|点(?=[零〇○{ONES}]))"
# 百家 and 千人 begin with their scale; 万元 is more often a unit than an amount.
_HAN = (
    rf"(?:[{ONES}十百]|{_KILO}|几(?=[十百千万亿])|[上近过](?=[百千万亿])"
    rf"|(?<![人总次户参系指函个基倍少多分度常读件])数(?=[十百千万亿]))"
    rf"(?:{_HAN_PART})*"
)
_MORE = rf"(?:\s?[余多](?:{SCALE})*|来(?!自)(?:{SCALE})*)"
WRITTEN = rf"(?:{_FIGURE}|{_HAN}){_MORE}?"
"""A number with everything that belongs to it, but no unit."""

TO = r"\s*(?:[—–\-~～−]+|至|到)\s*"
RANGED = rf"(?:{WRITTEN}(?:{TO}))?{WRITTEN}"
"""A number, or the two of a range that share their unit."""

_RANGE = re.compile(TO)
# 三四百 and 十七八: a digit and the next, or 三五.
_PAIR = re.compile(r"(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?=[十百千万亿]|$)")
_VAGUE = re.compile("[几数]")
_LAST_SCALE = re.compile("[十百千万亿兆]+$")
_COLLOQUIAL = re.compile(r"(?<=[百千万亿])[1-9]$")
_DIGIT_OF = str.maketrans(f"零〇○{ONES}", "0001234567892")


def number_range(written: str) -> tuple[Decimal, Decimal] | None:
    """Return the lowest and highest value of a written number; None if it is vague.

    >>> [int(value) for value in number_range("五亿六千万") or ()]
    [560000000, 560000000]
    >>> [int(value) for value in number_range("10—15万") or ()]
    [100000, 150000]
    """
    plain = re.sub("[余多来上近过]", "", fold(written)).strip()
    to = _RANGE.search(plain)
    if to is None:
        return _single(plain)
    low, high = plain[: to.start()], plain[to.end() :]
    first, last = _single(low), _single(high)
    if first is None or last is None:
        return None
    scale = _LAST_SCALE.search(high)
    times = value_of("1" + scale.group()) if scale and low.strip()[-1].isdigit() else None
    if times and first[0] * times <= last[1]:
        return first[0] * times, last[1]
    return first[0], last[1]


def _single(written: str) -> tuple[Decimal, Decimal] | None:
    """Return the value of a number without a range sign, or the two of 三四百."""
    plain = "".join(written.split()).replace(",", "")
    if not plain or _VAGUE.search(plain):
        return None
    if re.fullmatch(f"[零〇○{ONES}]{{2,}}", plain) and not _PAIR.fullmatch(plain):
        digits = Decimal(int(plain.translate(_DIGIT_OF)))
        return digits, digits
    if pair := _PAIR.search(plain):
        before, after = plain[: pair.start()], plain[pair.end() :]
        low, high = (value_of(before + digit + after) for digit in pair.group())
        return None if low is None or high is None else (low, high)
    # 7万4 is 74000, as 七万四 is.
    value = value_of(_COLLOQUIAL.sub(lambda match: _UNITS[int(match.group()) - 1], plain))
    return None if value is None else (value, value)
