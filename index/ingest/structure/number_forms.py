"""Write numbers in the forms that word processors know, by the names that Word has for them."""

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CYCLES = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_LEGAL = frozenset({"chineseLegalSimplified", "ideographLegalTraditional"})
_DIGIT_WISE = frozenset({"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"})
_COUNTING = frozenset({"japaneseCounting", "taiwaneseCounting", "koreanCounting"})
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def format_number(number: int, form: str) -> str:
    """Write a number in one of Word's number formats.

    >>> format_number(12, "chineseCounting"), format_number(12, "upperRoman")
    ('十二', 'XII')
    """
    if form in _CYCLES:
        cycle = _CYCLES[form]
        return cycle[number - 1] if 0 < number <= len(cycle) else str(number)
    if form.endswith(("Roman", "Letter")):
        return _in_letters(number, form)
    return _in_chinese(number, form) or _in_figures(number, form)


def _in_letters(number: int, form: str) -> str:
    if form.endswith("Roman"):
        return _cased(_roman(number), form)
    letter = chr(ord("a") + (number - 1) % 26)
    return _cased(letter * ((number - 1) // 26 + 1), form) if number > 0 else str(number)


def _in_chinese(number: int, form: str) -> str | None:
    if form in _DIGIT_WISE:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in _LEGAL:
        return _chinese(number, _LEGAL_DIGITS, "仟佰拾")
    if "hinese" in form or form in _COUNTING:
        text = _chinese(number, _DIGITS, "千百十")
        return text.removeprefix("一") if text.startswith("一十") else text
    return None


def _in_figures(number: int, form: str) -> str:
    if form == "none":
        return ""
    if form.startswith("decimalFullWidth"):
        return str(number).translate(_FULL_WIDTH)
    return str(number).zfill(2 if form == "decimalZero" else 1)


def _chinese(number: int, digits: str, units: str) -> str:
    """Write a number in Chinese numerals, from 10,000 on in plain digits.

    >>> _chinese(105, _DIGITS, "千百十"), _chinese(30, _LEGAL_DIGITS, "仟佰拾")
    ('一百零五', '叁拾')
    """
    if number >= 10_000 or number < 1:
        return str(number)
    text, gap = "", False
    for power, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + unit
        gap = not digit
    return text


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text
