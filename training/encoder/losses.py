"""The contrastive objectives and their losses.

InfoNCE (van den Oord et al. 2018, https://arxiv.org/abs/1807.03748): each left text must find its
own right text among those of the batch and some hard negatives, and vice versa.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.encoder import config
from training.encoder.batches import Draw
from training.encoder.model import Batch, LateInteractionScorer


@dataclass(frozen=True, slots=True)
class Objective:
    """Two groups of texts aligned row by row, and the groups of additional negatives."""

    left: str
    right: str
    weight: float = 1.0
    negatives: tuple[str, ...] = ()


_ELSEWHERE = ("parts.window", "documents.around")
"""Texts of other genres than a question's own: statutes, abstracts, documentation."""


def _reading(family: str) -> list[Objective]:
    """Return the objectives of questions with windows and sentences, also across languages."""
    question, window, sentence = (f"{family}.{name}" for name in ("question", "window", "sentence"))
    other_window, other_sentence = f"{family}.other window", f"{family}.other sentence"
    return [
        Objective(question, window, 1.0, (other_window, *_ELSEWHERE)),
        Objective(question, sentence, 0.5, (other_sentence,)),
        Objective(f"{question} switched", window, 1.0, (other_window, *_ELSEWHERE)),
        Objective(f"{question} switched", sentence, 0.5, (other_sentence,)),
        Objective(question, f"{window} switched"),
        Objective(question, f"{sentence} switched", 0.5),
    ]


OBJECTIVES = [
    *_reading("questions"),
    *_reading("english"),
    Objective("english.question switched", "english.window switched", 0.5),
    Objective("bitext.english", "bitext.chinese", 2.0),
    Objective("words.english", "words.chinese", 1.5),
    Objective("parts.sentence", "parts.window", 0.5),
    Objective("parts.sentence", "parts.rest", 0.25),
    Objective("parts.sentence switched", "parts.window", 0.25),
    Objective("documents.line", "documents.around", 0.5),
]
LATE_OBJECTIVES = [
    Objective("questions.question", "questions.sentence", 1.0, ("questions.other sentence",)),
    Objective(
        "questions.question switched", "questions.sentence", 1.0, ("questions.other sentence",)
    ),
    Objective("english.question", "english.sentence", 1.0, ("english.other sentence",)),
    Objective("english.question switched", "english.sentence", 1.0, ("english.other sentence",)),
    Objective("english.question", "english.sentence switched"),
    Objective("bitext.english", "bitext.chinese"),
    Objective("bitext.chinese", "bitext.english"),
]
_LONGEST = (20, 48)
"""Tokens of a left and of a right text that count in late interaction during training."""


def losses(batch: Batch, drawn: Draw, settings: config.Contrastive) -> dict[str, Tensor]:
    """Return the weighted loss of every objective, by name."""
    vectors = dict(zip(drawn.texts, batch.vectors, strict=True))
    by_name = {}
    for goal in OBJECTIVES:
        left, right = vectors[goal.left], vectors[goal.right]
        scores = left @ right.T * settings.scale
        negatives = [left @ vectors[name].T * settings.scale for name in goal.negatives]
        same = drawn.same.get(goal.right.removesuffix(" switched"))
        by_name[f"{goal.left} → {goal.right}"] = goal.weight * _info_nce(scores, negatives, same)
    return by_name


def late_losses(batch: Batch, drawn: Draw, settings: config.Contrastive) -> dict[str, Tensor]:
    """Return the losses with scores by late interaction, over the first rows: they are costly."""
    rows = np.arange(settings.late)
    names = {name for goal in LATE_OBJECTIVES for name in (goal.left, goal.right, *goal.negatives)}
    texts = {name: drawn.texts[name].take(rows) for name in sorted(names)}
    scorer = LateInteractionScorer(batch, texts, _LONGEST)
    by_name = {}
    for goal in LATE_OBJECTIVES:
        scores = scorer(goal.left, goal.right) * settings.scale
        negatives = [scorer(goal.left, name) * settings.scale for name in goal.negatives]
        by_name[f"{goal.left} ⇉ {goal.right}"] = goal.weight * _info_nce(scores, negatives, None)
    return by_name


def _info_nce(scores: Tensor, negatives: list[Tensor], same: np.ndarray | None) -> Tensor:
    """Return the symmetric InfoNCE loss; pairs marked `same` are not taken as negatives."""
    own = torch.arange(len(scores))
    if same is not None:
        others = torch.from_numpy(same) & ~torch.eye(len(scores), dtype=torch.bool)
        scores = scores.masked_fill(others, -1e4)
    return (
        cross_entropy(torch.cat([scores, *negatives], dim=1), own) + cross_entropy(scores.T, own)
    ) / 2
