"""Every call that other programs rely on, with the fields they were promised, on a real server.

Fields may be added, but none is renamed or left out.
"""

from typing import Any

import httpx
import pytest

from tests.conftest import until
from tests.support.api import quote_is_exact, sse
from tests.support.served_index import PROBLEM, ServedIndex

ANSWER = {
    "id", "answered", "answer", "short_answer", "confidence", "interpreted_question",
    "index_version", "citations", "passages", "timings_ms", "possible", "kind",
}  # fmt: skip
CITATION = {
    "article_id", "title", "source", "published", "url", "start", "end", "quote", "heading",
}  # fmt: skip
PASSAGE = {"article_id", "start", "end", "text", "score"}
LISTING = {"id", "title", "source", "published", "url", "passages"}
ARTICLE = {
    "id", "title", "source", "published", "url", "text", "sections", "removed", "index_version",
}  # fmt: skip
STATUS = {
    "index_version", "articles", "passages", "vectors", "model", "engine", "bytes", "rebuilt_at",
    "rebuild",
}  # fmt: skip
QUESTION = "泰山站建于哪一年?"
TEXT = "泰山站\n\n泰山站建于2014年。"


@pytest.fixture
def calls(served: ServedIndex) -> ServedIndex:
    """Return the server, with an article that came over the API."""
    added = served.add(id="站/泰山.txt", text=TEXT, source="依据", published="2014-02-08")
    assert added.status_code == 201
    return served


def has(value: dict[str, Any], *names: str) -> bool:
    return set(names) <= set(value)


def test_a_question_has_an_answer_with_exact_citations(calls: ServedIndex) -> None:
    body = {
        "question": QUESTION,
        "history": [
            {"role": "user", "content": "你好"},
            {"role": "assistant", "content": "你好！"},
        ],
        "k": 2,
        "filter": {
            "source": "依据",
            "published_from": "2014",
            "published_to": "2014-02",
            "articles": ["站/泰山.txt"],
        },
        "decide": False,
    }
    answer = calls.client.post("/api/ask", json=body).json()
    assert has(answer, *ANSWER)
    assert (answer["answered"], answer["short_answer"]) == (True, "2014年")
    assert has(answer["citations"][0], *CITATION)
    assert all(quote_is_exact(calls.client, citation) for citation in answer["citations"])
    assert has(answer["passages"][0], *PASSAGE)
    assert has(answer["timings_ms"], "retrieve", "read", "total")


def test_a_stream_ends_with_the_answer(calls: ServedIndex) -> None:
    response = calls.client.post("/api/ask/stream", json={"question": QUESTION, "decide": False})
    events = sse(response.text)
    assert [has(events[0][1], "passages"), events[0][0], events[-1][0]] == [
        True, "passages", "answer",
    ]  # fmt: skip
    assert {name for name, _ in events[1:-1]} == {"delta"}
    assert has(events[-1][1], *ANSWER)


def test_a_search_has_hits(calls: ServedIndex) -> None:
    found = calls.client.post("/api/search", json={"query": "泰山站", "k": 100}).json()
    assert has(found, "hits", "index_version")
    assert has(found["hits"][0], *PASSAGE, "title", "dense_rank", "lexical_rank")


def test_articles_are_listed_read_added_and_deleted(calls: ServedIndex) -> None:
    page = calls.client.get("/api/articles", params={"q": "泰山站", "page": 1}).json()
    assert has(page, "articles", "page", "pages", "total")
    assert has(page["articles"][0], *LISTING)
    article = calls.read("站/泰山.txt").json()
    assert has(article, *ARTICLE)
    assert article["text"] == TEXT
    version = {"index_version": article["index_version"]}
    path = "/api/articles/%E7%AB%99%2F%E6%B3%B0%E5%B1%B1.txt"
    assert calls.client.get(path, params=version).json()["text"] == TEXT
    added = calls.add_files(("note.md", "# 渡口\n\n渡口在河边。".encode()))
    assert (added.status_code, added.json()["articles"][0]["id"]) == (201, "note.md")
    assert has(added.json(), "articles", "failed", "index_version")
    gone = calls.client.delete(path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert calls.read("站/泰山.txt").status_code == 404


def test_the_index_tells_its_state_and_is_rebuilt(calls: ServedIndex) -> None:
    begun = calls.client.post("/api/index/rebuild")
    assert begun.status_code == 202
    assert has(begun.json()["rebuild"], "state", "done", "total")
    assert has(calls.client.get("/api/index").json(), *STATUS)
    until(lambda: calls.client.get("/api/index").json()["rebuild"] is None)


def test_feedback_is_taken_and_questions_are_suggested(calls: ServedIndex) -> None:
    answer = calls.client.post("/api/ask", json={"question": QUESTION}).json()
    verdict = {"answer_id": answer["id"], "helpful": True, "comment": "谢谢"}
    taken = calls.client.post("/api/feedback", json=verdict)
    assert (taken.status_code, taken.content) == (204, b"")
    assert isinstance(calls.client.get("/api/suggestions").json()["suggestions"], list)


def test_programs_that_speak_to_language_models_are_answered(calls: ServedIndex) -> None:
    asked = {"model": "yiju", "messages": [{"role": "user", "content": QUESTION}]}
    message = calls.client.post("/v1/chat/completions", json=asked).json()["choices"][0]["message"]
    assert "2014年" in message["content"]
    mark = message["annotations"][0]["url_citation"]
    assert message["content"][mark["start_index"] : mark["end_index"]] == "[1]"
    # One of two articles that say the same.
    assert "/#/article/%E7%AB%99%2F%E6%B3%B0%E5%B1%B1" in mark["url"]
    assert "?start=" in mark["url"]
    streamed = calls.client.post("/v1/chat/completions", json={**asked, "stream": True})
    assert streamed.text.endswith("data: [DONE]\n\n")
    assert calls.client.get("/v1/models").json()["data"][0]["id"] == "yiju"


def test_the_server_tells_that_it_lives_and_describes_itself(calls: ServedIndex) -> None:
    for path, media_type in (
        ("/healthz", "application/json"),
        ("/readyz", "application/json"),
        ("/openapi.json", "application/json"),
        ("/api/docs", "text/html"),
        ("/", "text/html"),
    ):
        response = calls.client.get(path, follow_redirects=True)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(media_type)


@pytest.mark.parametrize(
    ("method", "path", "raw", "status"),
    [
        ("POST", "/api/ask", b'{"question": ', 400),
        ("GET", "/api/articles/none.txt", b"", 404),
        ("GET", "/api/articles/kunlun.txt?index_version=000999", b"", 410),
        ("POST", "/api/ask", b'{"question": "' + b"a" * 1_000_000 + b'"}', 413),
        ("POST", "/api/articles", b"text", 415),
        ("POST", "/api/ask", b'{"question": "' + b"a" * 2001 + b'"}', 422),
        ("POST", "/api/ask", b'{"question": "\\ud800"}', 422),
        ("POST", "/api/feedback", b'{"answer_id": "none", "helpful": true}', 404),
    ],
)
def test_errors_are_problems(
    served: ServedIndex, method: str, path: str, raw: bytes, status: int
) -> None:
    media_type = "text/plain" if status == 415 else "application/json"
    response: httpx.Response = served.client.request(
        method, path, content=raw, headers={"content-type": media_type}
    )
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    assert has(response.json(), "type", "title", "status", "detail")
