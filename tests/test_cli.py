"""The command line, run as a user runs it."""

import json
import os
import socket
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_yiju


def test_ask_shows_the_sentence_and_where_it_stands(sample_store: Path) -> None:
    question = "港珠澳大橋全長多少公里?"
    asked = run_yiju("ask", question, "--store", sample_store, "--json")
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    shown = run_yiju("ask", question, "--store", sample_store)
    first = answer["citations"][0]
    assert answer["answered"] is True
    assert first["article_id"] == "hzmb-bridge.txt"
    assert first["quote"] in shown.stdout
    assert f"{first['article_id']} {first['start']}–{first['end']}" in shown.stdout


def test_a_second_rebuild_changes_nothing(sample_store: Path) -> None:
    before = status(sample_store)
    done = run_yiju("rebuild", ROOT / "articles", "--store", sample_store, "--json")
    report = json.loads(done.stdout)
    assert list(report) == [
        "index_version", "added", "changed", "removed", "unchanged", "failed", "passages",
        "seconds",
    ]  # fmt: skip
    assert (report["added"], report["changed"], report["removed"]) == (0, 0, 0)
    assert report["unchanged"] == 14
    assert report["failed"] == []
    assert status(sample_store) == before


def test_the_module_is_the_same_door(tmp_path: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "index.rebuild", str(tmp_path), "--store", str(tmp_path / "s")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: No article found in")


def test_every_command_explains_itself() -> None:
    listed = run_yiju("--help").stdout
    for command in ("rebuild", "serve", "ask", "status", "evaluate"):
        assert command in listed
        helped = run_yiju(command, "--help")
        assert helped.returncode == 0
        assert "--store" in helped.stdout
    assert run_yiju("--version").stdout.startswith("yiju, version 0.")


def test_bad_usage_exits_with_two() -> None:
    for arguments in ([], ["rebuild"], ["ask"], ["serve", "--port", "none"], ["nonsense"]):
        assert run_yiju(*arguments).returncode == 2


def test_evaluate_prints_the_figures(sample_store: Path, tmp_path: Path) -> None:
    cases = ROOT / "tests" / "data" / "sample-questions.jsonl"
    done = run_yiju("evaluate", cases, "--store", sample_store, "--json")
    figures = json.loads(done.stdout)
    assert figures["total"] == 60
    assert figures["passed"] + len(figures["failed"]) == 60
    assert sum(row["total"] for row in figures["by_type"].values()) == 60
    # The figures in README.md.
    assert figures["passed"] == 33
    assert figures["by_type"]["unanswerable"]["passed"] == 14

    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"id": "x"}\n', encoding="utf-8")
    refused = run_yiju("evaluate", wrong, "--store", sample_store)
    plain_failure(refused.returncode, refused.stderr, "line 1 is no question line")


def test_one_bad_file_stops_nobody(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    (articles / "good.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    (articles / "bad.txt").write_bytes(bytes(range(256)) * 40)
    (articles / "empty.txt").write_text(" \n", encoding="utf-8")
    done = run_yiju("rebuild", articles, "--store", store, "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["added"] == 1
    assert {Path(one["path"]).name for one in report["failed"]} == {"bad.txt", "empty.txt"}
    assert all(one["reason"] for one in report["failed"])
    strict = run_yiju("rebuild", articles, "--store", store, "--strict")
    assert strict.returncode == 1
    assert "bad.txt" in strict.stdout


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    (articles / "one.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    assert run_yiju("rebuild", articles, "--store", store).returncode == 0
    before = status(store)
    (articles / "one.txt").unlink()
    done = run_yiju("rebuild", articles, "--store", store)
    plain_failure(done.returncode, done.stderr, "No article found in")
    assert status(store) == before


def test_a_dry_run_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    done = run_yiju("rebuild", tmp_path, "--store", tmp_path / "store", "--dry-run", "--json")
    assert json.loads(done.stdout)["added"] == 1
    assert not (tmp_path / "store").exists()


def test_what_is_missing_is_said_plainly(tmp_path: Path) -> None:
    for command in (["status"], ["ask", "谁?"]):
        done = run_yiju(*command, "--store", tmp_path / "none")
        plain_failure(done.returncode, done.stderr, "yiju rebuild FOLDER")
    done = run_yiju("rebuild", tmp_path / "nowhere", "--store", tmp_path / "store")
    plain_failure(done.returncode, done.stderr, "does not exist")
    done = run_yiju("status", "--store", tmp_path, YIJU_THRESHOLD="very")
    plain_failure(done.returncode, done.stderr, "YIJU_THRESHOLD")
    (tmp_path / "one.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    done = run_yiju("rebuild", tmp_path, "--store", tmp_path / "store", YIJU_MODEL="no/such-model")
    plain_failure(done.returncode, done.stderr, "YIJU_MODEL")


def test_what_is_no_path_or_question_is_refused(sample_store: Path, tmp_path: Path) -> None:
    for arguments in (["rebuild", ""], ["status", "--store", ""], ["rebuild", "a\x1b[2Jb"]):
        assert run_yiju(*arguments).returncode == 2
    for question in ("", " ", "长" * 2001):
        done = run_yiju("ask", question, "--store", sample_store)
        plain_failure(done.returncode, done.stderr, "A question has 1 to 2,000 characters")
    (tmp_path / "library.sqlite").write_bytes(b"no database" * 999)
    (tmp_path / "one.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    done = run_yiju("rebuild", tmp_path / "one.txt", "--store", tmp_path)
    plain_failure(done.returncode, done.stderr, "file is not a database")
    (tmp_path / "model").mkdir()
    done = run_yiju("serve", "--store", tmp_path, YIJU_MODEL=str(tmp_path / "model"))
    plain_failure(done.returncode, done.stderr, "neither modules.json nor config.json")


def test_an_article_cannot_steer_the_terminal(tmp_path: Path) -> None:
    line = {"title": "\x1b]0;owned\x07", "text": "南极\x1b[2J长城站建于1985年。\u202e"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    store = tmp_path / "store"
    assert run_yiju("rebuild", tmp_path, "--store", store).returncode == 0
    shown = run_yiju("ask", "长城站建于哪一年?", "--store", store).stdout
    assert "1985年" in shown
    assert "\\u001b[2J" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_a_port_in_use_is_said_plainly(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        done = run_yiju("serve", "--store", tmp_path, "--port", port)
    plain_failure(done.returncode, done.stderr, f"Can't listen on 127.0.0.1:{port}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_store_that_may_not_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = run_yiju("rebuild", tmp_path / "one.txt", "--store", locked / "store")
    plain_failure(done.returncode, done.stderr, "Permission denied")


def status(store: Path) -> dict[str, object]:
    """What the store says of itself, less its size, which a journal may change."""
    told: dict[str, object] = json.loads(run_yiju("status", "--store", store, "--json").stdout)
    assert list(told) == [
        "index_version", "articles", "passages", "vectors", "model", "engine", "bytes",
        "rebuilt_at",
    ]  # fmt: skip
    del told["bytes"]
    return told


def plain_failure(code: int, stderr: str, words: str) -> None:
    """Exit code 1 and one sentence, never a traceback."""
    assert code == 1, stderr
    assert words in stderr
    assert "Traceback" not in stderr
