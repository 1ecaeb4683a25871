"""The shapes of requests and responses about feedback, as `docs/api.md` describes them.

Docstrings of models are shown in the OpenAPI document.
"""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from qa.feedback.kept_questions import KeptQuestion
from web.requests import Text, check_storable
from web.responses import PossibleOut

_RANGE = ("article_id", "start", "end")

CommentText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=2000),
    AfterValidator(check_storable),
]
ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(check_storable),
]


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class FeedbackBody(_Body):
    """Whether an answer helped. Sent again for the same answer it replaces what was sent."""

    answer_id: Annotated[Text, Field(min_length=1, max_length=64)]
    helpful: bool
    comment: CommentText | None = None


class ChoiceBody(_Body):
    """Where an article answers, with the short answer, if any; or that none does (`none`)."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": list(_RANGE)}, {"required": ["none"]}]}
    )

    article_id: Annotated[Text, Field(min_length=1)] | None = None
    start: Annotated[int, Field(ge=0)] | None = None
    end: Annotated[int, Field(ge=1)] | None = None
    short_answer: ShortText | None = None
    none: Literal[True] | None = None

    @model_validator(mode="after")
    def _check_choice(self) -> "ChoiceBody":
        given = [getattr(self, name) is not None for name in (*_RANGE, "short_answer")]
        if any(given) if self.none else not all(given[:-1]):
            wrong = 'give article_id, start and end; or only "none": true'
            raise PydanticCustomError("choice", wrong)
        return self


class PageQuery(BaseModel):
    """A page of fifty."""

    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class QuestionPath(BaseModel):
    """The id of a question that is kept."""

    question_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class NearArticleOut(_Out):
    """An article that is near."""

    id: str
    title: str


class CommentOut(_Out):
    """What a reader says of an answer, and when (ISO 8601)."""

    helpful: bool
    comment: str
    at: str


class UnansweredOut(_Out):
    """A question that found no sure answer, or one that did not help; all ways to write it as one.

    `count` is how often it was asked, as far as that was kept. `answered`, `confidence`, `best`
    (the answer, or what may be one), `nearest` and `index_version` are those of the last time.
    """

    id: str
    question: str
    languages: list[str]
    count: int
    first_asked: str
    last_asked: str
    answered: bool
    confidence: float
    index_version: str
    best: PossibleOut | None
    nearest: list[NearArticleOut]
    helpful: int
    unhelpful: int
    comments: list[CommentOut]

    @classmethod
    def of(cls, kept: KeptQuestion) -> "UnansweredOut":
        """Describe a question that is kept."""
        answer = kept.answer
        return cls(
            id=kept.id,
            question=answer.question,
            languages=kept.languages,
            count=kept.count,
            first_asked=_time(kept.first),
            last_asked=_time(kept.last),
            answered=answer.answered,
            confidence=answer.confidence,
            index_version=answer.index_version,
            best=answer.best and PossibleOut.model_validate(answer.best),
            nearest=[NearArticleOut.model_validate(near) for near in answer.nearest],
            helpful=kept.helpful,
            unhelpful=kept.unhelpful,
            comments=[
                CommentOut(helpful=said.helpful, comment=said.comment, at=_time(said.at))
                for said in kept.comments
            ],
        )


class UnansweredPageOut(_Out):
    """A page of unanswered questions, most asked first."""

    questions: list[UnansweredOut]
    page: int
    pages: int
    total: int


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
