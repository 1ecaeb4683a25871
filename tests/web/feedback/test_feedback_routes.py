"""Readers' verdicts and the owner's page of unanswered questions, on real servers."""

import json
import tarfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest

from index.errors import FULL, RIGHTS
from tests.conftest import run_yiju
from tests.support.api import sse
from tests.support.command_line_index import fill_up, mounted
from tests.support.commands.forked_commands import running_server, serving
from tests.support.served_index import ServedIndex, assert_problem, served_index
from tests.web.feedback.calls import asked, judge, listed

NOWHERE = "木星上的气压计卖什么价钱?"
KUNLUN = "昆仑站建于哪一年?"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve an index by two processes, as it is without any settings."""
    with served_index(tmp_path_factory.mktemp("site"), YIJU_WORKERS="2") as shared:
        yield shared


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[ServedIndex]:
    """Serve an index whose owner keeps unanswered questions."""
    with served_index(tmp_path, YIJU_KEEP_QUESTIONS="true") as served:
        yield served


def test_any_process_takes_the_verdict_on_any_answer(served: ServedIndex) -> None:
    def ask_and_judge(number: int) -> int:
        address = served.client.base_url
        with httpx.Client(base_url=address, timeout=60) as first:
            answer = asked(first, f"{KUNLUN}{' ' * number}")
        with httpx.Client(base_url=address, timeout=60) as second:
            return judge(second, answer, helpful=False).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask_and_judge, range(32))) == [204] * 32
    question = listed(served.client)[KUNLUN]
    assert (question["count"], question["unhelpful"], question["helpful"]) == (32, 32, 0)
    with (
        serving(served.store) as address,
        httpx.Client(base_url=address, timeout=60) as other,
    ):
        answer = asked(other, "中山站建于哪一年?")
        assert judge(served.client, answer, helpful=False).status_code == 204
        assert "中山站建于哪一年?" in listed(other)


def test_a_verdict_has_no_content_and_replaces_an_earlier_one(served: ServedIndex) -> None:
    answer = asked(served.client, "昆仑站是哪一年建的?")
    first = judge(served.client, answer, helpful=False, comment=" <b>不对</b> ")
    assert (first.status_code, first.content) == (204, b"")
    assert "content-type" not in first.headers
    response = served.client.get("/api/unanswered")
    assert response.headers["content-type"] == "application/json"
    (said,) = listed(served.client)["昆仑站是哪一年建的?"]["comments"]
    assert (said["helpful"], said["comment"]) == (False, "<b>不对</b>")
    assert judge(served.client, answer, helpful=True).status_code == 204
    assert "昆仑站是哪一年建的?" not in listed(served.client)


def test_the_answer_of_a_stream_can_be_judged_as_well(served: ServedIndex) -> None:
    stream = served.client.post("/api/ask/stream", json={"question": "昆仑站何时建成?"})
    answer = sse(stream.text)[-1][1]
    assert judge(served.client, answer["id"], helpful=False).status_code == 204
    assert "昆仑站何时建成?" in listed(served.client)


def test_without_a_verdict_no_question_is_listed_and_the_index_says_so(
    served: ServedIndex,
) -> None:
    asked(served.client, NOWHERE)
    assert NOWHERE not in listed(served.client)
    index = served.client.get("/api/index").json()
    assert (index["keeps_questions"], index["takes_feedback"]) == (False, True)


BAD_VERDICTS: list[tuple[object, int, str]] = [
    ({"answer_id": "nobody", "helpful": True}, 404, "kept for a day"),
    ({"answer_id": "nobody"}, 422, "helpful"),
    ({"answer_id": "nobody", "helpful": 1}, 422, "helpful"),
    ({"answer_id": "", "helpful": True}, 422, "answer_id"),
    ({"answer_id": "a" * 65, "helpful": True}, 422, "answer_id"),
    ({"answer_id": "a", "helpful": True, "comment": "长" * 2001}, 422, "comment"),
    ({"answer_id": "a", "helpful": True, "comment": "a\0b"}, 422, "comment"),
    ({"answer_id": "a", "helpful": True, "note": ""}, 422, "note"),
    (["a"], 422, "object"),
]


@pytest.mark.parametrize(("body", "status", "word"), BAD_VERDICTS)
def test_a_verdict_that_is_none_is_a_problem(
    served: ServedIndex, body: object, status: int, word: str
) -> None:
    assert_problem(served.client.post("/api/feedback", json=body), status, word)
    plain = served.client.post("/api/feedback", content=b"a", headers={"content-type": "text/a"})
    assert_problem(plain, 415)


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


def test_a_read_only_server_takes_no_feedback_and_remembers_nothing(tmp_path: Path) -> None:
    with served_index(tmp_path, YIJU_READ_ONLY="true") as served:
        client, name = served.client, "0" * 16
        answer = asked(client, KUNLUN)
        for response in (
            judge(client, answer, helpful=True),
            client.post(f"/api/unanswered/{name}/answer", json={"none": True}),
            client.delete(f"/api/unanswered/{name}"),
        ):
            assert_problem(response, 409, "YIJU_READ_ONLY")
        assert client.get("/api/unanswered").json()["total"] == 0
        assert client.get("/api/index").json()["takes_feedback"] is False
        assert not (served.store / "feedback.sqlite").exists()


def test_where_nothing_can_be_written_questions_are_answered_and_verdicts_are_refused(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    with mounted(disk, "size=30m"), served_index(disk, YIJU_KEEP_QUESTIONS="true") as served:
        client, log = served.client, served.log
        answer = asked(client, KUNLUN)
        assert judge(client, answer, helpful=False).status_code == 204
        fill_up(disk / "free")
        size = log.stat().st_size
        for _ in range(60):
            asked(client, NOWHERE)
        refused = judge(client, answer, helpful=False, comment="长" * 2000)
        assert_problem(refused, 503, "feedback.sqlite can't be used", FULL)
        assert refused.headers["retry-after"]
        (disk / "free").unlink()
        assert judge(client, asked(client, KUNLUN), helpful=False).status_code == 204
        told = log.read_bytes()[size:].decode()
        assert told.count("Answers can't be remembered for feedback") <= 1
        assert NOWHERE not in told
        file = served.store / "feedback.sqlite"
        file.unlink()
        file.mkdir()
        assert_problem(judge(client, asked(client, KUNLUN), helpful=False), 503, RIGHTS)
        assert_problem(client.get("/api/unanswered"), 503, "unable to open database file")
        file.rmdir()
        assert judge(client, asked(client, KUNLUN), helpful=True).status_code == 204
        assert "Traceback" not in log.read_text(encoding="utf-8")


def test_what_was_taken_is_there_after_the_server_was_killed(served: ServedIndex) -> None:
    with (
        running_server(["--store", served.store]) as server,
        httpx.Client(base_url=server.address, timeout=60) as client,
    ):
        answer = asked(client, "昆仑站建成于何年?")
        assert judge(client, answer, helpful=False, comment="不对").status_code == 204
        main = psutil.Process(server.process_id)
        for process in (*main.children(recursive=True), main):
            process.kill()
    (said,) = listed(served.client)["昆仑站建成于何年?"]["comments"]
    assert said["comment"] == "不对"


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
