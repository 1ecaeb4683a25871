"""Web pages: the article's lines in the page's form, everything else in `removed`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.errors import ArticleError
from index.ingest.formats.html import read_html
from index.ingest.pages.html_blocks import blocks_of, parse_page

PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="{charset}">
<title>智慧交通方案发布 - 海角网</title><meta property="og:site_name" content="海角网">
<link rel="canonical" href="https://news.example/1.html"><style>p {{}}</style></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/n">新闻</a></li></ul>
<h1>智慧交通方案发布</h1>
<div class="info">2016年9月30日 来源：新华社</div>
<div class="article">
<p>某市交通局今天发布智慧交通方案，计划投入<b>一亿元</b>。方案共分三个阶段，第一阶段明年完成。</p>
<h2>背景</h2>
<p>近年来城市交通拥堵严重，市民多次反映。交通局为此组织专家论证，历时两年。</p>
<ol><li>建平台</li><li>建<em>停车场</em></li></ol>
<table><tr><th>年份</th><th>金额</th></tr><tr><td>2016</td><td>100万元</td></tr>
<tr><td>2017</td><td>200万元</td></tr></table>
<p>方案的实施情况每年向市民公布一次，并接受人大代表的监督和检查。</p></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/2">渡轮换上新能源</a></li></ul></div>
<script>var hidden = "看不见";</script>
<div class="footer">版权所有 海角网</div></body></html>"""

TEXT = """智慧交通方案发布

2016年9月30日 来源：新华社

某市交通局今天发布智慧交通方案，计划投入一亿元。方案共分三个阶段，第一阶段明年完成。

背景

近年来城市交通拥堵严重，市民多次反映。交通局为此组织专家论证，历时两年。

1. 建平台
2. 建停车场

年份: 2016, 金额: 100万元
年份: 2017, 金额: 200万元

方案的实施情况每年向市民公布一次，并接受人大代表的监督和检查。"""


def words_at(span: Span | None, text: str) -> str:
    """The words at a span that must be there."""
    assert span is not None
    return span.of(text)


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb2312"])
def test_a_news_page(charset: str) -> None:
    article = read_html("a.html", PAGE.format(charset=charset).encode(charset))
    assert article.text == TEXT
    assert (article.title, article.source) == ("智慧交通方案发布", "新华社")
    assert (article.published, article.url) == ("2016-09-30", "https://news.example/1.html")
    assert words_at(article.title_at, TEXT) == article.title
    assert words_at(article.source_at, TEXT) == "新华社"
    assert words_at(article.published_at, TEXT) == "2016年9月30日"
    assert [section.title for section in article.sections] == ["背景"]
    removed = "\n".join(part.text for part in article.removed).split("\n")
    assert removed == [
        "- 首页",
        "- 新闻",
        "相关阅读",
        "- 渡轮换上新能源",
        "版权所有 海角网",
    ]


def test_metadata_is_put_in_the_text_where_no_byline_states_it() -> None:
    page = """<html><head><title>Typhoon closes ports</title>
    <meta property="og:title" content="Typhoon closes ports">
    <meta property="og:site_name" content="The Harbour Post">
    <meta property="article:published_time" content="2016-09-30T08:00:00Z"></head><body>
    <article><p>The typhoon closed three ports on Friday, and more than 10,000 people left their
    homes on the coast.</p><p>Ships were told to stay away until Sunday, the harbour office said in
    a statement that was published on Friday evening.</p></article></body></html>"""
    article = read_html("a.htm", page.encode())
    text = article.text
    assert text.startswith("Typhoon closes ports\n\nThe Harbour Post  2016-09-30\n\nThe typhoon")
    assert "left their homes on the coast." in text
    assert words_at(article.source_at, text) == "The Harbour Post"
    assert words_at(article.published_at, text) == "2016-09-30"


@pytest.mark.parametrize(
    ("declared", "author"), [("Jane Doe", "Jane Doe"), ("admin", None), ("The Harbour Post", None)]
)
def test_the_page_names_its_author_but_not_the_site_or_an_account(
    declared: str, author: str | None
) -> None:
    page = f"""<html><head><meta name="author" content="{declared}">
    <meta property="og:site_name" content="The Harbour Post"></head><body><article>
    <h1>Typhoon closes ports</h1><p>The typhoon closed three ports on Friday, and more than 10,000
    people left their homes on the coast.</p></article></body></html>"""
    assert read_html("a.htm", page.encode()).author == author


