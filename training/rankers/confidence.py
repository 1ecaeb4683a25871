"""Stage 3: the network and the curve that tell how sure an answer is.

Every question is asked twice: where an article answers it, and where none does. A third of these
times the article is away; a third it is there, but the question asks of another year or party (as
far as it names one); and a third it is there but for the sentences that answer. Half of the asks
are over collections of a few articles, where words and vectors tell less.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.isotonic import IsotonicRegression

from index.models.encoder import Vectors
from index.models.loading import bundled
from index.models.mlp import MLP
from index.progress import Progress, counted
from index.settings import Settings
from index.text.folding import FoldedText
from index.text.sentences import sentences
from qa.answer_types import AnswerType
from qa.entities.names import Names
from qa.evaluation.metrics import (
    auroc,
    calibration_error,
    reliability,
    risk_coverage,
    threshold_for,
)
from qa.evidence import confidence
from qa.evidence.confidence import FEATURES, features
from qa.evidence.sentence_ranker import SentenceRanker
from qa.reader.span_reader import SpanReader
from training.corpora import Asked, Library
from training.examples import FOLDS, Example, near_miss
from training.rankers.fit import Recipe, fit_flags
from training.rankers.sentence_ranker import There, is_right, read

NETWORK = confidence.WEIGHTS
CURVE = confidence.CURVE
RECIPE = Recipe(hidden=(12,), steps=2000, batch=256, rate=5e-3, decay=0.1, networks=8)
PRECISION = 0.9
_KNOTS = 40
_SEED = 7


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask: what the network sees, whether the answer is right, and in which case."""

    example: Example
    case: str
    row: Vectors
    right: bool


def make(library: Library, progress: Progress) -> None:
    """Collects, tests fold by fold, fits on all, and writes the files."""
    found = [
        one
        for asked in (*map(library.some, library.asked), *library.small)
        for one in collected(asked, library, progress)
    ]
    odds, right = tested(found)
    network = _fitted(found)
    network.write(NETWORK)
    CURVE.write_text(json.dumps(curve(odds, right)) + "\n", encoding="utf-8")


def collected(asked: Asked, library: Library, progress: Progress) -> Iterator[Ask]:
    """All asks of all examples, the three ways to have no answer in turn."""
    ranker = SentenceRanker.load(Names(library.analyzer), SpanReader(bundled()))
    pool = _pool(asked.examples, ranker.names)
    for at, example in enumerate(counted(asked.examples, len(asked.examples), "asking", progress)):
        yield from _asked(example, "present", asked, ranker, There())
        if at % 3 == 2:
            for ask in _asked(example, "silent", asked, ranker, There(silent=True)):
                yield replace(ask, right=False)
            continue
        miss = _near_miss(example, ranker.names, pool, library) if at % 3 == 1 else None
        if miss is not None:
            for ask in _asked(miss, "near miss", asked, ranker, There()):
                yield replace(ask, right=False)
        else:
            others = asked.all_but(example)
            away = library.stranger(example, others)
            yield from _asked(away, "away", asked, ranker, There(others or None))


def _asked(
    example: Example, case: str, asked: Asked, ranker: SentenceRanker, there: There
) -> Iterator[Ask]:
    question, evidence = read(example, asked.searcher, ranker, there)
    if evidence:
        query = asked.searcher.query(FoldedText.of(question.text))
        row = features(question, query.terms, evidence)
        yield Ask(example, case, row, is_right(evidence[0], example))


def _near_miss(
    example: Example, names: Names, pool: dict[AnswerType, list[str]], library: Library
) -> Example | None:
    """Of a translated question none can be made: its names are lost."""
    if example.group not in ("zh→zh", "en→en"):
        return None
    own = [name for name in names.find(example.question) if pool.get(name.answer_type)]
    return near_miss(example, own, pool, library.chance)


