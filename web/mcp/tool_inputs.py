"""What the tools take. Docstrings and descriptions are shown to assistants.

Numbers are taken as text and text as numbers where they fit: models send either.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qa.question.understand import Turn
from qa.retrieval import Request
from web.requests import (
    ArticleBody,
    FilterBody,
    ListQuery,
    QuestionText,
    SearchBody,
    Text,
    TurnBody,
    VersionQuery,
)

MOST_SURROUNDINGS = 2000

_FILTER = "Which articles count; all do without it."
ArticleId = Annotated[Text, Field(min_length=1, description="The article's id, as results name it")]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class AskInput(_Input):
    """A question to the articles."""

    question: Annotated[QuestionText, Field(description="The question, in Chinese or English")]
    history: Annotated[
        Annotated[list[TurnBody], Field(max_length=100)] | None,
        Field(description="The conversation before it, oldest first; follow-ups lean on it"),
    ] = None
    filter: Annotated[FilterBody | None, Field(description=_FILTER)] = None

    def to_request(self) -> Request:
        """Convert to the answerer's request."""
        turns = tuple(Turn(turn.role, turn.content) for turn in self.history or ())
        articles = self.filter.to_filter() if self.filter else None
        return Request(self.question, turns, articles=articles)


class SearchInput(_Input):
    """Words or a question to find passages for."""

    query: Annotated[QuestionText, Field(description="Words or a question")]
    k: Annotated[int, Field(ge=1, le=50, description="How many passages at most")] = 10
    filter: Annotated[FilterBody | None, Field(description=_FILTER)] = None

    def to_body(self) -> SearchBody:
        """Convert to the search of the API."""
        return SearchBody(query=self.query, k=self.k, filter=self.filter)


class ReadInput(_Input, VersionQuery):
    """A range of an article, in characters (Unicode code points), as quotes and passages have it.

    `index_version` is that of the result which named the range; without it the article is read
    as it is now.
    """

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


class ListInput(_Input, ListQuery):
    """Words that articles must have, their source and year, their order, and a page of fifty."""

    q: Annotated[Text, Field(max_length=2000, description="Words; an article must have all")] = ""
    source: Annotated[Text | None, Field(description="The whole name of a source")] = None


class AddInput(ArticleBody):
    """An article, its text stored as it is. One of the same `id` that was added is replaced."""


class DeleteInput(_Input):
    """The article to delete."""

    id: ArticleId


class RebuildInput(_Input):
    """Nothing: the folders that were recorded are read again."""
