"""A PDF comes back as its reader sees it: paragraphs whole, running heads cut, pages known."""

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from index.article import Removed, Span, page_of
from index.errors import WITH_OCR, ArticleError
from index.ingest.formats.pdf.process import PdfLimits, open_pdf
from index.ingest.formats.pdf.read_pdf import read_pdf
from index.ingest.read import read_file
from tests.support.documents import LEFT, TOP, pdf, table, write, write_lines
from tests.support.tables.tilings import drawn

SENTENCE = "智慧城市是运用信息和通信技术手段感测分析整合城市运行核心系统的各项关键信息从而对民生"
FULL = SENTENCE[:37]  # as long as a line of 12 points is
FIRST = "　　" + SENTENCE[:35]


def add_running_heads(canvas: Any, page: int) -> None:  # noqa: ANN401
    write(canvas, "某市年鉴", LEFT, 810, 9)
    write(canvas, f"- {page} -", 290, 30, 9)


def first_page(canvas: Any) -> None:  # noqa: ANN401
    add_running_heads(canvas, 1)
    write(canvas, "智慧城市年度报告", 200, TOP, 22)
    write_lines(canvas, [FIRST, FULL, "做出响应。", FIRST], TOP - 50)
    table(canvas, [["年份", "金额"], ["2016", "100万元"], ["2017", "200万元"]], LEFT, TOP - 140)
    write(canvas, "一、背景", LEFT, TOP - 240, 16)
    write_lines(canvas, [FIRST, FULL, FULL], TOP - 270)


def second_page(canvas: Any) -> None:  # noqa: ANN401
    add_running_heads(canvas, 2)
    write_lines(canvas, ["最后一页的文字。", "　　新的一段。"])


def third_page(canvas: Any) -> None:  # noqa: ANN401
    add_running_heads(canvas, 3)
    write_lines(canvas, ["　　第三页。"])


def lines(*texts: str) -> Any:  # noqa: ANN401
    return partial(write_lines, lines=list(texts))


def test_paragraphs_are_joined_over_lines_and_pages_and_running_heads_are_cut() -> None:
    article = read_pdf("a.pdf", pdf(first_page, second_page, third_page))
    paragraph = SENTENCE[:35] + FULL
    assert article.text.split("\n\n") == [
        "智慧城市年度报告",
        paragraph + "做出响应。",
        SENTENCE[:35],
        "年份: 2016, 金额: 100万元\n年份: 2017, 金额: 200万元",
        "一、背景",
        paragraph + FULL + "最后一页的文字。",
        "新的一段。",
        "第三页。",
    ]
    assert (article.title, article.title_at) == ("智慧城市年度报告", Span(0, 8))
    assert drawn(article) == [[["[年份]", "[金额]"], ["2016", "100万元"], ["2017", "200万元"]]]
    assert [section.title for section in article.sections] == ["一、背景"]
    assert [article.text[at:][:6] for at in article.pages] == [
        "智慧城市年度",
        "最后一页的文",
        "第三页。",
    ]
    end = len(article.text)
    assert article.removed == (
        Removed(article.text.index("\n\n新的"), "某市年鉴\n- 1 -"),
        Removed(article.text.index("\n\n第三页"), "某市年鉴\n- 2 -"),
        Removed(end, "某市年鉴\n- 3 -"),
    )


def test_a_page_that_begins_within_a_paragraph_begins_there() -> None:
    article = read_pdf("a.pdf", pdf(first_page, second_page, third_page))
    at = article.text.index("最后一页")
    assert article.pages[1] == at
    assert [page_of(article.pages, at - 1), page_of(article.pages, at)] == [1, 2]


def test_english_is_joined_with_spaces_and_divided_words_are_made_whole() -> None:
    page = partial(
        write_lines,
        lines=[
            "The city invests in a well-known plan that everybody knows and in trans-",
            "port, which the council called a long-term matter in its last meeting of",
            "the year. The plan is well known.",
        ],
        font="Courier",
        x=40,
    )
    (paragraph,) = read_pdf("a.pdf", pdf(page)).text.split("\n\n")
    assert paragraph == (
        "The city invests in a well-known plan that everybody knows and in transport, which the "
        "council called a long-term matter in its last meeting of the year. The plan is well known."
    )


def test_two_columns_are_read_one_after_the_other() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write(canvas, "两栏的论文", 230, TOP, 20)
        for x, start in ((LEFT, 0), (LEFT + 240, 20)):
            rows = [SENTENCE[start % 7 :][:17] for _ in range(11)] + [f"第{start}栏到此为止。"]
            write_lines(canvas, rows, TOP - 40, x)

    text = read_pdf("a.pdf", pdf(page)).text
    assert text.split("\n\n") == [
        "两栏的论文",
        SENTENCE[:17] * 11 + "第0栏到此为止。",
        SENTENCE[6:23] * 11 + "第20栏到此为止。",
    ]


def test_aligned_cells_are_rows_without_any_lines_drawn() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        for row, cells in enumerate([("城市", "人口"), ("甲市", "100"), ("乙市", "2000")]):
            write(canvas, cells[0], LEFT, TOP - 18 * row)
            write(canvas, cells[1], LEFT + 120, TOP - 18 * row)

    # 人口 names the figures: they are of one unit, and it is no figure itself.
    article = read_pdf("a.pdf", pdf(page))
    assert article.text == "城市: 甲市, 人口: 100\n城市: 乙市, 人口: 2000"
    assert drawn(article) == [[["[城市]", "[人口]"], ["甲市", "100"], ["乙市", "2000"]]]


