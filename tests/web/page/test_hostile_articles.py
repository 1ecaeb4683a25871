"""Nothing that stands in an article, a question or an address runs in a reader's browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest
from playwright.sync_api import Dialog, Page, expect, sync_playwright

from tests.support.browser.chromium import CHROMIUM, QUIET, needs_chromium
from tests.support.browser.pages import WatchedPage
from tests.support.served_index import ServedIndex

pytestmark = needs_chromium

SCRIPT = "<script>window.ran=1</script>"
IMAGE = "\"><img src=x onerror='window.ran=1'>"
ARTICLES = [
    {
        "id": f"hostile-1{SCRIPT}",
        "title": f"{SCRIPT}恶塔",
        "source": IMAGE,
        "author": IMAGE,
        "url": 'https://a.example/"onmouseover=window.ran=1',
        "text": f"恶塔高77米{SCRIPT}{IMAGE}。\n\n<svg onload=window.ran=1>{{{{7*7}}}} ${{7*7}}",
    },
    {
        "id": "hostile-2\"'><img src=x onerror=window.ran=1>",
        "title": IMAGE,
        "source": SCRIPT,
        "text": f"# {SCRIPT}\n\n恶桥{IMAGE}长88米。\n\n## {IMAGE}\n\n这里还有一些话。",
    },
    {
        "id": "hostile-3/../../x?y=1#z",
        "title": "&lt;b&gt; \u202e drawkcab",
        "source": "vbscript:x",
        "text": "恶河长99公里。",
    },
]
QUESTIONS = ["恶塔高多少米?", "恶桥长多少米?", "恶河长多少公里?", SCRIPT, IMAGE]
ADDRESSES = [
    "#/article/%", "#/article/%E0%A4%A", "#/article/x?start=-1&end=abc", "#//evil.example",
    "#/article/x?start=1e99&end=2", "#/articles?page=-1", f"#/articles?q={SCRIPT}", f"#/{IMAGE}",
    "#/c/%00", "#/c/__proto__", f"#/?q={IMAGE}", "#/unanswered?page=x",
]  # fmt: skip


@pytest.fixture(scope="module")
def page(served: ServedIndex) -> Iterator[Page]:
    """Open a page over hostile articles, on which nothing may run or fail."""
    for article in ARTICLES:
        assert served.add(**article).status_code == 201
    complaints: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        complaints.append(dialog.message)
        dialog.dismiss()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(locale="zh-CN").new_page()
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(str(served.client.base_url))
        yield page
        browser.close()
    for article in ARTICLES:
        served.delete(article["id"])
    assert complaints == []


def assert_harmless(page: Page) -> None:
    """Assert that no script ran, none could, and all links lead to pages."""
    assert page.evaluate("window.ran") is None
    assert page.locator("main :is(script, svg[onload], [onerror], [onmouseover])").count() == 0
    targets = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
    assert all(target.startswith(("http://", "https://")) for target in targets), targets


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_run_nothing(page: Page, served: ServedIndex, question: str) -> None:
    page.goto(str(served.client.base_url))
    WatchedPage(page, str(served.client.base_url)).ask(question)
    expect(page.get_by_test_id("answer").last).to_be_visible()
    assert_harmless(page)


@pytest.mark.parametrize("article", ARTICLES, ids=["script", "image", "path"])
def test_articles_run_nothing(page: Page, served: ServedIndex, article: dict[str, str]) -> None:
    place = f"#/article/{quote(article['id'], safe='')}?start=0&end=6"
    page.goto(f"{served.client.base_url}/{place}")
    expect(page.get_by_test_id("article")).to_contain_text(article["text"][:2])
    assert_harmless(page)


def test_the_list_of_articles_runs_nothing(page: Page, served: ServedIndex) -> None:
    page.goto(f"{served.client.base_url}/#/articles")
    expect(page.get_by_test_id("article-link").filter(has_text="恶塔")).to_be_visible()
    assert_harmless(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_run_nothing(page: Page, served: ServedIndex, address: str) -> None:
    page.goto(f"{served.client.base_url}/{address}")
    expect(page.locator("main")).to_be_visible()
    assert_harmless(page)


@contextmanager
def framing(address: str) -> Iterator[str]:
    """Run another site that shows this one in a frame; yield its address."""

    class Frame(BaseHTTPRequestHandler):
        """Answers with the frame."""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<iframe src='{address}/'></iframe>".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Frame) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_another_site_can_not_show_the_page_in_a_frame(page: Page, served: ServedIndex) -> None:
    with framing(str(served.client.base_url)) as other:
        page.goto(other, wait_until="load")
        frames = [frame for frame in page.frames if frame != page.main_frame]
        assert all(frame.locator("#question").count() == 0 for frame in frames)
