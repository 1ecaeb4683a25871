"""A note stands below what calls it, before another table, section or the end of its list."""

import pytest

from index.ingest.formats.docx.read_docx import read_docx
from tests.support.documents import W_NS, word, word_paragraph

CALL = '<w:r><w:footnoteReference w:id="1"/></w:r>'
NOTE = "末班遇大雾停开。"
NOTES = f'<w:footnotes xmlns:w="{W_NS}"><w:footnote w:id="1">{word_paragraph(NOTE)}</w:footnote>'
TITLE = word_paragraph("渡口时刻")
ROWS = (("班次", "开出"), ("早班", "6:10"), ("晚班", "17:40"))
CELLS = "".join(
    f"<w:tr>{''.join(f'<w:tc>{word_paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
    for row in ROWS
)
TABLE = f"<w:tbl>{CELLS}</w:tbl>"
LINES = "班次: 早班, 开出: 6:10\n班次: 晚班, 开出: 17:40"
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
HEADING = '<w:outlineLvl w:val="1"/>'
NUMBERING = (
    f'<w:numbering xmlns:w="{W_NS}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            word_paragraph("每日八班。", CALL, "发布：渡口站　5月6日") + TABLE,
            f"每日八班。发布：渡口站 5月6日\n\n{NOTE}\n\n{LINES}",
        ),
        (word_paragraph("表1 班次", CALL) + TABLE, f"表1 班次\n\n{LINES}\n\n{NOTE}"),
        (
            word_paragraph("甲船", CALL, properties=ITEM)
            + word_paragraph("乙船", properties=ITEM)
            + word_paragraph("附表", properties="")
            + TABLE,
            f"1. 甲船\n2. 乙船\n\n{NOTE}\n\n附表\n\n{LINES}",
        ),
        (
            word_paragraph("船 甲、乙", CALL)
            + word_paragraph("票价", properties=HEADING)
            + word_paragraph("每人两元，儿童免票。"),
            f"船 甲、乙\n\n{NOTE}\n\n票价\n\n每人两元，儿童免票。",
        ),
    ],
    ids=["a date behind the sentence", "a caption", "an item", "a section"],
)
def test_a_note_stands_below_what_calls_it(body: str, text: str) -> None:
    data = word(
        TITLE + body,
        {"word/footnotes.xml": f"{NOTES}</w:footnotes>", "word/numbering.xml": NUMBERING},
        {"n": ("footnotes", "footnotes.xml"), "l": ("numbering", "numbering.xml")},
    )
    assert read_docx("a.docx", data).text == f"渡口时刻\n\n{text}"
