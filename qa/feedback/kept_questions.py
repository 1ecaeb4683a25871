"""Read the questions that are kept: those that need their owner, or all."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.eval_cases import Case
from qa.feedback.asked_answer import AskedAnswer

_COMMENTS = 20  # of a question, the latest
_COLUMNS = "q.id, q.languages, q.first, q.last, q.asked, q.unsure, q.record, q.line"
_OPEN = (
    "FROM questions q WHERE q.resolved = 0 AND (q.unsure > 0 OR EXISTS "
    "(SELECT 1 FROM verdicts v WHERE v.question = q.id AND NOT v.helpful))"
)


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader says of an answer, and when, in seconds since 1970."""

    helpful: bool
    comment: str
    at: int


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """A question in all ways to write it, with what came of it.

    `count` is how often it was asked, as far as that was kept, and `unsure` how often of these no
    sure answer was found. `answer` is the last one, `helped` the last that a reader found helpful,
    `line` the one that was chosen for the question.
    """

    id: str
    languages: list[str]
    first: int
    last: int
    count: int
    unsure: int
    answer: AskedAnswer
    helpful: int
    unhelpful: int
    comments: list[Comment]
    helped: AskedAnswer | None
    line: Case | None

    @property
    def is_open(self) -> bool:
        """Whether the question needs its owner."""
        return self.line is None and (self.unsure > 0 or self.unhelpful > 0)


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A page of questions, and how many there are on all pages."""

    questions: list[KeptQuestion]
    total: int


def open_page(db: sqlite3.Connection, number: int, size: int) -> QuestionPage:
    """Return a page of the questions that need their owner, most asked first."""
    [(total,)] = db.execute(f"SELECT COUNT(*) {_OPEN}")
    keys = db.execute(
        f"SELECT q.id {_OPEN} ORDER BY q.asked DESC, q.last DESC, q.id LIMIT ? OFFSET ?",
        (size, (number - 1) * size),
    ).fetchall()
    query = f"SELECT {_COLUMNS} FROM questions q WHERE q.id = ?"
    rows = [row for key in keys for row in db.execute(query, key)]
    return QuestionPage(list(_questions(db, rows)), total)


def all_kept(db: sqlite3.Connection) -> list[KeptQuestion]:
    """Return all questions that are kept, most asked first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM questions q ORDER BY q.asked DESC, q.last DESC, q.id"
    )
    return list(_questions(db, rows.fetchall()))


def _questions(db: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> Iterator[KeptQuestion]:
    for key, languages, first, last, asked, unsure, record, line in rows:
        verdicts = db.execute(
            "SELECT helpful, comment, at, record FROM verdicts WHERE question = ? "
            "ORDER BY at DESC, answer",
            (key,),
        ).fetchall()
        helped = next((verdict[3] for verdict in verdicts if verdict[0]), None)
        helpful = sum(verdict[0] for verdict in verdicts)
        comments = [Comment(bool(row[0]), row[1], row[2]) for row in verdicts if row[1]]
        yield KeptQuestion(
            id=key,
            languages=languages.split(","),
            first=first,
            last=last,
            count=asked,
            unsure=unsure,
            answer=AskedAnswer.from_json(record),
            helpful=helpful,
            unhelpful=len(verdicts) - helpful,
            comments=comments[:_COMMENTS],
            helped=AskedAnswer.from_json(helped) if helped else None,
            line=Case.model_validate_json(line) if line else None,
        )
