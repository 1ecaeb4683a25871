"""Sampling of examples, with random augmentation."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from index.arrays import Int64Array
from qa.reader.inputs import PassageRow
from qa.reader.tokens import MASK, special
from training.reader.examples import ReaderExample


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """The reader's hyperparameters.

    `groups` is each kind's share of a batch. `away` is the share of examples from which all rows of
    the right article are taken, `alone` the share of those with nothing else. `hidden` is the share
    of examples that show no candidates, `unknown` that of words replaced by a mask. `rows` are read
    of each example at most; `averaged` is the decay of the weights' moving average.
    """

    steps: int = 6400
    groups: dict[str, float] = field(
        default_factory=lambda: {
            "written": 0.5, "zh→zh": 0.15, "drcd": 0.04, "dureader": 0.09, "news": 0.09,
            "en→zh": 0.04, "en": 0.05, "en→en": 0.02, "zh→en": 0.015, "cmrc2017": 0.005,
        }
    )  # fmt: skip
    batch: int = 16
    rows: int = 5
    rate: float = 5e-4
    layer_decay: float = 0.9
    warm: int = 100
    decay: float = 0.05
    dropout: float = 0.1
    away: float = 0.12
    alone: float = 0.25
    hidden: float = 0.25
    unknown: float = 0.03
    averaged: float = 0.999
    seed: int = 1


class Sampler:
    """Draws examples by their group."""

    def __init__(self, examples: Sequence[ReaderExample], settings: ReaderSettings) -> None:
        self._settings = settings
        self._parts: dict[str, list[ReaderExample]] = {}
        for example in examples:
            self._parts.setdefault(example.group, []).append(example)

    def draw(self, step: int) -> list[ReaderExample]:
        """Return the examples of one step, reproducibly."""
        self._chance = np.random.default_rng((self._settings.seed, step))
        parts = [part for group, part in self._parts.items() if group in self._settings.groups]
        shares = np.array([self._settings.groups[part[0].group] for part in parts])
        numbers = self._chance.choice(len(parts), self._settings.batch, p=shares / shares.sum())
        return [
            self._augmented(parts[number][self._chance.integers(len(parts[number]))])
            for number in numbers
        ]

    def _augmented(self, example: ReaderExample) -> ReaderExample:
        rows = self._rows(example)
        example = with_rows(example, rows) if rows else example
        if self._chance.random() < self._settings.hidden:
            example = replace(example, candidates=[flags & False for flags in example.candidates])
        laid_out = [self._hidden(row) for row in example.inputs.rows]
        return replace(example, inputs=replace(example.inputs, rows=laid_out))

    def _rows(self, example: ReaderExample) -> list[int]:
        """Return the rows to read: the right ones, unless taken away, and some others."""
        answering = set(example.right[:, 0].tolist())
        own = np.flatnonzero(example.of_article).tolist()
        right = sorted(own, key=lambda row: row not in answering)
        others = np.flatnonzero(~example.of_article).tolist()
        chance = self._chance.random()
        if right and others and chance < self._settings.away:
            right = []
        elif right and chance > 1 - self._settings.alone:
            others = []
        count = min(len(others), self._settings.rows - min(len(right), 2))
        # The best rows of the others more often than the last ones.
        weights = 1 / (1 + np.arange(len(others)))
        if count:
            others = self._chance.choice(others, count, False, weights / weights.sum()).tolist()
        return sorted([*right[:2], *others])

    def _hidden(self, row: PassageRow) -> PassageRow:
        """Mask random words, so that the network relies on their context."""
        return PassageRow(
            self._masked(row.head),
            replace(row.tokens, rows=self._masked(row.tokens.rows)),
        )

    def _masked(self, rows: Int64Array) -> Int64Array:
        masked = (self._chance.random(len(rows)) < self._settings.unknown) & (rows >= 0)
        return np.where(masked, special(MASK), rows)


def with_rows(example: ReaderExample, rows: Sequence[int]) -> ReaderExample:
    """Return the example with these rows alone."""
    places = {row: at for at, row in enumerate(rows)}

    def moved(ranges: Int64Array) -> Int64Array:
        kept = [(places[row], first, last) for row, first, last in ranges.tolist() if row in places]
        return np.array(kept, dtype=np.int64).reshape(-1, 3)

    return replace(
        example,
        inputs=replace(example.inputs, rows=[example.inputs.rows[row] for row in rows]),
        candidates=[example.candidates[row] for row in rows],
        right=moved(example.right),
        unsure=moved(example.unsure),
        of_article=example.of_article[list(rows)],
    )
