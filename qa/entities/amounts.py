"""Find money, percentages, dates and numbers in Chinese and English texts."""

import re
from collections.abc import Sequence

from index.article import Span
from index.text.folding import FoldedText, simplify
from qa.answer_types import AnswerType
from qa.entities.amount_forms import MINUS, MINUS_OF_COUNT, asked_currency, currency_of, is_money
from qa.entities.clock_times import as_asked
from qa.entities.measures import (
    COUNTERS,
    PER,
    UNIT,
    asks_code,
    basic_unit,
    codes,
    is_word,
    may_count_the_same,
    same_unit,
)
from qa.entities.units import UNITS
from qa.entities.written_numbers import DIGITS, HAN_DIGITS, ONES, RANGED, SCALE, TO, WRITTEN
from qa.language import is_han

_SCALE_EN = r"(?:\s?(?:thousand|million|billion|trillion|bn|m|k)\b)?"
# 2-3 million, but no scores, years or codes: 2016-17, 3-2-1.
_LOW_EN = rf"(?:(?!(?:1[5-9]|20)\d\d\D){DIGITS}\s?[-–—−]\s?(?=\d[\d.,]*(?![-\d])))?"

_YUAN = (
    r"(?:人民币|新台币|新加坡|加拿大|澳大利亚|[美欧日港澳韩加新台])?[元圆円](?![首旦宵件素化老])"
    r"|人民币|新台币"
)
_CURRENCY = (
    rf"(?:{_YUAN}|美金|英镑|欧元|日[圆円]|[中西]?非?法郎|非郎|卢比|卢布|比索|克朗|里拉|雷亚尔|"
    r"兰特|泰铢|马克|第纳尔|令吉|块钱|角钱|分钱)"
)
_CURRENCY_EN = (
    r"(?:(?:US|U\.S\.|Canadian|Australian|Hong Kong|Singapore)\s)?"
    r"(?:dollars?|euros?|pounds?|yuan|renminbi|yen|won|rupees?|francs?|USD|EUR|GBP|CNY|RMB)\b"
)
_MONEY = re.compile(
    rf"{MINUS}?{RANGED}\s*{_CURRENCY}{PER}"
    rf"|{MINUS}?(?:US|HK|A|C|NT|S)?[$€£¥￥]\s?{_LOW_EN}{DIGITS}(?:\s?{SCALE}元?|{_SCALE_EN})"
    rf"|{MINUS}?\b(?:RMB|USD|EUR|CNY|GBP)\s?{_LOW_EN}{DIGITS}(?:\s?{SCALE}元?|{_SCALE_EN})"
    rf"|(?<!\d)(?<![\d\W][.,．·]){MINUS}?{DIGITS}{_SCALE_EN}\s{_CURRENCY_EN}",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{MINUS}?{DIGITS}\s?(?:[%％‰]|个百分点|per\s?cent\b|percentage points?\b)"
    rf"|{MINUS}?[\d{HAN_DIGITS}万]+分之[\d{HAN_DIGITS}点.]+"
    r"|[\d一二两三四五六七八九](?:\.\d)?成(?:以上|多|半)?(?![一-龥]?[不员为立就本果分熟都交功长])"
    r"|一半"
    r"|\b(?:an? |one |two |three |four )?(?:half|thirds?|quarters?|fifths?|tenths?)\b(?= of\b)",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY_ZH = rf"\s?[\d{HAN_DIGITS}]{{1,3}}\s?[日号]"
_MONTH_ZH = rf"\s?[\d{HAN_DIGITS}]{{1,2}}\s?月(?:{_DAY_ZH}|份|底|初|[上中下]旬)?"
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
    rf"|(?<![\d{HAN_DIGITS}个]){_MONTH_ZH}"
    r"|(?<!\d)\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?![\d%])"
    rf"|{_MONTH}\s\d{{1,2}}\s?,\s?\d{{4}}|(?:\d{{1,2}}\s)?{_MONTH}\s\d{{4}}"
    r"|\b(?:1\d|20)\d0s\b"
    r"|(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])"
    rf"|{_YEAR_CUE}{_YEAR}(?![\d,.]*\d|%|\s?(?:thousand|million|billion|people))",
    re.IGNORECASE,
)

# 316年 is a year of long ago if nothing else in the sentence is a date; else it may last so long.
_EARLY_YEAR = re.compile(r"(?<![\d第])[1-9]\d{1,2}\s?年(?![代级多余来内间之以后前])")

