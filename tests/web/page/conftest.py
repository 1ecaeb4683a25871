"""The page over the sample articles, and over an index that may be changed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser.pages import WatchedPage, chromium, opened_page


# Not for longer: while it is open a loop of asyncio runs, and no test may run another one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for the tests of a module; each opens windows of its own."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def watched(browser: Browser, server: str) -> Iterator[WatchedPage]:
    """Open the page in Chinese on a desktop."""
    with opened_page(browser, server) as page:
        yield page


@pytest.fixture
def page(watched: WatchedPage) -> Page:
    """Return that page's window."""
    return watched.page
