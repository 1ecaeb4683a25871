"""A Word document's words come back in order, with its headings, lists and tables."""

import datetime
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.errors import ArticleError
from index.ingest.formats.docx.list_numbers import VALUE, W
from index.ingest.formats.docx.read_docx import read_docx
from tests.support.documents import archive, docx, replaced
from tests.support.tables.tilings import drawn

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
DAMAGED = "is damaged or no .docx document; open it and save it anew as .docx."
PROSE = "近年来，各国投入很大，成果很多。"


def paragraph(document: Any, inner: str) -> None:  # noqa: ANN401
    """A paragraph given as XML."""
    document.element.body.insert(-1, parse_xml(f"<w:p {NS}>{inner}</w:p>"))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def report(document: Any) -> None:  # noqa: ANN401
    document.add_heading("智慧城市年度报告", 0)
    document.add_paragraph("2016年9月30日  来源：百方网  作者：张三")
    document.add_heading("背景", 1)
    document.add_paragraph(PROSE)
    document.add_paragraph("建平台", style="List Bullet")
    document.add_paragraph("建停车场", style="List Bullet")
    grid = document.add_table(3, 2)
    for row, cells in enumerate((("年份", "金额"), ("2016", "100万元"), ("2017", "200万元"))):
        for column, text in enumerate(cells):
            grid.cell(row, column).text = text
    document.add_heading("展望", 2)
    document.add_paragraph(PROSE)
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"


def test_a_report_comes_back_with_its_structure() -> None:
    article = read_docx("a.docx", docx(report))
    assert article.text == (
        "智慧城市年度报告\n\n2016年9月30日 来源：百方网 作者：张三\n\n背景\n\n"
        f"{PROSE}\n\n- 建平台\n- 建停车场\n\n年份: 2016, 金额: 100万元\n年份: 2017, 金额: 200万元"
        f"\n\n展望\n\n{PROSE}"
    )
    assert (article.title, article.title_at) == ("智慧城市年度报告", Span(0, 8))
    assert (article.source, article.published) == ("百方网", "2016-09-30")
    assert [section.title for section in article.sections] == ["背景", "展望"]
    assert [part.text for part in article.removed] == ["页眉", "第1页"]
    assert (article.pages, article.unread) == ((), ())


def test_changes_fields_hidden_words_and_readings_are_no_text() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        paragraph(
            document,
            f"{run('投入')}<w:del>{run('两')}<w:r><w:delText>两</w:delText></w:r></w:del>"
            f"<w:ins>{run('一')}</w:ins><w:moveFrom>{run('走')}</w:moveFrom>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
            f"<w:hyperlink>{run('亿')}</w:hyperlink><w:r><w:ruby><w:rt>{run('yuan')}</w:rt>"
            f"<w:rubyBase>{run('元')}</w:rubyBase></w:ruby></w:r>"
            "<w:r><w:t>。</w:t><w:br/><w:t>第二行</w:t><w:noBreakHyphen/><w:t>尾</w:t></w:r>",
        )

    assert read_docx("a.docx", docx(fill)).text == "投入一亿元。\n第二行-尾"


def test_a_text_box_comes_once_below_its_paragraph() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        box = f"<w:txbxContent><w:p>{run('框里的话。')}</w:p></w:txbxContent>"
        paragraph(
            document,
            f"{run('框外的话。')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        )

    assert read_docx("a.docx", docx(fill)).text == "框外的话。\n\n框里的话。"


def test_merged_cells_name_their_rows_and_columns() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        grid = document.add_table(4, 3)
        for row, cells in enumerate(
            (("地区", "收入", ""), ("", "计划", "实际"), ("甲市", "1", "2"), ("", "3", "4"))
        ):
            for column, text in enumerate(cells):
                grid.cell(row, column).text = text
        for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((2, 0), (3, 0))):
            grid.cell(*first).merge(grid.cell(*last))

    article = read_docx("a.docx", docx(fill))
    assert article.text == (
        "地区: 甲市, 收入 计划: 1, 收入 实际: 2\n地区: 甲市, 收入 计划: 3, 收入 实际: 4"
    )
    assert drawn(article) == [
        [["[地区]2x1", "[收入]1x2"], ["[计划]", "[实际]"], ["甲市2x1", "1", "2"], ["3", "4"]]
    ]


def test_a_table_that_only_arranges_the_page_is_read_as_text() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = PROSE
        cell.add_paragraph("第二段。")

    assert read_docx("a.docx", docx(fill)).text == f"{PROSE}\n\n第二段。"


def test_headings_are_known_by_style_or_outline_level_in_chinese_too() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        document.add_paragraph("甲乙丙丁戊")
        document.styles["Heading 1"].element.find(f"{W}name").set(VALUE, "标题 1")
        paragraph(document, f'<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("第一节")}')
        document.add_paragraph(PROSE)
        paragraph(document, f'<w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("第二节")}')
        paragraph(document, f'<w:pPr><w:outlineLvl w:val="9"/></w:pPr>{run("不是")}')

    article = read_docx("a.docx", docx(fill))
    assert article.title == "第一节"  # the first heading, where no title is
    assert [section.title for section in article.sections] == ["第二节"]


