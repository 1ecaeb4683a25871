"""Dates, sources and authors are read from bylines, and from nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.byline import Byline, is_byline, read_byline
from index.ingest.structure.dates import to_iso

PROSE = "交通局今天发布方案，计划投入一亿元，分三个阶段完成。"


@pytest.mark.parametrize(
    ("line", "source", "date"),
    [
        ("http://news.example   2016-09-30  来源:百方网", "百方网", "2016-09-30"),
        ("2016/9/30 08:30 来源：新华社 作者：张三 浏览次数：12次", "新华社", "2016/9/30"),
        ("（来源：人民日报）", "人民日报", None),
        ("发布时间：2019-01-02　文章来源：办公室　点击数：1", "办公室", "2019-01-02"),
        ("稿源：南方网 | 2016年9月30日 | 【大 中 小】", "南方网", "2016年9月30日"),
        ("来源: 中国新闻网2016年09月30日09:10", "中国新闻网", "2016年09月30日"),
        (
            "Published: 30 September 2016, 10:20 AM GMT  Source: Financial Times",
            "Financial Times",
            "30 September 2016",
        ),
        ("By John Smith | September 30, 2016", None, "September 30, 2016"),
        ("新华社 2016年9月30日 10:20", None, "2016年9月30日"),
        ("转自：财新网", "财新网", None),
        ("来源丨新华社", "新华社", None),
        ("出处：光明日报 2016年9月", "光明日报", "2016年9月"),
    ],
)
def test_bylines_are_read_with_the_spans_of_their_parts(
    line: str, source: str | None, date: str | None
) -> None:
    text = f"智慧城市\n{line}\n\n{PROSE}"
    byline = read_byline(text)
    assert (byline.source, byline.source_at and byline.source_at.of(text)) == (source, source)
    assert (byline.published_at and byline.published_at.of(text)) == date
    assert byline.published == (to_iso(date) if date else None)


@pytest.mark.parametrize(
    "text",
    [
        "智慧城市\n\n2016年9月30日，大会在北京开幕，来源：各地的代表参加了会议。\n",
        f"智慧城市\n\n{PROSE}\n\n2016-09-30 来源：新华社",
        f"噪声防治办法\n2007年1月1日 施行\n\n{PROSE}",
        "会议于2016年9月30日举行，共有三百人参加。",
        f"智慧城市\n数据来源：国家统计局\n{PROSE}",
        f"Smart cities\n\nSource code: how it works\n\n{PROSE}",
        "",
    ],
)
def test_prose_and_the_foot_of_an_article_have_no_byline(text: str) -> None:
    assert read_byline(text) == Byline()


def test_the_day_of_publication_goes_before_the_day_of_revision() -> None:
    text = f"标题\n更新时间：2016-10-02 发布时间：2016-09-30\n{PROSE}"
    assert read_byline(text).published == "2016-09-30"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("2016/9/30 08:30 来源：新华社 作者：张三 浏览次数：12次", "张三"),
        ("作者：王五、李四 2016-09-30", "王五、李四"),
        ("2016-09-30 本报记者 张三", "张三"),
        ("文/张三", "张三"),
        ("By John Smith | September 30, 2016", "John Smith"),
        ("Author: Mary Jones  Source: BBC", "Mary Jones"),
        ("作者：佚名", None),
        ("作者：管理员", None),
        ("编辑：赵六 2016-09-30", None),
        ("2016-09-30 来源:百方网", None),
    ],
)
def test_a_byline_names_the_author_where_it_is_certain(line: str, author: str | None) -> None:
    assert read_byline(f"智慧城市\n{line}\n\n{PROSE}").author == author


@pytest.mark.parametrize("line", ["作者：王五", "文/张三", "索 引 号：000014349/2016-00123"])
def test_authors_and_file_numbers_make_a_byline_too(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    ["智慧城市:如何加强国际合作?", "2016年9月30日 大会开幕", "时间管理：怎样用好一天", "大", ""],
)
def test_titles_are_no_bylines(line: str) -> None:
    assert not is_byline(line)


@given(text=st.text("来源:：2016-09-30年月日 \n新华社，。By ", max_size=80))
def test_spans_quote_what_they_claim(text: str) -> None:
    byline = read_byline(text)
    if byline.source_at:
        assert byline.source_at.of(text) == byline.source
    if byline.published_at:
        assert to_iso(byline.published_at.of(text)) == byline.published
    assert (byline.source is None) == (byline.source_at is None)
