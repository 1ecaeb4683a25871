"""A server of two processes as its operator sees it: metrics, log, ids, reload, readiness."""

import json
import signal
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from os import kill
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import WITHIN, until
from tests.support.commands.forked_commands import running_server, serving
from tests.support.served_index import assert_problem

SURE, UNSURE = "中山站建于哪一年?", "木星上的气压计卖什么价钱?"
SITE = "https://app.example"
SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "",
    "cross-origin-resource-policy": "",
    "cache-control": "",
    "x-request-id": "",
}


@dataclass(frozen=True, slots=True)
class Observed:
    """A server with its log, and the file that its settings are read from."""

    address: str
    process: int
    log: Path
    settings: Path

    def ask(self, question: str, **headers: str) -> httpx.Response:
        """Ask over a connection of its own, which either process may take."""
        path = f"{self.address}/api/ask"
        return httpx.post(path, json={"question": question}, headers=headers, timeout=WITHIN)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Get what is at a path."""
        return httpx.get(self.address + path, headers=headers, timeout=WITHIN)

    def sums(self) -> dict[tuple[str, str], float]:
        """Return the metrics by name and by their labels, joined."""
        families = text_string_to_metric_families(self.get("/metrics").text)
        return {
            (sample.name, " ".join(sample.labels.values())): sample.value
            for family in families
            for sample in family.samples
        }

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines of the log that are JSON."""
        text = self.log.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    def line_of(self, ident: str) -> dict[str, Any]:
        """Return the line of a request, which comes an instant after its answer."""

        def told() -> list[dict[str, Any]]:
            return [line for line in self.lines() if line.get("request_id") == ident]

        until(told)
        (line,) = told()
        return line


@pytest.fixture(scope="module")
def observed(station_store: Path) -> Iterator[Observed]:
    settings, log = station_store.parent / "settings.env", station_store.parent / "log"
    settings.write_text(f"YIJU_LOG=json\nYIJU_CORS_ORIGINS={SITE}\n", encoding="utf-8")
    options = ["--store", station_store, "--settings", settings]
    with running_server(options, log, environment={"YIJU_WORKERS": "2"}) as server:
        yield Observed(server.address, server.process_id, log, settings)


def test_what_both_processes_have_served_is_told_as_one(observed: Observed) -> None:
    before = observed.sums()
    served = set[int]()
    asked = 0
    while len(served) < 2 or asked < 6:  # until each has answered
        ident = f"count-{asked}"
        question = SURE if asked % 2 else UNSURE
        assert observed.ask(question, **{"X-Request-ID": ident}).status_code == 200
        asked += 1
        served.add(observed.line_of(ident)["process"])
    after = observed.sums()

    def more(name: str, labels: str) -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert more("yiju_requests_total", "/api/ask POST 200") == asked
    assert more("yiju_request_seconds_count", "/api/ask") == asked
    assert more("yiju_answers_total", "answered") == asked // 2
    assert sum(more("yiju_answers_total", name) for name in ("possible", "not_found")) == (
        asked - asked // 2
    )
    for stage in ("wait", "find", "read"):
        assert more("yiju_answer_stage_seconds_count", stage) == asked
    assert after["yiju_processes", ""] == 3
    assert after["yiju_memory_bytes", ""] > 50_000_000
    state = {name: after[f"yiju_{name}", ""] for name in ("articles", "index_ready")}
    assert state == {"articles": 1, "index_ready": 1}
    assert after["yiju_rebuild_running", ""] == after["yiju_rebuild_failed", ""] == 0
    assert after["yiju_rebuild_seconds", ""] > 0


def test_a_line_tells_of_each_request_but_not_what_was_asked(observed: Observed) -> None:
    observed.ask(SURE, **{"X-Request-ID": "told-1"})
    observed.get("/api/articles?q=机密", **{"X-Request-ID": "told-2"})
    first, second = observed.line_of("told-1"), observed.line_of("told-2")
    assert (first["route"], first["status"], first["outcome"]) == ("/api/ask", 200, "answered")
    assert first["ms"] >= first["find_ms"] + first["read_ms"]
    assert (second["path"], second["client"]) == ("/api/articles", "127.0.0.1")
    log = observed.log.read_text(encoding="utf-8")
    assert SURE not in log
    assert "机密" not in log


