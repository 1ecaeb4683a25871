"""Decide what becomes of a question: an answer, a possible answer, nothing found."""

from dataclasses import dataclass
from enum import Enum, auto


class Decision(Enum):
    """What becomes of the best reply to a question."""

    ANSWERED = auto()
    POSSIBLE = auto()
    NOT_FOUND = auto()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidences, 0 to 1, from which a reply is an answer, and from which it may be one.

    If `possible` is not below `answered`, no reply is merely possible.
    """

    answered: float
    possible: float

    def decision(self, confidence: float, *, decide: bool) -> Decision:
        """Return what becomes of a reply of some confidence; always an answer without `decide`.

        >>> Thresholds(0.5, 0.2).decision(0.3, decide=True)
        <Decision.POSSIBLE: 2>
        """
        if confidence >= self.answered or not decide:
            return Decision.ANSWERED
        return Decision.POSSIBLE if confidence >= self.possible else Decision.NOT_FOUND
