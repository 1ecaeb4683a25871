"""What a request is taken for, by whether a declared proxy forwarded it."""

import json
import logging
from typing import Any

import httpx
import pytest

from tests.support.served_index import assert_problem
from tests.web.serving.raw_http import Start, loop_server
from web.reach.forwarding import IS_FORWARDED, PUBLIC_URL, Forwarding
from web.reach.reach import Reach
from web.reach.trusted_proxies import TrustedProxies

TOLD = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "news.example",
    "X-Forwarded-Prefix": "/yiju/",
    "X-Forwarded-Port": "443",
    "Forwarded": "for=192.0.2.9;proto=https",
}
SEEN = ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", IS_FORWARDED, PUBLIC_URL)
PROXY = TrustedProxies(["127.0.0.1"])


def told(environ: dict[str, Any], start: Start) -> list[bytes]:
    """Answer with what an application sees of a request."""
    names = [name for name in environ if name in SEEN or "FORWARDED" in name]
    body = json.dumps({name: environ[name] for name in names}).encode()
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def get(reach: Reach, headers: dict[str, str], path: str = "/") -> httpx.Response:
    with loop_server(Forwarding(told, reach)) as server:
        return httpx.get(f"http://127.0.0.1:{server.place[1]}{path}", headers=headers)


def test_a_declared_proxy_is_believed() -> None:
    seen = get(Reach(PROXY), {**TOLD, "X-Forwarded-For": "6.6.6.6, 192.0.2.7"}).json()
    assert seen == {
        "REMOTE_ADDR": "192.0.2.7",
        "wsgi.url_scheme": "https",
        "HTTP_HOST": "news.example",
        "SCRIPT_NAME": "/yiju",
        IS_FORWARDED: True,
    }


def test_nobody_else_is_believed_and_the_log_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = Forwarding(told, Reach(TrustedProxies(["10.0.0.0/8"])))
    with caplog.at_level(logging.WARNING), loop_server(app) as server:
        address = f"http://127.0.0.1:{server.place[1]}"
        for _ in range(2):
            seen = httpx.get(address, headers=TOLD).json()
            assert seen == {
                "REMOTE_ADDR": "127.0.0.1",
                "wsgi.url_scheme": "http",
                "HTTP_HOST": address.removeprefix("http://"),
                "SCRIPT_NAME": "",
                IS_FORWARDED: True,
            }
    (record,) = caplog.records
    assert "YIJU_TRUSTED_PROXY" in record.getMessage()


def test_a_request_without_such_headers_is_taken_as_it_is() -> None:
    seen = get(Reach(PROXY), {}).json()
    assert (seen["REMOTE_ADDR"], seen[IS_FORWARDED]) == ("127.0.0.1", False)


def test_a_public_address_stands_whatever_is_forwarded() -> None:
    reach = Reach(PROXY, "https://example.org/a/b/")
    for headers in ({}, TOLD):
        seen = get(reach, headers).json()
        assert (seen["SCRIPT_NAME"], seen[PUBLIC_URL]) == ("/a/b", "https://example.org/a/b/")
    leading = get(reach, {}, "/a/b")
    assert (leading.status_code, leading.headers["location"]) == (308, "/a/b/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-Prefix", "//evil.example"),
        ("X-Forwarded-Prefix", "/a b"),
        ("X-Forwarded-Prefix", "yiju"),
        ("X-Forwarded-Proto", "javascript"),
    ],
)
def test_what_a_proxy_forwards_wrongly_is_told(name: str, value: str) -> None:
    assert_problem(get(Reach(PROXY), {name: value}), 400, name)
