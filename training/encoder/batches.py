"""The texts of one training step: random rows of every family of pairs."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.arrays import Int64Array, Ragged
from training.encoder import config
from training.encoder.bags import dropped, load
from training.encoder.code_switching import CodeSwitcher
from training.encoder.hard_negatives import hard_negatives, same_rows
from training.encoder.initial_vectors import Mask

_NEGATIVES = 12
_NEAR, _FAR = 8, 40
"""English rows closer than the first may share a window, rows up to the second share a topic."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Named groups of texts, aligned row by row.

    `same` marks, for a group of windows, the rows that share a window: those are no negatives.
    """

    random: np.random.Generator
    texts: dict[str, Ragged] = field(default_factory=dict)
    same: dict[str, Mask] = field(default_factory=dict)


class Batches:
    """Draws the texts of a step, reproducibly by seed and step."""

    def __init__(
        self, folder: Path, switcher: CodeSwitcher, settings: config.Contrastive, seed: int
    ) -> None:
        self._columns = {path.stem: load(path) for path in sorted(folder.glob("*.npz"))}
        self._switcher = switcher
        self._settings = settings
        self._seed = seed
        paragraphs = self._columns["questions.paragraph"]
        self._owners, first = same_rows(paragraphs)
        self._negatives = hard_negatives(
            self._columns["questions.question"], paragraphs.take(first), self._owners, _NEGATIVES
        )
        self._rows_of = [np.flatnonzero(self._owners == owner) for owner in range(len(first))]
        self._windows = sum(name.startswith("questions.window") for name in self._columns)

    def draw(self, step: int) -> Draw:
        """Return all texts of a step."""
        drawn = Draw(np.random.default_rng([self._seed, step]))
        self._chinese_questions(drawn)
        self._english_questions(drawn)
        self._parallel(drawn)
        self._parts(drawn)
        return drawn

    def _chinese_questions(self, drawn: Draw) -> None:
        """Add questions, their windows, a hard negative each, and code-switched variants."""
        random = drawn.random
        rows = random.integers(len(self._owners), size=self._settings.questions)
        wrong = self._negatives[rows, random.integers(_NEGATIVES, size=len(rows))]
        others = np.array([random.choice(self._rows_of[owner]) for owner in wrong])
        self._add_questions(drawn, "questions", rows, others)
        drawn.same["questions.window"] = self._owners[rows, None] == self._owners[None, rows]

    def _english_questions(self, drawn: Draw) -> None:
        """Add the same in English; rows close to each other in the file share a topic."""
        random, count = drawn.random, len(self._columns["english.question"])
        rows = random.integers(count, size=self._settings.english)
        away = random.integers(_NEAR, _FAR, size=len(rows)) * random.choice([-1, 1], size=len(rows))
        inside = (rows + away >= 0) & (rows + away < count)
        self._add_questions(drawn, "english", rows, np.where(inside, rows + away, rows - away))
        drawn.same["english.window"] = np.abs(rows[:, None] - rows[None]) < _NEAR

    def _add_questions(
        self, drawn: Draw, family: str, rows: Int64Array, others: Int64Array
    ) -> None:
        window = f"{family}.window{drawn.random.integers(self._windows)}"
        for name, column in (("question", f"{family}.question"), ("window", window),
                             ("sentence", f"{family}.sentence")):  # fmt: skip
            drawn.texts[f"{family}.{name}"] = self._take(drawn, column, rows)
            self._add_switched(drawn, f"{family}.{name}")
        drawn.texts[f"{family}.other window"] = self._take(drawn, window, others)
        drawn.texts[f"{family}.other sentence"] = self._take(drawn, f"{family}.sentence", others)

    def _parallel(self, drawn: Draw) -> None:
        for family, size in (("bitext", self._settings.bitext), ("words", self._settings.words)):
            rows = self._random_rows(drawn, f"{family}.english", size)
            for side in (f"{family}.english", f"{family}.chinese"):
                drawn.texts[side] = self._take(drawn, side, rows)
        rows = self._random_rows(drawn, "documents.line", self._settings.documents)
        drawn.texts["documents.line"] = self._thinned(drawn, "documents.line", rows)
        drawn.texts["documents.around"] = self._take(drawn, "documents.around", rows)

    def _parts(self, drawn: Draw) -> None:
        rows = self._random_rows(drawn, "parts.sentence", self._settings.parts)
        drawn.texts["parts.sentence"] = self._thinned(drawn, "parts.sentence", rows)
        self._add_switched(drawn, "parts.sentence")
        for name in ("parts.window", "parts.rest"):
            drawn.texts[name] = self._take(drawn, name, rows)

    def _random_rows(self, drawn: Draw, name: str, size: int) -> Int64Array:
        return drawn.random.integers(len(self._columns[name]), size=size)

    def _take(self, drawn: Draw, name: str, rows: Int64Array) -> Ragged:
        return dropped(self._columns[name].take(rows), self._settings.dropout, drawn.random)

    def _thinned(self, drawn: Draw, name: str, rows: Int64Array) -> Ragged:
        """Take sentences as short as questions, by dropping tokens."""
        return dropped(self._columns[name].take(rows), self._settings.thinning, drawn.random)

    def _add_switched(self, drawn: Draw, name: str) -> None:
        """Add a code-switched variant: in half of the steps every word, else every second."""
        share = drawn.random.choice([0.5, 1.0])
        drawn.texts[f"{name} switched"] = self._switcher(drawn.texts[name], share, drawn.random)
