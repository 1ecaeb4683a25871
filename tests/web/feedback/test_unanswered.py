"""The owner's page of unanswered questions, and what is chosen on it, on a real server."""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bench.processes import serving
from tests.conftest import run_yiju
from tests.support.served_index import ServedIndex, assert_problem, served_index
from tests.web.feedback.readers import KUNLUN, NOWHERE, asked, judge, listed


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[ServedIndex]:
    """Serve an index whose owner keeps unanswered questions."""
    with served_index(tmp_path, YIJU_KEEP_QUESTIONS="true") as served:
        yield served


def test_questions_that_find_nothing_are_listed_where_the_owner_keeps_them(
    keeping: ServedIndex,
) -> None:
    client = keeping.client
    assert client.get("/api/index").json()["keeps_questions"] is True
    ids = [asked(client, question) for question in (NOWHERE, "木星上的氣壓計賣什麼價錢？", KUNLUN)]
    client.post("/api/ask", json={"question": "火星上呢?", "filter": {"source": "无"}})
    assert judge(client, ids[0], helpful=True).status_code == 204
    page = client.get("/api/unanswered").json()
    assert (page["page"], page["pages"], page["total"]) == (1, 1, 1)
    (question,) = page["questions"]
    assert list(question) == [
        "id", "question", "languages", "count", "first_asked", "last_asked", "answered",
        "confidence", "index_version", "best", "nearest", "helpful", "unhelpful", "comments",
    ]  # fmt: skip
    assert (question["languages"], question["count"]) == (["zh", "zh-Hant"], 2)
    assert (question["answered"], question["helpful"], question["unhelpful"]) == (False, 1, 0)
    assert {near["id"] for near in question["nearest"]} <= {"kunlun.txt", "zhongshan.txt"}
    assert question["last_asked"].endswith("+00:00")
    assert client.get("/api/unanswered", params={"page": 2}).json()["questions"] == []
    assert client.delete(f"/api/unanswered/{question['id']}").status_code == 204
    assert_problem(client.delete(f"/api/unanswered/{question['id']}"), 404, "deleted")
    assert client.get("/api/unanswered").json()["total"] == 0
    log = keeping.log.read_text(encoding="utf-8")
    assert not any(question in log for question in (NOWHERE, KUNLUN))


def test_a_choice_is_asked_by_evaluate_and_by_the_quality_gate(keeping: ServedIndex) -> None:
    client = keeping.client
    answer = asked(client, KUNLUN)
    assert judge(client, answer, helpful=False).status_code == 204
    asked(client, NOWHERE)
    judge(client, asked(client, NOWHERE), helpful=False)
    where = client.get("/api/articles/kunlun.txt").json()["text"].index("昆仑站建于")
    choice = {"article_id": "kunlun.txt", "start": where, "end": where + 11}
    path = f"/api/unanswered/{listed(client)[KUNLUN]['id']}/answer"
    assert client.post(path, json={**choice, "short_answer": "2009年"}).status_code == 204
    path = f"/api/unanswered/{listed(client)[NOWHERE]['id']}/answer"
    assert client.post(path, json={"none": True}).status_code == 204
    assert listed(client) == {}
    lines = keeping.store / "questions.jsonl"
    judged = run_yiju("evaluate", lines, "--store", keeping.store, "--json")
    report = json.loads(judged.stdout)
    assert (report["passed"], report["total"]) == (2, 2), report
    keeping.put("taishan.txt", "泰山站\n\n泰山站建于2014年。")
    keeping.rebuild()
    manifest = json.loads((keeping.store / "generations/000002/manifest.json").read_text("utf-8"))
    assert (manifest["quality"]["asked"], manifest["quality"]["recall"]) == (1, 1.0)
    assert len(run_yiju("feedback", "--jsonl", "--store", keeping.store).stdout.splitlines()) == 2


BAD_CHOICES: list[tuple[object, int, str]] = [
    ({}, 422, "none"),
    ({"none": False}, 422, "none"),
    ({"none": True, "start": 0}, 422, "none"),
    ({"article_id": "kunlun.txt", "start": 0}, 422, "end"),
    ({"article_id": "nothing.txt", "start": 0, "end": 3}, 422, "nothing.txt"),
    ({"article_id": "kunlun.txt", "start": 3, "end": 3}, 422, "greater than start"),
    ({"article_id": "kunlun.txt", "start": 0, "end": 9999}, 422, "length of 16"),
    ({"article_id": "kunlun.txt", "start": -1, "end": 3}, 422, "start"),
    ({"article_id": "kunlun.txt", "start": 3, "end": 5}, 422, "does not have text"),
    (
        {"article_id": "kunlun.txt", "start": 5, "end": 16, "short_answer": "1989年"},
        422,
        "does not have the short answer",
    ),
    ({"article_id": "kunlun.txt", "start": 5, "end": 16, "short_answer": " "}, 422, "short_answer"),
]


def test_a_choice_that_is_none_is_a_problem_and_changes_nothing(keeping: ServedIndex) -> None:
    client = keeping.client
    judge(client, asked(client, NOWHERE), helpful=False)
    path = f"/api/unanswered/{listed(client)[NOWHERE]['id']}/answer"
    for body, status, word in BAD_CHOICES:
        assert_problem(client.post(path, json=body), status, word)
    assert_problem(client.post(path, content=b"{"), 415)
    unknown = f"/api/unanswered/{'0' * 16}/answer"
    assert_problem(client.post(unknown, json={"none": True}), 404, "kept")
    assert_problem(client.post("/api/unanswered/A/answer", json={"none": True}), 422)
    lines = keeping.store / "questions.jsonl"
    lines.write_text("{}\n", encoding="utf-8")
    told = client.post(path, json={"none": True})
    assert_problem(told, 409, "questions.jsonl, line 1 is no question line")
    assert str(keeping.store) not in told.text
    assert lines.read_text(encoding="utf-8") == "{}\n"
    assert NOWHERE in listed(client)


def test_what_is_kept_outlives_a_rebuild_and_is_in_the_backup(
    keeping: ServedIndex, tmp_path: Path
) -> None:
    asked(keeping.client, NOWHERE)
    judge(keeping.client, asked(keeping.client, KUNLUN), helpful=False)
    done = run_yiju("rebuild", "--full", "--store", keeping.store)
    assert done.returncode == 0, done.stderr
    assert set(listed(keeping.client)) == {NOWHERE, KUNLUN}
    file, copy = tmp_path / "copy.tar", tmp_path / "copy"
    assert run_yiju("backup", file, "--store", keeping.store).returncode == 0
    with tarfile.open(file) as tar:
        tar.extractall(copy, filter="data")
    assert NOWHERE in run_yiju("feedback", "--store", copy).stdout
    with serving(copy) as address, httpx.Client(base_url=address, timeout=60) as restored:
        assert set(listed(restored)) == {NOWHERE, KUNLUN}
        judge(restored, asked(restored, "中山站建于哪一年?"), helpful=False)
        assert len(listed(restored)) == 3
