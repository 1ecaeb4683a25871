"""A page in a real browser, with what it complained of, and the ways of a reader on it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.support.browser.chromium import CHROMIUM, QUIET

expect.set_options(timeout=60_000)  # ms; what is expected comes later on a busy machine

_BLOCKED = "Service Worker registration blocked by Playwright"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class WatchedPage:
    """A page with what its console complained of, and the requests that left this machine."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Collect what the page complains of and where it asks."""
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._check)

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and text != _BLOCKED:
            self.complaints.append(text)

    def _check(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.strayed.append(request.url)

    def assert_quiet(self) -> None:
        """Assert that nothing was complained of, and that no request left this machine."""
        assert self.complaints == []
        assert self.strayed == []

    def open(self, path: str = "/") -> None:
        """Open an address of the server and wait until the page is ready."""
        self.page.goto(self.address + path)
        expect(self.page.locator("body[data-ready]")).to_be_attached()

    def reload(self) -> None:
        """Load the page anew and wait until it is ready."""
        self.page.reload()
        expect(self.page.locator("body[data-ready]")).to_be_attached()

    def ask(self, question: str) -> None:
        """Type a question, send it, and wait for its answer."""
        turns = self.page.get_by_test_id("turn").count()
        self.page.get_by_test_id("question").fill(question)
        self.page.get_by_test_id("send").click()
        expect(self.page.get_by_test_id("turn")).to_have_count(turns + 1)
        expect(self.page.locator(".pending")).to_have_count(0)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium for a block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def opened_page(
    browser: Browser,
    address: str,
    locale: str = "zh-CN",
    **settings: Any,  # noqa: ANN401 - those of a browser context
) -> Iterator[WatchedPage]:
    """Open a page of its own, with empty storage, for a block."""
    # Else each page would fetch all files of the page once more, to keep them.
    usual = {"viewport": DESKTOP, "service_workers": "block"}
    context = browser.new_context(locale=locale, **{**usual, **settings})
    watched = WatchedPage(context.new_page(), address)
    watched.watch()
    watched.open()
    yield watched
    context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and its best practices, one line each."""
    options = {"runOnly": {"type": "tag", "values": _AXE_TAGS}}
    results = Axe().run(page, options=json.loads(json.dumps(options)))
    return [
        f"{violation['id']}: {node['target']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(0, int(width))
