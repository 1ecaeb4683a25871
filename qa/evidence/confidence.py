"""How sure an answer is: the probability that the first citation holds it.

Told by the first sentence, by how far the next ones are behind it, and by what of the question is
nowhere around it. A network gives log-odds, which a rising curve (isotonic regression: Zadrozny and
Elkan 2002, https://doi.org/10.1145/775047.775151) makes probabilities. Both were fitted where half
of the questions had no answer in the articles: because its article was away, or because it asked
of another year or party (`training/rankers`).
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from index.models.encoder import Vectors
from index.models.mlp import MLP
from index.search.query import QueryTerms
from index.text.folding import fold
from qa.answer_types import PATTERNS, SURE_AMOUNTS, AnswerType
from qa.entities.distribution import share_of
from qa.evidence import sentence_ranker as reading
from qa.evidence.sentence_ranker import Evidence
from qa.language import Language, is_han
from qa.question.understand import Question

FEATURES = (
    # of the first sentence
    *reading.FEATURES, "score", "across", "pattern", "words", "required_names",
    # how much of the question the most telling word is that is nowhere around it, and the one that
    # nothing around it comes near in meaning
    "unmet", "unlike",
    # of the others
    "share", "margin", "other_article",
)  # fmt: skip
_NO_OTHER = -10.0
_LACKING = 0.12
"""Of fresh training questions for money or a share so many are right by a sentence without one."""

_NOT_COUNTED = 0.6
"""Where nothing around the sentence is called what the question counts, it may count another."""

_COUNTED = re.compile(
    r"(?:多少|几)[个只家座头匹棵株辆艘架台件本册份幅枚条](?P<han>[\u4e00-\u9fff]{2})"
    r"|\bhow many (?!people|times|years|of\b)(?P<latin>[a-z]{4,}?)(?:e?s)?\b"
)
_ASSIGNED = 0.9
"""Where a sentence distributes amounts and all that the question names is in it, its party too."""

_CURVE = Path(__file__).with_name("confidence-curve.json")
_NETWORK = Path(__file__).with_name("confidence.json")


def confidence(question: Question, terms: QueryTerms, evidence: Sequence[Evidence]) -> float:
    """The probability that the first evidence holds the answer, 0 to 1.

    Args:
        question: As it was understood.
        terms: Its terms.
        evidence: The sentences that were read, the likeliest first, at least one.
    """
    odds = _network()(features(question, terms, evidence)[np.newaxis])
    known, right = _curve()
    return _ruled(question, terms, evidence[0], float(np.interp(odds[0], known, right)))


def _ruled(question: Question, terms: QueryTerms, first: Evidence, likely: float) -> float:
    """What rules know better: an amount that is not there, and one that the sentence assigns."""
    if question.answer_type in SURE_AMOUNTS and first.features["lacks"]:
        return min(likely, _LACKING)
    counted = (
        _COUNTED.search(fold(question.text)) if question.answer_type is AnswerType.NUMBER else None
    )
    if counted and not terms.held(fold(first.context), counted["han"] or counted["latin"]):
        likely *= _NOT_COUNTED
    typed = [span for span, _ in first.typed]
    if first.features["required"] == 1 and share_of(first.quote, typed, question.text):
        return max(likely, _ASSIGNED)
    return likely


def features(question: Question, terms: QueryTerms, evidence: Sequence[Evidence]) -> Vectors:
    """What the network sees, shape `(len(FEATURES),)`."""
    first = evidence[0]
    scores = np.array([one.score for one in evidence])
    chances = np.exp(scores - scores.max())
    elsewhere = [
        one.features["passage"]
        for one in evidence
        if one.passage.article_id != first.passage.article_id
    ]
    row = [
        *(first.features[name] for name in reading.FEATURES),
        first.score,
        (question.language is Language.ENGLISH) == is_han(first.quote),
        question.answer_type in PATTERNS,
        len(terms.weights),
        len(question.required),
        terms.missing(fold(first.context)),
        first.unmet,
        chances[0] / chances.sum(),
        first.score - evidence[1].score if len(evidence) > 1 else -_NO_OTHER,
        max(elsewhere, default=_NO_OTHER),
    ]
    return np.array(row, dtype=np.float32)


@cache
def _network() -> MLP:
    return MLP.read(_NETWORK, FEATURES)


@cache
def _curve() -> tuple[list[float], list[float]]:
    """Log-odds, ascending, and the share right at each."""
    told = json.loads(_CURVE.read_text(encoding="utf-8"))
    return told["odds"], told["right"]
