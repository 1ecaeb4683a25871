"""Answers are remembered in the background; what fails there is logged and delays nobody."""

import logging
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qa.answer import Answer
from qa.feedback.answer_memory import AnswerMemory
from qa.feedback.feedback_file import FeedbackFile
from qa.feedback.feedback_store import FeedbackStore, Verdict
from qa.retrieval import Request
from tests.conftest import ROOT
from tests.qa.feedback.parts import bare_store

NOTING = """
import sys
from pathlib import Path
from tests.qa.feedback.test_answer_memory import memory, nothing_found
from qa.retrieval import Request
memory(Path(sys.argv[1])).note(Request("站在哪里?"), nothing_found("a"))
"""


def memory(root: Path, *, lasts: bool = True, keeps: bool = False) -> AnswerMemory:
    """Return the memory of a store that has no index."""
    return AnswerMemory(kept_in(root), lasts=lasts, keeps_questions=keeps)


def kept_in(root: Path) -> FeedbackStore:
    """Return the feedback in a store."""
    store = bare_store(root)
    return FeedbackStore(FeedbackFile(store), store.questions)


def nothing_found(answer_id: str) -> Answer:
    """Return an answer that says that nothing was found."""
    return Answer(answer_id, False, "没有找到。", None, 0.01, None, "000001")


def test_what_is_noted_can_be_judged_after_a_flush(tmp_path: Path) -> None:
    remembered = memory(tmp_path)
    for number in range(300):
        remembered.note(Request(f"第{number}站在哪里?"), nothing_found(f"a{number}"))
    remembered.flush()
    kept = kept_in(tmp_path)
    assert kept.judge(Verdict("a0", helpful=False))
    assert kept.judge(Verdict("a299", helpful=False))
    assert len(kept.everything()) == 2


def test_what_is_switched_off_is_not_written(tmp_path: Path) -> None:
    for name, lasts, keeps, judged, questions in (
        ("neither", False, False, False, 0),
        ("both", True, True, True, 1),
        ("questions alone", False, True, False, 1),
    ):
        remembered = memory(tmp_path / name, lasts=lasts, keeps=keeps)
        remembered.note(Request("站在哪里?"), nothing_found("a"))
        remembered.flush()
        kept = kept_in(tmp_path / name)
        assert len(kept.everything()) == questions
        assert kept.judge(Verdict("a", helpful=False)) is judged
    assert not (tmp_path / "neither" / "feedback.sqlite").exists()


def test_what_was_noted_is_written_when_the_process_ends(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOTING, str(tmp_path)],
        check=False, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert kept_in(tmp_path).judge(Verdict("a", helpful=False))


def test_a_failure_is_logged_once_without_the_question_until_it_passes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    file = tmp_path / "feedback.sqlite"
    file.write_bytes(b"no database" * 999)
    remembered = memory(tmp_path, keeps=True)
    for number in range(3):
        remembered.note(Request("站在哪里?"), nothing_found(f"a{number}"))
        remembered.flush()
    assert [record.getMessage() for record in caplog.records] == [
        f"Answers can't be remembered for feedback: {file} can't be used: file is not a database. "
        "Put a copy in its place, or move it away: a new one is made then."
    ]
    file.unlink()
    remembered.note(Request("站在哪里?"), nothing_found("b"))
    remembered.flush()
    assert kept_in(tmp_path).judge(Verdict("b", helpful=False))
    file.write_bytes(b"no database" * 999)
    remembered.note(Request("站在哪里?"), nothing_found("c"))
    remembered.flush()
    assert len(caplog.records) == 2
    assert "站在哪里" not in caplog.text


def test_while_the_file_is_locked_answers_wait_in_a_bounded_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    remembered = memory(tmp_path)
    remembered.note(Request("站在哪里?"), nothing_found("first"))
    remembered.flush()
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(2100):
            remembered.note(Request("站在哪里?"), nothing_found(f"a{number}"))
        other.execute("ROLLBACK")
    remembered.flush()
    assert kept_in(tmp_path).judge(Verdict("a0", helpful=False))
    assert not kept_in(tmp_path).judge(Verdict("a2099", helpful=False))
    assert [record.getMessage() for record in caplog.records] == [
        "Some answers are not remembered for feedback: too many are waiting."
    ]
