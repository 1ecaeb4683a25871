"""Remember answers, take verdicts on them, and keep the questions that need their owner.

Reading what is kept is left to `kept_questions`, opening the file to `feedback_file`.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from index.eval_cases import Case
from index.store.store import Store
from qa.feedback.asked_answer import AskedAnswer
from qa.feedback.feedback_file import FeedbackFile
from qa.feedback.kept_questions import KeptQuestion, QuestionPage, all_kept, open_page
from qa.feedback.known_lines import put_case

REMEMBERED_FOR = 24 * 3600
"""Seconds for which an answer is remembered."""

_SETTLED_WITHIN = 1.0  # seconds: another process may be about to write what it answered
_PAUSE = 0.1

_KEEP = (
    "INSERT INTO questions (id, languages, first, last, asked, unsure, record) "
    "VALUES (:id, :language, :at, :at, 1, :is_open, :record) ON CONFLICT (id) DO UPDATE SET "
    "languages = CASE WHEN instr(',' || languages || ',', ',' || :language || ',') "
    "THEN languages ELSE languages || ',' || :language END, "
    "first = min(first, :at), last = max(last, :at), asked = asked + :more, "
    "unsure = unsure + :is_open * :more, record = :record"
)
_TOO_MANY = "DELETE FROM {0} WHERE {1} IN (SELECT {1} FROM {0} ORDER BY {2} LIMIT -1 OFFSET ?)"
_WORTH = "resolved OR EXISTS (SELECT 1 FROM verdicts WHERE question = questions.id) DESC, last DESC"


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many answers are remembered, and questions and verdicts kept; the oldest go."""

    answers: int = 100_000
    questions: int = 50_000
    verdicts: int = 100_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer helped, and what the reader says of it."""

    answer: str
    helpful: bool
    comment: str | None = None


class FeedbackStore:
    """The feedback of a store. Threads and processes may share it."""

    def __init__(
        self,
        file: FeedbackFile,
        lines: Path,
        capacity: Capacity | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the file, and the file of question lines that choices become."""
        self._file = file
        self._lines = lines
        self._capacity = capacity or Capacity()
        self._clock = clock

    @classmethod
    def of(cls, store: Store) -> "FeedbackStore":
        """Return the feedback of a store."""
        return cls(FeedbackFile(store), store.questions)

    def now(self) -> int:
        """Return the second that it is."""
        return int(self._clock())

    def remember(self, answers: Iterable[AskedAnswer], *, for_verdicts: bool, kept: bool) -> None:
        """Remember answers for a day, and if `kept` the questions that found no sure one for good.

        Raises:
            StoreError: the file can't be written.
        """
        with self._file.writing(durable=False) as db:
            for answer in answers:
                is_counted = kept and answer.is_open
                if is_counted:
                    _keep(db, answer, is_more=True)
                if for_verdicts:
                    values = (answer.id, answer.at, is_counted, answer.to_json())
                    db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", values)

    def judge(self, verdict: Verdict) -> bool:
        """Keep a verdict with its question, durably; return False if the answer is unknown.

        Raises:
            StoreError: the file can't be read or written.
        """
        if not self._knows(verdict.answer):
            return False
        with self._file.writing(durable=True) as db:
            row = db.execute(
                "SELECT counted OR EXISTS (SELECT 1 FROM verdicts WHERE answer = id), record "
                "FROM answers WHERE id = ?",
                (verdict.answer,),
            ).fetchone()
            if row is None:  # forgotten in this instant
                return False
            is_counted, record = row
            answer = AskedAnswer.from_json(record)
            _keep(db, answer, is_more=not is_counted)
            db.execute(
                "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?)",
                (
                    answer.id,
                    answer.question_id,
                    self.now(),
                    verdict.helpful,
                    verdict.comment or None,
                    record,
                ),
            )
        return True

    def page(self, number: int, size: int) -> QuestionPage:
        """Return a page of the questions that need their owner, most asked first.

        Raises:
            StoreError: the file can't be read.
        """
        with self._file.reading() as db:
            return open_page(db, number, size)

    def everything(self) -> list[KeptQuestion]:
        """Return all questions that are kept.

        Raises:
            StoreError: the file can't be read.
        """
        with self._file.reading() as db:
            return all_kept(db)

    def question(self, question_id: str) -> str | None:
        """Return the text of a question, None if it is not kept.

        Raises:
            StoreError: the file can't be read.
        """
        with self._file.reading() as db:
            query = "SELECT record FROM questions WHERE id = ?"
            row = db.execute(query, (question_id,)).fetchone()
        return AskedAnswer.from_json(row[0]).question if row else None

    def resolve(self, question_id: str, case: Case) -> bool:
        """Put the line chosen for a question among the others; return False if it is not kept.

        The transaction is also the lock under which the file of lines is replaced.

        Raises:
            StoreError: a file can't be written.
            UsageError: the file has a line that is no question line.
        """
        with self._file.writing(durable=True) as db:
            line = case.model_dump_json(exclude_defaults=True)
            change = "UPDATE questions SET line = ?, resolved = 1 WHERE id = ?"
            if not db.execute(change, (line, question_id)).rowcount:
                return False
            put_case(self._lines, case)
        return True

    def delete(self, question_id: str) -> bool:
        """Delete a question and its verdicts; return whether it was kept.

        Raises:
            StoreError: the file can't be written.
        """
        if self.question(question_id) is None:
            return False
        with self._file.writing(durable=True) as db:
            done = db.execute("DELETE FROM questions WHERE id = ?", (question_id,))
        return bool(done.rowcount)

    def forget(self) -> None:
        """Delete what was remembered for a day, and the oldest of what is too much.

        Of questions, those without a verdict or a line go first.

        Raises:
            StoreError: the file can't be written.
        """
        if not self._file.path.exists():
            return
        most = self._capacity
        with self._file.writing(durable=False) as db:
            db.execute("DELETE FROM answers WHERE at <= ?", (self.now() - REMEMBERED_FOR,))
            db.execute(_TOO_MANY.format("answers", "id", "at DESC"), (most.answers,))
            db.execute(_TOO_MANY.format("verdicts", "answer", "at DESC"), (most.verdicts,))
            db.execute(_TOO_MANY.format("questions", "id", _WORTH), (most.questions,))

    def _knows(self, answer: str) -> bool:
        """Return whether an answer is remembered, after waiting for one that is just written."""
        until = time.monotonic() + _SETTLED_WITHIN
        since = self.now() - REMEMBERED_FOR
        while True:
            with self._file.reading() as db:
                query = "SELECT 1 FROM answers WHERE id = ? AND at > ?"
                if db.execute(query, (answer, since)).fetchone():
                    return True
            if time.monotonic() >= until:
                return False
            time.sleep(_PAUSE)


def _keep(db: sqlite3.Connection, answer: AskedAnswer, *, is_more: bool) -> None:
    """Keep the question of an answer; `is_more` says that it was not counted before."""
    values = {
        "id": answer.question_id,
        "language": answer.language.value,
        "at": answer.at,
        "is_open": answer.is_open,
        "record": answer.to_json(),
        "more": is_more,
    }
    db.execute(_KEEP, values)
