"""Validation on held-out texts, to choose hyperparameters; the measuring sets are never used.

Chinese is CMRC 2018's trial part, English the first questions of the English set, in passages of
five sentences. Cross-lingual questions are code-switched by dictionary, which is easier than
translation: their figures show a trend only.
"""

from dataclasses import dataclass, replace
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
from training.encoder.code_switching import CodeSwitcher
from training.encoder.initial_vectors import Table

_PASSAGE_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class HeldOutSet:
    """Questions with the row of their passage, passages, and sentence windows with their owners."""

    questions: Ragged
    answers: Int64Array
    passages: Ragged
    windows: Ragged
    owners: Int64Array

    def recall(self, table: Table) -> tuple[float, float]:
        """Return recall@1 by one vector per passage, and by the cosine of its best sentence."""
        vectors = embed(table, self.questions)
        whole = vectors @ embed(table, self.passages).T
        firsts = np.searchsorted(self.owners, np.arange(len(self.passages)))
        best = np.maximum.reduceat(vectors @ embed(table, self.windows).T, firsts, axis=1)
        by_vector, by_sentence = (
            float((scores.argmax(axis=1) == self.answers).mean()) for scores in (whole, best)
        )
        return by_vector, by_sentence


class Validation:
    """The held-out sets within and across languages, on which a table is scored."""

    def __init__(self, data: Path, work: Path, switch: CodeSwitcher) -> None:
        tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
        random = np.random.default_rng(0)
        chinese, english = _chinese(data, tokenizer), _english(data, tokenizer)
        passages = switch(english.passages, 1.0, random)
        windows = switch(english.windows, 1.0, random)
        self._sets = {
            "zh→zh": chinese,
            "zh switched→zh": _with_questions(chinese, switch(chinese.questions, 1.0, random)),
            "en→en": english,
            "en switched→en": _with_questions(english, switch(english.questions, 1.0, random)),
            "en→en switched": HeldOutSet(
                english.questions, english.answers, passages, windows, english.owners
            ),
        }

    def __call__(self, table: Table) -> str:
        """Format every set's recall@1 by one vector / by best sentence, and the means."""
        recalls = {name: held_out.recall(table) for name, held_out in self._sets.items()}
        means = np.mean(list(recalls.values()), axis=0)
        parts = (f"{name} {whole:.3f} / {best:.3f}" for name, (whole, best) in recalls.items())
        return f"held out: mean {means[0]:.4f} / {means[1]:.4f}; {'; '.join(parts)}"


def embed(table: Table, texts: Ragged) -> Vectors:
    """Return the unit vectors of texts, shape `(texts, dim)`."""
    counts = np.ones(len(texts.values), dtype=np.float32)
    matrix = csr_matrix((counts, texts.values, texts.starts), shape=(len(texts), len(table)))
    return units(matrix @ table)


def _chinese(data: Path, tokenizer: Tokenizer) -> HeldOutSet:
    items = list(sources.questions(data, sources.HELD_OUT))
    paragraphs = {text: row for row, text in enumerate(dict.fromkeys(q.paragraph for q in items))}
    cut = [[span.of(text) for span in sentences(text)] for text in paragraphs]
    answers = np.array([paragraphs[item.paragraph] for item in items])
    return _held_out([q.question for q in items], answers, list(paragraphs), cut, tokenizer)


def _english(data: Path, tokenizer: Tokenizer) -> HeldOutSet:
    pairs = list(sources.english_questions(data))[: sources.ENGLISH_HELD_OUT]
    order = {text: row for row, text in enumerate(dict.fromkeys(text for text, _ in pairs))}
    lines = list(order)
    cut = [lines[at : at + _PASSAGE_SENTENCES] for at in range(0, len(lines), _PASSAGE_SENTENCES)]
    answers = np.array([order[text] // _PASSAGE_SENTENCES for text, _ in pairs])
    passages = [" ".join(part) for part in cut]
    return _held_out([q for _, q in pairs], answers, passages, cut, tokenizer)


def _held_out(
    questions: list[str],
    answers: Int64Array,
    passages: list[str],
    cut: list[list[str]],
    tokenizer: Tokenizer,
) -> HeldOutSet:
    windows = [" ".join(part[i : i + n]) for part in cut for i in range(len(part)) for n in (1, 2)]
    owners = np.repeat(np.arange(len(cut)), [2 * len(part) for part in cut])
    return HeldOutSet(
        bags(questions, tokenizer),
        answers,
        bags(passages, tokenizer),
        bags(windows, tokenizer),
        owners,
    )


def _with_questions(held_out: HeldOutSet, questions: Ragged) -> HeldOutSet:
    return replace(held_out, questions=questions)
