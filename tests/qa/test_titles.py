"""Titles say a subject by their head, and in another language by its vector."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.searcher import Searcher
from qa.titles import head_of, says_across
from tests.qa.conftest import Shelve


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("潮汐发电：从河口到外海", "潮汐发电"),
        ("港口工程三十年—一座城的变化", "港口工程三十年"),
        ("The old ferry: a history", "old ferry"),
        ("An answer, at last", "answer"),
        ("渡口的灯", "渡口的灯"),
        ("：", ""),
        ("", ""),
    ],
)
def test_the_head_of_a_title(title: str, head: str) -> None:
    assert head_of(title) == head


@given(st.text(max_size=40))
def test_any_title_has_a_head(title: str) -> None:
    assert len(head_of(title)) <= 4 * len(title)


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    return shelve({"text": "甲。"})


def test_a_title_says_a_subject_in_another_language(searcher: Searcher) -> None:
    titles = ["潮汐发电：从河口到外海", "春茶上市", "Tidal power", ""]
    assert says_across("tidal power", titles, searcher) == [True, False, False, False]
    assert says_across("春茶", titles, searcher) == [False] * 4
    assert says_across("football", titles, searcher) == [False] * 4
