"""A server of two processes behind nginx and Caddy as docs/operations.md sets them up."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import expect

from tests.conftest import WITHIN
from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import chromium, opened_page
from tests.support.commands.forked_commands import serving
from tests.support.proxies.web_proxies import (
    caddy,
    documented,
    needs_caddy,
    needs_nginx,
    nginx,
)
from tests.web.serving.raw_http import Start, loop_server

ASKED = "中山站建于哪一年?"
QUESTION = {"question": ASKED, "decide": False}
ODD_ID = "a//b/../c%2F?#.txt"
PUBLIC = "https://example.org/yiju/"
BEFORE = "127.0.0.1:8000"
_STRIPPING = """
location /yiju/ {
    proxy_pass http://127.0.0.1:8000/;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Prefix /yiju;
}
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A server behind a proxy: the address to call, and the one that its links have."""

    address: str
    links: str

    def get(self, path: str) -> httpx.Response:
        """Get what is at a path below the page."""
        return httpx.get(self.address + path, timeout=WITHIN)

    def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        """Post a body of JSON."""
        headers = {"Accept": "application/json, text/event-stream"}
        return httpx.post(self.address + path, json=body, headers=headers, timeout=WITHIN)


def _caddy_site() -> str:
    """Return what is within the braces of the documented site."""
    return documented("caddy").partition("{")[2].rpartition("}")[0]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("nginx", marks=needs_nginx),
        pytest.param("nginx that takes the path away", marks=needs_nginx),
        pytest.param("caddy", marks=needs_caddy),
    ],
)
def site(
    request: pytest.FixtureRequest, station_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("proxy")
    is_stripping = "takes" in request.param
    settings = {"YIJU_TRUSTED_PROXY": "127.0.0.1", "YIJU_WORKERS": "2"}
    settings["YIJU_WITHOUT_KEY"] = "write"  # who comes through a proxy would need one
    if not is_stripping:
        settings["YIJU_PUBLIC_URL"] = PUBLIC
    with serving(station_store, folder / "log", **settings) as server, ExitStack() as stack:
        place = server.removeprefix("http://")
        if request.param == "caddy":
            proxy = caddy(folder / "caddy", _caddy_site().replace(BEFORE, place))
        else:
            locations = _STRIPPING if is_stripping else documented("nginx")
            proxy = nginx(folder / "nginx", locations.replace(BEFORE, place))
        address = f"{stack.enter_context(proxy)}/yiju/"
        yield Site(address, address if is_stripping else PUBLIC)


def test_links_of_every_kind_lead_through_the_proxy(site: Site) -> None:
    chat = {"messages": [{"role": "user", "content": ASKED}]}
    message = site.post("v1/chat/completions", chat).json()["choices"][0]["message"]
    assert message["annotations"][0]["url_citation"]["url"].startswith(f"{site.links}#/article/")
    call = {"name": "ask", "arguments": {"question": ASKED}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    (link, *_) = site.post("mcp", message).json()["result"]["structuredContent"]["quotes"]
    assert link["link"].startswith(f"{site.links}#/article/")

    (server,) = site.get("openapi.json").json()["servers"]
    root = site.address if site.links == PUBLIC else ""
    assert server["url"] == (PUBLIC if root else "/yiju/")
    assert f"]({server['url']}api/articles/zhongshan.txt.md)" in site.get("llms.txt").text
    docs = httpx.get(f"{site.address}api/docs", timeout=WITHIN)
    assert docs.headers["location"] == "/yiju/api/docs/swagger"


def test_the_path_without_its_slash_leads_to_the_page(site: Site) -> None:
    response = httpx.get(site.address.rstrip("/"), follow_redirects=True, timeout=WITHIN)
    assert (response.status_code, str(response.url)) == (200, site.address)
    missing = httpx.get(f"{site.address}a/b", headers={"Accept": "text/html"}, timeout=WITHIN)
    assert (missing.status_code, 'href="/yiju/"' in missing.text) == (404, True)


def test_an_id_comes_through_as_it_is_where_the_path_is_left_in(site: Site) -> None:
    if site.links != PUBLIC:
        pytest.skip("a proxy that takes the path apart decodes ids")
    added = site.post("api/articles", {"id": ODD_ID, "text": "渡口每天六点开放。"})
    assert added.status_code == 201, added.text
    path = f"api/articles/{quote(ODD_ID, safe='')}"
    assert site.get(path).json()["id"] == ODD_ID
    assert httpx.delete(site.address + path, timeout=WITHIN).status_code == 204


@needs_chromium
def test_the_page_asks_shows_and_links_below_the_path(site: Site) -> None:
    with chromium() as browser, opened_page(browser, site.address.rstrip("/")) as watched:
        watched.ask(ASKED)
        page = watched.page
        page.get_by_test_id("source").first.click()
        expect(page.locator("#article-view")).to_contain_text("中山站建于1989年。")
        assert page.url.startswith(f"{site.address}#/article/zhongshan.txt?")
        with page.expect_navigation():
            page.reload()
        expect(page.locator("#article-view")).to_contain_text("中山站建于1989年。")
        page.get_by_test_id("close-article").click()
        page.locator("a[data-route=articles]").click()
        expect(page.get_by_test_id("article-link")).to_have_count(1)
        manifest = page.locator("link[rel=manifest]").evaluate("link => link.href")
        assert manifest == f"{site.address}manifest.webmanifest"
        watched.assert_quiet()


def test_a_page_of_another_site_is_refused_and_the_own_page_is_not(site: Site) -> None:
    origin = site.links.removesuffix("/yiju/")
    for sender, status in ((origin, 200), ("https://evil.example", 403)):
        headers = {"Origin": sender}
        answer = httpx.post(
            f"{site.address}api/ask", json=QUESTION, headers=headers, timeout=WITHIN
        )
        assert answer.status_code == status, sender


@pytest.mark.parametrize(
    "name", [pytest.param("nginx", marks=needs_nginx), pytest.param("caddy", marks=needs_caddy)]
)
def test_a_stream_is_not_held_back(name: str, tmp_path: Path) -> None:
    goes_on = threading.Event()

    def stream(_: dict[str, Any], start: Start) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/event-stream"), ("X-Accel-Buffering", "no")])
        yield b"data: first\n\n"
        assert goes_on.wait(WITHIN)
        yield b"data: second\n\n"

    with loop_server(stream) as server:
        place = f"127.0.0.1:{server.place[1]}"
        proxy = (
            caddy(tmp_path / "caddy", _caddy_site().replace(BEFORE, place))
            if name == "caddy"
            else nginx(tmp_path / "nginx", documented("nginx").replace(BEFORE, place))
        )
        with (
            proxy as address,
            httpx.stream("POST", f"{address}/yiju/api/ask/stream", timeout=WITHIN) as response,
        ):
            events = response.iter_text()
            assert next(events) == "data: first\n\n"
            goes_on.set()
            assert next(events) == "data: second\n\n"