_PERIOD = re.compile(
    rf"(?<![\d{HAN_DIGITS}第])(?:{DIGITS}|[{HAN_DIGITS}半数几]+)(?:余|多|来)?\s*"
    r"(?:年(?![代级底初末份度\d]|[一二三四五六七八九十]{1,2}月)|个半(?:月|小时|星期)|个月|个?星期|周(?!年)|[天日](?!前夕)|"
    r"个?小时|个?钟头|分钟|秒钟?|个?世纪(?!初|末|中)|个?季度)(?:半|多)?(?:之久|时间)?"
    r"|\b(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"twenty|thirty|forty|fifty|sixty|several|a few|half an?)[ -](?:and a half )?"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies))\b(?! old)",
    re.IGNORECASE,
)
_CALENDAR_YEAR = re.compile(rf"{_YEAR}\s?年|[{HAN_DIGITS}]{{4}}年")

# Any Han character may be a measure word, except those that commonly follow a bare number.
_MEASURE = r"[^\x00-\u33ff\uff00-\uffef自至到的和与在是起以为中上下后前及或等年月日时将已版号]"
_COUNTED = f"(?:[天年米吨岁倍成亩]|[{COUNTERS}])"
_WORDS_EN = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred"
_NOUN_EN = r"(?:\s(?!in\b|of\b|and\b|to\b|the\b|for\b|by\b|on\b|at\b)[a-z][a-z-]+)"
_NUMBER = re.compile(
    rf"(?:{MINUS_OF_COUNT}(?:{WRITTEN}{TO}(?:{MINUS_OF_COUNT}))?|(?<![A-Za-z\d.])(?<![A-Za-z\d]-))"
    rf"(?=[\d{HAN_DIGITS}几数上近过])(?:{RANGED}{UNIT}|(?<=零下){RANGED}度"
    rf"|(?=\d){RANGED}\s?(?:{_MEASURE}){PER}"
    rf"|(?=\D){RANGED}(?:{_COUNTED}){PER}"
    rf"|(?=\d[\d.,]*\s?{SCALE}){RANGED})"
    rf"|(?<![A-Za-z\d.])(?<![A-Za-z\d]-)(?<!\d[,．·]){MINUS_OF_COUNT}?{_LOW_EN}{DIGITS}{_SCALE_EN}"
    rf"{_NOUN_EN}?"
    rf"|\b(?:{_WORDS_EN}){_NOUN_EN}"
)
_UNIT_ASKED = re.compile(
    rf"(?:多少|几)(?P<unit>{UNIT}|[年处{COUNTERS}天米吨度])(?!(?<=人)[口数员才]|(?<=家)[具禽畜庭]|(?<=米)饭)"
)
# 第三次 and 最近一次 say which one, not how many.
_ORDINAL = re.compile(r"(?:第[^，。；]|(?:最近|每隔?|[上近下这那某另同此任哪首之统单唯专前后])一)$")
_ORDINAL_ASKED = re.compile("第(?:几|多少)")
# What is measured, and the basic unit of its amounts.
_DIMENSIONS = tuple(
    (re.compile(asked), basic)
    for asked, basic in (
        ("多[长宽高深远厚]|[长宽高深厚]度|距离|里程|全长", "米"), ("多重|重量|载重", "克"),
        ("面积", "平方米"), ("人口|人数|多少人", "人"), ("温度|气温|水温|体温", "摄氏度"),
        ("频率", "赫"), ("功率", "瓦"), ("电压", "伏"), ("电流", "安"), ("压力|压强", "帕"),
    )
)  # fmt: skip
# Rates that are measured in units of their own: 频率 in 赫, 心率 in beats a minute.
_MEASURED_RATE = re.compile(
    "(?:[频功心速汇倍帧码脉曲]|比特|波特|采样|刷新|分辨|呼吸|电阻|电导|导热|转|流|效)率"
)
_PERCENT_ASKED = re.compile("百分|几成|比例|占比|比重")
_PER_HEAD = re.compile(
    rf"每(?:[十百千万]+|十万|百万)[人名户头亩张件][^\d，。；{ONES}]{{0,6}}{RANGED}[人名户例张件辆台个]?"
    r"|(?<![\d:：.])\d+(?:\.\d+)?\s?[:：∶比]\s?\d+(?:\.\d+)?(?![\d:：.]|\s?[元万亿])"
)
_BARE_YEAR = re.compile(r"(?:1[89]|20)\d\d(?:\s[a-z-]+)?$")
_COUNT_ASKED = re.compile(r"\bhow many\b|几|多少[人个]")
_NO_QUESTION = FoldedText("", "", "", "")


