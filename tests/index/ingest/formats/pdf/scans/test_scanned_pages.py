"""Scanned pages are read like written ones; what has a text is left as it is."""

from functools import partial
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader

from bench.ocr.scanned_page import as_pdf
from index.article import Recognised, Unread
from index.errors import ArticleError
from index.ingest.formats.pdf.read_pdf import read_pdf
from index.ingest.formats.pdf.scans.scanned_pages import ScannedPages
from tests.index.ingest.scans import DPI, READS_SCANS, Sheet, recognition
from tests.support.documents import HIGH, TOP, WIDE, pdf, write_lines

pytestmark = READS_SCANS

SENTENCE = "智慧城市是运用信息和通信技术手段感测分析整合城市运行核心系统的各项关键信息从而对民生"
FULL = SENTENCE[:37]
FIRST = "　　" + SENTENCE[:35]
ROW = "左边一栏写的是昆仑站的建设经过"
OTHER = "右边一栏写的是中山站的历年考察"


def draw(canvas: Any, image: Image.Image) -> None:  # noqa: ANN401
    """Fill a page with a picture."""
    canvas.drawImage(ImageReader(image), 0, 0, WIDE, HIGH)


def scans() -> ScannedPages:
    return ScannedPages(recognition())


def test_a_scan_becomes_paragraphs_with_a_title_and_how_surely_each_was_recognised() -> None:
    sheet = Sheet().write("智慧城市年度报告", 200, 72, 22)
    sheet.write_lines([FIRST, FULL, "做出响应。", FIRST, FULL, "民生得益。"], 140)
    article = read_pdf("a.pdf", as_pdf([sheet.image], DPI), scans=scans())
    paragraphs = article.text.split("\n\n")
    assert paragraphs == [
        "智慧城市年度报告",
        SENTENCE[:35] + FULL + "做出响应。",
        SENTENCE[:35] + FULL + "民生得益。",
    ]
    assert (article.title, article.published, article.unread) == (paragraphs[0], None, ())
    ranges = [article.text[part.start : part.end] for part in article.recognised]
    assert ranges == paragraphs
    assert all(0.9 < part.confidence <= 0.99 for part in article.recognised)


def on_its_side(canvas: Any, image: Image.Image) -> None:  # noqa: ANN401
    """Draw a wide picture that lies on its side, on a page that is turned when it is shown."""
    draw(canvas, image.rotate(90, expand=True))
    canvas.setPageRotation(90)


def test_a_page_that_lies_crooked_is_read_as_if_it_lay_straight() -> None:
    sheet = Sheet().write_lines([FIRST, FULL, "做出响应。"])
    crooked = sheet.image.rotate(-1.8, Image.Resampling.BICUBIC, fillcolor=255)
    for image in (sheet.image, crooked):
        article = read_pdf("a.pdf", as_pdf([image], DPI), scans=scans())
        assert article.text == SENTENCE[:35] + FULL + "做出响应。"


