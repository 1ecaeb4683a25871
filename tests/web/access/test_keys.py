"""Each call takes its right: by a key in the header, as programs send it, until it is revoked."""

import re
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import openai
import pytest

from index.access.access_key import Right
from index.access.key_file import KeyFile
from tests.support.served_index import ServedIndex, assert_problem
from tests.web.access.conftest import Caller

QUESTION = {"question": "中山站建于哪一年?"}
MESSAGE = {"messages": [{"role": "user", "content": "中山站建于哪一年?"}]}
CALLS = [
    ("read", "GET", "/api/articles", None),
    ("read", "GET", "/api/articles/kunlun.txt", None),
    ("read", "GET", "/api/articles/kunlun.txt.md", None),
    ("read", "GET", "/llms.txt", None),
    ("read", "GET", "/api/index", None),
    ("read", "GET", "/api/suggestions", None),
    ("read", "GET", "/v1/models", None),
    ("read", "POST", "/api/search", {"query": "中山站"}),
    ("ask", "POST", "/api/ask", QUESTION),
    ("ask", "POST", "/api/ask/stream", QUESTION),
    ("ask", "POST", "/v1/chat/completions", MESSAGE),
    ("ask", "POST", "/api/feedback", {"answer_id": "0" * 32, "helpful": True}),
    ("write", "GET", "/api/unanswered", None),
    ("write", "POST", f"/api/unanswered/{'0' * 16}/answer", {"none": True}),
    ("write", "DELETE", f"/api/unanswered/{'0' * 16}", None),
    ("write", "POST", "/api/articles", {"id": "泰山", "text": "泰山站建于2014年。"}),
    ("write", "DELETE", "/api/articles/nope", None),
    ("write", "POST", "/api/index/rebuild", None),
]
OPEN = [
    "/", "/healthz", "/readyz", "/worker.js", "/manifest.webmanifest", "/widget.js",
    "/openapi.json", "/api/docs/swagger", "/api/session",
]  # fmt: skip
RIGHTS = ["none", "read", "ask", "write"]


@pytest.mark.parametrize("right", RIGHTS)
def test_a_caller_may_do_what_its_right_includes_and_nothing_else(
    caller: Caller, right: str
) -> None:
    client = caller(right)
    for needed, method, path, body in CALLS:
        response = client.request(method, path, json=body)
        if RIGHTS.index(right) >= RIGHTS.index(needed):
            assert response.status_code not in {401, 403, 429}, (path, response.text)
        elif path.startswith("/v1"):
            expected = 401 if right == "none" else 403
            assert (response.status_code, "error" in response.json()) == (expected, True)
        elif right == "none":
            assert_problem(response, 401, "needs a key")
            assert response.json()["type"] == "urn:yiju:key-needed"
            assert response.headers["WWW-Authenticate"] == 'Bearer realm="Yiju"'
        else:
            assert_problem(response, 403, f"the right to {needed}")
            assert response.json()["type"] == "urn:yiju:right-needed"
            assert f'scope="{needed}"' in response.headers["WWW-Authenticate"]


@pytest.mark.parametrize("path", OPEN)
def test_what_has_nothing_of_the_articles_is_open(caller: Caller, path: str) -> None:
    assert caller("none").get(path).status_code == 200


def test_what_is_not_there_is_told_to_everybody(caller: Caller) -> None:
    assert_problem(caller("none").get("/api/nowhere"), 404)


def test_only_a_key_in_the_header_counts_and_the_scheme_in_any_case(
    guarded: ServedIndex, secret_of: Callable[[str], str]
) -> None:
    secret = secret_of("read")
    for value, status in (
        (f"Bearer {secret}", 200), (f"bearer {secret}", 200), (f"BEARER  {secret}", 200),
        (secret, 401), (f"Basic {secret}", 401), (f"Bearer {secret[:-1]}", 401), ("Bearer", 401),
        (f"Bearer {secret}, Bearer {secret}", 401), ("Bearer é", 401), ("", 401),
    ):  # fmt: skip
        headers = httpx.Headers([(b"Authorization", value.encode("utf-8"))])
        told = guarded.client.get("/api/index", headers=headers)
        assert told.status_code == status, value
    assert guarded.client.get("/api/index", params={"key": secret}).status_code == 401


