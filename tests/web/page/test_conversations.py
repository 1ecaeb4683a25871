"""Conversations on the page: kept, listed, renamed, exported, deleted; questions changed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import PHONE, WatchedPage, opened_page

pytestmark = needs_chromium

LENGTH = "港珠澳大桥全长多少公里?"
CHAIRMAN = "第一位担任ISO主席的中国人是谁?"


def test_a_reload_loses_nothing(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    watched.ask(CHAIRMAN)
    watched.reload()
    expect(page.get_by_test_id("turn")).to_have_count(2)
    expect(page.get_by_test_id("short-answer")).to_have_text(["55公里", "张晓刚"])
    page.get_by_test_id("source").last.click()
    expect(page.get_by_test_id("mark")).to_contain_text("张晓刚")
    watched.reload()
    expect(page.get_by_test_id("mark")).to_contain_text("张晓刚")
    expect(page.get_by_test_id("turn")).to_have_count(2)
    watched.assert_quiet()


def test_conversations_are_listed_and_searched(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    page.get_by_test_id("fresh").click()
    expect(page.get_by_test_id("turn")).to_have_count(0)
    watched.ask(CHAIRMAN)
    links = page.get_by_test_id("conversation-link")
    expect(links).to_have_text([CHAIRMAN, LENGTH])
    page.get_by_test_id("find-conversation").fill("55公里")
    expect(links).to_have_text([LENGTH])
    links.click()
    expect(page.get_by_test_id("short-answer")).to_have_text("55公里")
    page.go_back()
    expect(page.get_by_test_id("short-answer")).to_have_text("张晓刚")
    watched.assert_quiet()


def test_a_conversation_is_renamed(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    page.get_by_test_id("conversation-menu").click()
    page.get_by_test_id("rename").click()
    page.get_by_test_id("rename-field").fill("大桥 <b>")
    page.get_by_test_id("rename-field").press("Enter")
    expect(page.get_by_test_id("conversation-link")).to_have_text("大桥 <b>")
    watched.reload()
    expect(page.get_by_test_id("conversation-link")).to_have_text("大桥 <b>")
    watched.assert_quiet()


def test_a_deleted_conversation_can_be_brought_back(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    page.get_by_test_id("conversation-menu").click()
    page.get_by_test_id("delete-conversation").click()
    expect(page.get_by_test_id("turn")).to_have_count(0)
    expect(page.get_by_test_id("conversation-link")).to_have_count(0)
    page.get_by_test_id("undo").click()
    page.get_by_test_id("conversation-link").click()
    expect(page.get_by_test_id("short-answer")).to_have_text("55公里")
    watched.assert_quiet()


def test_a_conversation_is_exported_with_quotes_and_links(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    page.get_by_test_id("conversation-menu").click()
    with page.expect_download() as waiting:
        page.get_by_test_id("export").click()
    exported = waiting.value.path().read_text(encoding="utf-8")
    assert waiting.value.suggested_filename.endswith(".md")
    assert f"## {LENGTH}" in exported
    assert "**55公里**" in exported
    assert "> 大橋全長55公里" in exported
    assert f"({watched.address}/#/article/hzmb-bridge.txt?start=" in exported
    watched.assert_quiet()


def test_a_changed_question_replaces_what_came_after_it_with_a_way_back(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask(LENGTH)
    watched.ask(CHAIRMAN)
    page.get_by_test_id("edit").first.click()
    page.get_by_test_id("edit-field").fill("港珠澳大桥什么时候通车？")
    page.get_by_test_id("edit-send").click()
    expect(page.get_by_test_id("turn")).to_have_count(1)
    expect(page.get_by_test_id("source").first).to_contain_text("通車")
    page.get_by_test_id("undo").click()
    expect(page.get_by_test_id("short-answer")).to_have_text(["55公里", "张晓刚"])
    watched.reload()
    expect(page.get_by_test_id("short-answer")).to_have_text(["55公里", "张晓刚"])
    watched.assert_quiet()


def test_a_question_is_asked_again(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    with page.expect_request("**/api/ask/stream"):
        page.get_by_test_id("again").click()
    expect(page.get_by_test_id("turn")).to_have_count(1)
    expect(page.get_by_test_id("short-answer")).to_have_text("55公里")
    watched.assert_quiet()


def test_a_link_to_a_question_asks_it_wherever_it_is_opened(
    browser: Browser, watched: WatchedPage, page: Page
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.ask(LENGTH)
    page.get_by_test_id("copyLink").click()
    expect(page.get_by_test_id("toast")).to_contain_text("链接已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    with opened_page(browser, watched.address) as other:
        other.page.goto(link)
        expect(other.page.get_by_test_id("short-answer")).to_have_text("55公里")
        other.reload()
        expect(other.page.get_by_test_id("turn")).to_have_count(1)
        other.assert_quiet()


def test_a_conversation_that_is_not_here_is_said(watched: WatchedPage, page: Page) -> None:
    watched.open("/#/c/nowhere")
    expect(page.get_by_test_id("toast")).to_contain_text("不在这个浏览器里")
    watched.ask(LENGTH)
    expect(page.get_by_test_id("short-answer")).to_have_text("55公里")
    watched.assert_quiet()


def test_another_window_hears_of_a_conversation(watched: WatchedPage, page: Page) -> None:
    other = page.context.new_page()
    other.goto(watched.address)
    watched.ask(LENGTH)
    expect(other.get_by_test_id("conversation-link")).to_have_text(LENGTH)
    other.close()


@pytest.fixture
def unkept(browser: Browser, server: str) -> Iterator[WatchedPage]:
    """Open the page in a browser that keeps nothing."""
    with opened_page(browser, server) as watched:
        for kept in ("indexedDB", "localStorage"):
            refuse = "{ get() { throw new Error('refused'); } }"
            watched.page.add_init_script(f"Object.defineProperty(window, '{kept}', {refuse})")
        watched.reload()
        yield watched


def test_a_browser_that_keeps_nothing_still_answers_and_says_so(unkept: WatchedPage) -> None:
    unkept.ask(LENGTH)
    expect(unkept.page.get_by_test_id("short-answer")).to_have_text("55公里")
    expect(unkept.page.locator("#rail")).to_contain_text("刷新后对话会丢失")
    expect(unkept.page.get_by_test_id("conversation-link")).to_have_text(LENGTH)
    unkept.assert_quiet()


def test_a_hundred_turns_stay_quick_to_use(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    page.evaluate(
        """async () => {
            const module = "/static/js/conversations/conversation_store.js";
            const { ConversationStore } = await import(module);
            const store = await ConversationStore.open();
            const [{ id }] = await store.summaries();
            const kept = await store.get(id);
            await store.save({ ...kept, turns: Array(100).fill(kept.turns[0]) });
        }"""
    )
    watched.reload()
    expect(page.get_by_test_id("turn")).to_have_count(100)
    watched.ask(CHAIRMAN)
    expect(page.get_by_test_id("turn")).to_have_count(101)
    expect(page.get_by_test_id("short-answer").last).to_be_in_viewport()
    watched.assert_quiet()


def test_on_a_phone_the_conversations_are_in_a_drawer(browser: Browser, server: str) -> None:
    with opened_page(browser, server, viewport=PHONE, has_touch=True, is_mobile=True) as watched:
        page = watched.page
        watched.ask(LENGTH)
        expect(page.get_by_test_id("conversations")).not_to_be_visible()
        page.get_by_test_id("rail-button").click()
        expect(page.get_by_test_id("conversation-link")).to_be_visible()
        page.get_by_test_id("fresh").click()
        expect(page.get_by_test_id("conversations")).not_to_be_visible()
        expect(page.get_by_test_id("turn")).to_have_count(0)
        watched.assert_quiet()
