"""The shapes of what `/v1` answers, as OpenAI's API has them.

Docstrings of models are shown in the OpenAPI document.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from web.responses import AnswerOut


class ModelOut(BaseModel):
    """A model. There is one, which answers from the articles."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "yiju"


class ModelsOut(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[ModelOut]


class UrlCitationOut(BaseModel):
    """The range of a mark in the content, and where it leads: the article at the cited range."""

    start_index: int
    end_index: int
    title: str
    url: str


class AnnotationOut(BaseModel):
    """What belongs to a mark in the content."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitationOut


class ChatMessageOut(BaseModel):
    """The answer, with marks such as `[1]` in its content; each has an annotation."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[AnnotationOut]


class ChoiceOut(BaseModel):
    """The only choice."""

    index: Literal[0] = 0
    message: ChatMessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class UsageOut(BaseModel):
    """Characters: of all messages, of the content, and of both."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionOut(BaseModel):
    """A completion; `yiju` is the answer as `/api/ask` gives it.

    A stream has chunks in its place.
    """

    model_config = ConfigDict(openapi_extra={"content": {"text/event-stream": {}}})  # type: ignore[typeddict-unknown-key]  # of flask-openapi3

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[ChoiceOut]
    usage: UsageOut
    yiju: AnswerOut
