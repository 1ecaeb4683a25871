"""What `Library` is called with, checked and made what the parts take.

It is apart from `checked_inputs.py`, as commands that ask nothing need not load what asks.
"""

from collections.abc import Sequence
from typing import get_args

from index.errors import UsageError
from index.listing.article_filter import Filter
from index.listing.article_finder import ArticleSearch, Sort
from index.listing.wanted_word import wanted_words
from python_api.checked_inputs import checked_count, checked_filter, checked_question
from qa.question.understand import Turn
from qa.retrieval import Request

_MOST_PASSAGES = 20  # of an answer


def checked_request(
    question: str, history: Sequence[Turn], articles: Filter | None, k: int, decide: bool
) -> Request:
    """Return the request for an answer.

    Raises:
        UsageError: an argument makes no sense.
    """
    return Request(
        checked_question(question),
        checked_turns(history),
        checked_count(k, _MOST_PASSAGES),
        checked_filter(articles),
        decide,
    )


def checked_search(words: str, source: str | None, year: int | None, sort: Sort) -> ArticleSearch:
    """Return which articles are wanted, and in which order.

    Raises:
        UsageError: there is no such year or order.
    """
    return ArticleSearch(wanted_words(words), source, checked_year(year), checked_sort(sort))


def checked_turns(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns before a question.

    Raises:
        UsageError: one of them is no turn, such as the dict that the API takes.
    """
    turns = tuple(history)
    for turn in turns:
        if not isinstance(turn, Turn) or turn.role not in ("user", "assistant"):
            raise UsageError(
                f"{turn!r} is no turn of a history; write Turn('user', …) or Turn('assistant', …)."
            )
    return turns


def checked_sort(sort: Sort) -> Sort:
    """Return in which order articles are wanted.

    Raises:
        UsageError: there is no such order.
    """
    if sort not in get_args(Sort):
        raise UsageError(f"sort is {sort!r}; it is one of {', '.join(get_args(Sort))}.")
    return sort


def checked_year(year: int | None) -> str | None:
    """Return a year as dates have it.

    Raises:
        UsageError: there is no such year.
    """
    if year is None:
        return None
    if not isinstance(year, int) or not 1 <= year <= 9999:
        raise UsageError(f"year is {year!r}; it must be from 1 to 9999.")
    return f"{year:04}"
