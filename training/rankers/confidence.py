"""Stage 3: the network and the calibration curve of confidence.

Every question is asked twice, once answerable and once not. A third of the unanswerable asks lack
the article; a third ask about another year or party (if the question names one); and a third lack
the answering sentences. Half of all asks are over corpora of a few articles, where term weights and
similarities discriminate less.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from index.models.encoder import Vectors
from index.models.loading import bundled
from index.models.mlp import MLP
from index.progress import Progress, counted
from index.settings import Settings
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
from training.corpora import Corpora, Corpus
from training.examples import FOLDS, Example, near_miss
from training.rankers.fit import FitSettings, fit_flags
from training.rankers.news import NewsCorpus
from training.rankers.sentence_ranker import Available, is_right, read
from training.rankers.written import WrittenCorpora

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


def make(corpora: Corpora, news: NewsCorpus, written: WrittenCorpora, progress: Progress) -> None:
    """Collect the asks, cross-validate, fit on all of them and write network and curve."""
    asks = [
        ask
        for corpus in (*map(corpora.sample, corpora.large), *corpora.small)
        for ask in collected(corpus, corpora, progress)
    ]
    asks += collected_of_news(news, corpora, progress)
    asks += collected_of_written(written, corpora)
    odds, right = cross_validate(asks)
    _fitted(asks).write(NETWORK)
    CURVE.write_text(json.dumps(curve(odds, right)) + "\n", encoding="utf-8")


def collected(corpus: Corpus, corpora: Corpora, progress: Progress) -> Iterator[Ask]:
    """Yield all asks of all examples, with the three unanswerable cases in turn."""
    ranker = SentenceRanker.load(corpora.analyzer, SpanReader(bundled()))
    pool = _pool(corpus.examples, ranker.names)
    examples = counted(corpus.examples, len(corpus.examples), "asking", progress)
    for at, example in enumerate(examples):
        yield from _ask(example, "present", corpus, ranker, Available())
        if at % 3 == 2:
            for ask in _ask(example, "silent", corpus, ranker, Available(silent=True)):
                yield replace(ask, right=False)
            continue
        miss = _near_miss(example, ranker.names, pool, corpora) if at % 3 == 1 else None
        if miss is not None:
            for ask in _ask(miss, "near miss", corpus, ranker, Available()):
                yield replace(ask, right=False)
        else:
            others = corpus.all_but(example)
            away = corpora.unanswerable(example, others)
            yield from _ask(away, "away", corpus, ranker, Available(others or None))


def collected_of_news(news: NewsCorpus, corpora: Corpora, progress: Progress) -> Iterator[Ask]:
    """Yield two asks of each question about news: with the articles that answer, and without."""
    ranker = SentenceRanker.load(corpora.analyzer, SpanReader(bundled()))
    for asked in news.questions(progress):
        terms = news.searcher.query(asked.question.forms).terms
        for case, hits in (("present", asked.with_answer), ("away", asked.without)):
            evidence = news.evidence(asked, ranker, hits)
            if evidence:
                row = features(asked.question, terms, evidence)
                yield Ask(asked.example, case, row, asked.is_right(evidence[0]))


def collected_of_written(written: WrittenCorpora, corpora: Corpora) -> Iterator[Ask]:
    """Yield the asks of written questions."""
    ranker = SentenceRanker.load(corpora.analyzer, SpanReader(bundled()))
    for ask in written.asks(ranker):
        evidence = ask.evidence(ranker)
        if evidence:
            example = replace(ask.example, group=f"{ask.example.group}, {ask.size}")
            row = features(ask.question, ask.query.terms, evidence)
            yield Ask(example, ask.case, row, ask.right(evidence)[0])


def _ask(
    example: Example, case: str, corpus: Corpus, ranker: SentenceRanker, available: Available
) -> Iterator[Ask]:
    question, evidence = read(example, corpus.searcher, ranker, available)
    if evidence:
        query = corpus.searcher.query(question.forms)
        row = features(question, query.terms, evidence)
        yield Ask(example, case, row, is_right(evidence[0], example))


def _near_miss(
    example: Example, names: Names, pool: dict[AnswerType, list[str]], corpora: Corpora
) -> Example | None:
    """Return a near miss; None for a translated question, which has lost its names."""
    if example.group not in ("zh→zh", "en→en"):
        return None
    own = [name for name in names.find(example.question) if pool.get(name.answer_type)]
    return near_miss(example, own, pool, corpora.chance)


def _pool(examples: Sequence[Example], names: Names) -> dict[AnswerType, list[str]]:
    """Return the names of Chinese questions, by type."""
    by_type: dict[AnswerType, set[str]] = defaultdict(set)
    for example in examples:
        if example.group == "zh→zh":
            for name in names.find(example.question):
                by_type[name.answer_type].add(name.text)
    return {answer_type: sorted(texts) for answer_type, texts in by_type.items()}


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
    present = [asks[at].case == "present" for at in rows]
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
