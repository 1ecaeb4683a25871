"""Sampling of examples, with random augmentation."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from index.arrays import Int64Array
from qa.reader.tokens import MARK
from training.reader.examples import ReaderExample

_SHORT = 4  # words


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """The reader's hyperparameters.

    `groups` is each language pair's share of a batch; half of each share are short answers, as one
    of the sets has long ones. `away` is the share of examples whose article is removed, `dropped`
    that of features hidden from an example, `unknown` that of words without vectors. `common` words
    have a trained vector beside the encoder's; `averaged` is the decay of the weights' moving
    average.
    """

    groups: dict[str, float] = field(
        default_factory=lambda: {"zh→zh": 0.65, "en→zh": 0.2, "en→en": 0.1, "zh→en": 0.05}
    )
    common: int = 4000
    width: int = 96
    dropout: float = 0.3
    steps: int = 2600
    batch: int = 48
    rate: float = 2e-3
    warm: int = 200
    decay: float = 0.01
    away: float = 0.1
    dropped: float = 0.1
    unknown: float = 0.08
    averaged: float = 0.998
    seed: int = 1


class Sampler:
    """Draws examples by language pair and length of the answer."""

    def __init__(self, examples: Sequence[ReaderExample], settings: ReaderSettings) -> None:
        self._settings = settings
        self._parts: list[tuple[float, list[ReaderExample]]] = []
        for group, share in settings.groups.items():
            own = [example for example in examples if example.example.group == group]
            short = [item for item in own if not item.weak and _length(item) <= _SHORT]
            other = [item for item in own if item.weak or _length(item) > _SHORT]
            self._parts += [(share / 2, short), (share / 2, other)]

    def draw(self, step: int) -> list[ReaderExample]:
        """Return the examples of one step, reproducibly."""
        self._chance = np.random.default_rng((self._settings.seed, step))
        shares = np.array([share for share, part in self._parts if part])
        parts = [part for _, part in self._parts if part]
        numbers = self._chance.choice(len(parts), self._settings.batch, p=shares / shares.sum())
        return [
            self._augmented(parts[number][self._chance.integers(len(parts[number]))])
            for number in numbers
        ]

    def _augmented(self, example: ReaderExample) -> ReaderExample:
        if self._chance.random() < self._settings.away and not example.of_article.all():
            example = _without_article(example)
        inputs = example.inputs
        hidden = self._chance.random(inputs.features.shape[1]) < self._settings.dropped
        augmented = replace(
            inputs,
            asked=self._hidden(inputs.asked),
            features=inputs.features * ~hidden,
            tokens=replace(inputs.tokens, rows=self._hidden(inputs.tokens.rows)),
        )
        return replace(example, inputs=augmented)

    def _hidden(self, rows: Int64Array) -> Int64Array:
        """Make random words unknown, so that the network relies on their context."""
        return np.where(self._chance.random(len(rows)) < self._settings.unknown, MARK, rows)


def _length(example: ReaderExample) -> int:
    return int(min((last - first + 1 for first, last in example.right.tolist()), default=0))


def _without_article(example: ReaderExample) -> ReaderExample:
    """Return the example without its article: no span is right then."""
    keep = ~example.of_article
    tokens = example.inputs.tokens
    kept = replace(
        tokens,
        rows=tokens.rows[keep],
        pieces=tokens.pieces[keep],
        starts=tokens.starts[keep],
        ends=tokens.ends[keep],
    )
    inputs = replace(example.inputs, tokens=kept, features=example.inputs.features[keep])
    return replace(
        example, inputs=inputs, right=example.right[:0], of_article=example.of_article[keep]
    )
