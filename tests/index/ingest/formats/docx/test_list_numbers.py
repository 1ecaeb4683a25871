"""The numbers of Word's lists, which a document leaves to its reader to count."""

from typing import Any

from docx.oxml import parse_xml

from index.ingest.formats.docx.read_docx import read_docx
from tests.support.documents import W_NS, docx, word, word_paragraph

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
    assert text.split("\n") == ["第一条 甲", "1.1 乙", "1.2 丙", "- 丁", "一a) 戊", "第二条 己"]


def _level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _read(numbering: str, items: list[tuple[str, int, str]], styles: str = "") -> list[str]:
    """Return the lines of paragraphs that are each of a list and a level."""
    body = "".join(
        word_paragraph(
            text,
            properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>',
        )
        for name, level, text in items
    )
    return _lines(body, numbering, styles)


def _lines(body: str, numbering: str, styles: str = "") -> list[str]:
    data = word(
        body,
        {
            "word/numbering.xml": f'<w:numbering xmlns:w="{W_NS}">{numbering}</w:numbering>',
            "word/styles.xml": f'<w:styles xmlns:w="{W_NS}">{styles}</w:styles>',
        },
        {"n": ("numbering", "numbering.xml"), "s": ("styles", "styles.xml")},
    )
    return [line for line in read_docx("a.docx", data).text.split("\n") if line]


def _list(name: str, definition: str, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def _definition(name: str, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>'


def test_a_level_starts_anew_only_where_the_document_says_so() -> None:
    levels = (
        _level(0, "chineseCounting", "第%1编")
        + _level(1, "chineseCounting", "第%2章", '<w:lvlRestart w:val="0"/>')
        + _level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>')
    )
    items = [("1", 0, "甲"), ("1", 1, "乙"), ("1", 2, "丙"), ("1", 1, "丁"), ("1", 2, "戊"),
             ("1", 0, "己"), ("1", 1, "庚"), ("1", 2, "辛")]  # fmt: skip
    assert _read(_definition("0", levels) + _list("1", "0"), items) == [
        "第一编 甲", "第一章 乙", "1) 丙", "第二章 丁", "2) 戊", "第二编 己", "第三章 庚", "1) 辛",
    ]  # fmt: skip


def test_a_list_may_begin_at_nought_and_an_empty_item_counts() -> None:
    zero = _definition(
        "0", _level(0, "decimal", "%1.").replace('w:start w:val="1"', 'w:start w:val="0"')
    )
    items = [("1", 0, "甲"), ("1", 0, ""), ("1", 0, "乙")]
    assert _read(zero + _list("1", "0"), items) == ["0. 甲", "2. 乙"]


def test_a_second_list_counts_on_or_starts_anew_or_has_levels_of_its_own() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    close = _level(0, "upperRoman", "%1:", '<w:suff w:val="nothing"/>')
    other = f'<w:lvlOverride w:ilvl="0">{close}</w:lvlOverride>'
    numbering = (
        _definition("0", _level(0, "decimal", "%1."))
        + _list("1", "0") + _list("2", "0") + _list("3", "0", again) + _list("4", "0", other)
    )  # fmt: skip
    items = [(name, 0, text) for name, text in (("1", "甲"), ("2", "乙"), ("3", "丙"), ("4", "丁"))]
    assert _read(numbering, items) == ["1. 甲", "2. 乙", "1. 丙", "II:丁"]


def test_a_list_style_lends_its_levels() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Own"/></w:abstractNum>'
        + _definition("6", '<w:styleLink w:val="Own"/>' + _level(0, "chineseCounting", "（%1）"))
        + _list("1", "5")
    )
    assert _read(numbering, [("1", 0, "甲"), ("1", 0, "乙")]) == ["（一）甲", "（二）乙"]


def test_a_paragraph_style_is_bound_to_a_level() -> None:
    levels = _level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="A"/>') + _level(
        1, "decimal", "%1.%2", '<w:isLgl/><w:pStyle w:val="B"/>'
    )
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{listed}</w:style>'
        for name in "AB"
    )
    body = "".join(
        word_paragraph(text, properties=f'<w:pStyle w:val="{name}"/>')
        for name, text in (("A", "甲"), ("B", "乙"), ("B", "丙"), ("A", "丁"), ("B", "戊"))
    )
    assert _lines(body, _definition("0", levels) + _list("1", "0"), styles) == [
        "第一章 甲", "1.1 乙", "1.2 丙", "第二章 丁", "2.1 戊",
    ]  # fmt: skip