def test_a_wrong_key_is_told_apart_from_none_in_the_language_of_the_request(
    guarded: ServedIndex,
) -> None:
    headers = {"Authorization": f"Bearer yiju_{'a' * 8}_{'b' * 52}", "Accept-Language": "zh-CN"}
    told = guarded.client.get("/api/index", headers=headers)
    assert_problem(told, 401, "这个密钥在这里无效")
    assert told.headers["WWW-Authenticate"].endswith('error="invalid_token"')


def test_a_revoked_key_is_refused_at_once_by_every_process(
    guarded: ServedIndex, keys: KeyFile
) -> None:
    key, secret = keys.add("revoked", Right.READ)
    headers = {"Authorization": f"Bearer {secret}", "Connection": "close"}
    told = [guarded.client.get("/api/index", headers=headers).status_code for _ in range(8)]
    assert told == [200] * 8
    keys.revoke(key.id)
    told = [guarded.client.get("/api/index", headers=headers).status_code for _ in range(8)]
    assert told == [401] * 8


def test_an_upload_without_the_right_is_refused_before_it_is_received(
    guarded: ServedIndex, secret_of: Callable[[str], str]
) -> None:
    url = guarded.client.base_url
    for given in ("", f"Authorization: Bearer {secret_of('ask')}\r\n"):
        head = f"POST /api/articles HTTP/1.1\r\nHost: {url.host}\r\nContent-Length: 40000000\r\n"
        with socket.create_connection((url.host, url.port or 0), timeout=60) as raw:
            raw.sendall(f"{head}{given}\r\n".encode())
            assert raw.recv(100).split()[1] == (b"403" if given else b"401")


def test_an_expired_key_is_refused(guarded: ServedIndex, keys: KeyFile) -> None:
    _, secret = keys.add("expired", Right.READ, datetime.now(UTC) - timedelta(seconds=1))
    headers = {"Authorization": f"Bearer {secret}"}
    assert guarded.client.get("/api/index", headers=headers).status_code == 401


def test_the_official_client_of_openai_takes_a_key(
    guarded: ServedIndex, secret_of: Callable[[str], str]
) -> None:
    base = f"{guarded.client.base_url}/v1"
    with openai.OpenAI(base_url=base, api_key=secret_of("ask"), max_retries=0) as official:
        asked = official.chat.completions.create(model="yiju", messages=MESSAGE["messages"])  # type: ignore[arg-type]
        assert asked.choices[0].message.content
    with (
        openai.OpenAI(base_url=base, api_key=secret_of("read"), max_retries=0) as official,
        pytest.raises(openai.PermissionDeniedError, match="the right to ask"),
    ):
        official.chat.completions.create(model="yiju", messages=MESSAGE["messages"])  # type: ignore[arg-type]


def test_an_assistant_is_offered_and_may_use_the_tools_of_its_right(caller: Caller) -> None:
    def call(client: httpx.Client, method: str, **params: object) -> httpx.Response:
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        accept = {"Accept": "application/json, text/event-stream"}
        return client.post("/mcp", json=message, headers=accept)

    for right, offered in (("read", False), ("ask", True)):
        client = caller(right)
        tools = call(client, "tools/list").json()["result"]["tools"]
        assert ("ask" in {tool["name"] for tool in tools}) is offered
        arguments = {"question": "中山站建于哪一年?"}
        told = call(client, "tools/call", name="ask", arguments=arguments).json()["result"]
        assert told.get("isError", False) is not offered
        assert ("the right to ask" in str(told)) is not offered
    assert_problem(call(caller("none"), "tools/list"), 401)


def test_the_document_says_what_each_call_takes(guarded: ServedIndex) -> None:
    document = guarded.client.get("/openapi.json").json()
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    ask = document["paths"]["/api/ask"]["post"]
    assert (ask["x-right"], ask["security"]) == ("ask", [{"key": []}, {"session": []}])
    assert {"401", "403", "429"} <= ask["responses"].keys()
    assert "security" not in document["paths"]["/healthz"]["get"]


def test_neither_the_log_nor_an_answer_has_a_key(
    guarded: ServedIndex, keys: KeyFile, caller: Caller
) -> None:
    told = caller("read").get("/api/session").json()
    assert told["right"] == "read"
    secrets = re.compile("yiju_[a-z2-7]{8}_[a-z2-7]{8}")
    assert not secrets.search(str(told))
    for path in (guarded.log, *guarded.store.iterdir()):
        if path.is_file():
            assert not secrets.search(path.read_bytes().decode("utf-8", "replace")), path.name
    assert keys.path.exists()
