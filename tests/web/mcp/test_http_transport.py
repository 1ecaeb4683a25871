"""`/mcp` as HTTP: methods, hosts, origins, sizes, what is no message, several processes."""

import json
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client

from tests.support.commands.forked_commands import serving
from tests.support.served_index import assert_problem

ACCEPT = {"Accept": "application/json, text/event-stream"}


def message(method: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a request of the protocol."""
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}


def test_a_call_needs_no_session_and_leads_to_the_page(client: httpx.Client) -> None:
    arguments = {"question": "港珠澳大桥全长多少公里?"}
    response = client.post(
        "/mcp", json=message("tools/call", name="ask", arguments=arguments), headers=ACCEPT
    )
    assert response.headers["Content-Type"] == "application/json"
    assert "Mcp-Session-Id" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert "桥" in response.text or "橋" in response.text  # not ASCII-escaped
    result = response.json()["result"]
    (quote, *_) = result["structuredContent"]["quotes"]
    version = result["structuredContent"]["index_version"]
    place = f"start={quote['start']}&end={quote['end']}&v={version}"
    assert quote["link"] == f"{client.base_url}/#/article/hzmb-bridge.txt?{place}"


def test_a_slash_behind_the_address_does_no_harm(client: httpx.Client) -> None:
    response = client.post("/mcp/", json=message("ping"), headers=ACCEPT)
    assert (response.status_code, response.json()["result"]) == (200, {})


def test_without_sessions_there_is_only_post(client: httpx.Client) -> None:
    for method in ("GET", "DELETE", "PUT"):
        response = client.request(method, "/mcp", headers=ACCEPT)
        assert response.status_code == 405
        assert "POST" in response.headers["Allow"]


def test_pages_of_other_sites_and_other_names_are_refused(client: httpx.Client) -> None:
    ping = message("ping")
    for headers, status in (
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Origin": str(client.base_url).rstrip("/")}, 200),
        ({}, 200),
    ):
        response = client.post("/mcp", json=ping, headers={**ACCEPT, **headers})
        assert response.status_code == status, headers


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"x", "application/json", 400),
        (b"{}", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b"[" * 100_000, "application/json", 400),
        (b" " * 1_000_001, "application/json", 413),
    ],
)
def test_what_is_no_message_is_a_problem(
    client: httpx.Client, content: bytes, media_type: str, status: int
) -> None:
    headers = {**ACCEPT, "Content-Type": media_type}
    assert_problem(client.post("/mcp", content=content, headers=headers), status)


def test_a_notification_is_accepted_and_an_unknown_method_is_an_error(client: httpx.Client) -> None:
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    response = client.post("/mcp", json=note, headers=ACCEPT)
    assert (response.status_code, response.content) == (202, b"")
    error = client.post("/mcp", json=message("nothing"), headers=ACCEPT).json()["error"]
    assert error["code"] == -32601
    assert (
        client.post("/mcp", json=message("ping"), headers={"Accept": "text/html"}).status_code
        == 406
    )


def test_without_an_index_tools_say_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path / "none") as address:
        call = message("tools/call", name="ask", arguments={"question": "甲?"})
        result = httpx.post(f"{address}/mcp", json=call, headers=ACCEPT, timeout=60).json()[
            "result"
        ]
        assert result["isError"] is True
        assert "yiju rebuild" in result["content"][0]["text"]
        listed = message("resources/list")
        error = httpx.post(f"{address}/mcp", json=listed, headers=ACCEPT, timeout=60).json()[
            "error"
        ]
        assert (error["code"], "yiju rebuild" in error["message"]) == (-32603, True)


def test_clients_at_once_are_served_by_any_process(sample_store: Path) -> None:
    with serving(sample_store, YIJU_WORKERS="2") as address:

        async def ask(answers: list[str]) -> None:
            async with Client(f"{address}/mcp") as client:
                for _ in range(3):
                    result = await client.call_tool("ask", {"question": "港珠澳大桥全长多少公里?"})
                    answers.append(json.dumps(result.structured_content, sort_keys=True))

        async def ask_at_once() -> list[str]:
            answers: list[str] = []
            async with anyio.create_task_group() as group:
                for _ in range(4):
                    group.start_soon(ask, answers)
            return answers

        answers = anyio.run(ask_at_once)
        assert (len(answers), len(set(answers))) == (12, 1)
