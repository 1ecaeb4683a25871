"""Reading sets: SQuAD-style JSON, as SQuAD, CMRC 2018, DRCD and XQuAD are published.

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

_NAMED = 3  # ids that an error names


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
class Asked:
    """A question, the answers that are right, and the text that it was asked about."""

    id: str
    question: str
    golds: tuple[str, ...]
    context: str


@dataclass(frozen=True, slots=True)
class ReadingSet:
    """The distinct contexts and all questions that have an answer.

    `without_answer` counts the questions that have none and are not asked: SQuAD 2 holds some.
    """

    name: str
    contexts: tuple[str, ...]
    asked: tuple[Asked, ...]
    without_answer: int


def is_reading_set(path: Path) -> bool:
    """Whether a file's name says that it is SQuAD-style JSON and not question lines."""
    return path.name.lower().endswith((".json", ".json.gz"))


def read_set(path: Path, questions: Path | None = None) -> ReadingSet:
    """The reading set of a file, asked in the words of a second file where one is given.

    The second file is joined by question id; contexts and answers stay those of the first. Ids
    that only the second file has do not count.

    Raises:
        UsageError: a file can't be read, has another shape, holds no question with an answer or
            one id twice, or the second file lacks an id of the first.
    """
    groups = _read(path).data
    others = _wordings(questions) if questions else None
    paragraphs = [paragraph for group in groups for paragraph in group.paragraphs]
    everyone = [(one, paragraph.context) for paragraph in paragraphs for one in paragraph.qas]
    _refuse_twins(path, [one.id for one, _ in everyone])
    if others is not None and questions is not None:
        _refuse_strangers(path, questions, [one.id for one, _ in everyone], others)
    asked = []
    for one, context in everyone:
        golds = tuple(dict.fromkeys(part.text for part in one.answers if fold_answer(part.text)))
        if golds:
            wording = one.question if others is None else others[one.id]
            asked.append(Asked(one.id, wording, golds, context))
    if not asked:
        raise UsageError(f"{path} holds no question with an answer.")
    return ReadingSet(
        name=path.name + (f" asked by {questions.name}" if questions else ""),
        contexts=tuple(dict.fromkeys(paragraph.context for paragraph in paragraphs)),
        asked=tuple(asked),
        without_answer=len(everyone) - len(asked),
    )


def _wordings(path: Path) -> dict[str, str]:
    """The questions of a file by id."""
    everyone = [
        one for group in _read(path).data for paragraph in group.paragraphs for one in paragraph.qas
    ]
    _refuse_twins(path, [one.id for one in everyone])
    return {one.id: one.question for one in everyone}


def _refuse_twins(path: Path, ids: list[str]) -> None:
    if len(set(ids)) < len(ids):
        seen: set[str] = set()
        twin = next(one for one in ids if one in seen or seen.add(one))  # type: ignore[func-returns-value]
        raise UsageError(f"{path} has two questions with the id “{twin}”.")


def _refuse_strangers(
    path: Path, questions: Path, ids: list[str], others: Mapping[str, str]
) -> None:
    missing = [one for one in ids if one not in others]
    if missing:
        named = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
        raise UsageError(
            f"{questions} does not go with {path}: it lacks {len(missing)} of {len(ids)} question "
            f"ids ({named})."
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
