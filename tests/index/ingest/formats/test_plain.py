"""Text files: title, byline and sections by the shape of the lines."""

from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.ingest.formats.plain import read_plain
from index.ingest.structure.headings import sections_of, title_of
from training.data_folder import DATA

PROSE = "交通局今天发布方案，计划投入一亿元，分三个阶段完成。"
REFERENCE = DATA / "seed" / "smart-city.txt"


def words_at(span: Span | None, text: str) -> str:
    """The words at a span that must be there."""
    assert span is not None
    return span.of(text)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the scraped reference article is not here")
def test_the_reference_article_is_cleaned_whole() -> None:
    raw = REFERENCE.read_text(encoding="utf-8")
    article = read_plain("smart-city.txt", REFERENCE.read_bytes())
    text = article.text
    assert article.title == "智慧城市:如何加强国际合作?"
    assert text.startswith("智慧城市:如何加强国际合作?\n\n")
    byline = text.split("\n")[2]
    assert byline.split() == ["http://news.byf.com", "2016-09-30", "来源:百方网"]
    assert text.endswith("以政府引导、市场主导的方式积极推动我国智慧城市建设。")
    assert (article.source, article.published) == ("百方网", "2016-09-30")
    assert [section.title for section in article.sections] == [
        "政策:四大重点成共识",
        "模式:协同+共享",
        "我国:加强国际合作建立产业联盟",
    ]
    removed = "\n".join(part.text for part in article.removed)
    for line in ["百方网", "百方曝光台", "新闻纠错", "百方网微信", "行业热点"]:
        assert line in removed.split("\n")
    # From the title to the footer nothing else is missing.
    start, end = raw.index("智慧城市:如何"), raw.index("百方网微信")
    body = [line.rstrip() for line in raw[start:end].split("\n") if line.strip()]
    body.remove("新闻纠错")
    assert [line for line in text.split("\n") if line] == body


def test_title_source_and_date_are_located_in_the_text() -> None:
    text = f"　　智慧交通\n2016年9月30日 来源：新华社\n{PROSE}\n\n背景\n\n{PROSE}"
    page = f"首页 > 新闻 > 正文\n\n{text}\n"
    article = read_plain("a.txt", page.encode("gb18030"))
    assert article.text == text
    assert words_at(article.title_at, text) == article.title == "智慧交通"
    assert words_at(article.source_at, text) == article.source == "新华社"
    assert words_at(article.published_at, text) == "2016年9月30日"
    assert article.published == "2016-09-30"
    (section,) = article.sections
    assert (section.title, text[section.start : section.end]) == ("背景", f"背景\n\n{PROSE}")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"智慧城市\n\n{PROSE}", "智慧城市"),
        (f"\n2016-09-30 来源：新华社\n智慧城市\n{PROSE}", "智慧城市"),
        (f"什么是智慧城市？\n{PROSE}", "什么是智慧城市？"),
        ("How smart cities work together across borders, and why it matters\n\n"
         "The mayor said on Friday that it works well.",
         "How smart cities work together across borders, and why it matters"),
        ("静夜思\n李白\n床前明月光，\n疑是地上霜。", "静夜思"),
        (f"{PROSE}\n\n{PROSE}", ""),
        (f"各位代表：\n\n{PROSE}", ""),
        (f"一、背景\n\n{PROSE}", ""),
        ("只有一行", ""),
        ("The plan was made by the city and it\nwas then sent to the mayor, who liked it.", ""),
        (f"图1 各国投入\n\n{PROSE}", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_title_is_the_first_line_that_looks_like_one(text: str, title: str) -> None:
    title_at = title_of(text)
    assert (title_at.of(text) if title_at else "") == title


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        (f"模式:协同+共享\n\n{PROSE}", ["模式:协同+共享"]),
        (f"一、总体要求\n{PROSE}\n（一）目标\n{PROSE}", ["一、总体要求", "（一）目标"]),
        (f"第一章 总则\n第一条 {PROSE}", ["第一章 总则"]),
        (f"Background\n\n{PROSE}", ["Background"]),
        (f"智慧城市\n\n模式\n\n{PROSE}", ["模式"]),  # a caption, followed by a heading
        (f"{PROSE}\n模式\n{PROSE}", []),
        (f"图1 各国投入\n\n{PROSE}", []),
        (f"“智慧城市”\n\n{PROSE}", []),
        (f"会议决定如下：\n\n{PROSE}", []),
        (f"{PROSE}\n\n县水利局\n\n2020年6月1日", []),
        ("（一）申请书\n（二）身份证\n（三）照片\n", []),
    ],
)
def test_sections_begin_at_lines_that_look_like_headings(body: str, headings: list[str]) -> None:
    text = f"标题在此\n2016-09-30 来源：新华社\n\n{PROSE}\n\n{body}"
    assert [section.title for section in sections_of(text, title_of(text))] == headings


LINES = st.sampled_from(
    ["", "背景", "一、目标", "第一章 总则", PROSE, "  模式  ", "2016-09-30", "Why?"]
)


@given(lines=st.lists(LINES, max_size=20))
def test_sections_lie_one_after_the_other_up_to_the_end(lines: list[str]) -> None:
    text = "\n".join(lines)
    title_at = title_of(text)
    sections = sections_of(text, title_at)
    for section, following in zip_longest(sections, sections[1:]):
        assert section.end == (following.start if following else len(text))
        assert text[section.start :].split("\n")[0].strip() == section.title
    if title_at and sections:
        assert title_at.end <= sections[0].start


def test_white_space_is_tidied() -> None:
    page = f"\n\n智慧城市  \r\n \r\n\u3000\r\n\r\n{PROSE}\t\r\n\r\n\r\n"
    assert read_plain("a.txt", page.encode()).text == f"智慧城市\n\n{PROSE}"
