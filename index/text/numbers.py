"""Parse numbers in Chinese and English: 一千万, 1000万 and 10 million are all 10000000.

Numbers in plain digits are skipped: `analyzer` already indexes them as terms.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

_HAN_VALUES = {char: at % 10 for at, char in enumerate("〇一二三四五六七八九零")} | {
    "两": 2,
    "○": 0,
}
_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DIGITS = (
    _HAN_VALUES
    | {word: at for at, word in enumerate([*_ONES, *_TEENS], 1)}
    | {word: at * 10 for at, word in enumerate(_TENS, 2)}
)
_SMALL = {"十": 10, "百": 100, "千": 1000, "hundred": 100}
_LARGE = {
    "万": 10**4, "亿": 10**8, "兆": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
_SCALES = _SMALL | _LARGE
_HUNDREDTHS = {"百": "1", "千": "0.1", "万": "0.01", "‰": "0.1"}
_MAX_VALUE = 10**18
_MAX_TOKENS = 40  # of words or characters

# Bounded, so that all arithmetic stays exact.
_DECIMAL = r"\d{1,12}(?:\.\d{1,10})?"
_ZERO = "〇零○"
_HAN_DIGITS = f"一二三四五六七八九{_ZERO}"
# 千 and 兆 are also the beginnings of units: 三十五千伏, 兆赫. 三千米 is 3000米 all the same.
_THOUSAND = "千(?![瓦米克卡赫伏])"
_THOUSANDS = f"(?<=[{_HAN_DIGITS}两])(?<![十百].)千"
_SCALE = f"(?:[十百万亿]|{_THOUSAND}|兆(?![瓦赫字比帕欧伏宽]))"
# Without a scale or a unit 一点一 may be the beginning of 一点一滴, and 三点五 of 三点五分.
_POINT = f"点[{_HAN_DIGITS}]+(?=[百千万亿倍米公元度级吨])"
_WORD = f"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join([*_TEENS, *_ONES])})"
_SCALE_WORD = "(?:hundred|thousand|million|billion|bn|trillion)"
_PERCENT = "(?: ?[%‰]| ?per ?cent)"
# Begins with one set of characters, so that a search skips all others; lookbehinds then decide
# which form it is.
_FIGURES = re.compile(
    rf"[\d{_HAN_DIGITS}两十几百千万](?:"
    rf"(?<=[百千万])分之(?:{_DECIMAL}|百|[{_HAN_DIGITS}两十百千]+(?:点[{_HAN_DIGITS}]+)?)"
    rf"|(?<=[{_HAN_DIGITS}两十几])(?<![十百千万亿数].)"
    rf"(?:[{_HAN_DIGITS}两几十百万亿]|{_THOUSAND}|{_THOUSANDS}|{_POINT})+"
    rf"|(?<=\d)(?<!\d.)(?<!\d\..)\d{{,11}}(?:\.\d{{1,10}})?"
    rf"(?:(?: ?{_SCALE}+(?:{_DECIMAL}{_SCALE}+)*|(?: {_SCALE_WORD})+){_PERCENT}?"
    rf"|{_PERCENT})(?![a-z\d])"
    rf")"
)
_IN_WORDS = re.compile(
    rf"(?<![a-z])(?:{_WORD}(?: {_SCALE_WORD}(?: (?:and )?{_WORD})?)*)(?:{_PERCENT})?(?![a-z])"
)
# Every number in words contains one of these, which are quick to find.
_SIGNS_OF_WORDS = re.compile(
    "ten|elev|twel|teen|nty|rty|fty|xty|hty|ety|hundred|thousand|illion|bn|cent"
)
_SIGN = re.compile(rf"{_PERCENT}$")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[a-z]+|点[^百千万亿]+|\S")


@lru_cache(maxsize=1024)
def values(folded: str) -> tuple[str, ...]:
    """Return the distinct values, as digits, of a folded text's numbers with words or scales.

    >>> values("1.6亿元的百分之五, 二〇一六年")
    ('160000000', '5%', '2016')
    """
    return tuple(dict.fromkeys(value for _, value in _numbers(folded)))


def without_numbers(folded: str) -> str:
    """Replace the numbers that `values` returns by spaces.

    >>> without_numbers("投入1.6亿元")
    '投入 元'
    """
    pieces, end = [], 0
    for match, _ in _numbers(folded):
        pieces.append(folded[end : match.start()])
        end = match.end()
    return " ".join([*pieces, folded[end:]])


def _numbers(folded: str) -> Iterator[tuple[re.Match[str], str]]:
    matches = list(_FIGURES.finditer(folded))
    if _SIGNS_OF_WORDS.search(folded):
        matches = sorted([*matches, *_IN_WORDS.finditer(folded)], key=re.Match.start)
    for match in matches:
        value = _canonical(match.group(), folded[match.end() : match.end() + 1])
        if value is not None:
            yield match, value


def _canonical(written: str, following: str) -> str | None:
    """Return the value of a matched number, None if it is not a number after all."""
    parts, is_share, share = written.partition("分之")
    if is_share:
        return _percent("100" if share == "百" else share, parts)
    sign = _SIGN.search(written)
    if sign:
        return _percent(written[: sign.start()], sign.group().strip())
    if written in _ONES:
        return None  # one is a pronoun too
    if all(char in _HAN_VALUES for char in written):
        return _digit_by_digit(written, following)
    return _plain(value_of(written))


def _digit_by_digit(written: str, following: str) -> str | None:
    """Read 二〇一六; None without a zero, unless it is a year: 五四 may be part of a word."""
    digits = "".join(str(_HAN_VALUES[char]) for char in written)
    is_year = len(digits) == 4 and following == "年"
    is_number = len(digits) > 2 and "0" in digits[1:] and "两" not in written
    return digits if is_year or is_number else None


def _percent(written: str, parts: str) -> str | None:
    value = value_of(written)
    plain = _plain(None if value is None else value * Decimal(_HUNDREDTHS.get(parts, "1")))
    return plain and plain + "%"


def _plain(value: Decimal | None) -> str | None:
    if value is None or not value < _MAX_VALUE:
        return None
    return format(value.normalize(), "f")


@lru_cache(maxsize=4096)
def value_of(written: str) -> Decimal | None:
    """Return the value of digits or number words with scales, None for nonsense.

    >>> value_of("5亿6000万"), value_of("7万4千")
    (Decimal('560000000'), Decimal('74000'))
    """
    tokens = [token for token in _TOKEN.findall(written) if token not in {"and", "-"}]
    return _sum(tokens) if len(tokens) < _MAX_TOKENS else None


def _sum(tokens: Sequence[str]) -> Decimal | None:
    """Return (number before the largest scale) × scale + (number after it)."""
    if len(tokens) > 1 and tokens[0] in _ZERO:
        tokens = tokens[1:]  # 一千零五
    scale = max((_SCALES.get(token, 0) for token in tokens), default=0)
    if not scale:
        return _digit(tokens)
    at = next(at for at, token in enumerate(tokens) if _SCALES.get(token) == scale)
    before, behind = tokens[:at], tokens[at + 1 :]
    if at > 1 and tokens[at] in _SMALL:
        return None  # 三百千
    times = Decimal(1) if scale == 10 and not before else _sum(before)
    rest = _sum(behind) if behind else Decimal(0)
    if times is None or rest is None or not rest < scale:
        return None
    if len(behind) == 1 and scale > 10 and behind[0] in _HAN_VALUES:
        rest *= scale // 10  # 三千五 is 3500; 五 alone would be 三千零五
    return times * scale + rest


def _digit(tokens: Sequence[str]) -> Decimal | None:
    """Return the value of a number without scales: `6`, `1.6`, 六, 六点五, `twenty five`."""
    parts = list(tokens)
    fraction = parts.pop()[1:] if len(parts) == 2 and parts[1][0] == "点" else ""
    if len(parts) == 2 and parts[0] in _TENS and parts[1] in _ONES:
        return Decimal(_DIGITS[parts[0]] + _DIGITS[parts[1]])
    if len(parts) != 1 or not all(char in _HAN_VALUES for char in fraction):
        return None  # 二点十五 is a time of day
    if parts[0] in _DIGITS:
        behind = "".join(str(_HAN_VALUES[char]) for char in fraction)
        return Decimal(f"{_DIGITS[parts[0]]}.{behind or 0}")
    return Decimal(parts[0]) if parts[0][0].isdigit() else None
