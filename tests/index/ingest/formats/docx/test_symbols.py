"""Signs that a font draws are read as the signs."""

import pytest

from index.ingest.formats.docx.symbols import sign_of, with_signs


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", 0xF0A3, "≤"),
        ("Symbol", 0xF0B3, "≥"),
        ("Symbol", 0xB1, "±"),
        ("symbol", 0xF06D, "μ"),
        ("Symbol", 0xF057, "Ω"),
        ("Symbol", 0xF0AE, "→"),
        ("Symbol", 0xF0D6, "√"),
        ("Symbol", 0xF0E5, "∑"),
        ("Symbol", 0xF0F2, "∫"),
        ("Symbol", 0xF0BF, "↵"),
        ("Symbol", 0xF0DF, "⇓"),
        ("Wingdings", 0xF0FE, "☑"),
        ("Wingdings", 0xF0FD, "☒"),
        ("Wingdings", 0xF0FC, "✓"),
        ("Wingdings", 0xF0A8, "◻"),
        ("Wingdings", 0xF06C, "●"),
        ("Wingdings", 0xF081, "①"),
        ("Wingdings 2", 0xF052, "☑"),
        ("Wingdings 2", 0x50, "✓"),
        ("宋体", 0x2103, "℃"),
        ("未知字体", 0xF0B0, "°"),
        ("Wingdings", 0xF0CC, None),
        ("宋体", 0xD800, None),
    ],
)
def test_a_code_is_the_sign_that_the_font_draws(font: str, code: int, sign: str | None) -> None:
    assert sign_of(font, code) == sign


def test_letters_of_a_font_of_signs_are_signs_and_others_stay() -> None:
    assert with_signs("DT = 3", "Symbol") == "ΔΤ = 3"
    assert with_signs("温度\uf0b3", "宋体") == "温度≥"
    assert with_signs("DT = 3 温度", "Arial") == "DT = 3 温度"
    assert with_signs("\uf0cc", "Wingdings") == "\uf0cc"
