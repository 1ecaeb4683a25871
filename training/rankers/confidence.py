"""Stage 3: the network and the calibration curve of confidence."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from index.article import Span
from index.models.encoder import Vectors
from index.models.loading import bundled
from index.models.mlp import MLP
from index.settings import Settings
from index.text.analyzer import Analyzer
from index.text.sentences import sentences
from qa.evaluation.metrics import (
    auroc,
    calibration_error,
    reliability,
    risk_coverage,
    threshold_for,
)
from qa.evidence import confidence
from qa.evidence.confidence import FEATURES, features
from qa.evidence.entity_match import EntityMatcher
from qa.evidence.sentence_ranker import Evidence, SentenceRanker
from qa.reader.span_reader import SpanReader
from training.examples import FOLDS, Example
from training.rankers.asks import PRESENT, ReadAsk
from training.rankers.fit import FitSettings, fit_flags
from training.rankers.written import WRITTEN

NETWORK = confidence.WEIGHTS
CURVE = confidence.CURVE
SETTINGS = FitSettings(hidden=(12,), steps=2000, batch=256, rate=5e-3, decay=0.1, networks=8)
PRECISION = 0.9
_KNOTS = 40
_SEED = 7


@dataclass(frozen=True, slots=True)
class Ask:
    """An ask of a case: the network's features, and whether the answer is right."""

    example: Example
    case: str
    row: Vectors
    right: bool


def make(asks: Sequence[ReadAsk], analyzer: Analyzer) -> None:
    """Order the sentences by the ranker's weights, cross-validate, fit, write network and curve."""
    ranker = SentenceRanker.load(analyzer, SpanReader(bundled()))
    ordered = [_ordered(ask, ranker) for ask in asks]
    odds, right = cross_validate(ordered)
    _fitted(ordered).write(NETWORK)
    CURVE.write_text(json.dumps(curve(odds, right)) + "\n", encoding="utf-8")


def _ordered(ask: ReadAsk, ranker: SentenceRanker) -> Ask:
    entities = EntityMatcher(ask.question, ask.terms, ranker.names)
    ordered = ranker.ordered(ask.question, entities, ask.evidence)
    right = dict(zip(map(_place, ask.evidence), ask.right, strict=True))
    example = ask.example
    if example.group == WRITTEN:
        example = replace(example, group=f"{WRITTEN}, {ask.size}")
    row = features(ask.question, ask.terms, ordered)
    return Ask(example, ask.case, row, right[_place(ordered[0])])


def _place(evidence: Evidence) -> tuple[str, Span]:
    return evidence.passage.article_id, evidence.span


def _fitted(asks: Sequence[Ask]) -> MLP:
    rows, right = np.stack([ask.row for ask in asks]), np.array([ask.right for ask in asks])
    return fit_flags(rows, right, FEATURES, SETTINGS, _SEED)


def cross_validate(asks: Sequence[Ask]) -> tuple[Vectors, list[bool]]:
    """Print figures on fresh questions; return their log-odds and outcomes, for the curve."""
    fresh: list[Ask] = []
    odds: list[float] = []
    for fold in range(FOLDS):
        network = _fitted([ask for ask in asks if ask.example.fold != fold])
        own = [ask for ask in asks if ask.example.fold == fold]
        fresh += own
        odds += network(np.stack([ask.row for ask in own])).tolist()
    logits, right = np.array(odds, dtype=np.float32), [ask.right for ask in fresh]
    for group in dict.fromkeys(ask.example.group for ask in fresh):
        rows = [at for at, ask in enumerate(fresh) if ask.example.group == group]
        _print(group, rows, fresh, logits)
    same = [at for at, ask in enumerate(fresh) if ask.example.group in ("zh→zh", "en→en")]
    _print("within a language", same, fresh, logits)
    _print_default(fresh, logits)
    return logits, right


def _print(name: str, rows: Sequence[int], asks: Sequence[Ask], logits: Vectors) -> None:
    known, share = curve(logits, [ask.right for ask in asks]).values()
    sure = np.interp(logits[rows], known, share).tolist()
    right = [asks[at].right for at in rows]
    threshold = threshold_for(risk_coverage(sure, right), PRECISION)
    present = [asks[at].case == PRESENT for at in rows]
    answered = [s for s, p in zip(sure, present, strict=True) if p and s >= (threshold or 2)]
    lowest = "–" if threshold is None else f"{threshold:.3f}"
    print(
        f"confidence {name}: {len(rows)} asks, AUROC right {auroc(sure, right) or 0:.3f}, "
        f"article there {auroc(sure, present) or 0:.3f}, "
        f"calibration error {calibration_error(reliability(sure, right)):.3f}; "
        f"90% right from {lowest} on, which answers {len(answered) / sum(present):.3f}",
        flush=True,
    )
    for case in ("near miss", "silent", "none", "away"):
        wrong = [s for s, at in zip(sure, rows, strict=True) if asks[at].case == case]
        over = sum(s >= (threshold or 2) for s in wrong)
        print(f"  {case}: answered {over} of {len(wrong)}", flush=True)


def _print_default(asks: Sequence[Ask], logits: Vectors) -> None:
    """Print figures at the default threshold for Chinese questions that one sentence can answer.

    They are asked with their article, without it, or about another year or party.
    """
    known, share = curve(logits, [ask.right for ask in asks]).values()
    sure = np.interp(logits, known, share).tolist()
    default = float(Settings.model_fields["threshold"].default)
    rows = [
        at
        for at, ask in enumerate(asks)
        if ask.example.group == "zh→zh" and ask.case != "silent" and _in_a_sentence(ask.example)
    ]
    answered = [asks[at].right for at in rows if sure[at] >= default]
    present = [sure[at] >= default for at in rows if asks[at].case == PRESENT]
    print(
        f"at the default threshold {default}: {len(rows)} asks, answered {_share(present)} of "
        f"those with their article, right of all answered {_share(answered)}",
        flush=True,
    )


def _share(flags: Sequence[bool]) -> str:
    return f"{sum(flags) / len(flags):.3f}" if flags else "–"


def _in_a_sentence(example: Example) -> bool:
    answer = example.answer
    spans = sentences(example.context)
    return any(span.start <= answer.start and answer.end <= span.end for span in spans)


def curve(odds: Vectors, right: Sequence[bool]) -> dict[str, list[float]]:
    """Return the curve from log-odds to the share right, as a few points.

    It is the mean of an isotonic and a logistic one: the former alone has steps on which many
    answers would have one confidence.
    """
    isotonic = IsotonicRegression(y_min=0.001, y_max=0.999).fit(odds, right)
    logistic = LogisticRegression(C=1e3).fit(odds[:, np.newaxis], right)
    cuts = np.quantile(odds, np.linspace(0, 1, _KNOTS))
    # Smoothed between the middles of the quantiles, so that no two odds share a confidence.
    known = (cuts[:-1] + cuts[1:]) / 2
    share = (isotonic.predict(known) + logistic.predict_proba(known[:, np.newaxis])[:, 1]) / 2
    return {
        "odds": [round(float(value), 4) for value in known],
        "right": [round(float(value), 4) for value in share],
    }
