"""Find money, percentages, dates and numbers in Chinese and English texts."""

import re

from index.article import Span
from index.text.folding import FoldedText, simplify
from qa.answer_types import AnswerType
from qa.language import is_han

_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_HAN_DIGITS = "零〇○一二两三四五六七八九十百千"
# 千 is a scale in 3千万, but part of the unit in 千瓦, 千米, 千克.
_SCALE = r"\s*(?:[十百万亿兆]|千(?![瓦米克卡赫伏]))*(?:余|多|来)?"
_AMOUNT = rf"(?:{_DIGITS}|[{_HAN_DIGITS}]+){_SCALE}"
_SCALE_EN = r"(?:\s?(?:thousand|million|billion|trillion|bn|m|k)\b)?"

_YUAN = (
    r"(?:人民币|新台币|新加坡|加拿大|澳大利亚|[美欧日港澳韩加新台])?[元圆円](?![首旦宵件素化老])"
    r"|人民币|新台币"
)
_CURRENCY = (
    rf"(?:{_YUAN}|美金|英镑|欧元|日[圆円]|[中西]?非?法郎|非郎|卢比|卢布|比索|克朗|里拉|雷亚尔|"
    r"兰特|泰铢|马克|第纳尔|令吉)"
)
_CURRENCY_EN = (
    r"(?:(?:US|U\.S\.|Canadian|Australian|Hong Kong|Singapore)\s)?"
    r"(?:dollars?|euros?|pounds?|yuan|renminbi|yen|won|rupees?|francs?|USD|EUR|GBP|CNY|RMB)\b"
)
_MONEY = re.compile(
    rf"{_AMOUNT}\s*{_CURRENCY}"
    rf"|(?:US|HK|A|C|NT|S)?[$€£¥￥]\s?{_DIGITS}{_SCALE_EN}"
    rf"|\b(?:RMB|USD|EUR|CNY|GBP)\s?{_DIGITS}{_SCALE_EN}"
    rf"|{_DIGITS}{_SCALE_EN}\s{_CURRENCY_EN}",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{_DIGITS}\s?(?:[%％‰]|个百分点|per\s?cent\b|percentage points?\b)"
    rf"|[\d{_HAN_DIGITS}]+分之[\d{_HAN_DIGITS}点.]+"
    r"|[\d一二两三四五六七八九](?:\.\d)?成(?:以上|多|半)?(?![一-龥]?[不员为立就本果分熟都交功长])"
    r"|一半"
    r"|\b(?:an? |one |two |three |four )?(?:half|thirds?|quarters?|fifths?|tenths?)\b(?= of\b)",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY_ZH = rf"\s?[\d{_HAN_DIGITS}]{{1,3}}\s?[日号]"
_MONTH_ZH = rf"\s?[\d{_HAN_DIGITS}]{{1,2}}\s?月(?:{_DAY_ZH}|份|底|初|[上中下]旬)?"
_YEAR_ZH = (
    r"(?:公元前?\d{1,4}|\d{4}|[一二三四五六七八九〇零○]{4})\s?年(?!级)(?:代|底|初|末|春|夏|秋|冬)?"
)
_YEAR = r"(?:1[5-9]|20)\d{2}"
# A bare number is a year only after certain prepositions or a bracket.
_YEAR_CUE = r"(?:(?<=\bin )|(?<=\bIn )|(?<=\bby )|(?<=\bsince )|(?<=\bfrom )|(?<=\buntil )|(?<=\())"
_DATE = re.compile(
    rf"(?<!\d)\d{{4}}\s?年?(?:{_MONTH_ZH})?\s?[到至—–~-]\s?\d{{4}}\s?年(?:{_MONTH_ZH})?"
    rf"|(?<!\d){_YEAR_ZH}(?:{_MONTH_ZH})?"
    rf"|[今去明前]年(?:{_MONTH_ZH}|底|初|末)?"
    rf"|(?<![\d{_HAN_DIGITS}个]){_MONTH_ZH}"
    r"|(?<!\d)\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?![\d%])"
    rf"|{_MONTH}\s\d{{1,2}},\s?\d{{4}}|(?:\d{{1,2}}\s)?{_MONTH}\s\d{{4}}"
    r"|(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])"
    rf"|{_YEAR_CUE}{_YEAR}(?![\d,.]*\d|%|\s?(?:thousand|million|billion|people))",
    re.IGNORECASE,
)

_PERIOD = re.compile(
    rf"(?<![\d{_HAN_DIGITS}第])(?:{_DIGITS}|[{_HAN_DIGITS}半数几]+)(?:余|多|来)?\s*"
    r"(?:年(?![代级底初末份度\d]|[一二三四五六七八九十]{1,2}月)|个半(?:月|小时|星期)|个月|个?星期|周(?!年)|[天日](?!前夕)|"
    r"个?小时|个?钟头|分钟|秒钟?|个?世纪(?!初|末|中)|个?季度)(?:半|多)?(?:之久|时间)?"
    r"|\b(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"twenty|thirty|forty|fifty|sixty|several|a few|half an?)[ -](?:and a half )?"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies))\b(?! old)",
    re.IGNORECASE,
)
_CALENDAR_YEAR = re.compile(rf"{_YEAR}\s?年|[{_HAN_DIGITS}]{{4}}年")

