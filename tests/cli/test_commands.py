"""The command line, run as a user runs it."""

import json
import os
import socket
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_afresh, run_yiju
from tests.support.reading_sets import squad, write


def test_ask_prints_the_sentence_and_its_place(sample_store: Path) -> None:
    question = "港珠澳大橋全長多少公里?"
    asked = run_afresh("ask", question, "--store", sample_store, "--json")
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    printed = run_yiju("ask", question, "--store", sample_store).stdout
    first = answer["citations"][0]
    assert answer["answered"] is True
    assert first["article_id"] == "hzmb-bridge.txt"
    assert first["quote"] in printed
    assert f"{first['article_id']} {first['start']}–{first['end']}" in printed


def test_a_second_rebuild_changes_nothing(sample_store: Path) -> None:
    before = status(sample_store)
    done = run_yiju("rebuild", ROOT / "articles", "--store", sample_store, "--json")
    report = json.loads(done.stdout)
    assert list(report) == [
        "index_version", "added", "changed", "removed", "unchanged", "failed", "passages",
        "seconds", "embedded", "repeats", "notes", "unread",
    ]  # fmt: skip
    assert (report["added"], report["changed"], report["removed"]) == (0, 0, 0)
    assert (report["embedded"], report["repeats"], report["notes"]) == (0, [], [])
    assert report["unchanged"] == 14
    assert report["failed"] == []
    assert status(sample_store) == before


