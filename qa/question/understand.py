"""Understand a question: its language, its answer type, the entities it requires."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.date_forms import with_plain_dates
from qa.entities.names import Name, Names, required_entities
from qa.language import Language, language_of
from qa.question.asked.asked_type import classify
from qa.question.essence import essence
from qa.question.follow_up import Together, unknown
from qa.question.rewrite import LOOK_BACK, stand_alone


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question that stands alone, with its folded forms, made once.

    `names` are those in it; `required` are the names, quoted words and numbers that evidence must
    be about. `interpreted` is its text if it had to be rewritten.
    """

    forms: FoldedText
    language: Language
    answer_type: AnswerType
    names: tuple[Name, ...]
    required: tuple[str, ...]
    interpreted: str | None = None

    @property
    def text(self) -> str:
        """The question as it was put, or as it was rewritten."""
        return self.forms.text


def understand(
    text: str, history: Sequence[Turn], names: Names, together: Together = unknown
) -> Question:
    """Understand a question in the light of the user's earlier ones, and of the articles."""
    return understand_folded(FoldedText.of(text), history, names, together)


def understand_folded(
    put: FoldedText, history: Sequence[Turn], names: Names, together: Together = unknown
) -> Question:
    """Understand a question that is folded already."""
    forms, is_shorter = essence(put, names)
    interpreted = forms.text if is_shorter else None
    asked = [turn.content for turn in history if turn.role == "user"][-LOOK_BACK:]
    earlier = [essence(FoldedText.of(text), names)[0].text for text in asked]
    if whole := stand_alone(forms, earlier, names, together):
        interpreted = whole
        forms = FoldedText.of(whole)
    # Articles mostly write 2031年5月6日, whatever the question writes.
    dated = with_plain_dates(forms.text)
    if dated != forms.text:
        forms = FoldedText.of(dated)
    in_question = names.find_in(forms.text, forms.simplified)
    return Question(
        forms,
        language_of(put),
        classify(forms),
        tuple(in_question),
        tuple(required_entities(forms, in_question)),
        interpreted,
    )
