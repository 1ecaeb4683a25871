"""What the API refuses: every problem has a status, a sentence and no traceback."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.support.served_index import assert_problem

BAD_BODIES = [
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
    ("/api/ask", {"question": "a", "filter": {"published_to": "0000"}}, 422),
    ("/api/ask", {"question": "a", "filter": {"published_to": "2016-13"}}, 422),
    ("/api/search", {"query": "a", "filter": {"published_to": "２０１６"}}, 422),
    ("/api/ask", {"question": "a", "history": [{"role": "system", "content": "x"}]}, 422),
    ("/api/ask/stream", {"question": ""}, 422),
    ("/api/search", {"query": "a", "k": 101}, 422),
]


@pytest.mark.parametrize(("path", "body", "status"), BAD_BODIES)
def test_a_body_of_the_wrong_shape_is_a_problem(
    client: httpx.Client, path: str, body: object, status: int
) -> None:
    response = client.post(path, json=body)
    assert_problem(response, status)
    assert "Value error" not in response.json()["detail"]


RAW_BODIES = [
    (b'{"question": ', "application/json", 400),
    (b'{"question": "\xff"}', "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"question": "a"}', "text/plain", 415),
    (b'{"question": "\\ud800"}', "application/json", 422),
    (b'{"question": "a", "filter": {"source": "\\ud800"}}', "application/json", 422),
    (b'{"question": "' + b"a" * 1_000_001 + b'"}', "application/json", 413),
]


@pytest.mark.parametrize(("raw", "media_type", "status"), RAW_BODIES)
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
                f"POST /api/{path} HTTP/1.1\r\nHost: localhost\r\n"
                "Content-Type: application/json\r\n"
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n".encode()
            )
            answer = raw.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 400")
        assert b"application/problem+json" in answer
