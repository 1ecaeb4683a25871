"""Trains the reader: one softmax over all spans of all that is read, and having none.

Sharing the softmax among passages makes their scores comparable (Clark and Gardner 2018,
https://arxiv.org/abs/1710.10723).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from index.ragged import Places
from qa.spans.network import BUCKETS
from qa.spans.tokens import MARK
from training.reading.batches import Batches, right_spans
from training.reading.lessons import Lesson
from training.reading.network import FAR, Batch, SpanNetwork, span_scores

_SHORT = 4  # words


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the reader is trained.

    `groups` tells how much of a batch each direction has; in each, half of the lessons have an
    answer of few words, as one of the sets gives long ones. `away` is the share of lessons whose
    article is taken out, `dropped` that of features that are hidden from a lesson, and `unknown`
    that of words whose vectors are.
    """

    groups: dict[str, float]
    width: int = 96
    dropout: float = 0.3
    steps: int = 3000
    batch: int = 48
    rate: float = 2e-3
    decay: float = 0.01
    away: float = 0.1
    dropped: float = 0.1
    unknown: float = 0.08
    averaged: float = 0.998


class Sampler:
    """Draws lessons by direction and length of the answer."""

    def __init__(self, lessons: Sequence[Lesson], recipe: Recipe, seed: int) -> None:
        self._recipe = recipe
        self._chance = np.random.default_rng(seed)
        self._parts: list[tuple[float, list[Lesson]]] = []
        for group, share in recipe.groups.items():
            own = [one for one in lessons if one.example.group == group]
            short = [one for one in own if not one.weak and _length(one) <= _SHORT]
            other = [one for one in own if one.weak or _length(one) > _SHORT]
            self._parts += [(share / 2, short), (share / 2, other)]

    def draw(self) -> list[Lesson]:
        """The lessons of one step."""
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

    def _hidden(self, rows: Places) -> Places:
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


def loss(network: SpanNetwork, batches: Batches, lessons: Sequence[Lesson]) -> Tensor:
    """How unlikely what is right is, a mean over lessons."""
    batch, pieces = batches(lessons)
    scores, none = _scores(network, batch, pieces)
    right = right_spans(lessons, pieces.shape[1]).flatten(1) & (scores > FAR / 2)
    nothing = ~right.any(1)
    every = torch.logsumexp(torch.cat([scores, none[:, None]], 1), 1)
    good = torch.logsumexp(scores.masked_fill(~right, FAR), 1)
    return (every - torch.where(nothing, none, good)).mean()


def _scores(network: SpanNetwork, batch: Batch, pieces: Tensor) -> tuple[Tensor, Tensor]:
    words, lengths, none = network(batch)
    spans = span_scores(words, lengths, pieces, torch.tensor(BUCKETS))
    return spans.flatten(1), none
