"""Reading sets in the JSON format of SQuAD, CMRC 2018, DRCD and XQuAD.

`data[].paragraphs[].{context, qas[].{id, question, answers[].text}}`, plain or as `.gz`.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from index.errors import UsageError
from index.text.folding import fold_answer

_LISTED = 3  # ids that an error message lists


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _AnswerPart(_Part):
    text: str


class _QuestionPart(_Part):
    id: str
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    answers: list[_AnswerPart] = []


class _Paragraph(_Part):
    context: Annotated[str, StringConstraints(min_length=1)]
    qas: list[_QuestionPart]


class _Group(_Part):
    paragraphs: list[_Paragraph]


class _File(_Part):
    data: list[_Group]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its gold answers and its context."""

    id: str
    question: str
    answers: tuple[str, ...]
    context: str


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """The distinct contexts of a set, and its questions that have an answer.

    `unanswerable` are the questions that their context does not answer, as in SQuAD 2; those are
    not asked over all contexts, of which another may answer.
    """

    name: str
    contexts: tuple[str, ...]
    questions: tuple[GoldQuestion, ...]
    unanswerable: tuple[GoldQuestion, ...] = ()

    @property
    def without_answer(self) -> int:
        """The number of unanswerable questions."""
        return len(self.unanswerable)


def is_reading_set(path: Path) -> bool:
    """Return whether a file is SQuAD-style JSON, by its name, and not question lines."""
    return path.name.lower().endswith((".json", ".json.gz"))


def read_set(path: Path, questions: Path | None = None) -> ReadingSet:
    """Read a reading set, with the question wordings of a second file if given.

    The second file is joined by question id; contexts and answers remain those of the first. Ids
    that occur in the second file alone are ignored.

    Raises:
        UsageError: a file can't be read, has another format, contains no question with an answer or
            an id twice, or the second file lacks an id of the first.
    """
    wordings = _wordings(questions) if questions else None
    paragraphs = [paragraph for group in _read(path).data for paragraph in group.paragraphs]
    pairs = [(part, paragraph.context) for paragraph in paragraphs for part in paragraph.qas]
    ids = [part.id for part, _ in pairs]
    _refuse_duplicates(path, ids)
    if wordings is not None and questions is not None:
        _refuse_missing(path, questions, ids, wordings)
    gold_questions: list[GoldQuestion] = []
    unanswerable: list[GoldQuestion] = []
    for part, context in pairs:
        texts = (answer.text for answer in part.answers)
        answers = tuple(dict.fromkeys(text for text in texts if fold_answer(text)))
        wording = part.question if wordings is None else wordings[part.id]
        gold = GoldQuestion(part.id, wording, answers, context)
        (gold_questions if answers else unanswerable).append(gold)
    if not gold_questions:
        raise UsageError(f"{path} holds no question with an answer.")
    return ReadingSet(
        name=path.name + (f" asked by {questions.name}" if questions else ""),
        contexts=tuple(dict.fromkeys(paragraph.context for paragraph in paragraphs)),
        questions=tuple(gold_questions),
        unanswerable=tuple(unanswerable),
    )


def _wordings(path: Path) -> dict[str, str]:
    """Return the questions of a file by id."""
    paragraphs = [paragraph for group in _read(path).data for paragraph in group.paragraphs]
    parts = [part for paragraph in paragraphs for part in paragraph.qas]
    _refuse_duplicates(path, [part.id for part in parts])
    return {part.id: part.question for part in parts}


def _refuse_duplicates(path: Path, ids: list[str]) -> None:
    known: set[str] = set()
    for question_id in ids:
        if question_id in known:
            raise UsageError(f"{path} has two questions with the id “{question_id}”.")
        known.add(question_id)


def _refuse_missing(
    path: Path, questions: Path, ids: list[str], wordings: Mapping[str, str]
) -> None:
    missing = [question_id for question_id in ids if question_id not in wordings]
    if missing:
        listed = ", ".join(missing[:_LISTED]) + (" …" if len(missing) > _LISTED else "")
        raise UsageError(
            f"{questions} does not go with {path}: it lacks {len(missing)} of {len(ids)} question "
            f"ids ({listed})."
        )


def _read(path: Path) -> _File:
    try:
        data = path.read_bytes()
        if path.name.lower().endswith(".gz"):
            data = gzip.decompress(data)
    except (OSError, EOFError) as error:  # gzip's own error is an OSError
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} can't be read: {reason}.") from error
    try:
        return _File.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise UsageError(f"{path} is no SQuAD-style JSON: {where}: {first['msg']}.") from error
