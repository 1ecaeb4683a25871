"""Figures that choose between recipes, on texts that are held out of training, never on measures.

Chinese is CMRC 2018's trial part, English the first questions of the English set, where each five
sentences make a passage. What crosses the languages has its words switched by the dictionary:
easier than a translation, and so a trend, not a measure.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from index.arrays import Int64Array, Ragged
from index.models.encoder import Vectors
from index.models.static import units
from index.text.sentences import sentences
from training import sources
from training.encoder.bags import bags
from training.encoder.code_switching import Switch
from training.encoder.initial_vectors import Table

_TOGETHER = 5


@dataclass(frozen=True, slots=True)
class Held:
    """Questions with the row of their passage, passages, and their windows with their owners."""

    questions: Ragged
    answers: Int64Array
    passages: Ragged
    windows: Ragged
    owners: Int64Array

    def recall(self, table: Table) -> tuple[float, float]:
        """Recall@1 by one vector a passage, and by the cosine of its best sentence."""
        asked = embed(table, self.questions)
        whole = asked @ embed(table, self.passages).T
        firsts = np.searchsorted(self.owners, np.arange(len(self.passages)))
        best = np.maximum.reduceat(asked @ embed(table, self.windows).T, firsts, axis=1)
        one, other = (
            float((scores.argmax(axis=1) == self.answers).mean()) for scores in (whole, best)
        )
        return one, other


class Validation:
    """Tells how good a table is."""

    def __init__(self, data: Path, work: Path, switch: Switch) -> None:
        tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
        random = np.random.default_rng(0)
        chinese, english = _chinese(data, tokenizer), _english(data, tokenizer)
        passages = switch(english.passages, 1.0, random)
        windows = switch(english.windows, 1.0, random)
        self._sets = {
            "zh→zh": chinese,
            "zh switched→zh": _asked(chinese, switch(chinese.questions, 1.0, random)),
            "en→en": english,
            "en switched→en": _asked(english, switch(english.questions, 1.0, random)),
            "en→en switched": Held(
                english.questions, english.answers, passages, windows, english.owners
            ),
        }

    def __call__(self, table: Table) -> str:
        """Recall@1 by one vector / by best sentence of every set, and the means."""
        found = {name: held.recall(table) for name, held in self._sets.items()}
        means = np.mean(list(found.values()), axis=0)
        told = (f"{name} {one:.3f} / {best:.3f}" for name, (one, best) in found.items())
        return f"held out: mean {means[0]:.4f} / {means[1]:.4f}; {'; '.join(told)}"


def embed(table: Table, texts: Ragged) -> Vectors:
    """Unit vectors of texts, shape `(texts, dim)`."""
    ones = np.ones(len(texts.values), dtype=np.float32)
    matrix = csr_matrix((ones, texts.values, texts.starts), shape=(len(texts), len(table)))
    return units(matrix @ table)


def _chinese(data: Path, tokenizer: Tokenizer) -> Held:
    asked = list(sources.questions(data, sources.HELD_OUT))
    paragraphs = {text: row for row, text in enumerate(dict.fromkeys(q.paragraph for q in asked))}
    cut = [[span.of(text) for span in sentences(text)] for text in paragraphs]
    answers = np.array([paragraphs[question.paragraph] for question in asked])
    return _held([q.question for q in asked], answers, list(paragraphs), cut, tokenizer)


def _english(data: Path, tokenizer: Tokenizer) -> Held:
    pairs = list(sources.english_questions(data))[: sources.ENGLISH_HELD_OUT]
    order = {text: row for row, text in enumerate(dict.fromkeys(text for text, _ in pairs))}
    lines = list(order)
    cut = [lines[at : at + _TOGETHER] for at in range(0, len(lines), _TOGETHER)]
    answers = np.array([order[text] // _TOGETHER for text, _ in pairs])
    return _held([q for _, q in pairs], answers, [" ".join(part) for part in cut], cut, tokenizer)


def _held(
    questions: list[str],
    answers: Int64Array,
    passages: list[str],
    cut: list[list[str]],
    tokenizer: Tokenizer,
) -> Held:
    windows = [" ".join(part[i : i + n]) for part in cut for i in range(len(part)) for n in (1, 2)]
    owners = np.repeat(np.arange(len(cut)), [2 * len(part) for part in cut])
    texts = (bags(group, tokenizer) for group in (questions, passages, windows))
    asked, whole, parts = texts
    return Held(asked, answers, whole, parts, owners)


def _asked(held: Held, questions: Ragged) -> Held:
    return Held(questions, held.answers, held.passages, held.windows, held.owners)