def test_a_short_page_is_read_whole() -> None:
    assert read_html("a.html", "<p>智慧城市</p><p>投入一亿元。</p>".encode()).text.split(
        "\n\n"
    ) == [
        "智慧城市",
        "投入一亿元。",
    ]


def test_a_failure_of_trafilatura_is_logged_and_the_page_read_without_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def changed(*_: object, **__: object) -> None:
        raise AttributeError("no such thing in this release")

    monkeypatch.setattr("trafilatura.core.extract_metadata", changed)
    article = read_html("a.html", PAGE.format(charset="utf-8").encode())
    assert "某市交通局今天发布智慧交通方案" in article.text
    assert caplog.messages == [
        "trafilatura failed, so a page is read without it: "
        "AttributeError('no such thing in this release')"
    ]


def test_a_wrong_declaration_does_no_harm() -> None:
    page = PAGE.format(charset="iso-8859-1").encode("gb18030")
    assert read_html("a.html", page).text == TEXT


@pytest.mark.parametrize(
    "page", ["", "  ", "<html></html>", "<!-- 无 -->", "<script>x()</script>", "<img src=a>"]
)
def test_a_page_that_shows_nothing_is_refused(page: str) -> None:
    with pytest.raises(ArticleError, match=r"^is empty: the page shows no text\.$"):
        read_html("a.html", page.encode())


def test_a_layout_table_is_no_table_of_data() -> None:
    rows = "<tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr><tr><td>丁</td><td>戊</td></tr>"
    root = parse_page(f"<table>{rows}</table>")
    assert root is not None
    assert [(block.text, block.kind) for block in blocks_of(root)] == [
        ("甲", "text"),
        ("乙", "text"),
        ("丙", "text"),
        ("丁", "text"),
        ("戊", "text"),
    ]


def test_words_around_links_and_comments_stay_together() -> None:
    root = parse_page(
        "<p>投入<a href=x>一亿</a>元<!-- 注 -->。<br>第二行<pre>a\n b</pre>尾<script>x</script>巴"
    )
    assert root is not None
    assert [block.text for block in blocks_of(root)] == ["投入一亿元。", "第二行", "a", "b", "尾巴"]


TAGS = st.sampled_from(
    "<p> </p> <div> </div> <h2> </h2> <ul> <ol> <li> </ul> <table> <tr> <td> <th> </table> "
    "<a> </a> <br> <b> </b> <pre> </pre> <!-- --> <script> </script> <title> &amp; &#0; "
    "城市投入一亿元。 首页 abc".split()
)


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(TAGS, max_size=30))
def test_every_visible_line_is_in_the_text_or_removed(parts: list[str]) -> None:
    page = "\n".join(parts)
    root = parse_page(page)
    blocks = blocks_of(root) if root is not None else []
    try:
        article = read_html("a.html", page.encode())
    except ArticleError:
        assert not blocks
        return
    lines = article.text.split("\n") + [
        line for part in article.removed for line in part.text.split("\n")
    ]
    assert [block.text for block in blocks if block.text not in lines] == []


def test_every_word_of_a_page_is_in_its_text_or_removed() -> None:
    words = [f"词{number}甲" for number in range(24)]
    places = iter(words)

    def word() -> str:
        return next(places)

    body = (
        f"<nav>{word()}</nav><h1>{word()}</h1>"
        f"<p>{word()}<b>{word()}</b><a href='/x'>{word()}</a></p>"
        f"<ul><li>{word()}<ol><li>{word()}</li></ol></li></ul><pre>{word()}\n{word()}</pre>"
        f"<table><caption>{word()}</caption><tr><th>{word()}</th><th>{word()}</th></tr>"
        f"<tr><td>{word()}</td><td><p>{word()}</p><ul><li>{word()}</li></ul></td></tr></table>"
        f"<dl><dt>{word()}</dt><dd>{word()}</dd></dl><blockquote>{word()}</blockquote>"
        f"<figure><figcaption>{word()}</figcaption></figure><details><summary>{word()}</summary>"
        f"{word()}</details><div>{word()}<div>{word()}</div></div><footer>{word()}</footer>"
    )
    article = read_html("a.html", f"<html><body>{body}</body></html>".encode())
    said = article.text + "".join(part.text for part in article.removed)
    assert next(places, None) is None
    assert [word for word in words if word not in said] == []
