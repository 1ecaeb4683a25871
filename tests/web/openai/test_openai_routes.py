"""Errors under `/v1`, wherever they arise, have OpenAI's shape."""

from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient

from index.errors import StoreError
from index.search.searcher import Searcher
from qa.answer import Answer
from qa.answerer import Answerer
from qa.decision import Thresholds
from qa.retrieval import Request, Retrieved
from tests.support import answerers
from tests.support.small_server import small_app

CHAT = "/v1/chat/completions"
MESSAGES = [{"role": "user", "content": "建于哪一年?"}]
JSON = {"content-type": "application/json"}


def assert_error(response: httpx.Response, status: int, *words: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    (error,) = response.json().values()
    assert set(error) == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"
    assert "Traceback" not in error["message"]
    for word in words:
        assert word in error["message"]


@pytest.mark.parametrize(
    ("raw", "headers", "status", "word"),
    [
        (b'{"messages": ', JSON, 400, "not valid JSON"),
        (b"[]", JSON, 400, "must be a JSON object"),
        (b"[" * 100_000, JSON, 400, "nested"),
        (b"{}", JSON, 400, "messages: Field required."),
        (b"{}", {"content-type": "text/plain"}, 415, "Content-Type"),
        (b'{"a": "' + b"a" * 1_000_001 + b'"}', JSON, 413, "YIJU_MAX_BODY"),
        (b"{}", {**JSON, "origin": "https://evil.example"}, 403, "another site"),
        (b"{}", {**JSON, "host": "evil.example"}, 421, "YIJU_HOSTS"),
        (b"{}", {**JSON, "accept-language": "zh"}, 400, "messages：必须提供。"),
    ],
)
def test_a_refused_request_is_told_in_openais_shape(
    client: httpx.Client, raw: bytes, headers: dict[str, str], status: int, word: str
) -> None:
    assert_error(client.post(CHAT, content=raw, headers=headers), status, word)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/nowhere", 404), ("/v1", 404), ("//v1/x", 404), (CHAT, 405), ("/v1/models/gpt", 404)],
)
def test_an_address_that_leads_nowhere_is_told_in_openais_shape(
    client: httpx.Client, path: str, status: int
) -> None:
    # Said in full, for a path of two slashes would be a host.
    assert_error(client.get(f"{str(client.base_url).rstrip('/')}{path}"), status)


def test_the_parameter_that_is_wrong_is_named(client: httpx.Client) -> None:
    picture = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "a"}}]}
    for wrong, param, code in (
        ({"messages": [*MESSAGES, picture]}, "messages[1].content", "invalid_value"),
        ({"messages": MESSAGES, "n": 3}, "n", "invalid_value"),
        ({}, "messages", "missing_required_parameter"),
        ({"messages": MESSAGES, "model": "gpt-5"}, "model", "model_not_found"),
        (
            {"messages": [{"role": "user", "content": "长" * 2001}]},
            "messages",
            "string_above_max_length",
        ),
    ):
        error = client.post(CHAT, json=wrong).json()["error"]
        assert (error["param"], error["code"]) == (param, code)


class BrokenAnswerer(Answerer):
    """An answerer whose index is gone before it retrieves, or fails after it has."""

    def __init__(self, *, retrieves: bool) -> None:
        super().__init__(answerers.ranker(), answerers.calibrator(), Thresholds(0.5, 0.2))
        self._retrieves = retrieves

    def retrieve(self, request: Request, searcher: Searcher) -> Retrieved:
        """Retrieve, or find no index."""
        if not self._retrieves:
            raise StoreError("There is no index.")
        return super().retrieve(request, searcher)

    def answer(self, retrieved: Retrieved) -> Answer:  # noqa: ARG002
        """Raise an unexpected error."""
        raise RuntimeError("secret detail")


def broken(root: Path, *, retrieves: bool) -> FlaskClient:
    return small_app(root, BrokenAnswerer(retrieves=retrieves)).test_client()


@pytest.mark.parametrize("streams", [False, True])
def test_without_an_index_it_is_told_when_to_try_again(tmp_path: Path, streams: bool) -> None:
    sent = {"messages": MESSAGES, "stream": streams}
    response = broken(tmp_path, retrieves=False).post(CHAT, json=sent)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.get_json()["error"]["type"] == "server_error"


def test_a_failure_in_a_stream_is_its_last_event(tmp_path: Path) -> None:
    client = broken(tmp_path, retrieves=True)
    whole = client.post(CHAT, json={"messages": MESSAGES})
    assert (whole.status_code, whole.get_json()["error"]["type"]) == (500, "server_error")
    streamed = client.post(CHAT, json={"messages": MESSAGES, "stream": True})
    first, last = streamed.text.strip().split("\n\n")
    assert '"role": "assistant"' in first
    assert last.startswith('data: {"error": {')
    assert "secret" not in streamed.text