def test_a_page_is_read_as_it_is_turned_when_it_is_shown() -> None:
    image = Sheet(HIGH, WIDE).write_lines(["横放的一页。", "还有一行。"]).image
    article = read_pdf("a.pdf", pdf(partial(on_its_side, image=image)), scans=scans())
    assert article.text.split() == ["横放的一页。", "还有一行。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet().write_lines([ROW] * 8, x=72).write_lines([OTHER] * 8, x=320)
    article = read_pdf("a.pdf", as_pdf([sheet.image], DPI), scans=scans())
    text = "".join(article.text.split())
    assert text == ROW * 8 + OTHER * 8


def test_only_pages_without_a_text_are_recognised_and_pages_stay_in_order() -> None:
    image = Sheet().write_lines(["第二页是扫描件。"]).image
    written = partial(write_lines, lines=["第一页有文字。"])
    last = partial(write_lines, lines=["第三页有文字。"])
    data = pdf(written, partial(draw, image=image), last)
    article = read_pdf("a.pdf", data, scans=scans())
    assert article.text.split("\n\n") == ["第一页有文字。", "第二页是扫描件。", "第三页有文字。"]
    assert article.pages == (0, 9, 19)
    (part,) = article.recognised
    assert article.text[part.start : part.end] == "第二页是扫描件。"
    plain = read_pdf("a.pdf", data)
    assert plain.unread == (Unread("scanned page", 1),)
    assert plain.recognised == ()


def with_picture_below(canvas: Any, image: Image.Image) -> None:  # noqa: ANN401
    draw(canvas, image)
    write_lines(canvas, ["这一页有自己的文字层。"], TOP)


def test_a_picture_under_a_text_is_not_recognised() -> None:
    image = Sheet().write_lines(["图片里的字。"], 300).image
    article = read_pdf("a.pdf", pdf(partial(with_picture_below, image=image)), scans=scans())
    assert (article.text, article.recognised) == ("这一页有自己的文字层。", ())
    assert article.unread == (Unread("picture", 1),)


def in_strips(canvas: Any, image: Image.Image) -> None:  # noqa: ANN401
    """Draw a picture as some scanners do: in strips, within a form."""
    canvas.beginForm("scan")
    high = image.height // 30
    for top in range(0, image.height, high):
        strip = image.crop((0, top, image.width, min(top + high, image.height)))
        scale = HIGH / image.height
        below = HIGH - (top + strip.height) * scale
        canvas.drawImage(ImageReader(strip), 0, below, WIDE, strip.height * scale)
    canvas.endForm()
    canvas.doForm("scan")


def test_a_scan_in_strips_is_recognised_as_well() -> None:
    image = Sheet().write_lines(["一条一条的扫描件。"]).image
    article = read_pdf("a.pdf", pdf(partial(in_strips, image=image)), scans=scans())
    assert article.text == "一条一条的扫描件。"


def with_a_field(canvas: Any, image: Image.Image) -> None:  # noqa: ANN401
    draw(canvas, image)
    canvas.acroForm.textfield(value="Li Ming", x=150, y=HIGH - 90, width=120, height=18)


def test_what_was_filled_into_a_scanned_form_stands_beside_its_label() -> None:
    image = Sheet().write("申请人：", 72, 74, 12).write("地址：青湖市滨江路8号", 72, 110, 12).image
    article = read_pdf("a.pdf", pdf(partial(with_a_field, image=image)), scans=scans())
    assert article.text.split("\n\n")[0].split() == ["申请人：", "Li", "Ming"]
    assert "地址：青湖市滨江路8号" in article.text


def test_lines_that_can_hardly_be_read_are_counted_and_left_out() -> None:
    sheet = Sheet().write_lines(["这一行清清楚楚。"])
    blurred = Sheet().write_lines(["昨夜星辰昨夜风画楼西畔桂堂东"] * 2, 300).image
    blurred = blurred.filter(ImageFilter.GaussianBlur(4))
    image = Image.fromarray(np.minimum(np.asarray(sheet.image), np.asarray(blurred)))
    article = read_pdf("a.pdf", as_pdf([image], DPI), scans=scans())
    assert article.text == "这一行清清楚楚。"
    assert article.unread == (Unread("unreadable line", 2),)


# Its font tells for each letter a character that stands for nothing.
UNCODED = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F1 5 0 R>>>>>> endobj
4 0 obj <</Length 50>> stream
BT /F1 18 Tf 72 700 Td (Kunlun Station 2009) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>> endobj
6 0 obj <</Length 112>> stream
1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <E020> endbfrange
endstream endobj
trailer <</Root 1 0 R>>
"""


def test_letters_that_a_font_gives_no_code_are_recognised() -> None:
    with pytest.raises(ArticleError, match="fonts don't tell"):
        read_pdf("a.pdf", UNCODED)
    article = read_pdf("a.pdf", UNCODED, scans=scans())
    assert (article.text, len(article.recognised)) == ("Kunlun Station 2009", 1)


def test_a_blank_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(ArticleError) as error:
        read_pdf("a.pdf", as_pdf([Sheet().image], DPI), scans=scans())
    assert str(error.value) == (
        "holds no text that could be recognised; scan it straight and at 300 dpi."
    )


def test_more_scanned_pages_than_may_be_are_refused() -> None:
    data = as_pdf([Sheet().image] * 3, DPI)
    with pytest.raises(ArticleError, match="3 scanned pages"):
        read_pdf("a.pdf", data, scans=ScannedPages(recognition(2)))


def test_recognised_ranges_are_cut_to_two_digits() -> None:
    data = as_pdf([Sheet().write_lines(["昆仑站建于2009年。"]).image], DPI)
    assert read_pdf("a.pdf", data, scans=scans()).recognised == (Recognised(0, 11, 0.99),)
