"""Dates and times are written as their cells show them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.formats.sheets.time_format import show_time

DAY = 45356.0  # 5 March 2024, a Tuesday


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("yyyy-mm-dd", DAY, "2024-03-05"),
        ("yyyy/m/d", DAY, "2024/3/5"),
        ("yy.mm.dd", DAY, "24.03.05"),
        ("yyyymmdd", DAY, "20240305"),
        ('yyyy"年"m"月"d"日"', DAY, "2024年3月5日"),
        ('yyyy"年"m"月"d"日" aaaa', DAY, "2024年3月5日 星期二"),
        (r"[$-804]yyyy\年m\月", DAY, "2024年3月"),
        (r"m\月d\日", DAY, "3月5日"),
        ("d mmm yyyy", DAY, "5 Mar 2024"),
        ("dddd, mmmm d, yyyy", DAY, "Tuesday, March 5, 2024"),
        ("ddd d-mmm-yy", DAY, "Tue 5-Mar-24"),
        ("mmm-yy", DAY, "Mar-24"),
        ("mmmmm", DAY, "M"),
        ("m/d/yyyy", DAY, "3/5/2024 (2024-03-05)"),
        ("dd/mm/yy", DAY, "05/03/24 (2024-03-05)"),
        (r"dd\.mm\.yyyy", DAY, "05.03.2024"),
        ("yyyy/m/d h:mm", DAY + 0.75, "2024/3/5 18:00"),
        ("yyyy-mm-dd hh:mm:ss", DAY + 0.25, "2024-03-05 06:00:00"),
        ("h:mm AM/PM", DAY + 0.25, "6:00 AM"),
        ("h:mm A/P", DAY, "12:00 A"),
        ('上午/下午h"时"mm"分"', DAY + 0.5625, "下午1时30分"),
        ("hh:mm", 0.25, "06:00"),
        ("mm:ss", 0.5, "12:00:00"),
        ("mm:ss", 95 / 86400, "01:35"),
        ("[h]:mm", 1.25, "30:00"),
        ("[h]:mm:ss", 1.25, "30:00:00"),
        ('e"年"m"月"', DAY, "2024年3月"),
        ('[$-404]e"年"m"月"', DAY, "113年3月"),
        ("[mm]:ss", 0.125, "180:00"),
        ("[s]", 0.001, "86"),
        (r"[$-F800]dddd\, mmmm dd\, yyyy", DAY, "2024-03-05"),
        ("[$-x-sysdate]dddd, mmmm dd, yyyy", DAY, "Tuesday, March 05, 2024"),
        ("[$-F400]h:mm:ss AM/PM", 0.5, "12:00:00"),
    ],
)
def test_a_moment_is_written_in_its_format(code: str, value: float, text: str) -> None:
    assert show_time(value, code, from_1904=False) == text


@given(st.dates(datetime.date(1904, 1, 1), datetime.date(2100, 1, 1)))
def test_any_day_is_the_day_that_it_counts(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    assert show_time(serial, "yyyy-mm-dd", from_1904=False) == day.isoformat()
    assert show_time(serial - 1462, "yyyy/m/d", from_1904=True) == f"{day:%Y}/{day.month}/{day.day}"


@pytest.mark.parametrize("value", [-1.0, 3e6])
def test_what_no_sheet_knows_is_no_moment(value: float) -> None:
    assert show_time(value, "yyyy-mm-dd", from_1904=False) is None
