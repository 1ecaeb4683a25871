"""The numbers of Word's lists, which a document leaves to its reader to count."""

from typing import Any

import pytest
from docx.oxml import parse_xml

from index.ingest.formats.docx.list_numbers import format_number
from index.ingest.formats.docx.read_docx import read_docx
from tests.support.documents import docx

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_labels_that_word_counts_are_put_before_the_words() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{"<w:isLgl/>" * (level == 1)}</w:lvl>'
        for level, (form, text) in enumerate(
            [
                ("chineseCounting", "第%1条"),
                ("decimal", "%1.%2"),
                ("bullet", "•"),
                ("lowerLetter", "%1%4)"),
            ]
        )
    )

    def fill(document: Any) -> None:  # noqa: ANN401
        numbering = document.part.numbering_part.element
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{levels}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
        )
        for level, text in ((0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (3, "戊"), (0, "己")):
            listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            paragraph = f"<w:p {NS}><w:pPr>{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
            document.element.body.insert(-1, parse_xml(paragraph))

    text = read_docx("a.docx", docx(fill)).text
    assert text.split("\n") == ["第一条甲", "1.1 乙", "1.2 丙", "- 丁", "一a) 戊", "第二条己"]


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
    ],
)
def test_numbers_are_written_in_words_forms(number: int, form: str, text: str) -> None:
    assert format_number(number, form) == text
