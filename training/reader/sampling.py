"""Draws lessons, each time a little different."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from index.arrays import Int64Array
from qa.reader.tokens import MARK
from training.reader.examples import Lesson

_SHORT = 4  # words


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the reader is trained.

    `groups` tells how much of a batch each direction has; in each, half of the lessons have an
    answer of few words, as one of the sets gives long ones. `away` is the share of lessons whose
    article is taken out, `dropped` that of features that are hidden from a lesson, and `unknown`
    that of words whose vectors are. `common` words have a vector of their own beside the encoder's.
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
    """Draws lessons by direction and length of the answer."""

    def __init__(self, lessons: Sequence[Lesson], recipe: Recipe) -> None:
        self._recipe = recipe
        self._parts: list[tuple[float, list[Lesson]]] = []
        for group, share in recipe.groups.items():
            own = [one for one in lessons if one.example.group == group]
            short = [one for one in own if not one.weak and _length(one) <= _SHORT]
            other = [one for one in own if one.weak or _length(one) > _SHORT]
            self._parts += [(share / 2, short), (share / 2, other)]

    def draw(self, step: int) -> list[Lesson]:
        """The lessons of one step, the same ones whenever it is drawn."""
        self._chance = np.random.default_rng((self._recipe.seed, step))
        shares = np.array([share for share, part in self._parts if part])
        parts = [part for _, part in self._parts if part]
        chosen = self._chance.choice(len(parts), self._recipe.batch, p=shares / shares.sum())
        return [self._varied(parts[at][self._chance.integers(len(parts[at]))]) for at in chosen]

    def _varied(self, one: Lesson) -> Lesson:
        if self._chance.random() < self._recipe.away and not one.own.all():
            one = _without_own(one)
        hidden = self._chance.random(one.told.features.shape[1]) < self._recipe.dropped
        told = replace(
            one.told,
            asked=self._hidden(one.told.asked),
            features=one.told.features * ~hidden,
            words=replace(one.told.words, rows=self._hidden(one.told.words.rows)),
        )
        return replace(one, told=told)

    def _hidden(self, rows: Int64Array) -> Int64Array:
        """Some words made unknown: what is not memorised is told by what is around it."""
        return np.where(self._chance.random(len(rows)) < self._recipe.unknown, MARK, rows)


def _length(one: Lesson) -> int:
    return int(min((last - first + 1 for first, last in one.right.tolist()), default=0))


def _without_own(one: Lesson) -> Lesson:
    """The lesson less its article: nothing in it is right."""
    keep = ~one.own
    words = one.told.words
    kept = replace(
        words,
        rows=words.rows[keep],
        pieces=words.pieces[keep],
        starts=words.starts[keep],
        ends=words.ends[keep],
    )
    told = replace(one.told, words=kept, features=one.told.features[keep])
    return replace(one, told=told, right=one.right[:0], own=one.own[keep])
