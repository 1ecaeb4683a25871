"""Dates are read in every notation, and refused where no calendar has them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.structure.dates import find_dates, to_iso


@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_every_notation(day: datetime.date) -> None:
    year, month = day.year, day.strftime("%B")
    notations = [
        day.isoformat(),
        f"{year}/{day.month}/{day.day}",
        f"{year}.{day.month:02}.{day.day:02}",
        f"{year}年{day.month}月{day.day}日",
        f"{month} {day.day}, {year}",
        f"{day.day} {month} {year}",
        f"{month[:3]}. {day.day}, {year}",
    ]
    for notation in notations:
        text = f"发布 {notation} 10:20"
        (date,) = find_dates(text)
        assert date.iso == day.isoformat(), notation
        assert date.span.of(text) == notation


@pytest.mark.parametrize(
    "text",
    [
        "2016-02-30",
        "2016年13月1日",
        "September 31, 2016",
        "2016-9-301",
        "1.2016.9",
        "2016.9",
        "12016-09-30",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2016", "2016"),
        ("2016-09", "2016-09"),
        ("2016年9月", "2016-09"),
        ("2016年9月30", "2016-09-30"),
        ("2016-09-30T08:00:00+08:00", "2016-09-30"),
        ("30 September 2016", "2016-09-30"),
        ("20160930", "2016-09-30"),
        ("20160930083000", "2016-09-30"),
        ("20160930T083000Z", "2016-09-30"),
        ("2016/9", "2016-09"),
        ("Fri, 30 Sep 2016 08:30:00 GMT", "2016-09-30"),
        ("Friday, September 30, 2016 8:30 PM", "2016-09-30"),
        ("2016/09/30 08:30:00.123 +0800", "2016-09-30"),
        ("2016年9月30日 星期五 上午8时30分", "2016-09-30"),
        ("二〇一六年九月三十日", "2016-09-30"),
        ("二○一六年十二月十一日", "2016-12-11"),
        ("二〇一六年十月", "2016-10"),
        ("20161330", None),
        ("二〇一六年九月三十一日", None),
        ("20160930123", None),
        ("2016-09-31", None),
        ("in 2016-09-30", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_whole_value_is_a_date_or_nothing(value: str, iso: str | None) -> None:
    assert to_iso(value) == iso
