"""What word processors open is read, and no word of a document is lost in silence."""

from typing import Any

import pytest

from index.errors import ArticleError
from index.ingest.formats.docx.read_docx import read_docx
from tests.support.documents import R_NS, W_NS, archive, docx, replaced, word, word_paragraph
from tests.support.tables.tilings import drawn

PROSE = "渡口每天开行八班渡船，末班在傍晚六点开出。"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "NULL"),
        ("image", "../NULL"),
        ("hyperlink", "#_Toc7"),
        ("footnotes", "gone.xml"),
        ("styles", "media/"),
        ("comments", ""),
    ],
)
def test_a_relation_to_nothing_does_no_harm(kind: str, target: str) -> None:
    article = read_docx("a.docx", word(word_paragraph(PROSE), related={"x": (kind, target)}))
    assert (article.text, article.unread) == (PROSE, ())


def test_the_strict_form_is_read_as_the_common_one() -> None:
    def strict(xml: bytes) -> bytes:
        for subject in (b"wordprocessingml", b"officeDocument"):
            common = b"http://schemas.openxmlformats.org/%s/2006/" % subject
            xml = xml.replace(common, b"http://purl.oclc.org/ooxml/%s/" % subject)
        return xml

    style = f'''<w:styles xmlns:w="{W_NS}"><w:style w:type="paragraph" w:styleId="t">
        <w:name w:val="Title"/></w:style></w:styles>'''
    title = word_paragraph("渡口须知", properties='<w:pStyle w:val="t"/>')
    common = word(title + word_paragraph(PROSE), {"word/styles.xml": style},
                  {"s": ("styles", "styles.xml")})  # fmt: skip
    data = common
    for name in ("_rels/.rels", "word/document.xml", "word/styles.xml",
                 "word/_rels/document.xml.rels"):  # fmt: skip
        data = replaced(data, name, strict)
    assert data != common
    article = read_docx("a.docx", data)
    assert article == read_docx("a.docx", common)
    assert (article.title, article.text) == ("渡口须知", f"渡口须知\n\n{PROSE}")


def _embedding(target: str, content: bytes | str) -> bytes:
    body = word_paragraph(PROSE) + '<w:altChunk r:id="e"/>' + word_paragraph("以上各项照办。")
    return word(body, {f"word/{target}": content}, {"e": ("aFChunk", target)})


def test_embedded_pages_texts_and_documents_are_read_where_they_stand() -> None:
    page = "<html><body><p>船票每张九元。</p><table><tr><th>船</th><th>座</th></tr>" \
           "<tr><td>一号</td><td>30</td></tr></table></body></html>"  # fmt: skip
    archived = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        "Content-Type: text/html; charset=utf-8\n\n<p>船票每张九元。</p>\n--x--\n"
    )
    for target, content, inner in (
        ("a.html", page, "船票每张九元。\n\n船: 一号, 座: 30"),
        ("a.dat", page, "船票每张九元。\n\n船: 一号, 座: 30"),
        ("a.mht", archived, "船票每张九元。"),
        ("a.txt", "船票每张九元。", "船票每张九元。"),
        ("a.docx", word(word_paragraph("船票每张九元。")), "船票每张九元。"),
    ):
        article = read_docx("a.docx", _embedding(target, content))
        assert article.text == f"{PROSE}\n\n{inner}\n\n以上各项照办。", target
        assert article.unread == ()
        rows = [[["[船]", "[座]"], ["一号", "30"]]] if "座" in inner else []
        assert drawn(article) == rows


@pytest.mark.parametrize(
    ("target", "content"), [("a.rtf", rb"{\rtf1 x}"), ("a.docx", b"PK\x03\x04"), ("a.html", b"")]
)
def test_what_is_embedded_and_not_read_is_counted(target: str, content: bytes) -> None:
    article = read_docx("a.docx", _embedding(target, content))
    assert article.text == f"{PROSE}\n\n以上各项照办。"
    assert [str(unread) for unread in article.unread] == ["1 embedded document"]


def test_documents_within_documents_end_at_some_depth() -> None:
    data = word(word_paragraph(PROSE))
    for _ in range(6):
        data = _embedding("a.docx", data)
    assert [str(unread) for unread in read_docx("a.docx", data).unread] == ["1 embedded document"]


def test_an_embedded_part_that_can_not_be_read_is_counted_and_the_rest_is_read() -> None:
    for target, start in (("a.html", b"<html><p>"), ("a.txt", b""), ("a.docx", b"PK\x03\x04<p>")):
        article = read_docx("b.docx", _embedding(target, start + bytes(range(128, 256)) * 40))
        assert (article.text[-7:], len(article.unread)) == ("以上各项照办。", 1)


