"""Set raised and lowered characters apart from what they stand beside: `10^6`, `m²`, `H₂O`.

Run together they are another figure: 10⁶ would read 106, and 128 with the mark of note 2 would
read 1282. Marks of notes are left out where they can be nothing else.
"""

import re

_UPPER = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_LOWER = str.maketrans("0123456789+-−–()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎")
_FIGURES = re.compile(r"[+\-−–]?\d{1,4}[+\-−–]?")
_MARKS = re.compile(
    r"(?:[\[(（〔【]\s*(?:注|\d{1,3})(?:\s*[,，、–-]\s*\d{1,3})*\s*[\])）〕】]|[①-⑳*†‡§]+"
    r"|注\d{0,2})+"
)
_LISTED = re.compile(r"\d{1,3}(?:\s*[,，、]\s*\d{1,3})+")
# A unit or a letter of a formula: m, cm, s, x, Ω; a longer word before a figure has a note.
_UNIT = re.compile(r"(?<![A-Za-z])[A-Za-zμµΩα-ω°℃]{1,3}[₀-₉]*$|[米里尺寸]$")


def raised(text: str, before: str) -> str:
    """Return raised characters as they stand in a line, after what is before them.

    >>> raised("6", "3.2×10"), raised("2", "12 km"), raised("[2]", "128"), raised("2", "城市。")
    ('^6', '²', '', '')
    """
    inner = text.strip()
    if _MARKS.fullmatch(inner) or _LISTED.fullmatch(inner):
        return ""
    if _FIGURES.fullmatch(inner):
        return _exponent(inner, before)
    if len(inner) == 1 and inner.isascii() and inner.isalpha() and _ends_in_figure(before):
        return f"^{inner}"
    return text


def lowered(text: str, before: str) -> str:
    """Return lowered characters as they stand in a line, after what is before them.

    >>> lowered("2", "H"), lowered("2", "1010")
    ('₂', '_2')
    """
    inner = text.strip()
    if not _FIGURES.fullmatch(inner):
        return text
    return f"_{inner}" if _ends_in_figure(before) else inner.translate(_LOWER)


def _exponent(figures: str, before: str) -> str:
    if _ends_in_figure(before) or before.endswith(")"):
        return f"^{figures.translate(str.maketrans('−–', '--'))}"
    return figures.translate(_UPPER) if _UNIT.search(before) else ""


def _ends_in_figure(before: str) -> bool:
    return before[-1:].isdecimal()