def test_every_answer_has_an_id_and_forbids_what_no_page_needs(observed: Observed) -> None:
    paths = (
        "/", "/worker.js", "/manifest.webmanifest", "/widget.js", "/static/favicon.svg",
        "/openapi.json", "/api/docs", "/api/docs/swagger", "/llms.txt", "/metrics", "/healthz",
        "/readyz", "/api/index", "/api/articles", "/api/articles/zhongshan.txt",
        "/api/articles/zhongshan.txt.md", "/v1/models", "/v1/models/other", "/nothing",
        "/api/ask",
    )  # fmt: skip
    answers = [observed.get(path) for path in paths]
    answers.append(observed.get("/nothing", Accept="text/html"))
    answers.append(observed.get("/", Host="evil.example"))
    answers += [
        httpx.request(method, observed.address + path, timeout=WITHIN)
        for method, path in (
            ("OPTIONS", "/api/ask"), ("PUT", "/api/ask"), ("HEAD", "/"),
            ("DELETE", "/api/articles/a"), ("POST", "/mcp"), ("BREW", "/"),
        )
    ]  # fmt: skip
    answers.append(httpx.post(f"{observed.address}/api/ask", content=b"a" * 1_500_000))
    for answer in answers:
        told = {**SECURITY, "x-content-type-options": "nosniff"}
        for name, value in told.items():
            assert answer.headers.get(name), (str(answer.request.url), name)
            assert value in answer.headers[name]
        if answer.headers["content-type"].startswith("application/problem"):
            assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\na: " + b"a" * 70_000, 431),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
    ],
)
def test_so_does_what_is_answered_before_the_application(
    observed: Observed, sent: bytes, status: int
) -> None:
    port = int(observed.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), WITHIN) as client:
        client.sendall(sent)
        data = b""
        while chunk := client.recv(65_536):
            data += chunk
    head, _, body = data.decode().partition("\r\n\r\n")
    headers = httpx.Headers(dict(line.split(": ", 1) for line in head.splitlines()[1:]))
    assert all(value in headers.get(name, "none") for name, value in SECURITY.items())
    problem = json.loads(body)
    assert (problem["status"], problem["request_id"]) == (status, headers["x-request-id"])


def test_a_page_of_a_listed_site_may_ask_and_no_other_one(observed: Observed) -> None:
    preflight = {"Access-Control-Request-Method": "POST"}
    for path in ("/api/ask", "/v1/chat/completions", "/mcp"):
        allowed = httpx.options(observed.address + path, headers={"Origin": SITE, **preflight})
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (204, SITE)
        assert "Authorization" in allowed.headers["access-control-allow-headers"]
        for origin in (f"{SITE}:8443", "https://app.example.evil.example", "null", SITE.upper()):
            refused = httpx.options(
                observed.address + path, headers={"Origin": origin, **preflight}
            )
            assert "access-control-allow-origin" not in refused.headers
    asked = observed.ask(SURE, Origin=SITE, **{"Sec-Fetch-Site": "cross-site"})
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, SITE)
    assert "X-Request-ID" in asked.headers["access-control-expose-headers"]
    missing = observed.get("/nothing", Origin=SITE)
    assert (missing.status_code, missing.headers["access-control-allow-origin"]) == (404, SITE)
    other = observed.ask(SURE, Origin="https://evil.example")
    assert_problem(other, 403, "another site")
    assert "Origin" in other.headers["vary"]


def test_metrics_are_not_told_to_who_comes_through_a_proxy(observed: Observed) -> None:
    forwarded = observed.get("/metrics", **{"X-Forwarded-For": "127.0.0.1"})
    assert_problem(forwarded, 403, "YIJU_METRICS")


def test_settings_are_read_again_while_it_serves(observed: Observed) -> None:
    before = observed.sums()["yiju_requests_total", "/api/ask POST 200"]
    idents = (f"reload-{number}" for number in count())
    text = observed.settings.read_text(encoding="utf-8")
    text += "YIJU_READ_ONLY=true\nYIJU_LOG_QUESTIONS=true\nYIJU_READER=other\n"
    observed.settings.write_text(text, encoding="utf-8")
    kill(observed.process, signal.SIGHUP)

    def is_new() -> bool:
        ident = next(idents)
        answer = observed.ask(SURE, **{"X-Request-ID": ident})  # none is lost meanwhile
        assert answer.status_code == 200
        return bool(observed.line_of(ident).get("question") == SURE)

    until(is_new)
    until(lambda: observed.sums()["yiju_processes", ""] == 3)  # those before have ended
    told = [line["message"] for line in observed.lines() if line["event"] == "message"]
    assert "Settings were read again; new are: YIJU_LOG_QUESTIONS, YIJU_READ_ONLY." in told
    assert "YIJU_READER: this needs a restart of the server; it stays." in told
    assert_problem(
        httpx.delete(f"{observed.address}/api/articles/a", timeout=WITHIN), 409, "read-only"
    )
    assert observed.sums()["yiju_requests_total", "/api/ask POST 200"] > before

    observed.settings.write_text(f"{text}YIJU_THRESHOLD=2\n", encoding="utf-8")
    kill(observed.process, signal.SIGHUP)
    until(lambda: "The settings stay as they were" in observed.log.read_text(encoding="utf-8"))
    assert observed.ask(SURE).status_code == 200


def test_readiness_tells_all_that_is_wrong(station_store: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "store") as address:
        response = httpx.get(f"{address}/readyz", timeout=WITHIN)
    problem = response.json()
    assert (response.status_code, problem["type"]) == (503, "urn:yiju:no-index")
    assert [reason["code"] for reason in problem["reasons"]] == ["no_index"]
    assert problem["reasons"][0]["detail"] == problem["detail"]
    other = {"YIJU_PASSAGE_PROMPT": "文章：", "YIJU_METRICS": "false"}
    with serving(station_store, None, **other) as address:
        (reason,) = httpx.get(f"{address}/readyz", timeout=WITHIN).json()["reasons"]
        metrics = httpx.get(f"{address}/metrics", timeout=WITHIN)
    assert reason["code"] == "other_index"
    assert "was made with" in reason["detail"]
    assert_problem(metrics, 404, "YIJU_METRICS")