_UNITS = (
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|千瓦时|千瓦|兆瓦|吉瓦|千伏|公斤|千克|小时|"
    "分钟|人次|年级|英里|海里"
)
# Any Han character may be a measure word, except those that commonly follow a bare number.
_MEASURE = r"[^\x00-\u33ff自至到的和与在是起以为中上下后前及或等年月日时将已版]"
_COUNTED = "[个座家项名位人次条种台艘所天年米吨岁倍届成]"
_WORDS_EN = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred"
_NOUN_EN = r"(?:\s(?!in\b|of\b|and\b|to\b|the\b|for\b|by\b|on\b|at\b)[a-z][a-z-]+)"
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.])(?<![A-Za-z\d]-){_DIGITS}{_SCALE}(?:{_UNITS}|{_MEASURE})"
    rf"|[{_HAN_DIGITS}万亿]+(?:余|多)?(?:{_UNITS}|{_COUNTED})"
    rf"|{_DIGITS}{_SCALE_EN}{_NOUN_EN}?"
    rf"|\b(?:{_WORDS_EN}){_NOUN_EN}"
)
_UNIT_ASKED = re.compile(
    rf"(?:多少|几)(?P<unit>{_UNITS}|[个家人台座项次年条种位所艘米吨度名部处天])"
)
_BARE_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:\s[a-z-]+)?$")
_SAME_UNIT = {"公里": ("公里", "千米"), "千米": ("公里", "千米"), "公斤": ("公斤", "千克")}
_COUNT_ASKED = re.compile(r"\bhow many\b|几|多少[人个]")
_NO_QUESTION = FoldedText("", "", "", "")


def candidates(
    answer_type: AnswerType, text: str, question: FoldedText = _NO_QUESTION
) -> list[Span]:
    """Return the spans of a type in `PATTERNS`.

    A number must have the measure word that the question names; if it names none, amounts of money
    and percentages are numbers as well.

    >>> text = "98个城市投资了3亿元。"
    >>> [span.of(text) for span in candidates(AnswerType.MONEY, text)]
    ['3亿元']
    >>> question = FoldedText.of("多少个城市?")
    >>> [span.of(text) for span in candidates(AnswerType.NUMBER, text, question)]
    ['98个']
    """
    plain = simplify(text)  # keeps offsets
    if answer_type is AnswerType.NUMBER:
        # Not `lowered`, which stays in capitals if a letter (İ) would become two.
        return _numbers(plain, question.simplified.lower())
    if answer_type is AnswerType.PERIOD:
        return _periods(plain)
    pattern = {AnswerType.MONEY: _MONEY, AnswerType.PERCENT: _PERCENT, AnswerType.DATE: _DATE}[
        answer_type
    ]
    return [Span(*match.span()) for match in pattern.finditer(plain)]


def _periods(text: str) -> list[Span]:
    """Return periods of time; 2016年 and 5月3日 are dates, 3日 alone may be either."""
    dates = [match.span() for match in _DATE.finditer(text)]
    return [
        Span(*match.span())
        for match in _PERIOD.finditer(text)
        if _CALENDAR_YEAR.fullmatch(match.group()) is None
        and not any(start <= match.start() and match.end() <= end for start, end in dates)
    ]


def _numbers(text: str, question: str) -> list[Span]:
    amounts = [match.span() for pattern in (_MONEY, _PERCENT) for match in pattern.finditer(text)]
    taken = amounts + [match.span() for match in _DATE.finditer(text)]
    asked = _UNIT_ASKED.search(question) if is_han(text) else None
    units = _SAME_UNIT.get(asked["unit"], (asked["unit"],)) if asked else ()
    numbers = [
        _without_asked_noun(text, Span(*match.span()), question)
        for match in _NUMBER.finditer(text)
        if (asked is None or match.group().rstrip().endswith(units))
        and not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    no_years = [span for span in numbers if not _BARE_YEAR.match(span.of(text))]
    spans = no_years or numbers
    if asked is None and not _COUNT_ASKED.search(question):
        spans += [Span(*span) for span in amounts]
    return sorted(spans, key=lambda span: span.start)


def _without_asked_noun(text: str, span: Span, question: str) -> Span:
    """Return `47` of `47 datasets` if the question names the unit, else the span."""
    number, _, noun = span.of(text).rpartition(" ")
    if noun.isascii() and noun.isalpha() and noun.lower() in re.findall(r"[a-z]+", question):
        return Span(span.start, span.start + len(number))
    return span