def test_notes_come_below_the_running_paragraph_that_calls_them() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        for number, text in (
            (3, "章标题"),
            (2, "第二句话就说在这里了。"),
            (1, "第一句话就说在那里了。"),
        ):
            note = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
            paragraph(document, f"{run(text[:1])}{note}{run(text[1:])}")

    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p>{run(text)}</w:p></w:footnote>'
        for number, text in ((0, "分隔线"), (1, "甲注。"), (2, "乙注。"), (3, "丙注。"))
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    related = f'<Relationship Id="n" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    data = replaced(
        docx(fill),
        "word/footnotes.xml",
        lambda _: f"<w:footnotes {NS}>{notes}</w:footnotes>".encode(),
    )
    data = replaced(
        data,
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(b"</Relationships>", related.encode()),
    )
    article = read_docx("a.docx", data)
    assert article.text.split("\n\n") == [
        "章标题", "第二句话就说在这里了。", "丙注。", "乙注。", "第一句话就说在那里了。", "甲注。",
    ]  # fmt: skip
    assert [str(unread) for unread in article.unread] == ["1 note"]  # that nothing calls


def test_a_table_of_contents_is_cut() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        document.styles.add_style("toc 1", 1)
        document.add_paragraph("背景\t3", style="toc 1")
        document.add_paragraph(PROSE)

    article = read_docx("a.docx", docx(fill))
    assert article.text == PROSE
    assert [part.text for part in article.removed] == ["背景 3"]


def test_properties_tell_title_author_and_day_where_the_text_does_not() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        document.add_paragraph(PROSE)

    day = datetime.datetime(2016, 9, 30, 8, tzinfo=datetime.UTC)
    article = read_docx("a.docx", docx(fill, title="城市报告", author="李四", created=day))
    assert article.text == f"城市报告\n\n2016-09-30\n\n{PROSE}"
    assert (article.title, article.author) == ("城市报告", "李四")
    assert (article.published, article.published_at) == ("2016-09-30", Span(6, 16))


def test_what_a_template_says_is_not_believed() -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        document.add_paragraph(PROSE)

    created = Document().core_properties.created
    article = read_docx("a.docx", docx(fill, author="微软用户", title="文档1", created=created))
    assert (article.text, article.title) == (PROSE, "")
    assert (article.author, article.published) == (None, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"hello",
        archive({"a.txt": "x"}),
        docx(report)[:-100],
        replaced(docx(report), "word/document.xml", lambda xml: xml[:300]),
        replaced(docx(report), "_rels/.rels", lambda _: b"<a/>"),
        replaced(docx(report), "word/document.xml", lambda _: b"<a>" * 300 + b"</a>" * 300),
        replaced(docx(report), "word/document.xml", lambda _: f"<w:document {NS}/>".encode()),
    ],
    ids=range(9),
)
def test_a_damaged_document_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError) as caught:
        read_docx("a.docx", data)
    assert str(caught.value) == DAMAGED


@pytest.mark.parametrize("ours", ["styles_of", "list_numbering", "DocxBody.blocks"])
def test_a_bug_of_ours_does_not_pass_for_a_damaged_document(
    monkeypatch: pytest.MonkeyPatch, ours: str
) -> None:
    def failing(*_: object) -> None:
        raise AttributeError("a bug of ours")

    monkeypatch.setattr(f"index.ingest.formats.docx.word_document.{ours}", failing)
    with pytest.raises(AttributeError, match="a bug of ours"):
        read_docx("a.docx", docx(report))


def test_an_encrypted_document_asks_for_a_copy() -> None:
    reason = r"^needs a password, or is an old \.doc file under a new name; save it as \.docx\.$"
    with pytest.raises(ArticleError, match=reason):
        read_docx("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"^is empty: the document holds no text\.$"):
        read_docx("a.docx", docx(lambda _: None))


def test_bombs_are_refused_before_they_go_off() -> None:
    entities = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    document = docx(report)
    with pytest.raises(ArticleError, match="holds a DTD"):
        read_docx("a.docx", replaced(document, "word/document.xml", lambda _: entities))
    with pytest.raises(ArticleError, match="suspiciously much"):
        read_docx("a.docx", replaced(document, "word/styles.xml", lambda _: bytes(20_000_000)))
    cell = b'<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc>'
    body = b"<w:body><w:tbl><w:tr>" + cell * 20_000 + b"</w:tr></w:tbl>"
    wide = replaced(document, "word/document.xml", lambda xml: xml.replace(b"<w:body>", body))
    with pytest.raises(ArticleError, match="too large"):
        read_docx("a.docx", wide)


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), max_size=8
    )
)
def test_text_that_is_put_in_comes_back_in_order(texts: list[str]) -> None:
    def fill(document: Any) -> None:  # noqa: ANN401
        for text in [
            "正文在这里开始，一直到最后一句话为止。",
            *texts,
            "正文到此为止，不再继续下去了。",
        ]:
            document.add_paragraph(text)

    text = read_docx("a.docx", docx(fill)).text
    assert all(line in text for line in texts)
    places = [text.split("\n\n").index(line) for line in dict.fromkeys(texts)]
    assert all(place < following for place, following in pairwise(places))
