"""The body of `/v1/chat/completions`: what a language model would obey is accepted and ignored.

Docstrings of models are shown in the OpenAPI document.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from qa.question.understand import Turn
from qa.retrieval import LONGEST_QUESTION, Request
from web.requests import LONGEST_TURN, MOST_TURNS, Text

MODEL = "yiju"

_TEXT = {"type": "string"}
_TEXT_PART = {
    "type": "object",
    "properties": {"type": {"const": "text"}, "text": _TEXT},
    "required": ["type", "text"],
}
_OTHER_PART = {  # of the messages before the question
    "type": "object",
    "properties": {"type": {"type": "string", "not": {"const": "text"}}},
    "required": ["type"],
}
_PARTS = {"type": "array", "items": {"anyOf": [_TEXT_PART, _OTHER_PART]}}
_CONTENT = {"anyOf": [_TEXT, _PARTS, {"type": "null"}]}


def _joined(content: object) -> object:
    """Join parts of text; leave what is no list to the validator of texts."""
    if content is None:
        return ""
    return "\n".join(map(_text_of, content)) if isinstance(content, list) else content


def _text_of(part: object) -> str:
    match part:
        case {"type": "text", "text": str() as text}:
            return text
    raise PydanticCustomError("part", "only text is read; leave out parts of any other type")


def _only_text_before_the_question(messages: object) -> object:
    """Leave parts that are no text out of all messages but the last one of the user.

    Else a picture would end a conversation for good: clients send all of it with each question.
    """
    if not isinstance(messages, list):
        return messages
    of_user = [at for at, message in enumerate(messages) if _role_of(message) == "user"]
    question = of_user[-1] if of_user else None
    return [
        message if at == question else _with_text_alone(message)
        for at, message in enumerate(messages)
    ]


def _role_of(message: object) -> object:
    return message.get("role") if isinstance(message, dict) else None


def _with_text_alone(message: object) -> object:
    if not isinstance(message, dict) or not isinstance(parts := message.get("content"), list):
        return message
    return {**message, "content": [part for part in parts if not _is_of_another_type(part)]}


def _is_of_another_type(part: object) -> bool:
    kind = part.get("type") if isinstance(part, dict) else None
    return isinstance(kind, str) and kind != "text"


class _Only:
    """Refuses all values of a parameter but those that change nothing."""

    def __init__(self, allowed: Sequence[Any], message: str) -> None:
        self._allowed, self._message = allowed, message

    def __call__(self, value: object) -> object:
        """Return an allowed value."""
        if value is not None and (isinstance(value, bool) or value not in self._allowed):
            raise PydanticCustomError("unsupported", self._message)
        return value


_ONE = _Only([1], "must be 1, for a question has one answer")
_NO_TOOLS = _Only(["none", "auto"], "must be none or auto, for no tools are called")
_PLAIN_TEXT = _Only([{"type": "text"}], "must be of the type text, for no answer is made as JSON")


class MessageBody(BaseModel):
    """A message of the conversation. What a system, a developer or a tool says is ignored."""

    model_config = ConfigDict(strict=True)

    role: Literal["user", "assistant", "system", "developer", "tool", "function"]
    content: Annotated[Text, BeforeValidator(_joined), WithJsonSchema(_CONTENT)] = ""


def _check_question(messages: list[MessageBody]) -> list[MessageBody]:
    question = _asked(messages)[-1:]
    length = len(question[0].content.strip()) if question else 0
    if not length:
        raise PydanticCustomError("question", "the last message of the user must have a question")
    if length > LONGEST_QUESTION:
        raise PydanticCustomError(
            "string_too_long",
            "the question, the last message of the user, has more than {most} characters",
            {"most": f"{LONGEST_QUESTION:,}"},
        )
    return messages


def _asked(messages: Sequence[MessageBody]) -> list[Turn]:
    """Return the conversation up to the question, which comes last."""
    said = [
        Turn(message.role, message.content)
        for message in messages
        if message.role in ("user", "assistant")
    ]
    while said and said[-1].role != "user":
        said.pop()
    return said


class StreamOptions(BaseModel):
    """What a stream has beside the answer."""

    model_config = ConfigDict(strict=True)

    include_usage: bool | None = None


class ChatBody(BaseModel):
    """A conversation that ends with a question. Other parameters of OpenAI's are ignored."""

    model_config = ConfigDict(strict=True)

    model: Text = MODEL
    messages: Annotated[
        list[MessageBody],
        Field(min_length=1),
        BeforeValidator(_only_text_before_the_question),
        AfterValidator(_check_question),
    ]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int | None, AfterValidator(_ONE), WithJsonSchema({"enum": [1, None]})] = None
    tool_choice: Annotated[
        Any, AfterValidator(_NO_TOOLS), WithJsonSchema({"enum": ["none", "auto", None]})
    ] = None
    response_format: Annotated[
        Any, AfterValidator(_PLAIN_TEXT), WithJsonSchema({"enum": [{"type": "text"}, None]})
    ] = None

    @property
    def includes_usage(self) -> bool:
        """Whether a stream ends with what was used."""
        return bool(self.stream_options and self.stream_options.include_usage)

    def to_request(self) -> Request:
        """Convert to the answerer's request; a conversation that is long loses its beginning."""
        *earlier, question = _asked(self.messages)
        turns = [turn for turn in earlier if len(turn.content) <= LONGEST_TURN]
        return Request(question.content.strip(), turns[-MOST_TURNS:])
