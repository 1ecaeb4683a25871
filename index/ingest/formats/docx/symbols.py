"""Read the signs of fonts that draw signs in the place of letters: Symbol, Wingdings.

A document names a sign by its font and a code from U+F020 to U+F0FF, or by the letter that the
font draws it for.
"""

from collections.abc import Mapping

_PRIVATE = 0xF000


def _table(*runs: tuple[int, str]) -> dict[int, str]:
    return {start + place: sign for start, signs in runs for place, sign in enumerate(signs)}


_SYMBOL = _table(
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    (0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵"),
    (0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    (0xE0, "◊⟨®©™∑"),
    (0xF1, "⟩∫"),
)
_WINGDINGS = _table(
    (0x21, "✏✂✁"),
    (0x28, "☎✆✉"),
    (0x41, "✌"),
    (0x45, "☜☞☝☟"),
    (0x4A, "☺"),
    (0x4C, "☹"),
    (0x6C, "●❍■□□❑❒⬧⧫◆❖⬥☒"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    (0x9F, "•▪○"),
    (0xA4, "◉◎"),
    (0xA7, "▪◻"),
    (0xAB, "★"),
    (0xD8, "➢"),
    (0xDF, "←→↑↓↖↗↙↘"),
    (0xE8, "➔"),
    (0xEF, "⇦⇨⇧⇩"),
    (0xFB, "✗✓☒☑"),
)
_WINGDINGS_2 = _table((0x4F, "✗✓☒☑☒☒"), (0x6A, "①②③④⑤⑥⑦⑧⑨⑩"), (0x97, "●"), (0xA2, "■□"))
_WINGDINGS_3 = _table((0x66, "←→↑↓"), (0x70, "▲▼△▽◀▶"), (0x7D, "▶"))
_WEBDINGS = _table((0x61, "✓"), (0x63, "□"), (0x67, "■"), (0x72, "✗"))
_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


def draws_signs(font: str) -> bool:
    """Return whether a font draws signs in the place of letters."""
    return font.strip().lower() in _FONTS


def sign_of(font: str, code: int) -> str | None:
    """Return the sign that a font draws for a code; None for one that is not known.

    >>> sign_of("Symbol", 0xF0A3), sign_of("Wingdings", 0xFE), sign_of("宋体", 0x2264)
    ('≤', '☑', '≤')
    """
    low = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if low <= 0xFF and (low != code or draws_signs(font)):
        # A private code without a font that is known is nearly always one of Symbol.
        return _FONTS.get(font.strip().lower(), _SYMBOL).get(low)
    return chr(code) if 0x20 <= code <= 0xD7FF or 0xF900 <= code <= 0x10FFFF else None


def with_signs(text: str, font: str) -> str:
    """Return a run's text with the signs that its font draws; those not known stay.

    >>> with_signs("\uf0b1 2", "Symbol"), with_signs("R", "Wingdings 2"), with_signs("R", "Arial")
    ('± 2', '☑', 'R')
    """
    return "".join(_sign_in_text(char, font) for char in text)


def _sign_in_text(char: str, font: str) -> str:
    drawn = "\uf020" <= char <= "\uf0ff" or (char <= "\xff" and draws_signs(font))
    return (sign_of(font, ord(char)) or char) if drawn else char
