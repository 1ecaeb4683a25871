"""Convert amounts to the other language's notation: 1.6亿美元, US$160 million.

Only exact values of whole numbers are converted, and never between currencies.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from index.article import Span
from index.text.folding import simplify, traditional
from qa.answer_types import AnswerType
from qa.entities.written_numbers import HAN_DIGITS, ONES, number_range
from qa.language import Language, has_han

CURRENCIES = (
    # English sign, Chinese name, patterns of Chinese and English texts
    ("US$", "美元", r"美元|美金", r"US\$|U\.S\. dollars?|US dollars?|USD|dollars?|\$"),
    ("€", "欧元", r"欧元", r"€|EUR|euros?"),
    ("HK$", "港元", r"港元|港币|港[幣圆]", r"HK\$|HKD|Hong Kong dollars?"),
    ("NT$", "新台币", r"新[台臺][币幣]|台币", r"NT\$|TWD"),
    ("S$", "新加坡元", r"新加坡元|新元", r"S\$|SGD|Singapore dollars?"),
    ("A$", "澳元", r"澳元|澳大利亚元", r"A\$|AUD|Australian dollars?"),
    ("C$", "加元", r"加元|加拿大元", r"C\$|CAD|Canadian dollars?"),
    ("£", "英镑", r"英镑", r"£|GBP|pounds?(?: sterling)?"),
    ("JP¥", "日元", r"日[元圆]", r"JP¥|JPY|yen"),
    ("₩", "韩元", r"韩[元圆]", r"₩|KRW|won"),
    ("₹", "卢比", r"(?:印度)?卢比", r"₹|INR|rupees?"),
    ("₽", "卢布", r"卢布", r"₽|RUB|roubles?|rubles?"),
    ("¥", "元", r"人民币|元|圆", r"¥|RMB|CNY|yuan|renminbi"),
)
"""The currencies, special ones before those whose names end alike."""

# What a minus stands before, and what a hyphen or the sign of a range stands behind.
_THEN = rf"(?=(?:US|HK|RMB|人民币)?[$€£¥￥]?\s?[\d{HAN_DIGITS}几数])"
_HYPHEN = (
    r"(?<![A-Za-z\d%％‰℃°)）\]】/+±—–~～\-−－元圆万亿千百十米吨人个名家年月日号天岁倍克斤里升瓦时秒分页期章条"
    r"级层楼届周次台辆座])(?<!\d度)(?<!氏度)(?<!\d\s)[-−－]"
)
# 3胜2负1平 and 背负3亿元 tell of no amount below zero.
_BELOW = rf"零下|(?<![{HAN_DIGITS}\d背肩担抱欠胜平正自])负(?!\d{{1,3}}[场局平胜])"
MINUS = rf"(?:(?:{_BELOW}|{_HYPHEN}){_THEN})"
"""The sign of an amount below zero: -3.2亿元, 负3.2亿元, 零下5℃."""

MINUS_OF_COUNT = (
    rf"(?:(?:{_BELOW}|(?:(?<![一-龥])|(?<=[为是达到至约近在有仅于温度降跌低高])){_HYPHEN}){_THEN})"
)
"""The same before a number of things, where a name may end with a hyphen: 飞鸟-12."""

# Signs that pounds and won beside them are money rather than a weight or a victory.
_OF_MONEY = re.compile(
    r"[£₩$€¥￥]|\b(?:GBP|KRW|sterling|costs?|costing|prices?d?|pay(?:s|ing|ments?)?|paid|worth|"
    r"spen[dt]\w*|budget\w*|fund(?:s|ed|ing)?|invest\w*|fees?|fines?|fined|salar\w+|wages?|debts?|"
    r"loans?|revenues?|profits?|tax\w*|grants?|money|currency|bought|sold for|earn\w*)\b",
    re.IGNORECASE,
)
_NEAR = 40
"""Characters within which such a sign stands."""

_AMBIGUOUS = re.compile(r"\b(?:pounds?|won)$", re.IGNORECASE)
_YEAR_WON = re.compile(r"(?:1[5-9]|20)\d\d won$")
_OBJECT = re.compile(r"\s(?:the|an?|his|her|its|their|by|gold|silver|bronze|first)\b")
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE_ZH = r"(?:[十百千万亿兆](?!瓦|米|克|卡|赫|伏))"
# 1亿2000万, 3万6; not 3万6千, whose 千 may be the beginning of a unit.
_FIGURES_ZH = (
    rf"{_FIGURE}(?:\s?{_SCALE_ZH}+(?:\s?{_FIGURE}\s?{_SCALE_ZH}+)*(?:\s?\d+(?![.,千百]))?)?"
)
_HAN_DIGIT = f"[零〇○{ONES}]"
_HAN_ZH = f"(?:{_HAN_DIGIT}|{_SCALE_ZH})+"
_NUMBER_ZH = rf"(?P<number>{_FIGURES_ZH}|{_HAN_ZH}(?:点{_HAN_DIGIT}+{_SCALE_ZH}*)?)"
_NUMBER_EN = rf"(?P<number>{_FIGURE}\s?(?:thousand|million|billion|trillion|bn|m|k)?)(?![a-z])"
# Beside no currency m is metres, and k may be anything: 33 m.
_COUNT_EN = rf"(?P<number>{_FIGURE}\s?(?:thousand|million|billion|trillion|bn))(?![a-z])"
_SCALES_ZH = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_SCALES_EN = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_SHORT_SCALES = {"bn": "billion", "m": "million", "k": "thousand"}
_PLAIN = r"\d{1,18}(?:\.\d{1,9})?"  # bounded, so that all arithmetic stays exact
_SCALE_WORD = r"(?<![a-z])(?:hundred|thousand|million|billion|trillion|bn|m|k)(?![a-z])"
_HAN_NUMERAL = f"(?:{_HAN_DIGIT}|[十百千万亿兆几数])"
_PIECE = rf"(?:[\d¼½¾⅓⅔⅛⁄]+|{_HAN_NUMERAL}+|{_SCALE_WORD})"
# What stands between two pieces of one number: 8·4, 1 234, 6 1/2, 万分之一, 1亿 2000万, 8 million.
_MARK = (
    r"(?<=\d)[.,·:/'’]\s?(?=\d)|(?<=\d)\s(?=\d/\d)|\s?(?=[¼½¾⅓⅔⅛])|分之|点"
    r"|(?<!\d{4})(?<=\d)\s(?=\d{3}(?!\d))"
    rf"|(?<=[零〇○十百千万亿兆dnmk])\s?(?={_PIECE})|\s?(?={_HAN_NUMERAL})|[\s-]?(?={_SCALE_WORD})"
)
# And between two numbers of a range: 8.4 to 9.1 million, $5 million–$6 million, 3至5; not of a year
# and an amount: in 2016 to 8.4 million.
_TO = (
    r"\s*(?:[—–\-~−]+|至|到|(?<!(?:1[5-9]|20)\d\d)(?<=\d) (?:to|and|or) )\s*"
    r"(?:[a-z]{0,3}[$€£¥])?(?=[\d零〇○一-龥])"
)
_RUN = re.compile(rf"(?:(?<!\w)\.(?=\d))?{_PIECE}(?:(?:{_MARK}|{_TO}){_PIECE})*", re.IGNORECASE)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥"}
_DECIMALS = 4
_LONG = 10**5
"""The value from which digits without a scale are hard to read."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """A value with its currency, an index in `CURRENCIES`, or None for a count."""

    number: str
    value: Decimal
    currency: int | None


def other_form(written: str, language: Language, *, money: bool = False) -> str | None:
    """Return an amount in the notation of a language, if it has another.

    Within Chinese, only long digits and long numerals are converted. `money` says that pounds and
    won are currencies.

    >>> other_form("1.6亿美元", Language.ENGLISH)
    'US$160 million'
    >>> other_form("$160 million", Language.SIMPLIFIED)
    '1.6亿美元'
    >>> other_form("120000000元", Language.SIMPLIFIED)
    '1.2亿元'

    Returns:
        None if the amount is in that notation already, is not plain (近百家), or has no exact form.
    """
    written = written.translate(_NARROW)
    if sign := re.match(MINUS, written):
        form = other_form(written[sign.end() :], language, money=money)
        return f"-{form}" if form else None
    chinese = has_han(written)
    amount = _chinese(written) if chinese else _english(written, money=money)
    if amount is None or (chinese and language is not Language.ENGLISH and not _is_hard(amount)):
        return None
    if language is Language.ENGLISH:
        return _to_english(amount) if chinese else None
    form = _to_chinese(amount)
    return traditional(form) if language is Language.TRADITIONAL else form


def whole_amount_form(
    text: str, span: Span, language: Language, asked: AnswerType = AnswerType.OTHER
) -> tuple[int, str] | None:
    """Return the other form of the amount of which a range is part, and where the amount ends.

    Pounds and won are money only if that is asked for or a sign of it stands near.

    >>> whole_amount_form("It sold 8.4 million copies.", Span(10, 26), Language.SIMPLIFIED)
    (26, '840万')
    >>> whole_amount_form("It sold 8.4 to 9.1 million.", Span(8, 11), Language.SIMPLIFIED) is None
    True
    """
    whole = _whole(simplify(text).translate(_NARROW), span)
    near = text[max(whole.start - _NEAR, 0) : whole.end + _NEAR]
    money = asked is AnswerType.MONEY or _OF_MONEY.search(near) is not None
    form = other_form(whole.of(text), language, money=money)
    return None if form is None else (whole.end, form)


def _whole(text: str, span: Span) -> Span:
    """Extend a range by the rest of each number or range of numbers that it cuts."""
    for match in _RUN.finditer(text):
        run = Span(*match.span())
        if span.overlaps(run):
            span = Span(min(span.start, run.start), max(span.end, run.end))
    signs = (sign.start() for sign in re.finditer(MINUS, text) if sign.end() == span.start)
    return Span(next(signs, span.start), span.end)


def currency_of(written: str) -> int | None:
    """Return the currency of an amount as an index in `CURRENCIES`; None if it has none of them.

    >>> [CURRENCIES[currency_of(text) or 0][1] for text in ("3亿美元", "€20万", "270元/吨")]
    ['美元', '欧元', '元']
    """
    text = re.sub(MINUS, "", simplify(written).strip())
    for at, (_, _, names, signs) in enumerate(CURRENCIES):
        by_sign = re.match(rf"(?:{signs})\s?\d", text, re.IGNORECASE)
        if by_sign or re.search(rf"(?:{names})(?:[/每].*)?$", text) or _number_of(text, signs):
            return at
    return None


def asked_currency(question: str) -> int | None:
    """Return the currency that a question names as that of its answer: 多少万美元."""
    for at, (_, _, names, signs) in enumerate(CURRENCIES):
        asked = rf"(?:多少|几)[十百千万亿]*(?:{names})|how (?:many|much in) (?:{signs})(?!\w)"
        if re.search(asked, question, re.IGNORECASE):
            return at
    return None


def is_money(match: re.Match[str], *, asked: bool) -> bool:
    """Return whether an English amount's pounds are no weight, and its won no verb.

    They are money if that is `asked` for or a sign of it stands near.
    """
    if not _AMBIGUOUS.search(match.group()):
        return True
    start, end = match.span()
    before, after = match.string[max(start - _NEAR, 0) : start], match.string[end : end + _NEAR]
    if match.group().endswith("won") and _OBJECT.match(after):
        return False
    asked = asked and not _YEAR_WON.match(match.group())
    return asked or bool(_OF_MONEY.search(before) or _OF_MONEY.search(after))


def _number_of(text: str, signs: str) -> str | None:
    """Return the number of an English amount of one currency."""
    for pattern in (rf"(?:{signs})\s?{_NUMBER_EN}", rf"{_NUMBER_EN}\s(?:{signs})"):
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            return match["number"]
    return None


def _chinese(written: str) -> _Amount | None:
    text = simplify(written).strip()
    for at, (_, _, names, _) in enumerate(CURRENCIES):
        match = re.fullmatch(rf"(?:人民币)?{_NUMBER_ZH}\s*(?:{names})", text)
        if match:
            return _amount(match["number"], at)
    match = re.fullmatch(rf"{_NUMBER_ZH}(?!.*[余多元美欧圆以左上前后分来半])[^\d\s]{{0,3}}", text)
    scaled = match is not None and re.search("[万亿]", match["number"])
    return _amount(match["number"], None) if match and scaled else None


def _english(written: str, *, money: bool) -> _Amount | None:
    text = written.strip()
    if money or not _AMBIGUOUS.search(text):
        for at, (_, _, _, signs) in enumerate(CURRENCIES):
            if number := _number_of(text, signs):
                return _bare(number) if text[0] == "¥" else _amount(number, at)
    match = re.fullmatch(rf"{_COUNT_EN}(?:\s[a-z-]+)?", text)
    return _amount(match["number"], None) if match else None


def _bare(number: str) -> _Amount | None:
    """Return an amount of ¥, which may be yuan or yen, as a number if that is hard to read."""
    amount = _amount(number, None)
    return amount if amount and (number.strip()[-1].isalpha() or _is_hard(amount)) else None


def _amount(number: str, currency: int | None) -> _Amount | None:
    number = number.strip()
    for short, scale in _SHORT_SCALES.items():
        number = re.sub(rf"(?<=\d)\s?{short}$", f" {scale}", number, flags=re.IGNORECASE)
    limits = number_range(number)
    if limits is None or limits[0] != limits[1]:
        return None
    value = limits[0]
    exact = re.fullmatch(_PLAIN, format(value, "f"))
    return _Amount(number, value, currency) if exact else None


def _is_hard(amount: _Amount) -> bool:
    """Return whether a Chinese amount is hard to read for Chinese readers."""
    plain = amount.number.replace(",", "")
    if plain[0].isdigit():
        return plain.isdigit() and amount.value >= _LONG
    return amount.value >= _SCALES_ZH[-1][0]


def _to_english(amount: _Amount) -> str:
    number = _scaled(amount.value, _SCALES_EN, " ")
    if amount.currency is None:
        return number
    return CURRENCIES[amount.currency][0] + number


def _to_chinese(amount: _Amount) -> str:
    number = _scaled(amount.value, _SCALES_ZH, "")
    return number + (CURRENCIES[amount.currency][1] if amount.currency is not None else "")


def _scaled(value: Decimal, scales: tuple[tuple[int, str], ...], space: str) -> str:
    """Format a value by the largest scale that represents it exactly in few decimals."""
    for scale, name in scales:
        share = value / scale
        if share >= 1 and share == round(share, _DECIMALS):
            return f"{format(share.normalize(), 'f')}{space}{name}"
    return f"{value.normalize():,f}" if space else format(value.normalize(), "f")
