"""Calibrated confidence: the probability that the first citation contains the answer.

It depends on the first sentence, its distance to the others, and the question terms missing from
its context. A network gives log-odds, which a rising curve (isotonic regression: Zadrozny and
Elkan 2002, https://doi.org/10.1145/775047.775151) makes probabilities. Both were fitted on
questions of which half had no answer in the articles: the article was missing, or the question was
about another year or party (`training/rankers`).
"""

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.models.encoder import Vectors
from index.models.mlp import MLP
from index.search.query import QueryTerms
from index.text.folding import fold
from qa.answer_types import PATTERNS, SURE_AMOUNTS, AnswerType
from qa.entities.amounts import candidates
from qa.entities.distribution import share_of
from qa.evidence import evidence_signals
from qa.evidence.entity_match import is_of_a_part, is_of_another, states_another_attribute
from qa.evidence.evidence_signals import feature_row
from qa.evidence.sentence_ranker import Evidence
from qa.language import Language, is_han
from qa.question.understand import Question

FEATURES = (
    # of the first sentence
    *evidence_signals.FEATURES, "score", "across", "pattern", "words", "required_names",
    # the weight of the heaviest question term that its context lacks, and of the question word that
    # its passage covers least by meaning
    "unmet", "unlike",
    # of the others: those with the same value, and those with another one
    "share", "margin", "rival", "articles", "other_article",
    # of the collection: the logarithm of its number of passages
    "passages",
)  # fmt: skip
WEIGHTS = Path(__file__).with_name("confidence.json")
CURVE = Path(__file__).with_name("confidence-curve.json")
"""The weights and the curve that Yiju ships."""

_NO_OTHER = -10.0
_MOST_ARTICLES = 4
_LACKING = 0.12
"""Held-out precision if a money or percent question gets a sentence without any."""

_OF_ANOTHER = 0.03
"""Confidence of a sentence about another thing of the kind: 丙料场 instead of 乙料场."""

_OTHER_ATTRIBUTE = 0.4
"""Factor if the sentence states another attribute of the thing: its 转速 instead of its 风压."""

_OF_A_PART = 0.5
"""Factor if the sentence names only a part of what is asked about: one line of a railway."""

_NOT_COUNTED = 0.6
"""Factor if the context lacks the noun that the question counts: it may count another."""

_COUNTED = re.compile(
    r"(?:多少|几)[个只家座头匹棵株辆艘架台件本册份幅枚条](?P<han>[\u4e00-\u9fff]{2})"
    r"|\bhow many (?!people|times|years|of\b)(?P<latin>[a-z]{4,}?)(?:e?s)?\b"
)
_ASSIGNED = 0.9
"""Least confidence if a sentence distributes amounts and has all required entities."""

_UNMET_AT_MOST = 0.4
"""Weight share of the heaviest term that the context of an assigned amount may lack (钱)."""

_NO_MONEY = re.compile(
    "[人次户件台个座家]数|人口|面积|[长宽高深厚]度|重量|容量|产量|[几多]少?[个名位人次台件户]"
)
"""Counts and measures, which neither money nor a percentage answers."""


class Calibrator:
    """Estimates the confidence of evidence. Threads may share it."""

    def __init__(self, weights: Path = WEIGHTS, curve: Path = CURVE) -> None:
        """Load a network and its curve: log-odds, ascending, and the share right at each."""
        self._network = MLP.read(weights, FEATURES)
        points = json.loads(curve.read_text(encoding="utf-8"))
        self._odds: list[float] = points["odds"]
        self._right: list[float] = points["right"]

    def confidence(
        self, question: Question, terms: QueryTerms, evidence: Sequence[Evidence]
    ) -> float:
        """Return the probability that the first evidence contains the answer, 0 to 1.

        `evidence` has at least one sentence, likeliest first.
        """
        odds = self._network(features(question, terms, evidence)[np.newaxis])
        likely = float(np.interp(odds[0], self._odds, self._right))
        return _corrected(question, terms, evidence[0], likely)


def features(question: Question, terms: QueryTerms, evidence: Sequence[Evidence]) -> Vectors:
    """Return the network's input, shape `(len(FEATURES),)`."""
    first = evidence[0]
    scores = np.array([item.score for item in evidence])
    chances = np.exp(scores - scores.max())
    same = np.array([item is first or _agrees(item, first) for item in evidence])
    others = scores[~same]
    elsewhere = [
        item.signals.ranking.passage
        for item in evidence
        if item.passage.article_id != first.passage.article_id
    ]
    row = [
        *feature_row(first.signals),
        first.score,
        (question.language is Language.ENGLISH) == is_han(first.quote),
        question.answer_type in PATTERNS,
        len(terms.weights),
        len(question.required),
        terms.heaviest_missing(fold(first.context)),
        first.missing_weight,
        chances[same].sum() / chances.sum(),
        first.score - others.max() if len(others) else -_NO_OTHER,
        first.agreement.rival,
        min(first.agreement.articles, _MOST_ARTICLES),
        max(elsewhere, default=_NO_OTHER),
        math.log(max(terms.passages, 1)),
    ]
    return np.array(row, dtype=np.float32)


def _agrees(evidence: Evidence, first: Evidence) -> bool:
    value = first.agreement.value
    return value is not None and evidence.agreement.value == value


def _corrected(question: Question, terms: QueryTerms, first: Evidence, likely: float) -> float:
    """Apply the rules that override the network: an amount is missing, or surely assigned."""
    if is_of_another(question, first.passage, first.quote):
        return min(likely, _OF_ANOTHER)
    if states_another_attribute(question, first.passage, first.quote):
        likely *= _OTHER_ATTRIBUTE
    if is_of_a_part(question, first.quote):
        likely *= _OF_A_PART
    if question.answer_type in SURE_AMOUNTS and first.signals.answer_type.lacks:
        return min(likely, _LACKING)
    is_count = question.answer_type is AnswerType.NUMBER
    counted = _COUNTED.search(question.forms.folded) if is_count else None
    if counted and not terms.occurs(fold(first.context), counted["han"] or counted["latin"]):
        likely *= _NOT_COUNTED
    return max(likely, _ASSIGNED) if _is_assigned(question, terms, first) else likely


def _is_assigned(question: Question, terms: QueryTerms, first: Evidence) -> bool:
    """Return whether a sentence surely assigns an amount of the asked type to the asked party."""
    # Without required entities all are met.
    if not question.required or first.signals.entities.required < 1:
        return False
    share = share_of(first.quote, first.typed_spans, question.forms)
    if share is None or terms.heaviest_missing(fold(first.context)) > _UNMET_AT_MOST:
        return False
    if question.answer_type is not AnswerType.NUMBER or not _NO_MONEY.search(question.forms.folded):
        return True
    others = (AnswerType.MONEY, AnswerType.PERCENT)
    return not any(
        share.overlaps(span) for kind in others for span in candidates(kind, first.quote)
    )
