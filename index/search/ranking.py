"""Fusion: rank the candidates of dense and lexical retrieval by their sentences.

The features of a sentence are the scores of its passage in both lists, and how the sentence, its
neighbours and its passage cover the question. A network adds to a hand-made `prior`; the score of a
passage is the sum of its sentences' (as probabilities). The weights are learned, because a fixed
weight of lexical retrieval would drown questions in another language: see `training/rankers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index.arrays import Int64Array
from index.models.encoder import Vectors
from index.models.mlp import MLP, sigmoid
from index.search.late_interaction import SentenceScores, window_scores

WEIGHTS = Path(__file__).with_name("ranking.json")

Ranked = Sequence[tuple[int, float]]
"""Passage numbers with scores, best first."""

_WORDS = ("first_word", "second_word", "third_word")
FEATURES = (
    # the scores of its passage in both lists
    "dense", "in_dense", "lexical", "in_lexical", "lexical_of_best",
    # the vector of the sentence: alone, with the next sentence, with the previous sentence
    "cosine", "cosine_next", "cosine_before",
    # coverage of the question's tokens: by any token, by the same token
    "met", "met_next", "met_before", "met_passage",
    "same", "same_before", "same_passage", "met_cubed", "met_cubed_passage",
    # coverage of the question's three heaviest tokens
    *_WORDS, *(f"{word}_passage" for word in _WORDS),
    # shape of sentence and question
    "length", "opens", "sentences", "words", "new",
    # compared with the other sentences and candidates
    "behind_in_passage", "same_best", "same_behind_best",
)  # fmt: skip
_PRIOR_SCALE = 4.0
"""Log-odds per unit of the prior: of 0, 2, 4 and 8, only 4 loses nothing within a language."""

_LEXICAL_WEIGHT = 0.3
"""Weight of the lexical score in the prior, beside cosine and term coverage."""

_MIN_EQUAL_COSINE = 0.985
"""Least cosine of equal tokens: half precision leaves no more."""


@dataclass(frozen=True)
class CandidateLists:
    """The candidates of dense and lexical retrieval.

    `highest` is the sum of the weights of the query's terms. Lexical scores are divided by it, so
    that they count by the share of the question that they match.
    """

    dense: Ranked
    lexical: Ranked
    highest: float

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the candidates, each once."""
        return list(dict.fromkeys(number for number, _ in [*self.dense, *self.lexical]))


@dataclass(frozen=True, slots=True)
class CandidateScores:
    """Scores of candidates and of their sentences, as logits.

    Passage `i` has the sentences `firsts[i]:firsts[i + 1]`.
    """

    firsts: Int64Array
    sentences: Vectors
    passages: Vectors

    @property
    def probabilities(self) -> Vectors:
        """The probability of each passage to answer, 0 to 1."""
        return sigmoid(self.passages)

    def with_passage_logits(self, rows: Sequence[int], logits: Vectors) -> "CandidateScores":
        """Replace the logits of some passages; shift their sentences by the difference."""
        passages, sentences = self.passages.copy(), self.sentences.copy()
        for row, logit in zip(rows, logits, strict=True):
            sentences[self.firsts[row] : self.firsts[row + 1]] += logit - passages[row]
            passages[row] = logit
        return CandidateScores(self.firsts, sentences, passages)

    def of(self, row: int) -> tuple[float, ...]:
        """Return the logits of a passage's sentences."""
        return tuple(self.sentences[self.firsts[row] : self.firsts[row + 1]].tolist())


class PassageRanker:
    """A trained network that scores candidates by their sentences. Threads may share it."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Take the path of the weights, which are read when first used.

        So the searchers over which training collects candidates rank by the weights that it then
        writes.
        """
        self._weights = weights

    @cached_property
    def _network(self) -> MLP:
        return MLP.read(self._weights, FEATURES)

    def load(self) -> None:
        """Read the weights now.

        Raises:
            ValueError: they were made for other features.
        """
        _ = self._network

    def score(self, compared: SentenceScores, lists: CandidateLists) -> CandidateScores:
        """Score the candidates `lists.numbers`, compared in the same order."""
        if not lists.numbers:
            none = np.zeros(0, dtype=np.float32)
            return CandidateScores(compared.firsts, none, none)
        rows = features(compared, lists)
        sentences = self._network(rows) + prior(rows)
        passages = np.logaddexp.reduceat(sentences, compared.firsts[:-1])
        return CandidateScores(compared.firsts, sentences, passages)


