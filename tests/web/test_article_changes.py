"""Articles are added and deleted over HTTP, as other programs do it."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from index.store.store import Store
from tests.support.api import quote_is_exact
from tests.support.documents import archive, docx, pdf, write_lines
from tests.support.served_index import ServedIndex, assert_problem, served_index


def test_an_article_in_json_is_searchable_at_once_and_cited_exactly(served: ServedIndex) -> None:
    text = "  泰山站\n\n泰山站建于2014年。  \n"
    details = {
        "source": "极地报",
        "author": "李雪",
        "published": "2014-02-08",
        "url": "https://a.example",
    }
    response = served.add(id="站/泰山", text=text, title="泰山站", **details)
    assert response.status_code == 201
    added = response.json()
    assert list(added) == ["articles", "failed", "unread", "index_version"]
    assert added["articles"] == [{"id": "站/泰山", "title": "泰山站"}]
    assert (added["failed"], added["unread"]) == ([], [])
    article = served.read("站/泰山").json()
    assert article["text"] == text
    assert {key: article[key] for key in details} == details
    assert article["index_version"] == added["index_version"]
    answer = served.ask("泰山站建于哪一年?")
    assert answer["short_answer"] == "2014年"
    assert answer["citations"][0]["article_id"] == "站/泰山"
    assert quote_is_exact(served.client, answer["citations"][0])


def test_an_article_without_an_id_is_named_by_its_text(served: ServedIndex) -> None:
    text = "秦岭站建于2024年。"
    first = served.add(text=text).json()
    again = served.add(text=text).json()
    assert first["articles"] == again["articles"]
    assert len(first["articles"][0]["id"]) == len("#01234567")
    assert served.read(first["articles"][0]["id"]).json()["text"] == text


FILES = {
    "罗斯海.txt": "罗斯海\n\n罗斯海面积为96万平方公里。".encode("gb18030"),
    "罗斯海.md": "# 罗斯海\n\n罗斯海面积为**96万平方公里**。".encode(),
    "罗斯海.html": "<html><body><article><h1>罗斯海</h1><p>罗斯海面积为96万平方公里。</p>"
    "</article></body></html>".encode(),
    "罗斯海.docx": docx(lambda document: document.add_paragraph("罗斯海面积为96万平方公里。")),
    "罗斯海.jsonl": '{"id": "海", "text": "罗斯海面积为96万平方公里。"}\n'.encode(),
    "罗斯海.zip": archive({"海/罗斯海.txt": "罗斯海\n\n罗斯海面积为96万平方公里。"}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_kind_is_searchable_at_once(served: ServedIndex, name: str) -> None:
    response = served.add_files((name, FILES[name]))
    assert response.status_code == 201, response.text
    [added] = response.json()["articles"]
    expected = {"罗斯海.jsonl": "海", "罗斯海.zip": "罗斯海.zip/海/罗斯海.txt"}
    assert added["id"] == expected.get(name, name)
    answer = served.ask("罗斯海面积为多少?")
    assert answer["short_answer"] == "96万平方公里"
    assert answer["citations"][0]["article_id"] == added["id"]
    assert answer["citations"][0]["page"] is None
    assert quote_is_exact(served.client, answer["citations"][0])
    assert served.delete(added["id"]).status_code == 204


def test_a_citation_has_the_page_on_which_it_starts(served: ServedIndex) -> None:
    data = pdf(
        lambda canvas: write_lines(canvas, ["别林斯高晋海", "别林斯高晋海位于南极半岛以西。"]),
        lambda canvas: write_lines(canvas, ["别林斯高晋海面积为48万平方公里。"]),
    )
    assert served.add_files(("海.pdf", data)).status_code == 201
    article = served.read("海.pdf").json()
    assert len(article["pages"]) == 2
    for question, page in (("别林斯高晋海面积为多少?", 2), ("别林斯高晋海位于哪里?", 1)):
        [first, *_] = served.ask(question)["citations"]
        assert (first["article_id"], first["page"]) == ("海.pdf", page)
        assert sum(start <= first["start"] for start in article["pages"]) == page


def test_several_files_are_added_at_once_and_each_failure_is_reported(served: ServedIndex) -> None:
    response = served.add_files(
        ("一.txt", "威德尔海很冷。".encode()),
        ("二.exe", b"MZ"),
        ("三.jsonl", '{"id": "三", "text": "阿蒙森海。"}\n{"id": "四"}\n'.encode()),
        ("一.txt", "同名的文件。".encode()),
        ("", b"nameless"),
    )
    assert response.status_code == 201
    added = response.json()
    assert [article["id"] for article in added["articles"]] == ["一.txt", "三"]
    names = [failure["name"] for failure in added["failed"]]
    assert names == ["二.exe", "三.jsonl:2", "", "一.txt"]
    assert all(failure["reason"] for failure in added["failed"])


def test_a_second_upload_of_an_id_replaces_the_first(served: ServedIndex) -> None:
    for year in ("1985", "1984"):
        response = served.add(id="长城", text=f"长城站建于{year}年。")
        assert response.status_code == 201
    assert served.read("长城").json()["text"] == "长城站建于1984年。"
    assert served.ask("长城站建于哪一年?")["short_answer"] == "1984年"
    listed = served.client.get("/api/articles", params={"q": "长城"}).json()
    assert [article["id"] for article in listed["articles"]] == ["长城"]


def test_the_list_has_the_author(served: ServedIndex) -> None:
    served.add(id="有作者", title="冰芯", text="冰芯很长。", author="王冰")
    listed = served.client.get("/api/articles", params={"q": "冰芯"}).json()["articles"]
    assert [article["author"] for article in listed] == ["王冰"]


def test_the_id_of_a_file_is_not_taken_away_from_it(served: ServedIndex) -> None:
    response = served.add(id="zhongshan.txt", text="中山站建于1900年。")
    assert_problem(response, 422, "zhongshan.txt", "taken by the file", "another one")
    assert served.ask("中山站建于哪一年?")["short_answer"] == "1989年"


def test_a_deleted_article_is_no_longer_found(served: ServedIndex) -> None:
    served.add(id="a/b c%2F?#", text="南森站建于1911年。")
    assert served.ask("南森站建于哪一年?")["citations"][0]["article_id"] == "a/b c%2F?#"
    gone = served.delete("a/b c%2F?#")
    assert (gone.status_code, gone.content) == (204, b"")
    assert_problem(served.read("a/b c%2F?#"), 404)
    assert_problem(served.delete("a/b c%2F?#"), 404, "There is no article")
    cited = served.ask("南森站建于哪一年?")["citations"]
    assert all(citation["article_id"] != "a/b c%2F?#" for citation in cited)


def test_to_delete_what_is_not_there_makes_no_new_version(served: ServedIndex) -> None:
    before = served.client.get("/readyz").json()
    assert_problem(served.delete("nothing"), 404, "There is no article")
    assert served.client.get("/readyz").json() == before


def test_a_deleted_article_of_a_file_stays_away_until_the_file_changes(served: ServedIndex) -> None:
    served.put("gone.txt", "魏格纳站\n\n魏格纳站建于1930年。")
    served.rebuild()
    assert served.delete("gone.txt").status_code == 204
    served.rebuild()
    assert_problem(served.read("gone.txt"), 404)
    served.put("gone.txt", "魏格纳站\n\n魏格纳站建于1931年。")
    served.rebuild()
    assert "1931年" in served.read("gone.txt").json()["text"]


def test_an_upload_survives_a_rebuild(served: ServedIndex) -> None:
    served.add(id="上传", text="沙克尔顿站建于1907年。")
    served.put("more.txt", "更多的文章。")
    served.rebuild()
    assert served.read("上传").status_code == 200
    assert served.read("more.txt").status_code == 200


def test_two_uploads_at_once_wait_for_each_other(served: ServedIndex) -> None:
    names = [f"同时{number}" for number in range(6)]

    def add(name: str) -> int:
        return httpx.post(
            f"{served.client.base_url}/api/articles",
            json={"id": name, "text": f"{name}的文章。"},
            timeout=60,
        ).status_code

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(add, names)) == {201}
    assert all(served.read(name).status_code == 200 for name in names)


def test_while_a_rebuild_is_at_work_a_change_is_refused_after_a_wait(served: ServedIndex) -> None:
    before = served.client.get("/api/index").json()["index_version"]
    with (
        Store(served.store).lock(wait=10) as lock,
        ThreadPoolExecutor(2) as pool,
    ):
        lock.progress("reading", 3, 7)
        adding = pool.submit(served.add, id="忙", text="忙。")
        deleting = pool.submit(served.delete, "kunlun.txt")
        rebuild = served.client.get("/api/index").json()["rebuild"]
        assert rebuild == {"state": "reading", "done": 3, "total": 7}
        assert_problem(served.client.post("/api/index/rebuild"), 409, "Wait until it has ended")
        for response in (adding.result(), deleting.result()):
            assert_problem(response, 409, "Wait until it has ended")
            assert "retry-after" not in response.headers
    assert served.client.get("/api/index").json()["index_version"] == before


def test_more_than_two_changes_at_once_are_sent_away_and_questions_go_on(
    served: ServedIndex,
) -> None:
    changes = [
        lambda: served.add(id="门", text="门。"),
        lambda: served.add_files(("门.txt", "门。".encode() * 20_000)),
        lambda: served.delete("kunlun.txt"),
    ]
    with Store(served.store).lock(wait=10), ThreadPoolExecutor(10) as pool:
        sent = [pool.submit(change) for change in changes * 3]
        asked = [served.ask("昆仑站建于哪一年?")["short_answer"] for _ in range(3)]
        responses = [response.result() for response in sent]
    refused = [response for response in responses if response.status_code == 503]
    assert asked == ["2009年"] * 3
    assert len(refused) == 7
    for response in refused:
        assert_problem(response, 503, "again in a moment")
        assert response.headers["retry-after"] == "1"
    for response in responses:
        if response not in refused:
            assert_problem(response, 409, "Wait until it has ended")
    assert served.add(id="门", text="门。").status_code == 201


def test_a_server_without_an_index_makes_none_and_follows_a_rebuild(tmp_path: Path) -> None:
    from tests.support.commands.forked_commands import serving

    store = tmp_path / "store"
    with (
        serving(store, tmp_path / "log") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert_problem(client.delete("/api/articles/a"), 503)
        assert_problem(client.post("/api/articles", json={"id": "..", "text": "a"}), 422)
        article = {"id": "泰山", "text": "泰山站建于2014年。"}
        assert_problem(client.post("/api/articles", json=article), 503, "yiju rebuild FOLDER")
        assert not store.exists()
        served = ServedIndex(tmp_path, client)
        served.put("长城.txt", "长城站建于1985年。")
        served.rebuild()
        asked = client.post("/api/ask", json={"question": "长城站建于哪一年?"}).json()
        assert asked["short_answer"] == "1985年"
        assert client.post("/api/articles", json=article).status_code == 201
        for name in ("长城.txt", "泰山"):
            assert client.delete(f"/api/articles/{quote(name)}").status_code == 204
        assert not client.post("/api/ask", json={"question": "长城站哪年建的?"}).json()["answered"]


def test_two_workers_both_take_uploads_and_both_answer_from_them(tmp_path: Path) -> None:
    with served_index(tmp_path, YIJU_WORKERS="2") as served:
        address = served.client.base_url

        def add(number: int) -> int:
            article = {"id": f"站{number}", "text": f"第{number}站建于{1900 + number}年。"}
            while True:
                response = httpx.post(f"{address}/api/articles", json=article, timeout=60)
                if response.status_code != 503:
                    return response.status_code
                time.sleep(int(response.headers["retry-after"]))

        def ask(number: int) -> str:
            question = {"question": f"第{number}站建于哪一年?", "decide": False}
            answer = httpx.post(f"{address}/api/ask", json=question, timeout=60)
            assert answer.status_code == 200, answer.text
            return str(answer.json()["short_answer"])

        with ThreadPoolExecutor(4) as pool:
            assert set(pool.map(add, range(1, 9))) == {201}
            asked = [number for number in range(1, 9) for _ in range(4)]
            assert list(pool.map(ask, asked)) == [f"{1900 + number}年" for number in asked]


def test_a_read_only_server_changes_nothing(tmp_path: Path) -> None:
    with served_index(tmp_path, YIJU_READ_ONLY="true") as served:
        for response in (
            served.add(id="a", text="a"),
            served.add_files(("a.txt", b"a" * 5_000_000)),
            served.delete("kunlun.txt"),
            served.client.post("/api/index/rebuild"),
        ):
            assert_problem(response, 409, "YIJU_READ_ONLY")
        assert served.client.get("/api/index").json()["index_version"] == "000001"
        assert served.ask("昆仑站建于哪一年?")["short_answer"] == "2009年"
