"""Stage 2: the network that ranks the sentences that may answer."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from index.models.encoder import Vectors
from qa.evidence import sentence_ranker
from qa.evidence.evidence_signals import FEATURES, feature_row
from qa.evidence.sentence_ranker import Evidence
from training.examples import FOLDS
from training.rankers.asks import PRESENT, ReadAsk
from training.rankers.fit import CandidateList, FitSettings, fit_lists

FILE = sentence_ranker.WEIGHTS
SETTINGS = FitSettings(group_weight=0.0)
_SEED = 7


def make(asks: Sequence[ReadAsk]) -> None:
    """Cross-validate on the asks that have an answer, fit on all of them, write the weights."""
    answerable = [ask for ask in asks if ask.case == PRESENT]
    lists = list(map(_sentences, answerable))
    _cross_validate(answerable, lists)
    fit_lists(lists, FEATURES, SETTINGS, _SEED).write(FILE)


def _sentences(ask: ReadAsk) -> CandidateList:
    right = np.array(ask.right)
    return CandidateList(_rows(ask.evidence), right, np.arange(len(right)))


def _rows(evidence: Sequence[Evidence]) -> Vectors:
    """Return the features of evidence, shape `(n, len(FEATURES))`."""
    return np.array([feature_row(item.signals) for item in evidence], dtype=np.float32)


def _cross_validate(asks: Sequence[ReadAsk], lists: Sequence[CandidateList]) -> None:
    """Print the accuracy on fresh questions, by passage ranking and by networks new to them."""
    by_group: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        known = [part for ask, part in zip(asks, lists, strict=True) if ask.example.fold != fold]
        network = fit_lists(known, FEATURES, SETTINGS, _SEED)
        for ask, part in zip(asks, lists, strict=True):
            if ask.example.fold == fold:
                before = part.features[:, FEATURES.index("sentence")].argmax()
                best = network(part.features).argmax()
                outcome = (bool(part.right[before]), bool(part.right[best]))
                by_group[f"{ask.example.group}, {ask.size}"].append(outcome)
    for group, outcomes in by_group.items():
        before, after = np.mean(outcomes, axis=0)
        print(
            f"evidence {group}: {len(outcomes)} fresh questions, right by the ranking alone "
            f"{before:.3f}, by the network {after:.3f}",
            flush=True,
        )
