"""A book's chapters come back in the order of reading."""

import pytest

from index.errors import ArticleError
from index.ingest.formats.epub import read_epub
from tests.support.documents import archive
from tests.support.tables.tilings import drawn

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
SPACES = 'xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def book(chapters: dict[str, str], spine: str, metadata: str = "", **more: str) -> bytes:
    items = "".join(
        f'<item id="{name}" href="text%20s/{name}.xhtml" properties="{name}"/>' for name in chapters
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in spine.split())
    opf = (
        f"<package {SPACES}><metadata>{metadata}</metadata><manifest>{items}</manifest>"
        f"<spine>{references}</spine></package>"
    )
    pages = {
        f"OEBPS/text s/{name}.xhtml": f'<?xml version="1.0"?><!DOCTYPE html><html><body>{page}'
        "</body></html>"
        for name, page in chapters.items()
    }
    parts = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": opf}
    return archive(parts | pages | {name.replace("_", "/"): text for name, text in more.items()})


def test_chapters_come_in_the_order_of_reading_with_headings_and_tables() -> None:
    table = "<table><tr><th>塔</th><th>高</th></tr><tr><td>东塔</td><td>21米</td></tr></table>"
    chapters = {
        "b": f"<h1>第二章</h1><p>灯塔每晚七点点亮。</p>{table}<img src='a.png'/>",
        "nav": "<ol><li>第一章</li></ol>",
        "a": "<h1>第一章</h1><p>海边有一座灯塔。</p>",
    }
    metadata = (
        "<dc:title>灯塔记</dc:title><dc:creator>林小满</dc:creator>"
        "<dc:publisher>海边书局</dc:publisher><dc:date>2011-05-06</dc:date>"
    )
    article = read_epub("a.epub", book(chapters, "nav a b gone", metadata))
    assert (article.title, article.author) == ("灯塔记", "林小满")
    assert (article.source, article.published) == ("海边书局", "2011-05-06")
    assert article.text.split("\n\n") == [
        "灯塔记", "海边书局  2011-05-06", "第一章", "海边有一座灯塔。", "第二章",
        "灯塔每晚七点点亮。", "塔: 东塔, 高: 21米",
    ]  # fmt: skip
    assert [section.title for section in article.sections] == ["第一章", "第二章"]
    assert [part.text for part in article.removed] == ["1. 第一章"]
    assert drawn(article) == [[["[塔]", "[高]"], ["东塔", "21米"]]]
    assert [str(unread) for unread in article.unread] == ["1 chapter", "1 picture"]


def test_a_protected_book_is_told_and_hidden_fonts_are_none() -> None:
    def algorithm(name: str) -> str:
        return f'<encryption><EncryptionMethod Algorithm="{name}"/></encryption>'

    chapters = {"a": "<p>海边有一座灯塔。</p>"}
    for name in ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"):
        data = book(chapters, "a", **{"META-INF_encryption.xml": algorithm(name)})
        assert read_epub("a.epub", data).text == "海边有一座灯塔。"
    data = book(chapters, "a", **{"META-INF_encryption.xml": algorithm("http://x.test/aes")})
    with pytest.raises(ArticleError, match=r"^is protected against copying"):
        read_epub("a.epub", data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK", "is damaged or no .epub document"),
        (archive({"META-INF/container.xml": "<a/>"}), "is damaged or no .epub document"),
        (book({}, ""), "is empty: the book holds no words."),
    ],
)
def test_what_can_not_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        read_epub("a.epub", data)
    assert str(refused.value).startswith(reason)
