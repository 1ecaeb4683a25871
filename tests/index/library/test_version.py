"""A version is the same text in a folder's name, in the library's numbers and in a report."""

import copy
import json
import pickle

from hypothesis import given
from hypothesis import strategies as st

from index.library.version import Version


@given(st.integers(0, 10_000_000))
def test_a_number_comes_back_from_its_text(number: int) -> None:
    assert Version.of(number).number == Version(str(Version.of(number))).number == number


@given(st.lists(st.integers(0, 999_999)))
def test_versions_sort_as_text_in_the_order_of_their_numbers(numbers: list[int]) -> None:
    assert sorted(map(Version.of, numbers)) == list(map(Version.of, sorted(numbers)))


@given(st.lists(st.integers(0, 10_000_000)))
def test_the_version_that_follows_is_above_all(numbers: list[int]) -> None:
    following = Version.following(map(Version.of, numbers))
    assert following.number == max(numbers, default=0) + 1


def test_a_version_is_copied_sent_and_written_like_its_text() -> None:
    version = Version.of(7)
    assert copy.deepcopy(version) == pickle.loads(pickle.dumps(version)) == "000007"
    assert json.dumps([version]) == '["000007"]'
