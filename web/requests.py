"""The shapes of requests, as `docs/api.md` describes them; `responses.py` has those of responses.

Docstrings of models are shown in the OpenAPI document.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from index.bounds import is_storable, most_of
from index.listing.article_filter import Filter, is_date
from index.listing.article_finder import ArticleSearch, Sort
from index.listing.wanted_word import wanted_words
from qa.question.understand import Turn
from qa.retrieval import LONGEST_QUESTION, Request

LONGEST_TURN = 20_000  # characters
MOST_TURNS = 100  # of a history


def check_storable(text: str) -> str:
    """Refuse NUL, which ends strings in other programs, and lone surrogates, which UTF-8 lacks."""
    if not is_storable(text):
        raise PydanticCustomError("storable", "must not contain NUL characters or lone surrogates")
    return text


def _check_date(date: str) -> str:
    """Refuse a day that does not exist, such as 2016-02-30."""
    if not is_date(date):
        raise PydanticCustomError("day", "must be a day that exists")
    return date


# 0001 to 9999, without a lookahead, which pydantic's regular expressions lack.
_YEAR = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"

Text = Annotated[str, AfterValidator(check_storable)]
QuestionText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION),
    AfterValidator(check_storable),
]
IsoDate = Annotated[
    str,
    StringConstraints(pattern=rf"^{_YEAR}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
    AfterValidator(_check_date),
]


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class FilterBody(_Body):
    """Which articles count; dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, both ends included.

    `articles` are ids; one that no article has is passed over.
    """

    source: Text | None = None
    published_from: IsoDate | None = None
    published_to: IsoDate | None = None
    articles: Annotated[list[Text], Field(min_length=1, max_length=100)] | None = None

    def to_filter(self) -> Filter:
        """Convert to the index's filter."""
        articles = tuple(self.articles or ())
        return Filter(self.source, self.published_from, self.published_to, articles)


class TurnBody(_Body):
    """A message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: Annotated[Text, Field(max_length=LONGEST_TURN)]


class AskBody(_Body):
    """A question. With `decide` off the best there is comes back, however unsure."""

    question: QuestionText
    history: Annotated[list[TurnBody], Field(max_length=MOST_TURNS)] = []
    k: Annotated[int, Field(ge=1, le=20)] = 5
    filter: FilterBody | None = None
    decide: bool = True

    def to_request(self) -> Request:
        """Convert to the answerer's request."""
        turns = tuple(Turn(turn.role, turn.content) for turn in self.history)
        articles = self.filter.to_filter() if self.filter else None
        return Request(self.question, turns, self.k, articles, self.decide)


class SearchBody(_Body):
    """A query for passages."""

    query: QuestionText
    k: Annotated[int, Field(ge=1, le=100)] = 10
    filter: FilterBody | None = None


class ArticleBody(_Body):
    """An article, its text stored as it is. One of the same `id` that was uploaded is replaced."""

    id: Annotated[Text, Field(min_length=1, max_length=most_of("id"))] | None = None
    title: Annotated[Text, Field(max_length=most_of("title"))] | None = None
    text: Text
    source: Annotated[Text, Field(max_length=most_of("source"))] | None = None
    author: Annotated[Text, Field(max_length=most_of("author"))] | None = None
    published: Annotated[Text, Field(max_length=most_of("published"))] | None = None
    url: Annotated[Text, Field(max_length=most_of("url"))] | None = None


class ListQuery(BaseModel):
    """Words that articles must have, their source and year, their order, and a page of fifty."""

    q: Annotated[Text, Field(max_length=2000)] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    sort: Sort | None = None
    source: Text | None = None
    year: Annotated[str, StringConstraints(pattern="^[0-9]{4}$")] | None = None

    def to_search(self) -> ArticleSearch:
        """Convert to the index's search."""
        words, sort = wanted_words(self.q), self.sort or "relevance"
        return ArticleSearch(words, self.source or None, self.year, sort)


class SuggestionsQuery(BaseModel):
    """The language that is preferred, or the article that is asked."""

    lang: Literal["zh", "en"] | None = None
    article: Text | None = None


class ArticlePath(BaseModel):
    """An article's id; it may hold slashes, percent-encoded or not."""

    article_id: Text


class VersionQuery(BaseModel):
    """An index version, where not the current one is meant."""

    index_version: Annotated[str, StringConstraints(pattern=r"^[0-9]{6,12}$")] | None = None


class ArticleQuery(VersionQuery):
    """An index version, and the format that is wanted."""

    format: Literal["json", "markdown"] | None = None
