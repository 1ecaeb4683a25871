"""A picture with words on it is an article."""

import pytest
from PIL import Image

from index.article import page_of
from index.errors import ArticleError
from index.ingest.formats.pdf.scans.read_picture import read_picture
from tests.index.ingest.scans import READS_SCANS, Sheet, as_bytes, recognition

pytestmark = READS_SCANS


def test_a_photographed_notice_is_read_with_its_title() -> None:
    sheet = Sheet(500, 260).write("停水通知", 190, 30, 24)
    sheet.write_lines(["因管道检修，6月3日夜间停水。", "请提前储水。"], 90, 60)
    article = read_picture("通知.jpg", as_bytes(sheet.image, "JPEG"), recognition())
    assert article.text.split("\n\n") == [
        "停水通知",
        "因管道检修，6月3日夜间停水。",
        "请提前储水。",
    ]
    assert (article.id, article.title, article.pages) == ("通知.jpg", "停水通知", ())
    assert len(article.recognised) == 3


def test_a_tiff_of_two_pages_is_an_article_of_two() -> None:
    first, second = (Sheet(400, 300).write(f"第{n}页的文字", 40, 60, 20).image for n in "一二")
    data = as_bytes(first, "TIFF", save_all=True, append_images=[second])
    article = read_picture("a.tiff", data, recognition())
    assert article.text == "第一页的文字\n\n第二页的文字"
    assert page_of(article.pages, article.text.index("第二页")) == 2


def test_a_long_screenshot_is_read_from_top_to_bottom() -> None:
    sheet = Sheet(300, 1500)
    for number in range(12):
        sheet.write(f"第{number + 1}条消息", 40, 40 + 120 * number, 16)
    article = read_picture("a.png", as_bytes(sheet.image, "PNG"), recognition())
    assert article.text.split() == [f"第{number + 1}条消息" for number in range(12)]


def test_a_picture_without_words_is_refused() -> None:
    blue = as_bytes(Image.new("RGB", (400, 300), "blue"), "PNG")
    with pytest.raises(ArticleError) as error:
        read_picture("a.png", blue, recognition())
    assert str(error.value) == (
        "holds no text that could be recognised; if there is some, take a sharper picture."
    )
