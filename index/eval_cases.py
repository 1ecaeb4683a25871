"""Question lines: questions with known answers, for the evaluation and the quality gate."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import UsageError

_UNREADABLE = "{} can't be read as UTF-8 question lines: {}."


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")


class TurnLine(_Line):
    """A message before the question."""

    role: Literal["user", "assistant"]
    content: str


class Case(_Line):
    """A question line. With `match` "all" every entry of `answers` must be given.

    Results are counted by `lang` and `type`, where a line has them. A line without `id` is known by
    its number.
    """

    id: str = ""
    lang: str = ""
    type: str = ""
    question: Annotated[str, Field(min_length=1)]
    history: list[TurnLine] = []
    answerable: bool = True
    answers: list[str] = []
    match: Literal["any", "all"] = "any"
    evidence: str | None = None


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the cases of a `.jsonl` file.

    Raises:
        UsageError: the file can't be read, or a line is no question line.
    """
    return (case for case, _ in cases_in(read_lines(path), path))


def read_lines(path: Path) -> bytes:
    """Return the bytes of a file of question lines, which may be replaced at any instant.

    Raises:
        UsageError: the file can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(_UNREADABLE.format(path, error), path) from error


def cases_in(data: bytes, path: Path) -> Iterator[tuple[Case, str]]:
    """Yield each case in the bytes of a file, with its line.

    Raises:
        UsageError: they are not UTF-8, or a line is no question line.
    """
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError(_UNREADABLE.format(path, error), path) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                case = Case.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = ".".join(map(str, first["loc"])) or "the line"
                raise UsageError(
                    f"{path}, line {number} is no question line: {where}: {first['msg']}.", path
                ) from error
            yield case if case.id else case.model_copy(update={"id": f"line {number}"}), line