def candidates(
    answer_type: AnswerType, text: str, question: FoldedText = _NO_QUESTION
) -> list[Span]:
    """Return the spans of a type in `PATTERNS`, each a whole amount with its unit.

    A number must have the measure word that the question names; if it names none, amounts of money
    and percentages are numbers as well.

    >>> text = "98个城市投资了3亿元。"
    >>> [span.of(text) for span in candidates(AnswerType.MONEY, text)]
    ['3亿元']
    >>> question = FoldedText.of("多少个城市?")
    >>> [span.of(text) for span in candidates(AnswerType.NUMBER, text, question)]
    ['98个']
    """
    plain, asked = simplify(text), question.simplified.lower()  # keeps offsets
    # Not `lowered`, which stays in capitals if a letter (İ) would become two.
    if answer_type is AnswerType.NUMBER:
        return _numbers(plain, asked)
    if answer_type is AnswerType.PERIOD:
        return _periods(plain)
    if answer_type is AnswerType.PERCENT:
        return _percents(plain, asked)
    if answer_type is AnswerType.DATE:
        return as_asked(plain, asked, _spans(_DATE, plain) or _spans(_EARLY_YEAR, plain))
    return _of_currency(plain, [Span(*match.span()) for match in _money(plain, asked)], asked)


def names_unit(question: FoldedText) -> bool:
    """Return whether a question names the unit of the amount that it asks for: 多少吨.

    >>> names_unit(FoldedText.of("有多少吨?")), names_unit(FoldedText.of("有多重?"))
    (True, False)
    """
    return _UNIT_ASKED.search(question.simplified.lower()) is not None


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _money(text: str, question: str = "") -> list[re.Match[str]]:
    """Return amounts of money; `question` is one that asks for money, if any."""
    return [match for match in _MONEY.finditer(text) if is_money(match, asked=bool(question))]


def _of_currency(text: str, spans: list[Span], question: str) -> list[Span]:
    """Return the amounts in the currency that is asked for (多少美元); all if none is in it."""
    asked = asked_currency(question)
    return [
        span for span in spans if asked is not None and currency_of(span.of(text)) == asked
    ] or spans


def _percents(text: str, question: str) -> list[Span]:
    """Return percentages, or else what else a rate may be: 每千人3.1人, 1:3, 107.4兆赫."""
    if _MEASURED_RATE.search(question) and not _PERCENT_ASKED.search(question):
        return _numbers(text, question) or _spans(_PERCENT, text)
    shares = _spans(_PERCENT, text)
    if shares or not question:
        return shares
    clocks = _spans(_DATE, text)
    return [span for span in _spans(_PER_HEAD, text) if not any(map(span.overlaps, clocks))]


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
    if asks_code(question) and (found := codes(text)):
        return [Span(*match.span()) for match in found]
    amounts = [match.span() for match in (*_money(text), *_PERCENT.finditer(text))]
    taken = amounts + [match.span() for match in _DATE.finditer(text)]
    ordinal = _ORDINAL_ASKED.search(question) is not None
    matches = [
        match
        for match in _NUMBER.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
        and not is_word(text[match.start() : match.end() + 1])
        and (ordinal or _ORDINAL.search(text, 0, match.start() + 1) is None)
    ]
    asked = _UNIT_ASKED.search(question) if is_han(text) else None
    if asked:
        matches = _of_unit(matches, asked["unit"])
    numbers = [_without_asked_noun(text, Span(*match.span()), question) for match in matches]
    no_years = [span for span in numbers if not _BARE_YEAR.match(span.of(text))]
    spans = no_years or numbers
    if asked is None and not _COUNT_ASKED.search(question):
        spans += [Span(*span) for span in amounts]
    return _of_dimension(text, sorted(spans, key=lambda span: span.start), question)


def _of_unit(matches: Sequence[re.Match[str]], unit: str) -> list[re.Match[str]]:
    """Return the numbers with a unit; if none has it, those with another measure word.

    几个房间 may be answered by 三间, but 几名学生 is not answered by 三间.
    """
    units, basic = same_unit(unit), basic_unit(f"1{unit}")
    exact = [
        match
        for match in matches
        # 立方米 ends with 米, and is a unit of something else.
        if match.group().rstrip().endswith(units)
        and (unit not in UNITS or basic_unit(match.group()) == basic)
    ]
    return exact or [match for match in matches if may_count_the_same(unit, match.group()[-1])]


def _of_dimension(text: str, spans: list[Span], question: str) -> list[Span]:
    """Return the amounts in the unit of what is measured; all if none is in it."""
    for asked, basic in _DIMENSIONS:
        if asked.search(question):
            fitting = [span for span in spans if basic_unit(span.of(text)) == basic]
            return fitting or spans
    return spans


def _without_asked_noun(text: str, span: Span, question: str) -> Span:
    """Return `47` of `47 datasets` if the question names the unit, else the span."""
    number, _, noun = span.of(text).rpartition(" ")
    if noun.isascii() and noun.isalpha() and noun.lower() in re.findall(r"[a-z]+", question):
        return Span(span.start, span.start + len(number))
    return span
