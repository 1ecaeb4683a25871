"""The words that ask for an amount or a date: 多少公里, 几座, 百分之多少, 哪一年."""

import re

from qa.answer_types import AnswerType
from qa.entities.measures import COUNTERS
from qa.entities.units import UNITS
from qa.entities.written_numbers import RANGED, number_range

_NUMBER = re.compile(RANGED)
_QUALIFIER = re.compile(r"以上|以下|以内|左右|上下|之?多|余|[来近约逾超]")
_FEW = 10
_NO_UNIT = frozenset("届 期 号 级 代 版 倍 日 回 例 月 W w".split())
_UNITS = (UNITS.keys() | set(COUNTERS) | {"年", "公里", "个小时", "个月", "万平方米"}) - _NO_UNIT
_CURRENCY = re.compile(
    "(?:人民币|美|欧|日|港|韩|澳|加|新台|新加坡)?[元圆]|英镑|卢布|卢比|韩[元圆]|泰铢"
)
_ONE_YEAR = re.compile(r"(?:公元前?)?\d{3,4}\s?年")


def of_amount(answer_type: AnswerType, written: str) -> str | None:
    """Return what asks for an amount; None if it is vague, is one, or has no known unit.

    >>> of_amount(AnswerType.NUMBER, "近55公里"), of_amount(AnswerType.NUMBER, "3座")
    ('多少公里', '几座')
    >>> of_amount(AnswerType.MONEY, "1.6亿美元"), of_amount(AnswerType.NUMBER, "数百家") is None
    ('多少美元', True)
    """
    if answer_type is AnswerType.PERCENT:
        return "多少个百分点" if "百分点" in written else "百分之多少"
    number = _NUMBER.search(written)
    limits = number_range(number.group()) if number else None
    if number is None or limits is None or limits[1] == 1:
        return None
    unit = _QUALIFIER.sub("", written[number.end() :].strip())
    if answer_type is AnswerType.MONEY:
        return f"多少{unit}" if _CURRENCY.fullmatch(unit) else None
    if unit not in _UNITS:
        return None
    is_few = limits[1] <= _FEW and unit[0] in COUNTERS
    return f"{'几' if is_few else '多少'}{unit}"


def of_date(written: str) -> str:
    """Return what asks for a date: for its year if that is all it says.

    >>> of_date("2018年10月24日"), of_date("2001年")
    ('什么时候', '哪一年')
    """
    return "哪一年" if _ONE_YEAR.fullmatch(written.strip()) else "什么时候"
