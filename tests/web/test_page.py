"""The page, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from bench.processes import serving
from tests.conftest import ROOT
from tests.support.chromium import CHROMIUM, QUIET, needs_chromium

SCREENSHOTS = ROOT / "docs" / "images"

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def complaints() -> list[str]:
    """Collect the errors and warnings of the browser's console."""
    return []


@pytest.fixture
def page(browser: Browser, server: str, complaints: list[str]) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 860})
    opened = context.new_page()
    opened.on("console", lambda message: _note(message, complaints))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(server)
    yield opened
    context.close()


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type in ("error", "warning"):
        complaints.append(message.text)


def ask(page: Page, question: str) -> None:
    """Type a question and send it."""
    page.get_by_test_id("question").fill(question)
    page.get_by_test_id("send").click()


def test_a_question_is_answered_and_its_sentence_marked_in_the_article(
    page: Page, complaints: list[str]
) -> None:
    ask(page, "第一位担任ISO主席的中国人是谁?")
    expect(page.get_by_test_id("short-answer")).to_have_text("张晓刚")
    source = page.get_by_test_id("source").first
    expect(source).to_contain_text("张晓刚")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    source.click()
    expect(page.get_by_test_id("mark")).to_contain_text("张晓刚")
    expect(page.get_by_test_id("mark")).to_be_in_viewport()
    page.screenshot(path=SCREENSHOTS / "chat.png")
    assert complaints == []


@pytest.mark.parametrize(
    "question", ["美国通过NIST投资了多少?", "How much did the US invest through NIST?"]
)
def test_the_sentence_is_found_in_either_language(
    page: Page, complaints: list[str], question: str
) -> None:
    ask(page, question)
    page.get_by_test_id("source").first.click()
    expect(page.get_by_test_id("mark")).to_contain_text("NIST")
    expect(page.get_by_test_id("mark")).to_contain_text("1000万美元")
    assert complaints == []


def test_several_parties_each_have_an_entry_with_its_source(
    page: Page, complaints: list[str]
) -> None:
    ask(page, "NSF和NIST分别投资了多少?")
    entries = page.get_by_test_id("entries")
    expect(entries.locator("dt")).to_have_text(["NSF", "NIST"])
    expect(entries.locator("dd")).to_contain_text(["3500万", "1000万"])
    page.screenshot(path=SCREENSHOTS / "parties.png")
    entries.locator("a").last.click()
    expect(page.get_by_test_id("mark")).to_contain_text("NIST")
    assert complaints == []


def test_what_the_articles_do_not_say_is_said(page: Page, complaints: list[str]) -> None:
    ask(page, "木星上的气压计卖多少钱?")
    expect(page.get_by_test_id("not-answered")).to_contain_text("没有找到有把握的答案。")
    assert page.get_by_test_id("short-answer").count() == 0
    assert complaints == []


def test_what_may_be_the_answer_is_set_apart_with_its_source(
    browser: Browser, sample_store: Path, tmp_path: Path
) -> None:
    settings = {"YIJU_THRESHOLD": "1", "YIJU_POSSIBLE": "0"}
    with serving(sample_store, tmp_path / "server.log", **settings) as address:
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        page.goto(address)
        ask(page, "第一位担任ISO主席的中国人是谁?")
        expect(page.get_by_test_id("not-answered")).to_contain_text("没有找到有把握的答案。")
        possible = page.get_by_test_id("possible")
        expect(possible.locator("h3").first).to_contain_text("可能是")
        expect(page.get_by_test_id("nearest")).to_be_visible()
        assert page.get_by_test_id("short-answer").count() == 0
        source = possible.get_by_test_id("source").first
        expect(source).to_contain_text("张晓刚")
        page.get_by_test_id("language").click()
        expect(possible.locator("h3").first).to_contain_text("Possibly")
        source.click()
        expect(page.get_by_test_id("mark")).to_contain_text("张晓刚")
        context.close()


def test_a_greeting_is_answered_without_sources(page: Page, complaints: list[str]) -> None:
    ask(page, "你好")
    expect(page.get_by_test_id("page-answer")).to_contain_text("你好！")
    ask(page, "有哪些文章？")
    expect(page.get_by_test_id("page-answer").last).to_contain_text("14")
    for part in ("source", "nearest", "passages", "confidence", "not-answered"):
        assert page.get_by_test_id(part).count() == 0
    assert complaints == []


def test_enter_sends_but_not_while_a_word_is_being_composed(page: Page) -> None:
    box = page.get_by_test_id("question")
    box.fill("港珠澳大桥全长多少公里?")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
    expect(box).to_have_value("港珠澳大桥全长多少公里?")
    assert page.get_by_test_id("answer").count() == 0
    box.press("Enter")
    expect(page.get_by_test_id("source").first).to_be_visible()


def test_markup_in_a_question_stays_text(page: Page, complaints: list[str]) -> None:
    question = "<img src=x onerror=alert(1)>三峡工程?"
    ask(page, question)
    expect(page.get_by_text(question).first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert complaints == []


def test_a_phone_shows_it_without_scrolling_sideways(browser: Browser, server: str) -> None:
    context = browser.new_context(
        locale="en-GB", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(server)
    ask(page, "When did the European Climate Law take effect?")
    expect(page.get_by_test_id("source").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    page.screenshot(path=SCREENSHOTS / "phone.png")
    page.get_by_test_id("source").first.click()
    expect(page.get_by_test_id("mark").first).to_be_in_viewport()
    assert width <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("html").get_attribute("lang") == "en"
    context.close()


def test_the_articles_can_be_looked_through(page: Page, complaints: list[str]) -> None:
    expect(page.get_by_test_id("article-count")).to_contain_text(re.compile("14"))
    page.goto(page.url.split("#")[0] + "#/articles")
    expect(page.get_by_test_id("article-link")).to_have_count(14)
    page.get_by_test_id("article-link").first.click()
    expect(page.get_by_test_id("article")).to_be_visible()
    assert complaints == []


def test_a_server_that_is_gone_is_said_and_the_question_kept(page: Page) -> None:
    page.route("**/api/ask/stream", lambda route: route.abort())
    ask(page, "三峡工程?")
    expect(page.get_by_test_id("error")).to_be_visible()
    expect(page.get_by_test_id("question")).to_have_value("三峡工程?")


def test_the_documentation_of_the_api_runs_under_its_policy(
    browser: Browser, server: str, complaints: list[str]
) -> None:
    page = browser.new_page()
    page.on("console", lambda message: _note(message, complaints))
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
