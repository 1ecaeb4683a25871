"""Judge what a language model writes beside the answers of an evaluation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.evaluation.metrics import contains_gold, percentiles
from qa.retrieval import Retrieved
from qa.writing.writer import Attempt, Writer


@dataclass(frozen=True, slots=True)
class WrittenScores:
    """The scores of written answers.

    `asked` are the questions that the model was asked, `failed` those to which nothing could be
    kept. Of the questions with known answers, `right` is the share whose written text has one of
    them, and `extracted_right` the same of the extracted answer. `held` is the share of sentences
    whose citations bore them out; `dropped` counts the others. Times are seconds of the model,
    tokens a mean over the questions; None without any.
    """

    asked: int
    failed: int
    right: float | None
    extracted_right: float | None
    held: float | None
    dropped: int
    seconds: dict[str, float]
    tokens: float | None


@dataclass(frozen=True, slots=True)
class _Trial:
    golds: tuple[str, ...]
    extracted: str
    attempt: Attempt


class WrittenTally:
    """Has a model write beside answers, and keeps what is to be judged."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._trials: list[_Trial] = []

    def add(self, retrieved: Retrieved, answer: Answer, golds: Sequence[str]) -> None:
        """Have the model write beside an answer, if it is to be asked."""
        task = self._writer.task(retrieved, answer)
        if task is not None:
            self._trials.append(_Trial(tuple(golds), answer.answer, self._writer.attempt(task)))

    def scores(self) -> WrittenScores:
        """Return the scores of all that was written, and begin anew."""
        trials, self._trials = self._trials, []
        written = [trial.attempt.written for trial in trials]
        known = [trial for trial in trials if trial.golds]
        kept = sum(len(answer.sentences) for answer in written)
        dropped = sum(answer.dropped for answer in written)
        seconds = [trial.attempt.seconds for trial in trials]
        return WrittenScores(
            asked=len(trials),
            failed=sum(answer.failed is not None for answer in written),
            right=_mean([contains_gold(_said(trial), trial.golds) for trial in known]),
            extracted_right=_mean([contains_gold(trial.extracted, trial.golds) for trial in known]),
            held=kept / (kept + dropped) if kept + dropped else None,
            dropped=dropped,
            seconds=percentiles(seconds) if seconds else {},
            tokens=_mean([trial.attempt.tokens for trial in trials]),
        )


def written_lines(scores: WrittenScores) -> Iterator[str]:
    """Yield lines of text: what was written, and what it cost."""
    yield f"  written by the model: {scores.asked} asked, {scores.failed} without a sentence kept"
    yield (
        f"    right {_number(scores.right)}, extracted {_number(scores.extracted_right)}; "
        f"sentences borne out {_number(scores.held)}, dropped {scores.dropped}"
    )
    times = ", ".join(f"{cut} {value:.2f}" for cut, value in scores.seconds.items())
    tokens = "–" if scores.tokens is None else f"{scores.tokens:.0f}"
    yield f"    {times or '–'} s; {tokens} tokens a question"


def _said(trial: _Trial) -> str:
    """Return what was written without its marks, which are no part of an answer."""
    return "\n".join(sentence.text for sentence in trial.attempt.written.sentences)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
