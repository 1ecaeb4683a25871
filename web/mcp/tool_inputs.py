"""What the tools take. Docstrings and descriptions are shown to assistants.

What fits is taken: models send numbers as text and text as numbers, null for what they leave out,
and lists and objects as JSON in a text.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError, from_json

from index.listing.article_filter import Filter, is_date
from index.listing.article_finder import ArticleSearch, Sort
from index.listing.wanted_word import wanted_words
from qa.question.understand import Turn
from qa.retrieval import Request
from web.requests import LONGEST_TURN, MOST_TURNS, ArticleBody, QuestionText, Text

MOST_SURROUNDINGS = 2000
_LONGEST_VERSION = 12  # digits


def _unpacked(value: object) -> object:
    """Read a list or an object that came as JSON in a text."""
    if isinstance(value, str) and value.lstrip().startswith(("[", "{")):
        try:
            return from_json(value)  # which has a limit of depth, and exceeds it as ValueError
        except ValueError:
            return value  # an id may begin like that
    return value


def _listed(value: object) -> object:
    unpacked = _unpacked(value)
    return [unpacked] if isinstance(unpacked, str) else unpacked


def _check_date(text: str) -> str:
    if not is_date(text):
        raise PydanticCustomError("day", "must be a day as YYYY, YYYY-MM or YYYY-MM-DD")
    return text


def _check_year(text: str) -> str:
    if not (len(text) == 4 and is_date(text)):
        raise PydanticCustomError("year", "must be a year in four digits")
    return text


def _check_version(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_VERSION):
        raise PydanticCustomError("version", "must be the index_version of a result, as 000007")
    return text.zfill(6)  # it may have come as a number


# Results that are about an article name its id `article_id`, and lists of articles `id`.
ArticleId = Annotated[
    Text,
    Field(
        min_length=1,
        validation_alias=AliasChoices("id", "article_id"),
        description="The article's id, as results name it",
    ),
]
_Day = Annotated[str, AfterValidator(_check_date)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, values: Any) -> Any:  # noqa: ANN401 - whatever was sent
        if not isinstance(values, dict):
            return values
        return {name: value for name, value in values.items() if value is not None}


class FilterInput(_Input):
    """Which articles count: those that pass all that is given here; all do without it."""

    source: Annotated[
        Text | None, Field(description="The whole name of a source, as results write it")
    ] = None
    published_from: Annotated[
        _Day | None, Field(description="First day: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None
    published_to: Annotated[
        _Day | None, Field(description="Last day: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None
    articles: Annotated[
        Annotated[list[Text], Field(min_length=1, max_length=100), BeforeValidator(_listed)] | None,
        Field(description="Ids of articles; one that no article has is passed over"),
    ] = None

    def to_filter(self) -> Filter:
        """Convert to the index's filter."""
        articles = tuple(self.articles or ())
        return Filter(self.source, self.published_from, self.published_to, articles)


_Filter = Annotated[FilterInput, BeforeValidator(_unpacked)] | None


class TurnInput(_Input):
    """A message of the conversation before the question."""

    role: Literal["user", "assistant"]
    content: Annotated[Text, Field(max_length=LONGEST_TURN)]


class AskInput(_Input):
    """A question to the articles."""

    question: Annotated[QuestionText, Field(description="The question, in Chinese or English")]
    history: Annotated[
        Annotated[list[TurnInput], Field(max_length=MOST_TURNS), BeforeValidator(_unpacked)] | None,
        Field(description="The conversation before it, oldest first; follow-ups lean on it"),
    ] = None
    filter: _Filter = None

    def to_request(self) -> Request:
        """Convert to the answerer's request."""
        turns = tuple(Turn(turn.role, turn.content) for turn in self.history or ())
        articles = self.filter.to_filter() if self.filter else None
        return Request(self.question, turns, articles=articles)


class SearchInput(_Input):
    """Words or a question to find passages for."""

    query: Annotated[QuestionText, Field(description="Words or a question")]
    k: Annotated[int, Field(ge=1, le=50, description="How many passages at most")] = 10
    filter: _Filter = None


class ReadInput(_Input):
    """A range of an article, in characters (Unicode code points), as quotes have it."""

    id: ArticleId
    start: Annotated[int, Field(ge=0, description="First character")] = 0
    end: Annotated[
        int | None,
        Field(ge=0, description="Character after the last; without it, up to the article's end"),
    ] = None
    surroundings: Annotated[
        int,
        Field(
            ge=0, le=MOST_SURROUNDINGS, description="Characters before and after the range as well"
        ),
    ] = 0
    index_version: Annotated[
        Annotated[str, AfterValidator(_check_version)] | None,
        Field(
            description="That of the result which named the range; without it the article is read "
            "as it is now"
        ),
    ] = None


class ListInput(_Input):
    """Which articles are listed, in which order, and which page of fifty."""

    q: Annotated[Text, Field(max_length=2000, description="Words; an article must have all")] = ""
    source: Annotated[Text | None, Field(description="The whole name of a source")] = None
    year: Annotated[
        Annotated[str, AfterValidator(_check_year)] | None, Field(description="A year: YYYY")
    ] = None
    sort: Annotated[
        Sort | None, Field(description="By relevance if there are words, else by title")
    ] = None
    page: Annotated[int, Field(ge=1, le=1_000_000, description="A page, from 1")] = 1

    def to_search(self) -> ArticleSearch:
        """Convert to the index's search."""
        words, sort = wanted_words(self.q), self.sort or "relevance"
        return ArticleSearch(words, self.source or None, self.year, sort)


class AddInput(ArticleBody):
    """An article, its text stored as it is. One of the same `id` that was added is replaced."""

    model_config = ConfigDict(strict=False, coerce_numbers_to_str=True)


class DeleteInput(_Input):
    """The article to delete."""

    id: ArticleId


class RebuildInput(_Input):
    """Nothing: the folders that were recorded are read again."""
