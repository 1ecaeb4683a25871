"""All writings of a day are one day; what a date leaves open stays open."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.entities.date_forms import folded_date, has_day, with_plain_dates
from tests.index.text.test_numbers import in_han
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
MONTHS = "January February March April May June July August September October November December"
_HAN = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


def han_month_and_day(day: date) -> str:
    """Write a month and a day in Han characters: 九月二十五日."""
    month, number = (in_han(value) for value in (day.month, day.day))
    # Ten to nineteen are written without 一: 十二月.
    return re.sub("(?<![二三])一十", "十", f"{month}月{number}日")


def writings(day: date) -> list[str]:
    """Write a day in many ways."""
    year, month, number = day.year, day.month, day.day
    name = MONTHS.split()[month - 1]
    forms = [
        day.isoformat(), f"{year}年{month}月{number}日", f"{year}年{month:02}月{number:02}号",
        f"{year}.{month}.{number}", f"{year}/{month}/{number}",
        f"{year % 100:02}年{month}月{number}日",
        f"’{year % 100:02}年{month}月{number}日", f"{number} {name} {year}",
        f"{name} {number}, {year}", f"{name[:3]}. {number} {year}",
        "".join(_HAN[digit] for digit in str(year)) + "年" + han_month_and_day(day),
    ]  # fmt: skip
    return forms if year < 1912 else [*forms, f"民国{year - 1911}年{month}月{number}日"]


@FEW
@given(DAYS)
def test_all_writings_of_a_day_are_one(day: date) -> None:
    assert {folded_date(form) for form in writings(day)} == {day.isoformat()}


@FEW
@given(DAYS, st.integers(-180, 180))
def test_an_open_year_is_the_one_that_lies_nearest_to_the_article(day: date, apart: int) -> None:
    published = (day + timedelta(days=apart)).isoformat()
    if day.day < 29:
        assert folded_date(f"{day.month}月{day.day}日", published) == day.isoformat()
    assert folded_date(f"{day.month}月{day.day}日") == f"{day.month}月{day.day}日"


@FEW
@given(TEXTS)
def test_no_text_is_too_odd_to_read(text: str) -> None:
    folded_date(text)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("14号", "14日"), ("十四日", "14日"), ("四月", "4月"), ("2019年11月份", "2019-11"),
        ("2018年底", "2018底"), ("民国元年", "1912"), ("'86年", "1986"), ("零八年", "2008"),
        ("早上七点三刻", "07:45"), ("19:05", "19:05"), ("晚上8点", "20:00"), ("8 pm", None),
        ("7:30 pm", "19:30"), ("中午十二点三刻", "12:45"), ("九点到十点一刻", "09:00/10:15"),
        ("2020年3月2日至16日", "2020-03-02/2020-03-16"), ("2015—2018年", "2015/2018"),
        ("礼拜天", "周日"), ("6月2日（星期五）", "6月2日"), ("2021年5月1日8时", "2021-05-01 08:00"),
        ("农历正月十五", None), ("八月初三", None), ("14月2日", None), ("25:00", None),
        ("今年", None), ("三百元", None),
    ],
)  # fmt: skip
def test_a_date_has_one_form(written: str, form: str | None) -> None:
    assert folded_date(written) == form


@pytest.mark.parametrize(
    ("written", "published", "form"),
    [
        ("去年10月", "2021-03-04", "2020-10"), ("昨天", "2021-03-01", "2021-02-28"),
        ("30日", "2021-03-01", "2021-03-30"), ("28日", "2021-03-01", "2021-02-28"),
        ("12月30日", "2021-01-02", "2020-12-30"), ("5月", "2021-01-02", "5月"),
        ("3日", "2021-05", "3日"), ("当日", "2021-05-06", "2021-05-06"),
    ],
)  # fmt: skip
def test_the_date_of_the_article_fills_what_is_open(
    written: str, published: str, form: str
) -> None:
    assert folded_date(written, published) == form


@FEW
@given(DAYS)
def test_all_writings_of_a_day_have_one_plain_form(day: date) -> None:
    plain = f"{day.year}年{day.month}月{day.day}日"
    for form in writings(day):
        if form.isascii() and any(map(str.isalpha, form)):
            continue
        if "民国" not in form:
            assert with_plain_dates(f"{form}发生了什么?") == f"{plain}发生了什么?"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("九月三号值班", "9月3日值班"), ("9/3值班", "9月3日值班"), ("2/3的职工", "2/3的职工"),
        ("农历八月十五日", "农历八月十五日"), ("9月的产量", "9月的产量"),
        ("版本2.3.1", "版本2.3.1"), ("2/3股东同意", "2/3股东同意"), ("3/4班有几人", "3/4班有几人"),
        ("占了2/3?", "占了2/3?"), ("少于2/3吗", "少于2/3吗"), ("在3/4开会", "在3月4日开会"),
        ("谁值班 3/4?", "谁值班 3月4日?"), ("3/4，谁值班", "3月4日，谁值班"),
        ("3/4下午谁值班", "3月4日下午谁值班"), ("Who came on 3/4?", "Who came on 3月4日?"),
        ("We lost 3/4.", "We lost 3/4."),
        ("民国20年9月3日", "民国20年9月3日"), ("13月40日", "13月40日"),
    ],
)  # fmt: skip
def test_what_is_no_day_stays_as_it_is(text: str, plain: str) -> None:
    assert with_plain_dates(text) == plain


def test_a_text_has_a_day_or_not() -> None:
    assert has_day("2031年9月3日的账目")
    assert not has_day("2031年9月")
