"""Have a model write an answer, and keep what the citations bear out."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.models.encoder import SentenceEncoder
from qa.answer import Answer, Citation, Translation, Written, WrittenSentence
from qa.entities.names import Names
from qa.language import Language, is_han
from qa.retrieval import Retrieved
from qa.writing.cited_sentences import CitedSentence, taken_apart
from qa.writing.language_model import LanguageModel, stays
from qa.writing.model_faults import ModelFault, WritingError
from qa.writing.sentence_check import SentenceCheck
from qa.writing.writing_evidence import WritingTask, task_of, tokens_of
from qa.writing.written_prompt import NOTHING, messages_of

_log = logging.getLogger(__name__)
_WRITTEN_SHARE = 4  # a quarter of the budget is for what the model writes
_MOST_SENTENCES = 12  # that are looked at: five are asked for, and each takes 10 ms to check
_LONGEST = 1000  # tokens: five sentences and two translations are fewer


@dataclass(frozen=True, slots=True)
class Attempt:
    """A written answer, with what it cost: seconds, and tokens read and written."""

    written: Written
    seconds: float
    tokens: int


class Writer:
    """Has answers written by a model. Threads may share it."""

    def __init__(
        self, model: LanguageModel, names: Names, encoder: SentenceEncoder, budget: int
    ) -> None:
        """Take a model, what its sentences are checked with, and how many tokens it may use."""
        self._model = model
        self._check = SentenceCheck(names, encoder)
        self._most_written = min(budget // _WRITTEN_SHARE, _LONGEST)
        self._most_evidence = budget - self._most_written

    @property
    def model(self) -> str:
        """The name of the model."""
        return self._model.model

    def task(self, retrieved: Retrieved, answer: Answer) -> WritingTask | None:
        """Return what to write beside an answer; None if the model is not to be asked."""
        return task_of(retrieved, answer, self._most_evidence)

    def beside(self, retrieved: Retrieved, answer: Answer) -> Answer:
        """Return an answer with what the model writes, if it is asked."""
        task = self.task(retrieved, answer)
        return answer if task is None else replace(answer, written=self.write(task))

    def write(self, task: WritingTask, has_left: Callable[[], bool] = stays) -> Written:
        """Return what the model writes; if that is nothing, why."""
        return self.attempt(task, has_left).written

    def attempt(self, task: WritingTask, has_left: Callable[[], bool] = stays) -> Attempt:
        """Write, and tell what it cost; what goes wrong is logged."""
        began, messages = time.perf_counter(), messages_of(task)
        asked = sum(tokens_of(message.content) for message in messages)
        try:
            reply = self._model.complete(messages, self._most_written, has_left)
        except WritingError as error:
            if error.fault is not ModelFault.LEFT:
                _log.warning("The language model wrote nothing: %s", error)
            written = self.failed(error.fault, task.language)
            return Attempt(written, time.perf_counter() - began, asked)
        tokens = reply.tokens or asked + tokens_of(reply.text)
        return Attempt(self._kept(task, reply.text), time.perf_counter() - began, tokens)

    def failed(self, fault: ModelFault, language: Language) -> Written:
        """Return that nothing was written, and why."""
        return Written(self.model, failed=fault.sentence(language))

    def _kept(self, task: WritingTask, text: str) -> Written:
        """Keep the sentences and translations that hold; count the other sentences."""
        if text.strip().rstrip(".。").upper() in {"", NOTHING}:
            return self.failed(ModelFault.DECLINED, task.language)
        parts = taken_apart(text)
        held = self._held(parts.sentences[:_MOST_SENTENCES], task)
        translations = self._translations(task, parts.translations)
        fault = None if held else ModelFault.UNSUPPORTED.sentence(task.language)
        numbers = _renumbered(task, held)
        held = [
            replace(sentence, numbers=tuple(numbers[number] for number in sentence.numbers))
            for sentence in held
        ]
        joint = " " if task.language is Language.ENGLISH else ""
        return Written(
            model=self.model,
            text=joint.join(sentence.marked for sentence in held),
            sentences=[_written(sentence) for sentence in held],
            citations=[task.evidence[number - 1] for number in numbers]
            if held or translations
            else [],
            translations=translations,
            dropped=len(parts.sentences) - len(held),
            failed=fault,
        )

    def _held(self, sentences: Sequence[CitedSentence], task: WritingTask) -> list[CitedSentence]:
        """Return the sentences that hold, without citations that tell nothing of them."""
        wants_han = task.language is not Language.ENGLISH
        held = list[CitedSentence]()
        for sentence in sentences:
            cited = _cited(task, sentence.numbers)
            if (
                cited is not None
                and is_han(sentence.text) == wants_han
                and self._check.holds(sentence.text, cited, task.question)
            ):
                numbers = self._telling(sentence, cited)
                held += [replace(sentence, numbers=numbers)] if numbers else []
        return held

    def _telling(self, sentence: CitedSentence, cited: Sequence[Citation]) -> tuple[int, ...]:
        """Return the numbers of the citations that have anything of a sentence."""
        numbers = zip(sentence.numbers, cited, strict=True)
        return tuple(at for at, quote in numbers if self._check.shares(sentence.text, quote))

    def _translations(self, task: WritingTask, said: dict[int, str]) -> list[Translation]:
        return [
            Translation(at, said[at + 1])
            for at in task.foreign
            if at + 1 in said and self._check.translates(said[at + 1], task.evidence[at])
        ]


def _cited(task: WritingTask, numbers: tuple[int, ...]) -> list[Citation] | None:
    """Return what a sentence cites; None if that is nothing, or more than there is."""
    if not numbers or not all(1 <= number <= len(task.evidence) for number in numbers):
        return None
    return [task.evidence[number - 1] for number in numbers]


def _renumbered(task: WritingTask, held: Sequence[CitedSentence]) -> dict[int, int]:
    """Return new numbers for the answer's own citations, and behind them for what else is cited."""
    cited = (number for sentence in held for number in sentence.numbers)
    kept = dict.fromkeys([*range(1, task.own + 1), *cited])
    return {number: at for at, number in enumerate(kept, 1)}


def _written(sentence: CitedSentence) -> WrittenSentence:
    return WrittenSentence(sentence.text, [number - 1 for number in sentence.numbers])
