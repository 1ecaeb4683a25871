"""Understands a question: its language, what it asks for, what it must be about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.answer_types import AnswerType, classify
from qa.entities.names import Names
from qa.language import Language, language_of
from qa.question.rewrite import stand_alone


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone.

    `interpreted` is its text where it had to be rewritten; `required` are the names, quoted words
    and years that evidence must be about.
    """

    text: str
    language: Language
    answer_type: AnswerType
    required: tuple[str, ...]
    interpreted: str | None = None


def understand(text: str, history: Sequence[Turn], names: Names) -> Question:
    """Reads a question in the light of the conversation."""
    asked = [turn.content for turn in history if turn.role == "user"]
    interpreted = stand_alone(text, asked, names)
    whole = interpreted or text
    required = tuple(names.required(whole))
    return Question(whole, language_of(text), classify(whole), required, interpreted)
