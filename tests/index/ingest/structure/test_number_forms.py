"""Numbers are written as Word shows them."""

import pytest

from index.ingest.structure.number_forms import format_number


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "japaneseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (3, "decimalEnclosedCircle", "③"),
        (3, "ideographTraditional", "丙"),
        (7, "decimalZero", "07"),
        (7, "none", ""),
        (7, "unheardOf", "7"),
        (20, "ideographDigital", "二〇"),
        (21, "chineseLegalSimplified", "贰拾壹"),
        (12, "decimalEnclosedParen", "⑿"),
        (30, "decimalEnclosedCircle", "30"),
        (12, "decimalFullWidth", "１２"),
        (0, "lowerLetter", "0"),
    ],
)
def test_numbers_are_written_in_words_forms(number: int, form: str, text: str) -> None:
    assert format_number(number, form) == text