def _run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def _notes(kind: str, *texts: str) -> str:
    notes = "".join(
        f'<w:{kind} w:id="{number}">{word_paragraph(text)}</w:{kind}>'
        for number, text in enumerate(texts)
    )
    return f'<w:{kind}s xmlns:w="{W_NS}">{notes}</w:{kind}s>'


def _edge(kind: str, text: str) -> str:
    return f'<w:{kind} xmlns:w="{W_NS}" xmlns:r="{R_NS}">{word_paragraph(text)}</w:{kind}>'


def _cell(*inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inner)}</w:tc>"


def _table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell that is no XML is a paragraph."""
    lines = (
        "".join(_cell(cell if cell.startswith("<") else word_paragraph(cell)) for cell in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def _form(inner: str) -> str:
    field = f'<w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar>'
    return word_paragraph(_run(field))


IN_TEXT = {
    "正文词": word_paragraph("渡口有正文词写着。"),
    "增补词": word_paragraph(f"<w:ins>{_run('<w:t>渡口有增补词写着。</w:t>')}</w:ins>"),
    "控件词": f"<w:sdt><w:sdtContent>{word_paragraph('渡口有控件词。')}</w:sdtContent></w:sdt>",
    "链接词": word_paragraph(f"<w:hyperlink>{_run('<w:t>链接词</w:t>')}</w:hyperlink>"),
    "域值词": word_paragraph(_run("<w:instrText>PAGE</w:instrText>"), "域值词"),
    "脚注词": word_paragraph("渡口规定见下面的注。", _run('<w:footnoteReference w:id="0"/>')),
    "尾注词": word_paragraph("渡口规定见后面的注。", _run('<w:endnoteReference w:id="0"/>')),
    "框里词": word_paragraph(
        _run(f"<w:pict><w:txbxContent>{word_paragraph('框里词')}</w:txbxContent></w:pict>")
    ),
    "公式词": word_paragraph("<m:oMath><m:r><m:t>公式词</m:t></m:r></m:oMath>"),
    "艺术词": word_paragraph(_run('<w:pict><v:textpath string="艺术词"/></w:pict>')),
    "选定词": _form(
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="选定词"/>'
        "</w:ddList>"
    ),
    "☑": _form('<w:checkBox><w:default w:val="1"/></w:checkBox>'),
    "☐": _form('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'),
    "格里词: 5": _table(("项目", "数"), ("格里词", "5")),
    "座位: 30; 票价: 九元": _table(
        ("船", "附"), ("一号", _table(("座位", "30"), ("票价", "九元")) + word_paragraph(""))
    ),
}
IN_REMOVED = {"页眉词": ("header", "h.xml"), "页脚词": ("footer", "f.xml")}
COUNTED = {
    "批注词": word_paragraph(_run('<w:commentReference w:id="0"/>')),
    "删去词": word_paragraph(f"<w:del>{_run('<w:delText>删去词</w:delText>')}</w:del>"),
    "移走词": word_paragraph(f"<w:moveFrom>{_run('<w:t>移走词</w:t>')}</w:moveFrom>"),
    "隐藏词": word_paragraph(_run("<w:rPr><w:vanish/></w:rPr><w:t>隐藏词</w:t>")),
    "对象": word_paragraph(_run("<w:object/>")),
    "图片": word_paragraph(_run("<w:drawing><a:blip/></w:drawing>")),
    "图表": word_paragraph(_run("<w:drawing><c:chart/></w:drawing>")),
    "未知符号": word_paragraph(_run('<w:sym w:font="Wingdings" w:char="F0CC"/>')),
}


def test_every_word_is_in_the_text_in_what_was_removed_or_counted() -> None:
    parts = {f"word/{target}": _edge(kind, word) for word, (kind, target) in IN_REMOVED.items()}
    data = word(
        "".join([*IN_TEXT.values(), *COUNTED.values()]),
        {
            **parts,
            "word/footnotes.xml": _notes("footnote", "脚注词", "无主词"),
            "word/endnotes.xml": _notes("endnote", "尾注词"),
            "word/comments.xml": _notes("comment", "批注词"),
        },
        {kind: (kind, f"{kind}.xml") for kind in ("footnotes", "endnotes", "comments")}
        | {kind: (kind, target) for kind, target in IN_REMOVED.values()},
    )
    article = read_docx("a.docx", data)
    assert [place for place in IN_TEXT if place not in article.text] == []
    assert [part.text for part in article.removed] == list(IN_REMOVED)
    assert [place for place in [*IN_REMOVED, *COUNTED] if place in article.text] == []
    assert [str(unread) for unread in article.unread] == [
        "1 chart", "1 comment", "2 deleted passages", "1 embedded document", "1 hidden passage",
        "1 note", "1 picture", "1 sign",
    ]  # fmt: skip


def test_cells_merged_both_ways_and_rows_that_begin_further_right_keep_their_columns() -> None:
    def row(*cells: str, before: int = 0) -> str:
        shift = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
        return f"<w:tr>{shift}{''.join(cells)}</w:tr>"

    def cell(text: str, properties: str = "") -> str:
        return _cell(word_paragraph(text), properties=properties)

    tall, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        row(cell("航线", tall), cell("票价", '<w:hMerge w:val="restart"/>'),
            cell("", '<w:hMerge w:val="continue"/>'), cell("备注", tall))
        + row(cell("", below), cell("成人"), cell("儿童"), cell("", below))
        + row(cell("东线"), cell("9元"), cell("4元"), cell("每日"))
        + row(cell("11元"), cell("5元"), cell("夜间"), before=1)
    )  # fmt: skip
    assert read_docx("a.docx", word(f"<w:tbl>{table}</w:tbl>")).text == (
        "航线: 东线, 票价 成人: 9元, 票价 儿童: 4元, 备注: 每日\n"
        "票价 成人: 11元, 票价 儿童: 5元, 备注: 夜间"
    )


def test_a_marked_header_names_long_cells_too() -> None:
    long = "一号船的规定很长。" * 70
    header = "<w:tr><w:trPr><w:tblHeader/></w:trPr>" + "".join(
        _cell(word_paragraph(text)) for text in ("船", "规定")
    )
    rows = (
        f"{header}</w:tr><w:tr>{_cell(word_paragraph('一号'))}{_cell(word_paragraph(long))}</w:tr>"
    )
    text = read_docx("a.docx", word(f"<w:tbl>{rows}</w:tbl>")).text
    assert text == f"船: 一号, 规定: {long}"


def test_all_rows_that_are_marked_as_header_name_the_columns() -> None:
    mark = "<w:trPr><w:tblHeader/></w:trPr>"
    rows = (
        ("船", "座位", "票价"),
        ("名称", "个", "元"),
        ("一号", "很多", "九元"),
        ("二号", "少", "六元"),
    )
    lines = (
        f"<w:tr>{mark * (number < 2)}{''.join(_cell(word_paragraph(text)) for text in row)}</w:tr>"
        for number, row in enumerate(rows)
    )
    assert read_docx("a.docx", word(f"<w:tbl>{''.join(lines)}</w:tbl>")).text == (
        "船 名称: 一号, 座位 个: 很多, 票价 元: 九元\n船 名称: 二号, 座位 个: 少, 票价 元: 六元"
    )


def test_lists_in_cells_keep_their_numbers() -> None:
    numbering = (
        f'<w:numbering xmlns:w="{W_NS}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    items = "".join(word_paragraph(text, properties=listed) for text in ("救生衣", "灭火器"))
    data = word(
        _table(("船", "座位", "器材"), ("一号", "30", items), ("二号", "40", "救生圈")),
        {"word/numbering.xml": numbering},
        {"n": ("numbering", "numbering.xml")},
    )
    assert read_docx("a.docx", data).text == (
        "船: 一号, 座位: 30, 器材: 1. 救生衣 2. 灭火器\n船: 二号, 座位: 40, 器材: 救生圈"
    )


def test_an_archive_that_is_no_document_is_named() -> None:
    with pytest.raises(ArticleError, match=r"is damaged or no \.docx document"):
        read_docx("a.docx", archive({"word/document.xml": "<x/>"}))


def test_a_table_within_a_cell_is_words_of_that_cell() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        grid = document.add_table(2, 2)
        for place, text in enumerate(("船", "航次", "一号", "")):
            grid.cell(place // 2, place % 2).text = text
        inner = grid.cell(1, 1).add_table(2, 2)
        for place, text in enumerate(("早", "6点", "晚", "9点")):
            inner.cell(place // 2, place % 2).text = text

    article = read_docx("a.docx", docx(fill))
    assert article.text == "船 | 航次\n一号 | 早: 6点; 晚: 9点"
    assert drawn(article) == [[["船", "航次"], ["一号", "早: 6点; 晚: 9点"]]]
