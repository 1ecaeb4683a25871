"""Characters that a reader doesn't see or takes for others: radicals, invisible and raised ones.

Many PDF files have radicals (⻓, ⼆) where a character stands (长, 二); NFKC knows only half of
them. Soft hyphens and zero-width marks split words that a reader sees whole. Raised figures are
no digits of the number before them.
"""

import re
import unicodedata

# The characters of U+2E81–2E99 and U+2E9B–2EF3, by Unicode's EquivalentUnifiedIdeograph.txt.
_SUPPLEMENT = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王"
    "𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長"
    "镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_RADICALS = {
    **dict(zip((*range(0x2E81, 0x2E9A), *range(0x2E9B, 0x2EF4)), _SUPPLEMENT, strict=True)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}
_IS_RADICAL = re.compile("[\u2e81-\u2fd5]")

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
# Marks of direction mean something beside letters that run from right to left, joiners between
# letters of Arabic and India and in pictures, breaks of words where no spaces are written.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_IDLE = re.compile(
    "[\u00ad\u034f\u180e\u2060-\u2064\ufeff]"
    "|(?<![\u0600-\u0dff\u1000-\u109f\u1780-\u17ff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])"
    "[\u200c\u200d]"
    "|(?<![\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff])\u200b"
)
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹⁺⁻]+")
_LOWERED = re.compile(r"(?<=\d)[₀-₋]+")
_MINUS = str.maketrans("⁻₋", "--")
_ODD = re.compile(f"{_UNSEEN.pattern[:-1]}⁰¹²³⁴-⁻₀-₋]")


def with_characters(text: str) -> str:
    """Replace radicals by the characters that they stand for, keeping every offset.

    >>> with_characters("⻓江⼆桥")
    '长江二桥'
    """
    return text.translate(_RADICALS) if _IS_RADICAL.search(text) else text


def with_plain_marks(text: str) -> str:
    """Drop the characters that nobody sees, and set raised figures apart, for matching.

    >>> with_plain_marks("长\u00ad江，10⁻⁶，128²，m²")
    '长江，10^-⁶，128^²，m²'
    """
    if not _ODD.search(text):
        return text
    text = _UNSEEN.sub("", text)
    text = _RAISED.sub(lambda run: f"^{run[0].translate(_MINUS)}", text)
    return _LOWERED.sub(lambda run: f"_{run[0].translate(_MINUS)}", text)


def without_idle_marks(text: str) -> str:
    """Drop the invisible characters that carry nothing where they stand.

    >>> without_idle_marks("长\u200b江\u00ad大桥")
    '长江大桥'
    """
    if not _UNSEEN.search(text):
        return text
    text = _IDLE.sub("", text)
    return text if _RIGHT_TO_LEFT.search(text) else _DIRECTIONS.sub("", text)
