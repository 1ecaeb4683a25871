"""What was asked and answered in a set, with its figures, as values that a file can keep."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with its outcome.

    `passed` is the strict rule; `passed_by_text` the same without looking at the short answer.
    `right_if_answered` is the strict rule if no confidence is too low, `likely_right` whether the
    best evidence holds the answer: what `confidence` estimates. `kind` is the style or the case of
    a question line. `possible` says whether the possible answer, where there is one, is right.
    """

    id: str
    question: str
    lang: str
    kind: str
    answerable: bool
    answered: bool
    passed: bool
    passed_by_text: bool
    likely_right: bool
    confidence: float
    expected: tuple[str, ...] = ()
    short_answer: str | None = None
    quote: str | None = None
    reason: str = ""
    possible: bool | None = None
    right_if_answered: bool = False


@dataclass(frozen=True, slots=True)
class SetResult:
    """A measured set: its figures by name, its asks, and what else is worth a line."""

    name: str
    figures: Mapping[str, float | None]
    asks: Sequence[Ask] = ()
    notes: Sequence[str] = ()
    seconds: float = 0.0
    taken: str = ""
    details: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Keep the result, so that a later run can go on after it."""
        folder.mkdir(parents=True, exist_ok=True)
        waiting = folder / f".{self.name}.json"
        waiting.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        waiting.replace(folder / f"{self.name}.json")

    @classmethod
    def read(cls, folder: Path, name: str) -> "SetResult | None":
        """Return the result that a folder keeps of a set, None without one."""
        file = folder / f"{name}.json"
        if not file.exists():
            return None
        value = json.loads(file.read_text(encoding="utf-8"))
        asks = [Ask(**{**ask, "expected": tuple(ask["expected"])}) for ask in value["asks"]]
        return cls(**{**value, "asks": asks})


def share(flags: Sequence[bool]) -> float | None:
    """Return the share of true flags; None of none.

    >>> share([True, False])
    0.5
    """
    return sum(flags) / len(flags) if flags else None


def counted(asks: Sequence[Ask]) -> dict[str, float | None]:
    """Return the figures of asks that were answered or refused.

    `right` and `right_by_text` are shares of the questions with an answer, `precision` the share of
    the answered ones that is right, `refused` the share of the others. `possible_shown` is the
    share of the refused questions that got a possible answer, `possible_right` of these the right.
    """
    answerable = [ask for ask in asks if ask.answerable]
    answered = [ask for ask in asks if ask.answered]
    shown = [ask.possible for ask in asks if ask.possible is not None]
    refused = [ask for ask in asks if not ask.answered]
    return {
        "right": share([ask.passed for ask in answerable]),
        "right_by_text": share([ask.passed_by_text for ask in answerable]),
        "found": share([ask.likely_right for ask in answerable]),
        "precision": share([ask.passed and ask.answerable for ask in answered]),
        "precision_by_text": share([ask.passed_by_text and ask.answerable for ask in answered]),
        "refused": share([ask.passed for ask in asks if not ask.answerable]),
        "passed": float(sum(ask.passed for ask in asks)),
        "asked": float(len(asks)),
        "possible_shown": len(shown) / len(refused) if refused else None,
        "possible_right": share(shown),
    }
