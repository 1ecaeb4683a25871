"""Ranks the candidates of both legs by their sentences, with a network trained for it.

Each sentence is told by how the words' index and the vectors rank its passage, and by how the
question is met in it, beside it and around it. The network adds to what the plain `prior` gives it,
and a passage has the sum of its sentences' (as probabilities). What the parts weigh is learned, as
a fixed weight of the words would drown questions in another language: `training/rankers` tells how.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    # its passage in the legs
    "dense", "in_dense", "lexical", "in_lexical", "lexical_of_best",
    # the vectors of the sentence: alone, with the next one, with the one before
    "cosine", "cosine_next", "cosine_before",
    # how well the question's words are met, by any word or by the same one
    "met", "met_next", "met_before", "met_passage",
    "same", "same_before", "same_passage", "met_cubed", "met_cubed_passage",
    # how well its most telling words are
    *_WORDS, *(f"{word}_passage" for word in _WORDS),
    # what else sentence and question are like
    "length", "opens", "sentences", "words", "new",
    # beside the other candidates
    "behind_in_passage", "same_best", "same_behind_best",
)  # fmt: skip
_PRIOR = 4.0
"""Log-odds a unit of the prior: of 0, 2, 4 and 8 the one that loses nothing within a language."""

_LEXICAL = 0.3
"""Weight of the lexical score in the prior, beside cosine and term coverage."""

_SAME = 0.985
"""The cosine from which on two words are the same one; half precision leaves no more than this."""


@dataclass(frozen=True, slots=True)
class CandidateLists:
    """What both legs found, and what the question's words could bring at most in the lexical one.

    BM25 is measured by that highest value, so that it weighs as much as it matched.
    """

    dense: Ranked
    lexical: Ranked
    highest: float

    @property
    def numbers(self) -> list[int]:
        """The candidates, each once."""
        return list(dict.fromkeys(number for number, _ in [*self.dense, *self.lexical]))


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of candidates as logits: of the sentences of each, and of each as a whole.

    Passage `i` has the sentences `firsts[i]:firsts[i + 1]`.
    """

    firsts: Int64Array
    sentences: Vectors
    passages: Vectors

    @property
    def probabilities(self) -> Vectors:
        """How likely each passage holds the answer, 0 to 1."""
        return sigmoid(self.passages)

    def moved(self, rows: Sequence[int], passages: Vectors) -> "Scored":
        """The same with other logits for some passages; their sentences move along."""
        whole, sentences = self.passages.copy(), self.sentences.copy()
        for row, logit in zip(rows, passages, strict=True):
            sentences[self.firsts[row] : self.firsts[row + 1]] += logit - whole[row]
            whole[row] = logit
        return Scored(self.firsts, sentences, whole)

    def of(self, row: int) -> tuple[float, ...]:
        """The logits of one passage's sentences."""
        return tuple(self.sentences[self.firsts[row] : self.firsts[row + 1]].tolist())


class PassageRanker:
    """A trained network that scores candidates by their sentences. Threads may share it."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        """Read the weights.

        Raises:
            ValueError: they were made for other features.
        """
        self._network = MLP.read(weights, FEATURES)

    def score(self, compared: SentenceScores, lists: CandidateLists) -> Scored:
        """Score the candidates `lists.numbers`, compared in the same order."""
        if not lists.numbers:
            none = np.zeros(0, dtype=np.float32)
            return Scored(compared.firsts, none, none)
        rows = features(compared, lists)
        sentences = self._network(rows) + prior(rows)
        passages = np.logaddexp.reduceat(sentences, compared.firsts[:-1])
        return Scored(compared.firsts, sentences, passages)


def features(compared: SentenceScores, legs: CandidateLists) -> Vectors:
    """What the network sees, shape `(sentences, len(FEATURES))`."""
    firsts, met = compared.firsts[:-1], compared.met
    counts = np.diff(compared.firsts)
    owners = np.repeat(np.arange(len(counts)), counts)
    places = np.arange(len(owners))
    before = np.maximum(places - 1, firsts[owners])
    following = np.minimum(places + 1, compared.firsts[owners + 1] - 1)
    same = (met > _SAME).astype(np.float32)
    weights = compared.weights
    whole = np.maximum.reduceat(met, firsts, axis=1)
    alone = weights @ met
    same_passage = weights @ np.maximum.reduceat(same, firsts, axis=1)
    telling = np.argsort(-weights)[: len(_WORDS)]
    columns = [
        *(column[owners] for column in _of_legs(legs)),
        compared.cosines[:, 0],
        compared.cosines[:, 1],
        compared.cosines[before, 1],
        alone,
        weights @ np.maximum(met, met[:, following]),
        weights @ np.maximum(met, met[:, before]),
        (weights @ whole)[owners],
        weights @ same,
        weights @ np.maximum(same, same[:, before]),
        same_passage[owners],
        weights @ met**3,
        (weights @ whole**3)[owners],
        *_padded(met[telling]),
        *_padded(whole[telling][:, owners]),
        np.log(compared.lengths),
        places == firsts[owners],
        np.log(counts)[owners],
        np.full(len(owners), len(weights)),
        1 - compared.repeated,
        alone - np.maximum.reduceat(alone, firsts)[owners],
        np.full(len(owners), same_passage.max(initial=0)),
        (same_passage - same_passage.max(initial=0))[owners],
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def prior(rows: Vectors) -> Vectors:
    """The log-odds from which the network starts, shape `(sentences,)`, told by hand.

    A sentence alone or with the next one, how much of the question its passage meets anywhere, and
    the words' index: within a language hard to beat, so the network learns only what to add.
    """
    columns = dict(zip(FEATURES, rows.T, strict=True))
    windows = window_scores(
        (columns["cosine"], columns["met"]), (columns["cosine_next"], columns["met_next"])
    )
    around = columns["met_passage"] + _LEXICAL * columns["lexical"]
    return np.asarray(_PRIOR * (windows + around), dtype=np.float32)


def _of_legs(legs: CandidateLists) -> list[Vectors]:
    """The columns of the legs, a value for each candidate.

    The cosines of the dense leg are standardised, as each model has a range of its own.
    """
    dense, lexical = dict(legs.dense), dict(legs.lexical)
    numbers = legs.numbers
    cosines = np.array(list(dense.values()) or [0.0])
    lowest = min(lexical.values(), default=0.0)
    most = max(lexical.values(), default=0.0) or 1.0
    spread = max(float(cosines.std()), 0.01)
    columns = [
        [(dense.get(number, cosines.min()) - cosines.mean()) / spread for number in numbers],
        [number in dense for number in numbers],
        [lexical.get(number, 0.0) / (legs.highest or 1.0) for number in numbers],
        [number in lexical for number in numbers],
        [lexical.get(number, lowest) / most for number in numbers],
    ]
    return [np.array(column, dtype=np.float32) for column in columns]


def _padded(rows: Vectors) -> list[Vectors]:
    """As many rows as there are telling words: the last one again where a question has fewer."""
    found = list(rows) or [np.zeros(rows.shape[1], dtype=np.float32)]
    return found + found[-1:] * (len(_WORDS) - len(found))


def ranks(leg: Ranked) -> Mapping[int, int]:
    """The rank of each passage of a leg, from 1."""
    return {number: rank for rank, (number, _) in enumerate(leg, 1)}
