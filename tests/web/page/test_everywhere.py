"""The page in its languages, colours and sizes: nothing overflows, nothing keeps anybody out."""

import time
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

from tests.conftest import ROOT
from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import WatchedPage, opened_page, overflow, violations

pytestmark = needs_chromium

LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en-GB": "en", "fr-FR": "en"}
VIEWS = ("/", "/#/articles", "/#/article/hzmb-bridge.txt?start=75&end=116", "/#/unanswered")
FIRST_LOAD = 120_000  # bytes


@pytest.mark.parametrize(("locale", "language"), LANGUAGES.items())
def test_the_page_speaks_the_language_of_the_browser(
    browser: Browser, server: str, locale: str, language: str
) -> None:
    with opened_page(browser, server, locale) as watched:
        assert watched.page.locator("html").get_attribute("lang") == language
        watched.assert_quiet()


def test_language_and_colours_are_chosen_and_stay(watched: WatchedPage, page: Page) -> None:
    page.get_by_test_id("settings").click()
    page.get_by_test_id("language").select_option("zh-Hant")
    expect(page.locator("#welcome, .welcome h1").first).to_have_text("向你的文章提問")
    page.get_by_test_id("theme").select_option("dark")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(21, 22, 24)"
    watched.reload()
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == ground
    watched.assert_quiet()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_message_is_there_in_every_language(page: Page, language: str) -> None:
    keys = """async (tag) => {
        const messages = (await import(`/static/js/core/messages/${tag}.js`)).MESSAGES;
        const places = text => [...text.matchAll(/\\{(\\w+)\\}/g)].map(match => match[1]).sort();
        return Object.entries(messages).map(([key, text]) => [key, places(text)]);
    }"""
    assert dict(page.evaluate(keys, language)) == dict(page.evaluate(keys, "zh-Hans"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_nothing_keeps_anybody_out(browser: Browser, server: str, locale: str, scheme: str) -> None:
    with opened_page(browser, server, locale, color_scheme=scheme) as watched:
        found = {}
        for view in VIEWS:
            watched.open(view)
            expect(watched.page.locator("h1:visible").first).to_be_visible()
            expect(watched.page.locator(".state")).to_have_count(0)
            found[view] = violations(watched.page)
        watched.open("/#/")
        watched.ask("NSF和NIST分别投资了多少?")
        watched.ask("木星上的气压计卖多少钱?")
        watched.page.locator("summary").first.click()
        found["answers"] = violations(watched.page)
        assert {view: list_ for view, list_ in found.items() if list_} == {}


@pytest.mark.parametrize(
    ("width", "height"),
    [(360, 740), (390, 844), (768, 1024), (1280, 720), (1920, 1080), (2560, 1440), (320, 256)],
)
def test_no_size_makes_it_scroll_sideways(
    browser: Browser, server: str, width: int, height: int
) -> None:
    with opened_page(browser, server, viewport={"width": width, "height": height}) as watched:
        watched.ask("NSF和NIST分别投资了多少?")
        assert overflow(watched.page) == 0
        for view in VIEWS:
            watched.open(view)
            assert overflow(watched.page) == 0, view
        watched.assert_quiet()


def test_at_four_times_the_size_most_of_the_window_is_the_answers(
    browser: Browser, server: str
) -> None:
    with opened_page(browser, server, viewport={"width": 320, "height": 256}) as watched:
        watched.ask("港珠澳大桥全长多少公里?")
        box = watched.page.locator("#chat-scroller").bounding_box()
        assert box is not None
        assert box["height"] >= 256 / 2


def test_print_has_the_words_alone(watched: WatchedPage, page: Page) -> None:
    watched.ask("港珠澳大桥全长多少公里?")
    page.emulate_media(media="print")
    for part in (".masthead", ".composer", ".rail", ".actions", "summary"):
        assert not page.locator(part).first.is_visible(), part
    expect(page.get_by_test_id("short-answer")).to_be_visible()
    card = page.locator(".source-card").bounding_box()
    assert card is not None
    assert card["width"] > 600


def test_a_print_says_where_and_when_it_was_made(watched: WatchedPage, page: Page) -> None:
    watched.ask("港珠澳大桥全长多少公里?")
    with PdfDocument(page.pdf(format="A4")) as document:
        assert len(document) == 1
        words = document[0].get_textpage().get_text_bounded()
    assert "55" in words
    assert watched.address in words
    assert f"{datetime.now().year}年" in words


def test_quotation_marks_of_english_are_narrow(browser: Browser, server: str) -> None:
    with opened_page(browser, server, "en-GB") as watched:
        width = watched.page.evaluate(
            """() => {
                const text = document.querySelector(".welcome p").firstChild;
                const range = document.createRange();
                range.setStart(text, text.data.indexOf("’"));
                range.setEnd(text, text.data.indexOf("’") + 1);
                return range.getBoundingClientRect().width;
            }"""
        )
        assert 0 < width < 8


def test_the_first_load_is_small(browser: Browser, server: str) -> None:
    with opened_page(browser, server, "en-GB") as watched:
        expect(watched.page.get_by_test_id("suggestions")).to_be_visible()
        sizes = watched.page.evaluate(
            """["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
                .map(entry => entry.transferSize)"""
        )
        assert 0 < sum(sizes) <= FIRST_LOAD


def test_the_scripts_hold_no_markup() -> None:
    for script in (ROOT / "web" / "static" / "js").rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, f"{script.name}: {way}"


def test_the_documentation_of_the_api_runs_under_its_policy(browser: Browser, server: str) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server}/api/docs")
    expect(page.get_by_text("/api/ask/stream").first).to_be_visible()
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert [text for text in complaints if "script-src" not in text] == []
    page.close()


def test_without_a_network_the_page_opens_and_says_so(browser: Browser, server: str) -> None:
    with opened_page(browser, server, service_workers="allow") as watched:
        page = watched.page
        deadline = time.monotonic() + 30
        while page.evaluate("navigator.serviceWorker.controller === null"):
            assert time.monotonic() < deadline, "the page's files are not kept"
            page.wait_for_timeout(100)
        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_test_id("error")).to_contain_text("连不上服务器")
        page.context.set_offline(False)
        page.get_by_test_id("retry").click()
        expect(page.get_by_test_id("error")).to_have_count(0)


def test_an_address_that_is_nowhere_is_a_page_to_a_reader(browser: Browser, server: str) -> None:
    page = browser.new_page()
    answer = page.goto(f"{server}/nope")
    assert answer is not None
    assert answer.status == 404
    page.get_by_text("去提问").click()
    expect(page.get_by_test_id("question")).to_be_visible()
    page.close()
