"""The output of commands keeps its shape for programs that read it, and suits people."""

import os
import pty
import subprocess
import termios
from pathlib import Path

from bench.processes import yiju_command
from cli.output import format_report, format_status, report_json
from index.article import Failure, PartlyRead
from index.build.near_duplicates import NearDuplicate
from index.build.report import Report


def test_a_report_as_json_names_near_duplicates_and_failures_by_their_public_keys() -> None:
    report = Report(
        added=1,
        changed=0,
        removed=0,
        unchanged=1,
        failed=[Failure("b.pdf", "it is empty")],
        passages=2,
        index_version="000001",
        seconds=1.0,
        embedded=2,
        repeats=[NearDuplicate("b.txt", "a.txt", 0.9)],
        unread=[PartlyRead("c.docx", "2 comments")],
    )
    values = report_json(report)
    assert values["repeats"] == [{"article": "b.txt", "like": "a.txt", "share": 0.9}]
    assert values["failed"] == [{"path": "b.pdf", "reason": "it is empty"}]
    assert values["unread"] == [{"path": "c.docx", "what": "2 comments"}]
    assert "  not read: c.docx: 2 comments" in format_report(report).splitlines()


def test_of_many_repeated_articles_a_report_lists_some_and_counts_the_others() -> None:
    repeats = [NearDuplicate(f"{at}.txt", "a.txt", 0.9) for at in range(1025)]
    report = Report("000001", 1025, 0, 0, 0, [], 1025, 1.0, repeats=repeats)
    lines = format_report(report).splitlines()
    assert len(lines) == 22
    assert lines[-1] == "  nearly the same: 1,005 more; --json lists all of them"
    assert len(report_json(report)["repeats"]) == 1025


def test_a_status_tells_the_size_as_people_say_it() -> None:
    lines = format_status({"index_version": "000001", "bytes": 9_443_659}).splitlines()
    assert lines == ["index version  000001", "size           9.4 MB"]


def test_a_rebuild_in_a_terminal_shows_its_progress_and_what_comes_next(tmp_path: Path) -> None:
    (tmp_path / "station.txt").write_text("长城站\n\n长城站建于1985年。", encoding="utf-8")
    terminal, theirs = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    store = tmp_path / "a store"
    command = yiju_command("rebuild", tmp_path / "station.txt", "--store", store)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True)
    os.close(theirs)
    shown = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert "indexing: 100%" in shown
    assert f"Next: yiju ask --store '{store}' QUESTION, or yiju serve --store" in shown
    assert done.stdout.startswith("Index 000001: 1 added")
    assert "Next" not in done.stdout, "programs read it"