def features(compared: SentenceScores, lists: CandidateLists) -> Vectors:
    """Return the network's inputs, shape `(sentences, len(FEATURES))`."""
    firsts, maxsim = compared.firsts[:-1], compared.maxsim
    counts = np.diff(compared.firsts)
    owners = np.repeat(np.arange(len(counts)), counts)
    rows = np.arange(len(owners))
    before = np.maximum(rows - 1, firsts[owners])
    following = np.minimum(rows + 1, compared.firsts[owners + 1] - 1)
    same = (maxsim > _MIN_EQUAL_COSINE).astype(np.float32)
    weights = compared.weights
    whole = np.maximum.reduceat(maxsim, firsts, axis=1)
    alone = weights @ maxsim
    same_passage = weights @ np.maximum.reduceat(same, firsts, axis=1)
    heaviest = np.argsort(-weights)[: len(_WORDS)]
    columns = [
        *(column[owners] for column in _retrieval_columns(lists)),
        compared.cosines[:, 0],
        compared.cosines[:, 1],
        compared.cosines[before, 1],
        alone,
        weights @ np.maximum(maxsim, maxsim[:, following]),
        weights @ np.maximum(maxsim, maxsim[:, before]),
        (weights @ whole)[owners],
        weights @ same,
        weights @ np.maximum(same, same[:, before]),
        same_passage[owners],
        weights @ maxsim**3,
        (weights @ whole**3)[owners],
        *_padded(maxsim[heaviest]),
        *_padded(whole[heaviest][:, owners]),
        np.log(compared.lengths),
        rows == firsts[owners],
        np.log(counts)[owners],
        np.full(len(owners), len(weights)),
        1 - compared.overlap,
        alone - np.maximum.reduceat(alone, firsts)[owners],
        np.full(len(owners), same_passage.max(initial=0)),
        (same_passage - same_passage.max(initial=0))[owners],
    ]
    return np.array(columns, dtype=np.float32).T


def prior(rows: Vectors) -> Vectors:
    """Return the hand-made log-odds to which the network adds, shape `(sentences,)`.

    They are the sum of the sentence's better window, the coverage of the question by its passage,
    and the lexical score: hard to beat within a language.
    """
    columns = dict(zip(FEATURES, rows.T, strict=True))
    windows = window_scores(
        (columns["cosine"], columns["met"]), (columns["cosine_next"], columns["met_next"])
    )
    around = columns["met_passage"] + _LEXICAL_WEIGHT * columns["lexical"]
    return np.asarray(_PRIOR_SCALE * (windows + around), dtype=np.float32)


def _retrieval_columns(lists: CandidateLists) -> list[Vectors]:
    """Return the features of retrieval, a value for each candidate.

    Cosines are standardised, as each encoder has a range of its own.
    """
    dense, lexical = dict(lists.dense), dict(lists.lexical)
    numbers = lists.numbers
    cosines = np.array(list(dense.values()) or [0.0])
    lowest = min(lexical.values(), default=0.0)
    most = max(lexical.values(), default=0.0) or 1.0
    lowest_cosine, mean = float(cosines.min()), float(cosines.mean())
    deviation = max(float(cosines.std()), 0.01)
    columns = [
        [(dense.get(number, lowest_cosine) - mean) / deviation for number in numbers],
        [number in dense for number in numbers],
        [lexical.get(number, 0.0) / (lists.highest or 1.0) for number in numbers],
        [number in lexical for number in numbers],
        [lexical.get(number, lowest) / most for number in numbers],
    ]
    return [np.array(column, dtype=np.float32) for column in columns]


def _padded(rows: Vectors) -> list[Vectors]:
    """Return three rows: the last one is repeated if a question has fewer tokens."""
    padded = list(rows) or [np.zeros(rows.shape[1], dtype=np.float32)]
    return padded + padded[-1:] * (len(_WORDS) - len(padded))


def ranks(ranked: Ranked) -> Mapping[int, int]:
    """Return the rank of each passage, from 1.

    >>> ranks([(7, 0.9), (3, 0.1)])
    {7: 1, 3: 2}
    """
    return {number: rank for rank, (number, _) in enumerate(ranked, 1)}
