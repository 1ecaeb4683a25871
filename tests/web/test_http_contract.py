"""The HTTP door: one real server, asked as other programs ask it."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.api import ANSWER_KEYS, CASES, quote_is_exact, sse


def test_every_sample_question_comes_back_in_the_shape_of_the_contract(
    client: httpx.Client,
) -> None:
    for case in CASES:
        response = client.post("/api/ask", json={"question": case.question})
        answer = response.json()
        assert response.status_code == 200
        assert list(answer) == ANSWER_KEYS
        assert answer["answered"] == bool(answer["citations"])
        assert 0 <= answer["confidence"] <= 1
        assert answer["short_answer"] is None or any(
            answer["short_answer"] in one["quote"] for one in answer["citations"]
        )


def test_quotes_are_the_text_at_their_range(client: httpx.Client) -> None:
    cited = 0
    for case in CASES:
        body = {"question": case.question, "decide": False}
        for one in client.post("/api/ask", json=body).json()["citations"]:
            assert list(one) == [
                "article_id", "title", "source", "published", "url", "start", "end", "quote",
                "heading", "page",
            ]  # fmt: skip
            assert quote_is_exact(client, one)
            cited += 1
    assert cited >= len(CASES)


def test_with_deciding_off_there_is_always_an_answer(client: httpx.Client) -> None:
    body = {"question": "今天的午饭吃什么?", "decide": False}
    assert client.post("/api/ask", json=body).json()["answered"] is True


def test_the_language_of_a_refusal_is_that_of_the_question(client: httpx.Client) -> None:
    refusals = {
        "木星上的气压计卖什么价钱?": "这些文章里没有说。",
        "木星上的氣壓計賣什麼價錢?": "這些文章裡沒有說。",
        "Who sells barometers on Jupiter?": "The articles don't say.",
    }
    for question, refusal in refusals.items():
        answer = client.post("/api/ask", json={"question": question}).json()
        assert (answer["answered"], answer["answer"]) == (False, refusal)
        assert (answer["short_answer"], answer["citations"]) == (None, [])
        assert answer["passages"]


def test_k_is_the_number_of_passages(client: httpx.Client) -> None:
    for k in (1, 20):
        answer = client.post("/api/ask", json={"question": "三峡工程", "k": k}).json()
        assert len(answer["passages"]) == k


def test_the_stream_tells_passages_then_the_answer_piece_by_piece(client: httpx.Client) -> None:
    question = {"question": "港珠澳大桥全长多少公里?"}
    response = client.post("/api/ask/stream", json=question)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    events = sse(response.text)
    names = [name for name, _ in events]
    assert names[0] == "passages"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"delta"}
    told = "".join(data["text"] for name, data in events if name == "delta")
    assert told == events[-1][1]["answer"]
    whole = client.post("/api/ask", json=question).json()
    changing = {"id", "timings_ms"}
    assert {k: v for k, v in events[-1][1].items() if k not in changing} == {
        k: v for k, v in whole.items() if k not in changing
    }
    assert events[0][1]["passages"] == whole["passages"]


def test_chinese_is_not_escaped(client: httpx.Client) -> None:
    assert "文章里没有说" in client.post("/api/ask", json={"question": "木星气压计卖多少?"}).text


def test_search_gives_passages_with_their_ranks(client: httpx.Client) -> None:
    found = client.post("/api/search", json={"query": "白鹤滩水电站", "k": 7}).json()
    assert len(found["hits"]) == 7
    first = found["hits"][0]
    assert list(first) == [
        "article_id", "title", "start", "end", "text", "score", "dense_rank", "lexical_rank",
    ]  # fmt: skip
    assert "白鹤滩水电站" in first["text"]
    assert {hit["lexical_rank"] for hit in found["hits"]} >= {1, 2, 3}
    assert [hit["score"] for hit in found["hits"]] == sorted(
        (hit["score"] for hit in found["hits"]), reverse=True
    )


def test_a_filter_lets_only_its_articles_through(client: httpx.Client) -> None:
    listed = client.get("/api/articles").json()["articles"]
    days = sorted(one["published"] for one in listed if one["published"])
    assert days[0] < days[-1]
    middle = days[len(days) // 2]
    body = {"query": "投资", "k": 100, "filter": {"published_from": middle}}
    hits = client.post("/api/search", json=body).json()["hits"]
    allowed = {one["id"] for one in listed if one["published"] and one["published"] >= middle}
    assert hits
    assert {hit["article_id"] for hit in hits} <= allowed


def test_articles_are_listed_and_read(client: httpx.Client) -> None:
    page = client.get("/api/articles").json()
    assert page["total"] == len(page["articles"]) == 14
    for one in page["articles"]:
        article = client.get(f"/api/articles/{one['id'].replace('/', '%2F')}").json()
        shared = ("title", "source", "author", "published", "url")
        assert [article[key] for key in shared] == [one[key] for key in shared]
        assert article["pages"] == []
        for section in article["sections"]:
            assert article["text"][section["start"] :].startswith(section["title"])
    assert client.get("/api/articles", params={"q": "no such words"}).json()["total"] == 0
    assert client.get("/api/articles", params={"page": 99}).json()["articles"] == []


def test_the_index_tells_of_itself(client: httpx.Client, sample_store: Path) -> None:
    index = client.get("/api/index").json()
    assert index["articles"] == 14
    assert index["vectors"] == index["passages"] > 30
    assert index["model"].startswith("yiju-zh-en-256@")
    assert index["rebuild"] is None
    assert index["bytes"] > (sample_store / "library.sqlite").stat().st_size
    assert client.get("/healthz").json()["status"] == "alive"
    assert client.get("/readyz").json()["index_version"] == index["index_version"]


def test_the_openapi_document_describes_every_call(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/ask", "/api/ask/stream", "/api/search", "/api/articles",
        "/api/articles/{article_id}", "/api/index", "/api/index/rebuild", "/healthz", "/readyz",
    }  # fmt: skip
    assert set(document["paths"]["/api/articles"]) == {"get", "post"}
    assert set(document["paths"]["/api/articles/{article_id}"]) == {"get", "delete"}
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert all(answer["description"] for answer in operation["responses"].values())


def test_the_openapi_document_describes_uploads(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    upload = paths["/api/articles"]["post"]
    content = upload["requestBody"]["content"]
    assert set(content) == {"application/json", "multipart/form-data"}
    article = content["application/json"]["schema"]
    fields = {"id", "title", "text", "source", "author", "published", "url"}
    assert (set(article["properties"]), article["required"]) == (fields, ["text"])
    files = content["multipart/form-data"]["schema"]["properties"]["files"]
    assert files == {"type": "array", "items": {"type": "string", "format": "binary"}}
    assert set(upload["responses"]) == {"201", "400", "403", "409", "413", "415", "422", "503"}
    gone = paths["/api/articles/{article_id}"]["delete"]["responses"]
    assert set(gone) == {"204", "403", "404", "409", "422", "503"}
    assert "content" not in gone["204"]
    begun = paths["/api/index/rebuild"]["post"]["responses"]
    assert set(begun) == {"202", "403", "409", "413", "422", "503"}
    page = client.get("/api/docs", follow_redirects=True)
    assert "swagger" in page.text.lower()
    assert "//cdn" not in page.text


def test_the_page_may_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "http://" not in page.text.replace("http://www.w3.org", "")
    assert "https://" not in page.text


BAD = [
    ("/api/ask", {"question": ""}, 422),
    ("/api/ask", {"question": " \n"}, 422),
    ("/api/ask", {"question": "长" * 2001}, 422),
    ("/api/ask", {"question": "a\0b"}, 422),
    ("/api/ask", {"question": 5}, 422),
    ("/api/ask", {}, 422),
    ("/api/ask", [], 422),
    ("/api/ask", "question", 422),
    ("/api/ask", {"question": "a", "k": 0}, 422),
    ("/api/ask", {"question": "a", "k": 21}, 422),
    ("/api/ask", {"question": "a", "k": "5"}, 422),
    ("/api/ask", {"question": "a", "decide": "no"}, 422),
    ("/api/ask", {"question": "a", "filter": {"sauce": "x"}}, 422),
    ("/api/ask", {"question": "a", "filter": {"published_from": "yesterday"}}, 422),
    ("/api/ask", {"question": "a", "filter": {"published_from": "2016-02-30"}}, 422),
    ("/api/search", {"query": "a", "filter": {"published_to": "２０１６"}}, 422),
    ("/api/ask", {"question": "a", "history": [{"role": "system", "content": "x"}]}, 422),
    ("/api/ask/stream", {"question": ""}, 422),
    ("/api/search", {"query": "a", "k": 101}, 422),
]


@pytest.mark.parametrize(("path", "body", "status"), BAD)
def test_a_body_of_the_wrong_shape_is_a_problem(
    client: httpx.Client, path: str, body: object, status: int
) -> None:
    assert_problem(client.post(path, json=body), status)


RAW = [
    (b'{"question": ', "application/json", 400),
    (b'{"question": "\xff"}', "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"question": "a"}', "text/plain", 415),
    (b'{"question": "\\ud800"}', "application/json", 422),
    (b'{"question": "a", "filter": {"source": "\\ud800"}}', "application/json", 422),
    (b'{"question": "' + b"a" * 1_000_001 + b'"}', "application/json", 413),
]


@pytest.mark.parametrize(("raw", "media_type", "status"), RAW)
def test_a_body_that_cannot_be_read_is_a_problem(
    client: httpx.Client, raw: bytes, media_type: str, status: int
) -> None:
    for path in ("/api/ask", "/api/ask/stream", "/api/search"):
        answer = client.post(path, content=raw, headers={"content-type": media_type})
        assert_problem(answer, status)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/articles/none.txt", 404),
        ("/api/articles/..%2F..%2Fetc%2Fpasswd", 404),
        ("/api/articles/three-gorges.txt?index_version=000999", 410),
        ("/api/articles/three-gorges.txt?index_version=../1", 422),
        ("/api/articles?page=0", 422),
        ("/api/articles?page=x", 422),
        ("/nowhere", 404),
        ("/api/ask", 405),
    ],
)
def test_an_address_that_leads_nowhere_is_a_problem(
    client: httpx.Client, path: str, status: int
) -> None:
    assert_problem(client.get(path), status)


def test_a_body_in_chunks_has_the_same_limit(client: httpx.Client) -> None:
    def chunks(size: int) -> Iterator[bytes]:
        yield b'{"question": "'
        yield b"a" * size
        yield b'"}'

    for size, status in ((100, 200), (2000, 200), (1_000_000, 413)):
        response = client.post(
            "/api/ask", content=chunks(size), headers={"content-type": "application/json"}
        )
        assert response.status_code == status
    assert_problem(response, 413)


def test_a_body_in_bad_chunks_is_a_problem(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    for path in ("ask", "articles"):
        with socket.create_connection((host, int(port)), timeout=60) as raw:
            raw.sendall(
                f"POST /api/{path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n".encode()
            )
            answer = raw.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"application/problem+json" in answer


def test_options_tells_the_methods(client: httpx.Client) -> None:
    assert "POST" in client.options("/api/ask").headers["allow"]
    assert {"GET", "POST"} <= set(client.options("/api/articles").headers["allow"].split(", "))
    assert "DELETE" in client.options("/api/articles/a").headers["allow"]


def assert_problem(response: httpx.Response, status: int) -> None:
    """A problem has all its parts and never a traceback."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = json.loads(response.text)
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert problem["detail"]
    assert "Traceback" not in response.text
