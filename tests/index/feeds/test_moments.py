"""When a page changed: moments compare by time, and days say little of themselves."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.feeds.moments import is_unchanged, moment_of

_ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=_ZONES)


@given(_MOMENTS, _MOMENTS)
def test_moments_sort_by_time_whatever_their_zones(one: datetime, other: datetime) -> None:
    first, second = moment_of(one.isoformat()), moment_of(other.isoformat())
    assert (first < second, first == second) == (one < other, one == other)


@given(_MOMENTS)
def test_both_ways_of_writing_a_moment_mean_the_same(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert moment_of(format_datetime(moment)) == moment_of(moment.isoformat())


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_nothing(text: str) -> None:
    moment = moment_of(text)
    assert moment == moment_of(moment)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-05", "2024-13-01", "昨天", "20240501", "0001-01-01T00:00:00+14:00"]
)
def test_what_names_no_day_says_nothing(text: str) -> None:
    assert moment_of(text) == ""


def test_a_moment_without_a_zone_is_taken_as_it_stands() -> None:
    assert moment_of("2024-05-01T08:00:00") == "2024-05-01T08:00:00.000000Z"
    assert datetime.fromisoformat(moment_of("2024-05-01T08:00:00")).tzinfo == UTC


@pytest.mark.parametrize(
    ("updated", "before", "fetched", "expected"),
    [
        ("2024-05-01T08:00:00.000000Z", "2024-05-01T08:00:00.000000Z", "2024-05-01", True),
        ("2024-05-01T08:00:00.000000Z", "2024-05-01T08:00:01.000000Z", "2024-05-01", True),
        ("2024-05-01T08:00:01.000000Z", "2024-05-01T08:00:00.000000Z", "2024-06-01", False),
        ("2024-05-01T00:00:00.000000Z", "2024-05-01", "2024-06-01", False),
        ("2024-05-01", "2024-05-01", "2024-05-02", True),
        ("2024-05-01", "2024-05-01", "2024-05-01", False),
        ("2024-05-01", "", "2024-06-01", False),
        ("", "2024-05-01", "2024-06-01", False),
        ("", "", "2024-06-01", False),
    ],
)
def test_only_a_moment_that_is_no_newer_vouches_for_a_page(
    updated: str, before: str, fetched: str, expected: bool
) -> None:
    assert is_unchanged(updated, before, fetched) == expected