def _pool(examples: Sequence[Example], names: Names) -> dict[AnswerType, list[str]]:
    """The names of Chinese questions by kind."""
    found: dict[AnswerType, set[str]] = defaultdict(set)
    for example in examples:
        if example.group == "zh→zh":
            for name in names.find(example.question):
                found[name.answer_type].add(name.text)
    return {kind: sorted(texts) for kind, texts in found.items()}


def _fitted(found: Sequence[Ask]) -> MLP:
    rows, right = np.stack([one.row for one in found]), np.array([one.right for one in found])
    return fit_flags(rows, right, FEATURES, RECIPE, _SEED)


def tested(found: Sequence[Ask]) -> tuple[Vectors, list[bool]]:
    """Prints the figures on fresh questions; their log-odds and outcomes, for the curve."""
    asks: list[Ask] = []
    odds: list[float] = []
    for fold in range(FOLDS):
        network = _fitted([one for one in found if one.example.fold != fold])
        own = [one for one in found if one.example.fold == fold]
        asks += own
        odds += network(np.stack([one.row for one in own])).tolist()
    logits, right = np.array(odds, dtype=np.float32), [one.right for one in asks]
    for group in dict.fromkeys(one.example.group for one in asks):
        _print(
            group, [at for at, one in enumerate(asks) if one.example.group == group], asks, logits
        )
    same = [at for at, one in enumerate(asks) if one.example.group in ("zh→zh", "en→en")]
    _print("within a language", same, asks, logits)
    _print_default(asks, logits)
    return logits, right


def _print(name: str, rows: Sequence[int], asks: Sequence[Ask], logits: Vectors) -> None:
    known, share = curve(logits, [one.right for one in asks]).values()
    sure = np.interp(logits[rows], known, share).tolist()
    right = [asks[at].right for at in rows]
    threshold = threshold_for(risk_coverage(sure, right), PRECISION)
    present = [asks[at].case == "present" for at in rows]
    answered = [s for s, p in zip(sure, present, strict=True) if p and s >= (threshold or 2)]
    told = "–" if threshold is None else f"{threshold:.3f}"
    print(
        f"confidence {name}: {len(rows)} asks, AUROC right {auroc(sure, right) or 0:.3f}, "
        f"article there {auroc(sure, present) or 0:.3f}, "
        f"calibration error {calibration_error(reliability(sure, right)):.3f}; "
        f"90% right from {told} on, which answers {len(answered) / sum(present):.3f}",
        flush=True,
    )
    for case in ("near miss", "silent", "away"):
        wrong = [s for s, at in zip(sure, rows, strict=True) if asks[at].case == case]
        over = sum(s >= (threshold or 2) for s in wrong)
        print(f"  {case}: answered {over} of {len(wrong)}", flush=True)


def _print_default(asks: Sequence[Ask], logits: Vectors) -> None:
    """What the default threshold does for Chinese questions that one sentence can answer.

    Asked with their article, without it, or of another year or party.
    """
    known, share = curve(logits, [one.right for one in asks]).values()
    sure = np.interp(logits, known, share).tolist()
    default = float(Settings.model_fields["threshold"].default)
    rows = [
        at
        for at, one in enumerate(asks)
        if one.example.group == "zh→zh" and one.case != "silent" and _in_a_sentence(one.example)
    ]
    answered = [asks[at].right for at in rows if sure[at] >= default]
    present = [sure[at] >= default for at in rows if asks[at].case == "present"]
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
    """The rising curve from log-odds to the share right, as a few points."""
    isotonic = IsotonicRegression(y_min=0.001, y_max=0.999).fit(odds, right)
    cuts = np.quantile(odds, np.linspace(0, 1, _KNOTS))
    # Smoothed between the middles of the quantiles, so that no two odds share a confidence.
    known = (cuts[:-1] + cuts[1:]) / 2
    share = isotonic.predict(known)
    return {
        "odds": [round(float(one), 4) for one in known],
        "right": [round(float(one), 4) for one in share],
    }
