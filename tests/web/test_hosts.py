"""A server answers only to its own names, so that no other name can be led to it."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from tests.support.browser.chromium import CHROMIUM, QUIET, needs_chromium
from tests.support.commands.forked_commands import serving
from tests.support.served_index import ServedIndex, assert_problem
from web.hosts import AllowedHosts, is_loopback

OTHERS = [
    "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
    "evil.example@localhost", "localhost@evil.example", "localhost, evil.example", "localhost/",
    "[::1", "::1", "[localhost]", "", ":8000", "localhost:80:80", "localhost:http", "*",
]  # fmt: skip


@pytest.mark.parametrize("bound", ["127.0.0.1", "localhost", "::1", "127.0.0.7"])
def test_on_a_loopback_address_only_names_of_this_machine_are_allowed(bound: str) -> None:
    hosts = AllowedHosts(bound)
    own = f"[{bound}]" if ":" in bound else bound
    for name in ("localhost", "LOCALHOST", "localhost.", "127.0.0.1", "[::1]", own):
        assert hosts.has(name)
        assert hosts.has(f"{name}:8000")
    for name in (*OTHERS, "192.0.2.7", "[2001:db8::7]"):
        assert not hosts.has(name), name


@pytest.mark.parametrize("bound", ["0.0.0.0", "::", "", "192.0.2.7"])
def test_elsewhere_any_address_is_allowed_and_names_that_are_listed(bound: str) -> None:
    hosts = AllowedHosts(bound, ["news.example", "2001:DB8:0::8"])
    for name in ("192.0.2.9:80", "[2001:db8::7]", "localhost", "News.Example:443"):
        assert hosts.has(name)
    for name in (*OTHERS, "example", "www.news.example", "2130706433", "0x7f.1"):
        assert not hosts.has(name), name


def test_listed_names_are_allowed_on_a_loopback_address_and_a_star_allows_any() -> None:
    assert AllowedHosts("127.0.0.1", ["news.example"]).has("news.example")
    assert AllowedHosts("127.0.0.1", ["*"]).has("evil.example")


@given(st.text(max_size=20), st.sampled_from(["", ":8000", ".", "."]))
def test_a_name_is_allowed_only_if_it_is_one_of_its_own(name: str, behind: str) -> None:
    host = name + behind
    own = {"localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]"}
    plain = host.lower().partition("]:")[0] if host.startswith("[") else host.partition(":")[0]
    if AllowedHosts("127.0.0.1").has(host):
        assert plain.lower().removesuffix(".") in own


def test_a_host_is_loopback_only_if_all_its_addresses_are() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost")] == [True] * 3
    assert not any(map(is_loopback, ("0.0.0.0", "::", "", "192.0.2.7", "no name")))


def test_a_request_to_another_name_is_refused_whatever_it_asks(served: ServedIndex) -> None:
    client, headers = served.client, {"host": "rebound.example", "sec-fetch-site": "same-origin"}
    for method, path in (
        ("GET", "/"), ("GET", "/healthz"), ("GET", "/static/js/main.js"), ("GET", "/nowhere"),
        ("GET", "/api/articles"), ("DELETE", "/api/articles/kunlun.txt"), ("OPTIONS", "/api/ask"),
        ("POST", "/api/index/rebuild"), ("GET", "/openapi.json"),
    ):  # fmt: skip
        assert_problem(client.request(method, path, headers=headers), 421, "YIJU_HOSTS")
    form = {"files": ("a.txt", b"a" * 2_000_000)}
    assert_problem(client.post("/api/articles", files=form, headers=headers), 421)
    assert served.read("kunlun.txt").status_code == 200


def test_a_listed_name_is_served(sample_store: Path, tmp_path: Path) -> None:
    with serving(sample_store, tmp_path / "log", YIJU_HOSTS="news.example") as address:
        for host, status in (("news.example", 200), ("localhost", 200), ("evil.example", 421)):
            response = httpx.get(f"{address}/api/articles", headers={"host": host})
            assert response.status_code == status


def answer(server: str, request: str) -> bytes:
    """Send a request as it is; return the whole answer."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as raw:
        raw.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        return b"".join(iter(lambda: raw.recv(65_536), b""))


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        ("GET /healthz HTTP/1.1\nConnection: close\n\n", 400),
        ("GET /healthz HTTP/1.1\nHost:\nConnection: close\n\n", 421),
        ("GET /healthz HTTP/1.0\n\n", 200),
        ("GET /healthz HTTP/1.0\nHost: evil.example\n\n", 421),
    ],
)
def test_a_request_without_one_host_is_a_problem(
    server: str, request_text: str, status: int
) -> None:
    told = answer(server, request_text)
    assert told.split()[1] == str(status).encode(), told
    assert (b"application/problem+json" in told) is (status != 200)


def test_a_request_with_two_hosts_is_refused(server: str) -> None:
    told = answer(server, "GET /healthz HTTP/1.1\nHost: localhost\nHost: b\nConnection: close\n\n")
    assert told.startswith((b"HTTP/1.1 400", b"HTTP/1.1 421")), told


@pytest.mark.parametrize("header", ["SCRIPT_NAME: /foo", "PATH_INFO: /nowhere", "HTTP_HOST: b"])
def test_a_header_named_as_a_variable_of_the_server_changes_nothing(
    server: str, header: str
) -> None:
    told = answer(
        server, f"GET /healthz HTTP/1.1\nHost: localhost\n{header}\nConnection: close\n\n"
    )
    assert told.startswith(b"HTTP/1.1 200"), told


@needs_chromium
def test_a_page_whose_name_leads_here_can_neither_read_nor_change_anything(
    served: ServedIndex,
) -> None:
    port = urlsplit(str(served.client.base_url)).port
    leads_here = "--host-resolver-rules=MAP rebound.test 127.0.0.1"
    script = """async () => {
        const status = (path, init) => fetch(path, init).then(response => response.status);
        const article = JSON.stringify({id: "planted", text: "Planted by another site."});
        const headers = {"Content-Type": "application/json"};
        return [
            await status("/api/articles"),
            await status("/api/articles", {method: "POST", headers, body: article}),
            await status("/api/articles/kunlun.txt", {method: "DELETE"}),
        ];
    }"""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, leads_here])
        # The other site's own page has no policy that forbids what follows.
        page = browser.new_context(bypass_csp=True).new_page()
        page.goto(f"http://rebound.test:{port}/healthz")
        assert page.evaluate(script) == [421, 421, 421]
        page.goto(f"http://localhost:{port}/healthz")
        assert page.evaluate("() => fetch('/api/articles').then(told => told.status)") == 200
        browser.close()
    assert served.read("kunlun.txt").status_code == 200
    assert_problem(served.read("planted"), 404)
