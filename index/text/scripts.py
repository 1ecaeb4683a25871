r"""Character ranges by script, for use inside `[…]` of a regular expression; and display width.

Some modules have ranges of their own: their patterns were measured with slightly other bounds.
"""

import re

HAN = r"\u3400-\u9fff\U00020000-\U000323af"
"""Han characters of all planes: terms are cut from runs of them."""

HAN_RANGES = ((0x3400, 0x9FFF), (0x20000, 0x323AF))
"""The first and the last code of each range of `HAN`."""

HAN_BASIC_PLANE = r"\u3400-\u9fff"
"""Han characters that take two bytes in UTF-16: words of vocabularies and dictionaries."""

HAN_UNIFIED = r"\u4e00-\u9fff"
"""The first block of Han characters, which has nearly all of modern text: names and phrases."""

WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af"
"""Characters as wide as a Han character: also radicals, kana, their marks, and full-width forms."""

LATIN_ACCENTED = r"\u00c0-\u024f"
"""Latin letters with marks, of European languages and pinyin; × and ÷ are among them."""

LATIN_FOLDED = rf"a-z0-9{LATIN_ACCENTED}"
"""Letters and digits of a folded Latin word."""

_NARROW = re.compile(f"[^{WIDE}]+")  # runs of them: faster than each by itself


def width(text: str) -> float:
    """Return the display width of a text in Han characters; any other character is half as wide.

    >>> width("中文 ab")
    3.5
    """
    return len(text) - len("".join(_NARROW.findall(text))) / 2
