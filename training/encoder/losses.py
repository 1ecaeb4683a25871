"""What is pulled together, how hard, and what it is held apart from.

InfoNCE (van den Oord et al. 2018, https://arxiv.org/abs/1807.03748): among all right texts of a
batch, and some hard negatives, each left text shall find its own, and the other way round.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.encoder import config
from training.encoder.batches import Draw
from training.encoder.model import Batch, Late


@dataclass(frozen=True, slots=True)
class Pull:
    """Left texts to right ones, row by row, with what the left ones are also held apart from."""

    left: str
    right: str
    weight: float = 1.0
    apart: tuple[str, ...] = ()


_ELSEWHERE = ("parts.window", "documents.around")
"""Texts of other kinds than a question's own: statutes, abstracts, documentation."""


def _reading(family: str) -> list[Pull]:
    """Questions to windows and sentences, within a language and across."""
    question, window, sentence = (f"{family}.{name}" for name in ("question", "window", "sentence"))
    other_window, other_sentence = f"{family}.other window", f"{family}.other sentence"
    return [
        Pull(question, window, 1.0, (other_window, *_ELSEWHERE)),
        Pull(question, sentence, 0.5, (other_sentence,)),
        Pull(f"{question} switched", window, 1.0, (other_window, *_ELSEWHERE)),
        Pull(f"{question} switched", sentence, 0.5, (other_sentence,)),
        Pull(question, f"{window} switched"),
        Pull(question, f"{sentence} switched", 0.5),
    ]


PULLS = [
    *_reading("questions"),
    *_reading("english"),
    Pull("english.question switched", "english.window switched", 0.5),
    Pull("bitext.english", "bitext.chinese", 2.0),
    Pull("words.english", "words.chinese", 1.5),
    Pull("parts.sentence", "parts.window", 0.5),
    Pull("parts.sentence", "parts.rest", 0.25),
    Pull("parts.sentence switched", "parts.window", 0.25),
    Pull("documents.line", "documents.around", 0.5),
]
LATE = [
    Pull("questions.question", "questions.sentence", 1.0, ("questions.other sentence",)),
    Pull("questions.question switched", "questions.sentence", 1.0, ("questions.other sentence",)),
    Pull("english.question", "english.sentence", 1.0, ("english.other sentence",)),
    Pull("english.question switched", "english.sentence", 1.0, ("english.other sentence",)),
    Pull("english.question", "english.sentence switched"),
    Pull("bitext.english", "bitext.chinese"),
    Pull("bitext.chinese", "bitext.english"),
]
_LONGEST = (20, 48)
"""Tokens of a left and of a right text that late interaction looks at while training."""


def losses(batch: Batch, drawn: Draw, settings: config.Contrastive) -> dict[str, Tensor]:
    """The loss of every pull, weighted, by its name."""
    vectors = dict(zip(drawn.texts, batch.vectors, strict=True))
    found = {}
    for pull in PULLS:
        left, right = vectors[pull.left], vectors[pull.right]
        scores = left @ right.T
        apart = [left @ vectors[name].T * settings.scale for name in pull.apart]
        same = drawn.same.get(pull.right.removesuffix(" switched"))
        found[f"{pull.left} → {pull.right}"] = pull.weight * _nce(
            scores * settings.scale, apart, same
        )
    return found


def late_losses(batch: Batch, drawn: Draw, settings: config.Contrastive) -> dict[str, Tensor]:
    """The same for scores by late interaction, over the first rows: these are dear."""
    rows = np.arange(settings.late)
    names = {name for pull in LATE for name in (pull.left, pull.right, *pull.apart)}
    met = Late(batch, {name: drawn.texts[name].take(rows) for name in sorted(names)}, _LONGEST)
    found = {}
    for pull in LATE:
        scores = met(pull.left, pull.right) * settings.scale
        apart = [met(pull.left, name) * settings.scale for name in pull.apart]
        found[f"{pull.left} ⇉ {pull.right}"] = pull.weight * _nce(scores, apart, None)
    return found


def _nce(scores: Tensor, apart: list[Tensor], same: np.ndarray | None) -> Tensor:
    own = torch.arange(len(scores))
    if same is not None:
        others = torch.from_numpy(same) & ~torch.eye(len(scores), dtype=torch.bool)
        scores = scores.masked_fill(others, -1e4)
    return (
        cross_entropy(torch.cat([scores, *apart], dim=1), own) + cross_entropy(scores.T, own)
    ) / 2
