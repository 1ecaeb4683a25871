"""An article as Markdown has all of its text, with its headings and tables."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index.article import Article, Section, Span
from index.ingest.read import read_file
from index.table import Cell, Table
from tests.support.tables.tilings import as_html, tiles_of, tilings
from web.markdown.article_markdown import article_markdown

MARKDOWN = MarkdownIt("commonmark").enable("table")
FERRY = """\
# 渡口

<table><tr><th rowspan=2>船</th><th colspan=2>航次</th></tr>
<tr><th>早</th><th>晚</th></tr>
<tr><td>一号</td><td>6点</td><td>9|点</td></tr></table>

## 票价 *

1. 十元
"""


def article_of(name: str, text: str) -> Article:
    """Read a file as a rebuild does."""
    [article], failed = read_file(name, text.encode())
    assert not failed
    return article


def test_headings_tables_and_lines_are_written_as_such() -> None:
    markdown = article_markdown(article_of("ferry.md", FERRY), "000003")
    front, _, body = markdown.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(front) == {"id": "ferry.md", "title": "渡口", "index_version": "000003"}
    assert body == (
        "\n# 渡口\n\n"
        "| 船 | 航次 早 | 航次 晚 |\n| --- | --- | --- |\n| 一号 | 6点 | 9\\|点 |\n\n"
        "## 票价 \\*\n\n"
        "1\\. 十元\n"
    )


def test_headings_are_as_deep_as_their_sections() -> None:
    text = "甲\n乙\n丙。\n丁\n戊。"
    sections = (Section("甲", 0, 11), Section("乙", 2, 7), Section("丁", 7, 11))
    article = Article("a", "题", text, sections=sections)
    body = article_markdown(article, "000001").split("---\n", 2)[2]
    assert body.split() == [
        "#", "题", "##", "甲", "###", "乙", "丙。", "###", "丁", "戊。",
    ]  # fmt: skip
    titled = Article("a", "甲", text, sections=sections, title_at=Span(0, 1))
    body = article_markdown(titled, "000001").split("---\n", 2)[2]
    assert body.split() == ["#", "甲", "##", "乙", "丙。", "##", "丁", "戊。"]


def test_what_is_known_stands_in_front_and_can_break_nothing() -> None:
    article = Article(
        "a/b.txt", '---\n"x": 1', "文。", "源\n---", "2024-05", "https://a.test/?a=b", "作者"
    )
    markdown = article_markdown(article, "000001")
    front, _, body = markdown.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(front) == {
        "id": "a/b.txt", "title": '---\n"x": 1', "source": "源\n---", "author": "作者",
        "published": "2024-05", "url": "https://a.test/?a=b", "index_version": "000001",
    }  # fmt: skip
    assert body.strip().split("\n\n") == ['# --- "x": 1', "文。"]


def test_a_table_without_names_has_an_empty_row_of_them() -> None:
    cells = [Cell(0, 0, 1, 2, 0, 1), Cell(1, 0, 1, 1, 2, 3), Cell(1, 1, 1, 1, 4, 5)]
    article = Article("a", "", "甲\n乙,丙", tables=(Table.of(0, 5, cells),))
    body = article_markdown(article, "000001").split("---\n", 2)[2]
    assert body == "\n|  |  |\n| --- | --- |\n| 甲 | 甲 |\n| 乙 | 丙 |\n"


@settings(deadline=None, derandomize=True)
@given(st.data())
def test_any_table_is_drawn_with_its_words(data: st.DataObject) -> None:
    tiles = data.draw(tilings())
    article = article_of("t.html", f"<html><body><p>前文。</p>{as_html(tiles)}</body></html>")
    tokens = MARKDOWN.parse(article_markdown(article, "000001").split("---\n", 2)[2])
    assert sum(token.type == "table_open" for token in tokens) == len(article.tables)
    cells = {
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    }
    for table in article.tables:
        for tile in tiles_of(article, table):
            assert any(" ".join(tile.words.split()) in cell for cell in cells)
