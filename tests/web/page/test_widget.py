"""The chat in a frame of another site: shown where the owner allows it, nowhere else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, expect

from bench.processes import free_port
from tests.support.browser.chromium import needs_chromium
from tests.support.commands.forked_commands import running_server

pytestmark = needs_chromium


@contextmanager
def site(address: str) -> Iterator[str]:
    """Run another site that embeds the widget; yield its address."""

    class Page(BaseHTTPRequestHandler):
        """Answers with the page of the site."""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            script = f'<script src="{address}/widget.js" data-label="问一问" defer></script>'
            self.wfile.write(f"<!doctype html><meta charset=utf-8><h1>手册</h1>{script}".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def embedded(store: Path, log: Path, *, is_allowed: bool) -> Iterator[str]:
    """Serve a store beside a site that embeds it; yield the site's address."""
    port = free_port()
    with site(f"http://127.0.0.1:{port}") as other:
        settings = {"YIJU_FRAME_ANCESTORS": other} if is_allowed else {}
        options = ["--store", store]
        with running_server(options, log, port=port, until="/readyz", environment=settings):
            yield other


def test_the_widget_answers_on_a_site_that_is_allowed(
    browser: Browser, sample_store: Path, tmp_path: Path
) -> None:
    with embedded(sample_store, tmp_path / "log", is_allowed=True) as other:
        page = browser.new_page()
        page.goto(other)
        page.get_by_role("button", name="问一问").click()
        chat = page.frame_locator("iframe")
        chat.get_by_test_id("question").fill("港珠澳大桥有多长？")
        chat.get_by_test_id("send").click()
        expect(chat.get_by_test_id("short-answer")).to_have_text("55公里")
        expect(chat.locator(".masthead nav")).not_to_be_visible()
        page.close()


def test_a_site_that_is_not_allowed_shows_nothing(
    browser: Browser, sample_store: Path, tmp_path: Path
) -> None:
    with embedded(sample_store, tmp_path / "log", is_allowed=False) as other:
        page = browser.new_page()
        page.goto(other)
        page.get_by_role("button", name="问一问").click()
        page.wait_for_load_state("networkidle")
        frames = [frame for frame in page.frames if frame != page.main_frame]
        assert all(frame.locator("#question").count() == 0 for frame in frames)
        page.close()
