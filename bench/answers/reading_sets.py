"""Reading sets, asked by all of Yiju over a temporary store of their contexts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench.answers.records import Ask, SetResult
from bench.answers.workbench import Workbench
from bench.quality import STATUTES
from qa.evaluation.run import Outcome, Prediction
from qa.evaluation.scores import Evaluation, evaluate_set
from qa.evaluation.squad import read_set
from qa.evaluation.temporary_store import TemporaryStore


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """A reading set: its files in `measure/`, and how it is asked.

    If `left_out`, every question is asked again without its article.
    """

    name: str
    languages: str
    contexts: str
    questions: str | None = None
    left_out: bool = False
    among_statutes: bool = False


TASKS = (
    ReadingTask("cmrc", "zh→zh", "cmrc2018-dev", left_out=True),
    ReadingTask("xquad-zh", "zh→zh", "xquad-dev-zh", left_out=True),
    ReadingTask("xquad-en-zh", "en→zh", "xquad-dev-zh", "xquad-dev-en", left_out=True),
    ReadingTask("xquad-zh-en", "zh→en", "xquad-dev-en", "xquad-dev-zh"),
    ReadingTask("xquad-en", "en→en", "xquad-dev-en"),
    ReadingTask("cmrc-statutes", "zh→zh", "cmrc2018-dev", among_statutes=True),
    ReadingTask(
        "xquad-en-zh-statutes", "en→zh", "xquad-dev-zh", "xquad-dev-en", among_statutes=True
    ),
)


def reading_set(bench: Workbench, task: ReadingTask) -> SetResult:
    """Ask a reading set, among the statutes where the task says so."""
    among = [bench.data / STATUTES] if task.among_statutes else []
    store = TemporaryStore(bench.new_folder(), bench.encoder, bench.analyzer, among, bench.progress)
    questions = _file(bench, task.questions) if task.questions else None
    gold = read_set(_file(bench, task.contexts), questions)
    whole, gold = len(gold.questions), replace(gold, questions=bench.sampled(gold.questions))
    evaluation = evaluate_set(
        gold, store, bench.answerer(), bench.thresholds.answered, left_out=task.left_out
    )
    asks = [ask for outcome in evaluation.outcomes for ask in _asks(outcome, task)]
    notes = [f"{len(gold.questions)} of {whole} questions"]
    return SetResult(task.name, _figures(evaluation), asks, notes)


def _file(bench: Workbench, name: str) -> Path:
    return bench.measure / f"{name}.json.gz"


def _figures(evaluation: Evaluation) -> dict[str, float | None]:
    scores, left_out = evaluation.scores, evaluation.scores.left_out
    figures: dict[str, float | None] = {
        "recall@1": scores.retrieval["fusion"]["recall@1"],
        "ndcg@10": scores.retrieval["fusion"]["ndcg@10"],
        "evidence_hit": scores.evidence_hit,
        "f1": scores.f1,
        "exact_match": scores.exact_match,
        "answered": scores.deciding.answered,
        "precision": scores.deciding.precision,
        "ask_p50": scores.latency_ms["ask"]["p50"],
        "ask_p95": scores.latency_ms["ask"]["p95"],
    }
    if left_out:
        at_precision = left_out.at_precision
        figures |= {
            "auroc_present": left_out.auroc_present,
            "auroc_right": left_out.auroc_right,
            "answered_at_90": at_precision.answered if at_precision else 0.0,
            "threshold_at_90": at_precision.threshold if at_precision else None,
            "calibration_error": left_out.calibration_error,
            "precision_left_out": left_out.configured.precision,
        }
    return figures


def _asks(outcome: Outcome, task: ReadingTask) -> Iterator[Ask]:
    yield _ask(outcome, outcome.prediction, task, answerable=True)
    if outcome.left_out is not None:
        yield _ask(outcome, outcome.left_out, task, answerable=False)


def _ask(outcome: Outcome, prediction: Prediction, task: ReadingTask, *, answerable: bool) -> Ask:
    gold, is_right = outcome.gold, prediction.correct
    passed = is_right and prediction.answered if answerable else not prediction.answered
    reason = outcome.fault if answerable else "" if passed else "its article was taken away"
    return Ask(
        gold.id,
        gold.question,
        task.languages,
        "with its article" if answerable else "without its article",
        answerable=answerable,
        answered=prediction.answered,
        passed=passed,
        passed_by_text=passed,
        likely_right=is_right,
        confidence=prediction.confidence,
        expected=gold.answers,
        short_answer=prediction.short_answer,
        quote=prediction.quote,
        reason=reason or ("" if passed else "not answered"),
    )
