"""What a language model is, to those who have one write: `ModelClient` is one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class ModelMessage:
    """A message to a model."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class ModelReply:
    """The text of a model; `tokens` is how many it read and wrote, if its server says so."""

    text: str
    tokens: int | None = None


def stays() -> bool:
    """Return that whoever asked has not left."""
    return False


class LanguageModel(Protocol):
    """What writes a text."""

    @property
    def model(self) -> str:
        """Its name."""

    def complete(
        self,
        messages: Sequence[ModelMessage],
        most_tokens: int,
        has_left: Callable[[], bool] = stays,
    ) -> ModelReply:
        """Return what it writes, at most some tokens.

        Raises:
            WritingError: it wrote nothing that can be used, or `has_left` is true.
        """
