"""Many slow or broken connections to a server of articles: the others are answered meanwhile."""

from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.serving.raw_http import Place, connect, head, read_answer

COUNT = 50  # eight silenced a server whose threads wait for the clients
BODY = ("Content-Type: application/json", "Content-Length: 100")
KINDS = {
    "nothing": b"",
    "half a head": b"POST /api/ask HTTP/1.1\r\nHost: local",
    "a head without its body": head("POST", "/api/ask", *BODY),
    "a part of a body": head("POST", "/api/ask", *BODY) + b'{"ques',
    "a part of a chunk": head("POST", "/api/articles", "Transfer-Encoding: chunked") + b"64\r\n{",
    "requests whose answers are not read": head("GET", "/openapi.json") * 20,
    "one request, and the connection is kept": head("GET", "/healthz"),
}


@pytest.fixture
def place(server: str) -> Place:
    parts = urlsplit(server)
    return str(parts.hostname), int(parts.port or 80)


@pytest.fixture(params=KINDS)
def slow_clients(request: pytest.FixtureRequest, place: Place) -> Iterator[int]:
    """Hold connections that send no more; yield how many."""
    with ExitStack() as held:
        for _ in range(COUNT):
            held.enter_context(connect(place, KINDS[request.param], room=4096))
        yield COUNT


@pytest.mark.usefixtures("slow_clients")
def test_slow_clients_keep_nobody_waiting(client: httpx.Client, place: Place) -> None:
    for path in ("/healthz", "/readyz", "/", "/api/articles"):
        with connect(place, head("GET", path)) as probe:
            assert read_answer(probe)[0] == 200
    question = {"question": "港珠澳大桥全长多少公里?"}
    answers = [client.post("/api/ask", json=question, timeout=10) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert {answer.json()["short_answer"] for answer in answers} == {"55公里"}
