"""Properties are used only where a person may have set them."""

import datetime

import pytest

from index.ingest.structure.properties import author_in, day_in, pdf_day_in, title_in


@pytest.mark.parametrize(
    ("value", "author"),
    [
        (" 张三 \n 李四 ", "张三 李四"),
        ("Jane Doe", "Jane Doe"),
        ("国家统计局", "国家统计局"),
        ("Administrator", None),
        ("user", None),
        ("微软用户", None),
        ("Microsoft Office User", None),
        ("Windows User", None),
        ("lenovo", None),
        ("DESKTOP-4F2K", None),
        ("www.news.example", None),
        ("python-docx", None),
        ("a", None),
        ("", None),
        (None, None),
    ],
)
def test_an_author_is_a_person_or_an_office(value: str | None, author: str | None) -> None:
    assert author_in(value) == author


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("城市报告", "城市报告"),
        ("Smart Cities: A Report", "Smart Cities: A Report"),
        ("2016年第一季度报告", "2016年第一季度报告"),
        ("Microsoft Word - 文档1.doc", None),
        ("报告.docx", None),
        ("C:\\a\\b", None),
        ("/home/a/b", None),
        ("Untitled", None),
        ("无标题文档", None),
        ("文档1", None),
        ("PowerPoint Presentation", None),
        ("Word Document", None),
        ("file:///a", None),
        ("20160930-01", None),
        ("", None),
    ],
)
def test_a_title_is_not_the_name_of_a_file(value: str, title: str | None) -> None:
    assert title_in(value) == title


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("D:20160930080000+08'00'", "2016-09-30"),
        ("20160930", "2016-09-30"),
        ("D:20160231", None),
        ("D:2016", None),
        ("D:19700101000000Z", None),
        ("D:20000101000000Z", None),
        ("D:20990101", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_of_an_unset_clock_or_of_the_future_is_left_out(value: str, day: str | None) -> None:
    assert pdf_day_in(value) == day


def test_today_is_believed_and_the_future_is_not() -> None:
    now = datetime.datetime.now(datetime.UTC)
    assert day_in(now) == now.date().isoformat()
    assert day_in(now + datetime.timedelta(days=3)) is None
    assert day_in(None) is None
