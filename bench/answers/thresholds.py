"""What other thresholds would bring, from answers that were asked for however unsure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.answers.records import Ask, share

STEPS = tuple(step / 20 for step in range(2, 19))
"""The thresholds looked at: 0.1 to 0.9."""

POSSIBLE_RIGHT = 0.4
"""Share of possible answers that are right at the least."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A threshold with the three figures of question lines, all by the strict rule."""

    threshold: float
    right: float | None
    precision: float | None
    refused: float | None


def choices(asks: Sequence[Ask]) -> list[Choice]:
    """Return the figures at each threshold; an ask without any evidence stays refused."""
    answerable = [ask for ask in asks if ask.answerable]
    others = [ask for ask in asks if not ask.answerable]
    results = []
    for step in STEPS:
        answered = [ask for ask in asks if _answers(ask, step)]
        results.append(
            Choice(
                step,
                share([ask.right_if_answered and _answers(ask, step) for ask in answerable]),
                share([ask.right_if_answered for ask in answered]),
                share([not _answers(ask, step) for ask in others]),
            )
        )
    return results


def possible_from(asks: Sequence[Ask], threshold: float) -> float | None:
    """Return the lowest confidence from which enough of the answers below a threshold are right.

    None if no confidence brings that.
    """
    below = sorted(
        (ask for ask in asks if ask.quote is not None and ask.confidence < threshold),
        key=lambda ask: -ask.confidence,
    )
    lowest, right = None, 0
    for count, ask in enumerate(below, 1):
        right += ask.likely_right
        if right / count >= POSSIBLE_RIGHT:
            lowest = ask.confidence
    return lowest


def _answers(ask: Ask, threshold: float) -> bool:
    return ask.quote is not None and ask.confidence >= threshold