def test_the_module_runs_the_same_command(tmp_path: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "index.rebuild", str(tmp_path), "--store", str(tmp_path / "s")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: No article found in")


def test_every_command_explains_itself() -> None:
    listed = run_afresh("--help").stdout
    for command in (
        *("rebuild", "serve", "ask", "status", "rollback", "backup", "evaluate", "feedback"),
    ):
        assert command in listed
        helped = run_afresh(command, "--help")
        assert helped.returncode == 0
        assert "--store" in helped.stdout
    assert run_yiju("--version").stdout.startswith("yiju, version 0.")


def test_bad_usage_exits_with_two() -> None:
    for arguments in ([], ["backup"], ["ask"], ["serve", "--port", "none"], ["nonsense"]):
        assert run_yiju(*arguments).returncode == 2


def test_evaluate_prints_the_figures(sample_store: Path, tmp_path: Path) -> None:
    cases = ROOT / "tests" / "data" / "sample-questions.jsonl"
    done = run_yiju("evaluate", cases, "--store", sample_store, "--json")
    figures = json.loads(done.stdout)
    assert figures["total"] == 60
    assert figures["passed"] + len(figures["failed"]) == 60
    assert sum(row["total"] for row in figures["by_type"].values()) == 60
    # At least the figures in README.md.
    assert figures["passed"] >= 44
    assert figures["by_type"]["unanswerable"]["passed"] >= 12

    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text('{"id": "x"}\n', encoding="utf-8")
    refused = run_yiju("evaluate", wrong, "--store", sample_store)
    plain_failure(refused.returncode, refused.stderr, "line 1 is no question line")


def test_evaluate_asks_a_reading_set_and_lines_and_reports(
    sample_store: Path, tmp_path: Path
) -> None:
    cities, report = (
        write(tmp_path / "cities.json.gz", squad(["甲市", "乙市"])),
        tmp_path / "r.html",
    )
    english = {"甲市-1": "When was the metro of <script>甲市</script> built?"}
    asked = write(tmp_path / "asked.json", squad(["甲市", "乙市"], **english))
    cases = tmp_path / "lines.jsonl"
    lines = (ROOT / "tests" / "data" / "sample-questions.jsonl").read_text(encoding="utf-8")
    cases.write_text("\n".join(lines.splitlines()[:2]), encoding="utf-8")
    among = ["--among", ROOT / "articles" / "hzmb-bridge.txt"]
    options = ["--questions", asked, "--left-out", *among, "--report", report]
    done = run_yiju("evaluate", cities, cases, *options, "--store", sample_store, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    figures = json.loads(done.stdout)
    assert figures["total"] == 2
    [cities_figures] = figures["sets"]
    counts = [cities_figures[key] for key in ("questions", "contexts", "articles")]
    assert counts == [4, 2, 3]
    assert set(cities_figures["retrieval"]) == {"dense", "best_sentence", "lexical", "fusion"}
    assert set(cities_figures["retrieval"]["fusion"]) == {
        "recall@1", "recall@3", "recall@5", "recall@10", "mrr@10", "ndcg@10",
    }  # fmt: skip
    assert set(cities_figures["latency_ms"]["ask"]) == {"p50", "p95", "p99"}
    assert cities_figures["left_out"]["asks"] == 8
    page = report.read_text(encoding="utf-8")
    assert "cities.json.gz asked by asked.json" in page
    assert "<script" not in page

    table = run_afresh("evaluate", cities, "--store", tmp_path / "none")
    assert table.returncode == 0, table.stderr
    assert table.stdout.startswith("cities.json.gz: 4 questions about 2 contexts, asked over 2")


def test_evaluate_refuses_in_one_sentence(tmp_path: Path) -> None:
    first = write(tmp_path / "first.json", squad(["甲市"]))
    second = write(tmp_path / "second.json", squad(["乙市"]))
    for arguments, words in (
        ([second, "--questions", first], "it lacks 2 of 2 question ids (乙市-1, 乙市-2)"),
        ([first, "--report", tmp_path / "no" / "r.html"], "there is no folder"),
        ([first, "--left-out"], "a set must have two contexts at least"),
        ([tmp_path / "lines.jsonl", "--left-out"], "can't be read as UTF-8 question lines"),
    ):
        done = run_yiju("evaluate", *arguments, "--store", tmp_path / "none")
        plain_failure(done.returncode, done.stderr, words)
        assert len(done.stderr.splitlines()) == 1


def test_a_bad_file_does_not_stop_a_rebuild(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    (articles / "good.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    (articles / "bad.txt").write_bytes(bytes(range(256)) * 40)
    (articles / "empty.txt").write_text(" \n", encoding="utf-8")
    done = run_yiju("rebuild", articles, "--store", store, "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["added"] == 1
    assert {Path(failure["path"]).name for failure in report["failed"]} == {"bad.txt", "empty.txt"}
    assert all(failure["reason"] for failure in report["failed"])
    strict = run_yiju("rebuild", articles, "--store", store, "--strict")
    assert strict.returncode == 1
    assert "bad.txt" in strict.stdout


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    (articles / "station.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    assert run_yiju("rebuild", articles, "--store", store).returncode == 0
    before = status(store)
    (articles / "station.txt").unlink()
    done = run_yiju("rebuild", articles, "--store", store)
    plain_failure(done.returncode, done.stderr, "No article found in")
    assert status(store) == before


def test_a_dry_run_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "station.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    done = run_yiju("rebuild", tmp_path, "--store", tmp_path / "store", "--dry-run", "--json")
    assert json.loads(done.stdout)["added"] == 1
    assert not (tmp_path / "store").exists()


def test_an_index_is_gated_rolled_back_and_backed_up(tmp_path: Path) -> None:
    article, store, copy = tmp_path / "station.txt", tmp_path / "store", tmp_path / "copy.tar"
    case = {"id": "q", "lang": "zh", "type": "time", "answerable": True}
    case |= {"question": "南极站建于哪一年?", "evidence": "南极站建于1985年"}
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(case), encoding="utf-8")
    article.write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    options = ["--store", store, "--questions", questions, "--json"]
    assert run_yiju("rebuild", article, *options).returncode == 0
    article.write_text("标题\n\n没有说到那里。", encoding="utf-8")
    refused = run_yiju("rebuild", *options)
    plain_failure(refused.returncode, refused.stderr, "Not found: q. Mend the articles or the")
    forced = run_yiju("rebuild", *options, "--force")
    assert json.loads(forced.stdout)["index_version"] == "000002"
    assert run_afresh("rollback", "--store", store).returncode == 0
    assert status(store)["index_version"] == "000001"
    assert run_afresh("backup", copy, "--store", store).returncode == 0
    again = run_yiju("backup", copy, "--store", store)
    plain_failure(again.returncode, again.stderr, "exists already; choose another name")


def test_a_missing_store_path_or_model_is_one_plain_sentence(tmp_path: Path) -> None:
    for command in (["status"], ["ask", "谁?"]):
        done = run_yiju(*command, "--store", tmp_path / "none")
        plain_failure(done.returncode, done.stderr, "yiju rebuild FOLDER")
    for options in ([], ["--dry-run"]):
        done = run_yiju("rebuild", *options, "--store", tmp_path / "none")
        assert done.returncode == 2
        assert "Error: No PATH was given, and none is recorded" in done.stderr
    done = run_yiju("rebuild", tmp_path / "nowhere", "--store", tmp_path / "store")
    plain_failure(done.returncode, done.stderr, "does not exist")
    done = run_yiju("status", "--store", tmp_path, YIJU_THRESHOLD="very")
    plain_failure(done.returncode, done.stderr, "YIJU_THRESHOLD")
    (tmp_path / "station.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    done = run_yiju("rebuild", tmp_path, "--store", tmp_path / "store", YIJU_MODEL="no/such-model")
    plain_failure(done.returncode, done.stderr, "YIJU_MODEL")


def test_a_bad_path_or_question_is_refused(sample_store: Path, tmp_path: Path) -> None:
    for arguments in (["rebuild", ""], ["status", "--store", ""], ["rebuild", "a\x1b[2Jb"]):
        assert run_yiju(*arguments).returncode == 2
    for question in ("", " ", "长" * 2001):
        done = run_yiju("ask", question, "--store", sample_store)
        plain_failure(done.returncode, done.stderr, "A question has 1 to 2,000 characters")
    (tmp_path / "library.sqlite").write_bytes(b"no database" * 999)
    (tmp_path / "station.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    done = run_yiju("rebuild", tmp_path / "station.txt", "--store", tmp_path)
    plain_failure(done.returncode, done.stderr, "file is not a database")
    (tmp_path / "model").mkdir()
    done = run_yiju("serve", "--store", tmp_path, YIJU_MODEL=str(tmp_path / "model"))
    plain_failure(done.returncode, done.stderr, "neither modules.json nor config.json")


def test_an_article_cannot_steer_the_terminal(tmp_path: Path) -> None:
    line = {"title": "\x1b]0;owned\x07", "text": "南极\x1b[2J长城站建于1985年。\u202e"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    store = tmp_path / "store"
    assert run_yiju("rebuild", tmp_path, "--store", store).returncode == 0
    printed = run_yiju("ask", "长城站建于哪一年?", "--store", store).stdout
    assert "1985年" in printed
    assert "\\u001b[2J" in printed
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)


def test_a_port_in_use_is_one_plain_sentence(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        done = run_yiju("serve", "--store", tmp_path, "--port", port)
    plain_failure(done.returncode, done.stderr, f"Can't listen on 127.0.0.1:{port}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_a_store_that_may_not_be_written_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "station.txt").write_text("标题\n\n南极站建于1985年。", encoding="utf-8")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = run_yiju("rebuild", tmp_path / "station.txt", "--store", locked / "store")
    plain_failure(done.returncode, done.stderr, "Permission denied")


def status(store: Path) -> dict[str, object]:
    """Return a store's status without its size, which a journal may change."""
    values: dict[str, object] = json.loads(run_yiju("status", "--store", store, "--json").stdout)
    assert list(values) == [
        "index_version", "articles", "passages", "vectors", "model", "engine", "bytes",
        "rebuilt_at",
    ]  # fmt: skip
    del values["bytes"]
    return values


def plain_failure(code: int, stderr: str, words: str) -> None:
    """Check for exit code 1 and one sentence on stderr, never a traceback."""
    assert code == 1, stderr
    assert words in stderr
    assert "Traceback" not in stderr