def test_words_at_a_slant_are_removed_and_a_turned_page_is_read() -> None:
    def slanted(canvas: Any) -> None:  # noqa: ANN401
        canvas.rotate(30)
        write(canvas, "内部资料", 300, 100, 40)
        canvas.rotate(-30)
        write_lines(canvas, ["　　正文的第一句话在这里。"])

    def turned(canvas: Any, angle: int) -> None:  # noqa: ANN401
        canvas.translate(300, 400)
        canvas.rotate(angle)
        write_lines(canvas, ["横着的第一行。", "　　横着的第二行。"], 100, -100)

    article = read_pdf("a.pdf", pdf(slanted))
    assert (article.text, [part.text for part in article.removed]) == (
        "正文的第一句话在这里。",
        ["内部资料"],
    )
    for angle in (90, 180, 270):
        text = read_pdf("a.pdf", pdf(partial(turned, angle=angle))).text
        assert text.split() == ["横着的第一行。", "横着的第二行。"]


@pytest.mark.parametrize(
    ("declared", "title"),
    [("城市报告", "城市报告"), ("Microsoft Word - 文档1.doc", ""), ("C:\\a\\b.doc", "")],
)
def test_the_declared_title_is_taken_where_no_line_looks_like_a_title(
    declared: str, title: str
) -> None:
    article = read_pdf(
        "a.pdf", pdf(lines("　　正文的第一句话在这里写着。", "　　第二句。"), title=declared)
    )
    assert article.title == title


def test_properties_tell_author_and_day_where_they_can_be_believed() -> None:
    data = pdf(lines("　　正文的第一句话在这里写着。"), author="张三")
    dated = data.replace(b"D:20000101000000", b"D:20160930080000")
    article = read_pdf("a.pdf", dated)
    assert (article.author, article.published) == ("张三", "2016-09-30")
    assert article.published_at is not None
    assert article.published_at.of(article.text) == "2016-09-30"
    article = read_pdf("a.pdf", pdf(lines("　　正文的第一句话。"), author="Administrator"))
    assert (article.author, article.published) == (None, None)


def test_a_byline_goes_before_the_properties() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write(canvas, "智慧城市", 250, TOP, 20)
        write(canvas, "2016年9月30日  来源：新华社", 200, TOP - 40)
        write_lines(canvas, [FIRST, FULL, "做出响应。"], TOP - 80)

    article = read_pdf("a.pdf", pdf(page).replace(b"D:20000101000000", b"D:20200101080000"))
    assert (article.published, article.source) == ("2016-09-30", "新华社")


def test_a_blank_page_begins_where_the_next_one_does() -> None:
    article = read_pdf("a.pdf", pdf(lines("　　甲页。"), lambda _: None, lines("　　乙页。")))
    assert article.text == "甲页。\n\n乙页。"
    assert article.pages == (0, 5, 5)
    assert page_of(article.pages, 5) == 3


def test_a_password_is_asked_for_but_an_empty_one_is_none() -> None:
    page = lines("　　正文的第一句话。")
    locked = pdf(page, password=StandardEncryption("user", "owner"))
    with pytest.raises(ArticleError, match=r"^needs a password; save a copy without one\.$"):
        read_pdf("a.pdf", locked)
    assert read_pdf("a.pdf", pdf(page, password=StandardEncryption("", "owner"))).text


def test_a_scan_is_refused_with_the_advice_to_recognise_it() -> None:
    reason = f"holds no text; if it is a scan, {WITH_OCR}"
    with pytest.raises(ArticleError) as caught:
        read_pdf("a.pdf", pdf(lambda canvas: canvas.rect(100, 100, 200, 200, fill=1)))
    assert str(caught.value) == reason


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"hello", bytes(1000)])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ArticleError, match=r"^is damaged or no PDF; open it and save it anew\.$"):
        read_pdf("a.pdf", data)


def test_too_many_pages_or_characters_are_refused() -> None:
    two_pages = pdf(lines("　　甲页。"), lines("　　乙页。"))
    with pytest.raises(ArticleError, match=r"^holds more than 5 characters; split it\.$"):
        read_pdf("a.pdf", two_pages, PdfLimits(chars=5))
    with pytest.raises(ArticleError, match=r"^has more than 1 pages; split it\.$"):
        read_pdf("a.pdf", two_pages, PdfLimits(pages=1))


@pytest.mark.parametrize(
    "program", ["import os; os.abort()", "while True: pass", "print('{\"pages\": 3}')"]
)
def test_a_worker_that_dies_or_never_ends_is_a_plain_failure(tmp_path: Path, program: str) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(program, encoding="utf-8")
    with pytest.raises(ArticleError, match="breaks the PDF library"):
        open_pdf(b"", PdfLimits(seconds=0.5), worker)


@settings(max_examples=25, deadline=None)
@given(
    texts=st.lists(
        st.text("城市投入一亿元ab。，", min_size=1, max_size=30),
        unique=True,
        min_size=1,
        max_size=12,
    ),
    pages=st.integers(1, 4),
)
def test_every_word_is_in_the_text_and_pages_are_in_order(texts: list[str], pages: int) -> None:
    article = read_pdf("a.pdf", pdf(*(lines(*texts[page::pages]) for page in range(pages))))
    chars = (char for char in article.text if not char.isspace() and char != "|")
    assert sorted("".join(texts)) == sorted(chars)
    assert len(article.pages) == pages
    assert article.pages[0] == 0
    assert all(page <= following for page, following in pairwise(article.pages))
    assert article.pages[-1] <= len(article.text)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_broken_pdf_gives_an_article_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(BROKEN)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=20)):
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    articles, failures = read_file("a.pdf", bytes(whole[: max(cut, len(whole) // 2)]))
    assert len(articles) + len(failures) == 1
    assert all(failure.reason.endswith(".") for failure in failures)


BROKEN = pdf(first_page, second_page)
