"""What a library is called with makes sense, or is told in one sentence."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from index.errors import UsageError
from index.listing.article_filter import Filter
from index.listing.article_finder import ArticleSearch
from index.listing.wanted_word import wanted_words
from python_api.checked_arguments import (
    checked_request,
    checked_search,
    checked_sort,
    checked_turns,
    checked_year,
)
from python_api.checked_inputs import checked_count, checked_filter, checked_question
from qa.question.understand import Turn
from qa.retrieval import Request


def test_arguments_become_what_the_parts_take() -> None:
    only = Filter(source="报")
    turns = [Turn("user", "甲?")]
    asked = checked_request(" 乙? ", turns, only, 3, True)
    assert asked == Request("乙?", tuple(turns), 3, only, True)
    wanted = ArticleSearch(wanted_words("大桥"), None, "2023", "newest")
    assert checked_search("大桥", None, 2023, "newest") == wanted


def test_turns_and_years_that_make_sense_are_taken() -> None:
    turns = [Turn("user", "甲?"), Turn("assistant", "乙。")]
    assert checked_turns(turns) == tuple(turns)
    assert [checked_year(year) for year in (None, 7, 2023)] == [None, "0007", "2023"]
    assert checked_sort("newest") == "newest"


@pytest.mark.parametrize(
    ("check", "value", "words"),
    [
        (checked_turns, [{"role": "user", "content": "甲?"}], "write Turn('user', …)"),
        (checked_turns, [Turn("system", "甲?")], "is no turn"),  # type: ignore[arg-type]
        (checked_question, None, "1 to 2,000 characters"),
        (lambda k: checked_count(k, 20), "5", "k is '5'; it must be from 1 to 20"),
        (lambda k: checked_count(k, 20), 2.5, "k is 2.5"),
        (checked_filter, {"source": "报"}, "is no filter"),
        (checked_filter, Filter(articles="a.txt"), "several ids"),  # type: ignore[arg-type]
        (checked_filter, Filter(published_from=2024), "is no date"),  # type: ignore[arg-type]
        (checked_sort, "date", "sort is 'date'; it is one of relevance, title, newest, oldest"),
        (checked_year, 0, "year is 0; it must be from 1 to 9999"),
        (checked_year, "2023", "year is '2023'"),
    ],
)
def test_what_no_type_checker_would_pass_is_told(
    check: Callable[[Any], object], value: object, words: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(words)):
        check(value)
