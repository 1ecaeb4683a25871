"""What a short answer means: one text for all writings of an amount, a date or a name."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from index.text.folding import fold_answer, simplify
from qa.answer_types import AnswerType
from qa.entities.amount_forms import CURRENCIES, MINUS
from qa.entities.date_forms import folded_date
from qa.entities.units import UNITS, per_unit, unit_at_start
from qa.entities.written_numbers import ONES, RANGED, TO, number_range

_AMOUNTS = frozenset({AnswerType.MONEY, AnswerType.NUMBER, AnswerType.PERCENT, AnswerType.PERIOD})
_QUALIFIED = re.compile(
    r"^(?:将近|接近|大约|大概|超过|不到|不足|不少于|不超过|不低于|不高于|至少|至多|最多|最少|多达|高达|"
    r"约为|[近约逾超共计达]|总计|合计|(?:nearly|almost|about|around|roughly|approximately|some|"
    r"over|under|at least|at most|up to|more than|less than|fewer than)\s)+"
)
_QUALIFIED_AFTER = re.compile(r"(?:以上|以下|以内|左右|上下|之久|时间|[余多整])+$")
_NUMBER = re.compile(RANGED)
_RANGE = re.compile(TO)
_PER = re.compile(
    rf"^每(?P<unit>[^\d{ONES}十百千]{{1,4}})(?=[\d{ONES}十百千])|^每(?P<count>[千万百]?[人名户])"
)
_MINUS = re.compile(f"^{MINUS}")
_NUMBER_EN = re.compile(
    r"(?:(?P<low>\d[\d,]*(?:\.\d+)?)\s?(?:[-–—]|to)\s?)?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>thousand|million|billion|trillion|bn|m|k)?\b",
    re.I,
)
_SCALES_EN = {
    "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9,
    "trillion": 10**12,
}  # fmt: skip
# m and k are scales beside a currency alone, and these are currencies where money is asked for.
_SHORT_SCALES = {"m", "k"}
_AMBIGUOUS = re.compile(r"\b(?:pounds?|won)$", re.I)
_PARTS = re.compile(r"(?P<parts>.+)分之(?P<share>.+)")
_FRACTION = re.compile(r"(?P<share>[1-9]\d?)/(?P<parts>[1-9]\d?)")
_ANOTHER = re.compile(rf"(?<![A-Za-z])\d|[和与及、，]\s?[{ONES}十]")
_TENTHS = re.compile(rf"(?P<share>[\d{ONES}](?:\.\d)?)成(?P<half>半)?")
_SIGN = re.compile(r"(?P<share>.+?)\s?(?P<sign>[%‰]|per\s?cent|个?百分点|percentage points?)", re.I)
_FIRST_SIGN = re.compile(r"(?<=\d)%(?=\s*[-~—–至到])")
_RATIO = re.compile(r"(?P<first>\d+(?:\.\d+)?)[:比](?P<second>\d+(?:\.\d+)?)")
_HALF = re.compile(
    r"(?P<one>半|(?P<count>.+?)(?:个)?半|(?P<after>.+?))(?P<unit>个?月|年|天|日|个?小时|个?星期|周|个?钟头)(?P<half>半)?"
)
_TITLES = re.compile(r"(?:先生|女士|小姐|同志|教授|博士|老师)$")
_COMPANY = re.compile(r"(?:股份)?有限(?:责任)?公司$")
_MARKS = re.compile(r"[·•‧・.\s'’\"“”‘’《》「」『』()（）]+")
_SHORTEST = 2  # characters of a place's name
_NAMES = frozenset({AnswerType.PERSON, AnswerType.ORG, AnswerType.WHO, AnswerType.PLACE})


def folded_value(answer_type: AnswerType, text: str, published: str | None = None) -> str | None:
    """Return what a short answer means, the same for all its writings; None for an empty text.

    A date without its year or month stays so, unless the date of its article is given.

    >>> folded_value(AnswerType.MONEY, "五亿六千万元"), folded_value(AnswerType.MONEY, "5.6亿元")
    ('560000000 元', '560000000 元')
    >>> folded_value(AnswerType.DATE, "二〇二三年七月二十五日")
    '2023-07-25'
    """
    plain = fold_answer(text).strip(" 。.；;：:、!！?？")
    if not plain:
        return None
    if answer_type in _NAMES:
        return _name(plain, answer_type) or plain
    if answer_type is AnswerType.DATE:
        return folded_date(text, published) or plain
    if answer_type in _AMOUNTS:
        return _amount(text, answer_type) or plain
    return (
        folded_date(text, published)
        or _amount(text, answer_type)
        or _name(plain, answer_type)
        or plain
    )


def _amount(text: str, answer_type: AnswerType) -> str | None:
    """Return the value and the basic unit of a whole amount, None if the text is none."""
    plain = unicodedata.normalize("NFKC", simplify(text)).strip(" 。.；;、!?")
    plain = _QUALIFIED.sub("", re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain))
    plain = _QUALIFIED_AFTER.sub("", plain).replace("∶", ":").removeprefix("人民币")
    money = answer_type is AnswerType.MONEY or not _AMBIGUOUS.search(plain)
    return _between(plain, money=money) or _single(plain, money=money)


def _single(plain: str, *, money: bool) -> str | None:
    """Return the value of an amount that is no range of two with units, with its sign."""
    sign = _MINUS.match(plain)
    plain = plain[sign.end() :] if sign else plain
    value = _share(plain) or _time(plain) or _money_en(plain, money=money) or _counted(plain)
    return f"-{value}" if sign and value else value


def _between(plain: str, *, money: bool) -> str | None:
    """Return the range between two amounts that each have their unit: 10万元到15万元."""
    for sign in _RANGE.finditer(plain):
        low, high = plain[: sign.start()], plain[sign.end() :]
        below = _MINUS.match(high)
        if low[-1:].isdigit() and (below or _MINUS.match(low)):
            # -5至-3℃ shares its unit.
            low += _NUMBER.sub("", _MINUS.sub("", high), count=1)
        if low[-1:].isdigit() or not (below or high[:1].isalnum()):
            continue
        first, last = (_single(part, money=money) or "" for part in (low, high))
        number, _, unit = first.partition(" ")
        if (
            first
            and last
            and unit == last.partition(" ")[2]
            and (unit or {first[-1], last[-1]} == {"%"})
        ):
            return f"{number}–{last}"
    return None


def _share(plain: str) -> str | None:
    """Return a share: `25%` for 四分之一, `1:3` for a ratio, `5 个百分点`."""
    if match := _RATIO.fullmatch(plain):
        return f"{match['first']}:{match['second']}"
    share = _part_of_one(plain)
    return _percent(share) if share is not None else _signed(plain)


def _part_of_one(plain: str) -> Fraction | None:
    """Return the value of a share in words: 四分之一, 三成半, 一半, 1/4."""
    if plain in {"一半", "half", "a half"}:
        return Fraction(1, 2)
    if match := _FRACTION.fullmatch(plain):
        return Fraction(int(match["share"]), int(match["parts"]))
    if match := _TENTHS.fullmatch(plain):
        tenths = _value(match["share"])
        half = Fraction(1, 20) if match["half"] else Fraction(0)
        return None if tenths is None else tenths / 10 + half
    match = _PARTS.fullmatch(plain)
    if match is None:
        return None
    parts, share = _value(match["parts"]) or _whole(match["parts"]), _value(match["share"])
    return share / parts if parts and share is not None else None


def _signed(plain: str) -> str | None:
    """Return a share with a sign: `5%`, `5‰`, 5个百分点, `10%–15%`."""
    match = _SIGN.fullmatch(plain)
    bounds = _bounds(_FIRST_SIGN.sub("", match["share"])) if match else None
    if match is None or bounds is None:
        return None
    if "point" in match["sign"].lower() or "点" in match["sign"]:
        return f"{_written(bounds)} 个百分点"
    part = Fraction(1, 1000 if match["sign"] == "‰" else 100)
    return "–".join(dict.fromkeys(_percent(value * part) for value in bounds))


def _whole(written: str) -> Fraction | None:
    """Return the value of 百, 千 and 万 in 千分之二, which are no numbers alone."""
    return {"百": Fraction(100), "千": Fraction(1000), "万": Fraction(10**4)}.get(written)


def _percent(share: Fraction) -> str:
    hundredths = share * 100
    if _is_finite(hundredths):
        return f"{_decimal(hundredths)}%"
    return f"{share.numerator}/{share.denominator}"


def _time(plain: str) -> str | None:
    """Return a time with a half in it: 三年半, 两个半小时, 半年."""
    match = _HALF.fullmatch(plain) if "半" in plain else None
    if match is None or match["unit"] not in UNITS:
        return None
    count = match["count"] or (match["after"] if match["half"] else None)
    value = Fraction(0) if match["one"] == "半" else _value(count or "")
    if value is None:
        return None
    basic, factor = UNITS[match["unit"]]
    return f"{_decimal((value + Fraction(1, 2)) * factor)} {basic}"


def _money_en(plain: str, *, money: bool) -> str | None:
    """Return an amount with an English scale, or if it is `money` a currency: `US$3.2 million`."""
    for _, name, _, signs in CURRENCIES if money else ():
        for pattern in (rf"(?:{signs})\s?(?P<number>.+)", rf"(?P<number>.+?)\s?(?:{signs})"):
            match = re.fullmatch(pattern, plain, re.IGNORECASE)
            bounds = _bounds_en(match["number"]) if match else None
            if bounds is not None:
                return f"{_written(bounds)} {name}"
    match = _NUMBER_EN.match(plain)
    if match is None or (match["scale"] or "m").lower() in _SHORT_SCALES:
        return None
    unit = plain[match.end() :].strip()
    return f"{_written(_scaled(match))} {unit}".strip()


def _bounds_en(number: str) -> tuple[Fraction, Fraction] | None:
    match = _NUMBER_EN.fullmatch(number.strip())
    if match is None:
        return _bounds(number)
    return _scaled(match)


def _scaled(match: re.Match[str]) -> tuple[Fraction, Fraction]:
    """Return both values of an English range, or twice that of a number: 2-3 million."""
    scale = _SCALES_EN[match["scale"].lower()] if match["scale"] else 1
    low, high = (
        Fraction(match[name].replace(",", "")) * scale
        for name in ("low" if match["low"] else "number", "number")
    )
    return low, high


def _counted(plain: str) -> str | None:
    """Return a number with its unit in basic units, however either is written."""
    per = _PER.match(plain)
    rest = plain[per.end() :] if per else plain
    match = _NUMBER.match(rest)
    bounds = _bounds(match.group()) if match else None
    if match is None or bounds is None:
        return None
    unit = rest[match.end() :].strip()
    unit = _QUALIFIED_AFTER.sub("", unit.lstrip("余多来"))
    if _ANOTHER.search(unit):
        return None
    basic, factor = _currency(unit) or unit_at_start(unit)[:2]
    if per:
        basic = f"{basic}/{per_unit(per['unit'] or per['count'])}"
    bounds = bounds[0] * factor, bounds[1] * factor
    return f"{_written(bounds)} {basic}".strip()


def _currency(unit: str) -> tuple[str, Fraction] | None:
    """Return the name of a currency, with what it is paid for, and the factor 1."""
    for _, name, names, _ in CURRENCIES:
        match = re.match(rf"(?:人民币)?(?:{names})(?P<per>[/每].+)?", unit)
        if match:
            return name + (f"/{per_unit(match['per'][1:])}" if match["per"] else ""), Fraction(1)
    return None


def _bounds(written: str) -> tuple[Fraction, Fraction] | None:
    values = number_range(written.strip()) if _NUMBER.fullmatch(written.strip()) else None
    return (Fraction(values[0]), Fraction(values[1])) if values else None


def _value(written: str) -> Fraction | None:
    bounds = _bounds(written)
    return bounds[0] if bounds and bounds[0] == bounds[1] else None


def _written(bounds: tuple[Fraction, Fraction]) -> str:
    return "–".join(dict.fromkeys(_decimal(value) for value in bounds))


def _is_finite(value: Fraction) -> bool:
    """Return whether a value has finitely many decimals."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _decimal(value: Fraction) -> str:
    if not _is_finite(value):
        return str(value)
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return format(number.normalize(), "f") if number else "0"


def _name(plain: str, answer_type: AnswerType) -> str:
    """Return a folded name without marks, titles and the form of a company."""
    name = _COMPANY.sub("公司", _TITLES.sub("", _MARKS.sub("", plain)))
    if answer_type is AnswerType.PLACE and len(name) > _SHORTEST:
        return re.sub("[省市]$", "", name)
    return name
