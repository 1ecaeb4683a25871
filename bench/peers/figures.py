"""Figures of what was found and what it took, as pure functions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from qa.evaluation.metrics import Rank


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some figures, the lowest and the highest."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Return the spread of one figure or more."""
        return cls(median(values), min(values), max(values))

    def __str__(self) -> str:
        """Return it as it stands in a table.

        >>> str(Spread.of([2.04, 1.9, 12.3]))
        '2.0 (1.9–12)'
        """
        return f"{_short(self.middle)} ({_short(self.low)}–{_short(self.high)})"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def ratios(theirs: Sequence[float], ours: Sequence[float]) -> Spread:
    """Return how many times as much as ours theirs are, turn by turn.

    >>> ratios([4.0, 9.0], [2.0, 3.0])
    Spread(middle=2.5, low=2.0, high=3.0)
    """
    return Spread.of([their / our for their, our in zip(theirs, ours, strict=True)])


def rank_of_first(found: Sequence[int], right: Collection[int]) -> Rank:
    """Return the rank of the first right passage, from 1; None if none was found.

    >>> rank_of_first([7, 3, 5], {5, 3})
    2
    """
    return next((rank for rank, at in enumerate(found, 1) if at in right), None)


def ahead(theirs: Sequence[Rank], ours: Sequence[Rank], k: int) -> tuple[int, int]:
    """Count the questions that only they find among the first `k`, and those that only we do.

    >>> ahead([1, None, 9, 2], [None, 1, None, 3], 5)
    (1, 1)
    """
    pairs = [
        (their is not None and their <= k, our is not None and our <= k)
        for their, our in zip(theirs, ours, strict=True)
    ]
    return pairs.count((True, False)), pairs.count((False, True))


def every_nth(count: int, turns: int, turn: int) -> range:
    """Return the positions of the questions that are asked in a turn, each in one turn alone.

    >>> [list(every_nth(5, 2, turn)) for turn in range(2)]
    [[0, 2, 4], [1, 3]]
    """
    return range(turn, count, turns)
