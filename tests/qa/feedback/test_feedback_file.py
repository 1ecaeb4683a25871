"""The file of feedback is made when it is needed, copied whole, and told of when it fails."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import FULL, RIGHTS, MismatchError, StoreError
from qa.feedback.feedback_file import SCHEMA_VERSION, FeedbackFile
from qa.feedback.feedback_store import FeedbackStore, Verdict
from tests.qa.feedback.parts import asked, bare_store
from tests.support.command_line_index import fill_up, mounted, remount


def kept_in(file: FeedbackFile) -> FeedbackStore:
    """Return the feedback in a file."""
    return FeedbackStore(file, file.path.with_name("questions.jsonl"), clock=lambda: 1_800_000_000)


def write_some(file: FeedbackFile) -> str:
    """Remember two answers, one of them judged; return the question of the other."""
    judged, other = asked("站在哪里?"), asked("谁建的站?")
    kept = kept_in(file)
    kept.remember([judged, other], for_verdicts=True, kept=False)
    assert kept.judge(Verdict(judged.id, helpful=False, comment="不对"))
    return other.question


def write_much(file: FeedbackFile) -> None:
    """Write more than a small disk has room for."""
    for _ in range(200):
        write_some(file)


def test_a_missing_file_reads_as_empty_and_is_made_beside_a_library_only(tmp_path: Path) -> None:
    file = FeedbackFile(bare_store(tmp_path))
    with file.reading() as db:
        assert db.execute("SELECT COUNT(*) FROM verdicts").fetchone() == (0,)
    assert not file.path.exists()
    (tmp_path / "library.sqlite").unlink()
    with pytest.raises(StoreError, match="There is no index beside"), file.writing(durable=True):
        pass
    assert list(tmp_path.iterdir()) == []


def test_between_two_uses_the_file_stands_alone_and_may_be_replaced(tmp_path: Path) -> None:
    file, other = FeedbackFile(bare_store(tmp_path / "a")), FeedbackFile(bare_store(tmp_path / "b"))
    write_some(file)
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "feedback.sqlite",
        "library.sqlite",
    ]
    kept = kept_in(file)
    assert len(kept.everything()) == 1
    copy = other.copy_into(tmp_path)
    assert copy is None, "there is nothing to copy"
    kept_in(other).remember([asked("谁建的站?")], for_verdicts=True, kept=True)
    copy = other.copy_into(tmp_path)
    assert copy is not None
    copy.replace(file.path)
    (question,) = kept.everything()
    assert question.answer.question == "谁建的站?"
    write_some(file)
    assert len(kept.everything()) == 2


def test_a_copy_has_all_but_what_is_remembered_for_a_day(tmp_path: Path) -> None:
    file = FeedbackFile(bare_store(tmp_path / "store"))
    forgotten = write_some(file)
    copy = file.copy_into(tmp_path)
    assert copy == tmp_path / "feedback.sqlite"
    assert forgotten.encode() not in copy.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["feedback.sqlite"]
    copied = FeedbackFile(bare_store(tmp_path))
    assert kept_in(copied).everything() == kept_in(file).everything()


def test_a_failed_block_changes_nothing(tmp_path: Path) -> None:
    file = FeedbackFile(bare_store(tmp_path))
    write_some(file)

    def fail() -> None:
        with file.writing(durable=True) as db:
            db.execute("DELETE FROM questions")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(kept_in(file).everything()) == 1


def test_a_file_that_is_none_or_of_another_yiju_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    file = FeedbackFile(bare_store(tmp_path))
    file.path.write_bytes(b"no database" * 999)
    for use in (kept_in(file).everything, lambda: write_some(file)):
        with pytest.raises(StoreError) as error:
            use()
        assert str(error.value) == (
            f"{file.path} can't be used: file is not a database. Put a copy in its place, or move "
            "it away: a new one is made then."
        )
        assert "/" not in error.value.public
    assert file.path.read_bytes() == b"no database" * 999
    file.path.unlink()
    with closing(sqlite3.connect(file.path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        db.execute("CREATE TABLE future (id)")
    with pytest.raises(MismatchError, match=r"has schema version 2, this Yiju reads version 1\."):
        kept_in(file).everything()


def test_a_full_or_read_only_disk_is_told_and_nothing_of_what_was_kept_is_lost(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    with mounted(disk, "size=1m"):
        file = FeedbackFile(bare_store(disk / "store"))
        write_some(file)
        fill_up(disk / "free")
        with pytest.raises(StoreError, match=re.escape(FULL)):
            write_much(file)
        (disk / "free").unlink()
        count = len(kept_in(file).everything())
        assert count >= 1
        write_some(file)
        remount(disk, "ro")
        with pytest.raises(StoreError, match=re.escape(RIGHTS)):
            write_some(file)
        remount(disk, "rw")
        assert len(kept_in(file).everything()) == count
