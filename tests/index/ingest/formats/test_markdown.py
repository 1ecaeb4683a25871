"""Markdown files: the words without the marks, headings as sections."""

from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.ingest.formats.markdown import read_markdown

PAGE = """# 智慧交通

**近年来**，[欧盟](https://a.example)和*美国*
都有`code`投入。An English line
goes on.<br>硬换行在此。

## 金额

| 年份 | 金额 |
|------|------|
| 2016 | 100万 |
| 2017 | **200万** |

1. 第一
2. 第二
   - 内项

> 引文一句。

![图片说明](a.png)

```
x = 1
```

<div><p>网页块</p><!-- 不见 --></div>

结语
---
末段。
"""

TEXT = """智慧交通

近年来，欧盟和美国都有code投入。An English line goes on.
硬换行在此。

金额

年份: 2016, 金额: 100万
年份: 2017, 金额: 200万

1. 第一
2. 第二
  - 内项

引文一句。

图片说明

x = 1

网页块

结语

末段。"""


def words_at(span: Span | None, text: str) -> str:
    """The words at a span that must be there."""
    assert span is not None
    return span.of(text)


def test_markup_is_dropped_and_words_are_kept() -> None:
    article = read_markdown("a.md", PAGE.encode())
    assert article.text == TEXT
    assert article.title == "智慧交通"
    assert article.removed == ()
    assert [(section.title, TEXT[section.start :][:2]) for section in article.sections] == [
        ("金额", "金额"),
        ("结语", "结语"),
    ]
    assert article.sections[0].end == article.sections[1].start
    assert article.sections[1].end == len(TEXT)


def test_front_matter_is_read_and_cut() -> None:
    about = 'title: "智慧城市"\nsource: 百方网\ndate: 2016年9月30日\nurl: https://a.example/1'
    front = f"---\n{about}\ntags: [x]\n---"
    article = read_markdown("a.md", f"{front}\n近年来，投入很大。\n".encode())
    text = "智慧城市\n\n百方网  2016-09-30\n\n近年来，投入很大。"
    assert article.text == text
    assert (article.title, article.source) == ("智慧城市", "百方网")
    assert (article.published, article.url) == ("2016-09-30", "https://a.example/1")
    assert words_at(article.title_at, text) == "智慧城市"
    assert words_at(article.source_at, text) == "百方网"
    assert words_at(article.published_at, text) == "2016-09-30"
    assert [part.text for part in article.removed] == [front]


def test_a_byline_that_says_the_same_is_not_repeated() -> None:
    front = "---\nsource: 新华社\ndate: 2016-09-30\n---\n"
    page = "# 智慧城市\n\n2016年9月30日 来源：新华社\n\n近年来，投入很大，成果很多。"
    article = read_markdown("a.md", (front + page).encode())
    assert article.text == "智慧城市\n\n2016年9月30日 来源：新华社\n\n近年来，投入很大，成果很多。"
    assert words_at(article.published_at, article.text) == "2016年9月30日"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    article = read_markdown("a.md", "---\n\n正文第一句，没有元数据。\n\n---\n\n第二句。\n".encode())
    assert article.text == "正文第一句，没有元数据。\n\n第二句。"


def test_without_headings_title_and_sections_come_from_the_lines() -> None:
    page = "智慧城市\n\n近年来，各国投入很大，成果很多。\n\n背景\n\n各国都想提高城市的管理水平。"
    article = read_markdown("a.md", page.encode())
    assert article.title == "智慧城市"
    assert [section.title for section in article.sections] == ["背景"]


def test_deep_nesting_is_read() -> None:
    page = "*a " * 2000 + "b* " * 2000 + "\n\n" + "> " * 500 + "深处"
    assert "b" in read_markdown("a.md", page.encode()).text


@given(page=st.text("#*_-`[]()<>|1.> \n城市abc=!~\\&;", max_size=120))
def test_any_markdown_is_read_with_sections_in_order(page: str) -> None:
    article = read_markdown("a.md", page.encode())
    bounds = [edge for section in article.sections for edge in (section.start, section.end)]
    assert bounds == sorted(bounds)
    assert not bounds or bounds[-1] == len(article.text)
    if article.title_at:
        assert article.title_at.of(article.text) == article.title
