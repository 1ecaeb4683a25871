"""Markdown files: the words without the marks, headings as sections."""

from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.ingest.formats.markdown.read_markdown import read_markdown

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
    text = "智慧城市\n\nsource: 百方网\ndate: 2016年9月30日\n\n近年来，投入很大。"
    assert article.text == text
    assert (article.title, article.source) == ("智慧城市", "百方网")
    assert (article.published, article.url) == ("2016-09-30", "https://a.example/1")
    assert words_at(article.title_at, text) == "智慧城市"
    assert words_at(article.source_at, text) == "百方网"
    assert words_at(article.published_at, text) == "2016年9月30日"
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


def text_of(page: str) -> str:
    return read_markdown("a.md", page.encode()).text


def test_every_word_of_a_file_is_in_its_text_or_removed() -> None:
    words = [f"词{number}甲" for number in range(24)]
    page = """---
tags: {}
---
# {}

{}**{}**[{}](/x)![{}](/y)`{}`<i>{}</i>
{}\\
{}

- {}
  1. {}

> {}

| {} | {} |
|---|---|
| {} | {}<br>{} |

```
{}
```

    {}

{}
: {}

[^n]: {}

<div>{}</div>
""".format(*words)
    article = read_markdown("a.md", page.encode())
    said = article.text + "".join(part.text for part in article.removed)
    assert [word for word in words if word not in said] == []


def test_notes_are_text_and_their_marks_go() -> None:
    page = """堤顶宽六米[^1]，边坡种草[^坡]^[每年割两次]。

[^1]: 含路肩。
[^坡]: 坡度不陡于一比三。
    草籽由林场供给。

[说明]: 汛期另行规定。

[图]: https://a.example/b.png
详见[图]。
"""
    assert text_of(page) == (
        "堤顶宽六米，边坡种草（每年割两次）。\n\n含路肩。\n\n坡度不陡于一比三。草籽由林场供给。\n\n"
        "说明：汛期另行规定。\n\n详见图。"
    )


def test_classes_of_characters_in_code_are_no_marks_of_notes() -> None:
    assert text_of("用`[^0-9]`去掉其他字符。") == "用[^0-9]去掉其他字符。"


def test_terms_stand_beside_their_definitions() -> None:
    page = """堤高
: 从基脚到堤顶，七米。

护岸
: 块石
: 草皮

戗台

:   第一段说明戗台的用处。

    第二段说明它的尺寸。
"""
    assert text_of(page) == (
        "堤高: 从基脚到堤顶，七米。\n护岸: 块石 草皮\n"
        "戗台: 第一段说明戗台的用处。\n第二段说明它的尺寸。"
    )


def test_raised_and_lowered_figures_stay_apart() -> None:
    page = (
        "库容2.4×10<sup>7</sup>立方米，面积9km^2^，含CO<sub>2</sub>和H~2~S，"
        "<ruby>堰<rt>yàn</rt></ruby>长。"
    )
    assert text_of(page) == "库容2.4×10^7立方米，面积9km²，含CO₂和H₂S，堰长。"


def test_lines_that_say_something_each_stay_lines() -> None:
    page = "闸长：罗平\n电话：0551-5550199\n地址：西堤3号\n值守：两人"
    assert text_of(f"# 西闸\n\n{page}\n") == f"西闸\n\n{page}"
    address = "西闸管理所\n西堤路三号综合楼二层东侧办公室（从南门进）\n邮编230001"
    assert text_of(f"{address}\n") == address


def test_lines_of_a_sentence_are_joined() -> None:
    page = (
        "每年冬天，\n管理所要检查闸门\n和启闭机，并把结果报到县里。\nThe gates are\nchecked then."
    )
    assert text_of(page) == (
        "每年冬天，管理所要检查闸门和启闭机，并把结果报到县里。The gates are checked then."
    )


def test_a_heading_needs_no_space_behind_its_marks() -> None:
    page = "#闸门管理\n##日常检查\n闸门每月检查两次。\n##大修##\n闸门每十年大修一次。\n"
    article = read_markdown("a.md", page.encode())
    assert (
        article.text == "闸门管理\n\n日常检查\n\n闸门每月检查两次。\n\n大修\n\n闸门每十年大修一次。"
    )
    assert (article.title, [section.title for section in article.sections]) == (
        "闸门管理",
        ["日常检查", "大修"],
    )
    for line in ("#西闸#今天开闸放水。", "#3号闸门停用。", "#西闸 #放水", "\\#西闸", "####"):
        assert read_markdown("a.md", f"正文在先。\n\n{line}\n".encode()).sections == ()


def test_a_sentence_above_a_line_of_dashes_is_no_heading() -> None:
    article = read_markdown(
        "a.md", "# 西闸\n\n闸门每月检查两次，结果存档。\n---\n\n后文\n---\n\n末段。".encode()
    )
    assert article.text == "西闸\n\n闸门每月检查两次，结果存档。\n\n后文\n\n末段。"
    assert [section.title for section in article.sections] == ["后文"]


def test_a_table_in_html_may_have_blank_lines() -> None:
    page = """<table>
<tr><th>闸</th><th>孔数</th></tr>

<tr><td>西闸</td><td>5孔</td></tr>

</table>

后文。
"""
    assert text_of(page) == "闸: 西闸, 孔数: 5孔\n\n后文。"


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
