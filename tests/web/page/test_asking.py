"""Asking on the page: the states of an answer, its evidence, and how it was found."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import WatchedPage, opened_page
from tests.support.commands.forked_commands import serving

pytestmark = needs_chromium

LENGTH = "港珠澳大桥全长多少公里?"


def test_a_question_is_answered_and_its_sentence_marked_in_the_article(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask("第一位担任ISO主席的中国人是谁?")
    expect(page.get_by_test_id("short-answer")).to_have_text("张晓刚")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-state", "sure")
    source = page.get_by_test_id("source").first
    expect(source).to_contain_text("张晓刚")
    source.click()
    expect(page.get_by_test_id("mark")).to_contain_text("张晓刚")
    expect(page.get_by_test_id("mark")).to_be_in_viewport()
    expect(page.get_by_test_id("turn")).to_be_visible()  # beside the article
    watched.assert_quiet()


def test_a_sentence_is_not_said_twice(watched: WatchedPage, page: Page) -> None:
    watched.ask("决赛有哪几座城市")
    expect(page.get_by_test_id("source")).to_contain_text("奥斯汀")
    assert page.get_by_test_id("answer").inner_text().count("奥斯汀") == 1


def test_an_amount_is_told_in_the_language_of_the_question_first(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask("How much did the US invest through NIST?")
    expect(page.get_by_test_id("short-answer")).to_have_text("US$10 million")
    expect(page.locator(".lead .aside")).to_have_text("1000万美元")
    watched.ask("美国通过NIST投资了多少?")
    expect(page.get_by_test_id("short-answer").last).to_have_text("1000万美元")
    watched.assert_quiet()


def test_several_parties_are_a_table_with_a_source_for_each(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask("NSF和NIST分别投资了多少?")
    entries = page.get_by_test_id("entries")
    expect(entries.locator("th")).to_have_text(["NSF", "NIST"])
    expect(entries.locator(".figure")).to_contain_text(["3500万", "1000万"])
    shares = [float(meter.get_attribute("value") or 0) for meter in entries.locator("meter").all()]
    assert shares == pytest.approx([1, 1000 / 3500])
    entries.locator("a").last.click()
    expect(page.get_by_test_id("mark")).to_contain_text("NIST")
    watched.assert_quiet()


def test_what_the_articles_do_not_say_is_said_with_ways_on(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask("木星上的气压计卖多少钱?")
    expect(page.get_by_test_id("not-answered")).to_contain_text("没有找到有把握的答案。")
    assert page.get_by_test_id("short-answer").count() == 0
    page.get_by_test_id("wayReword").click()
    expect(page.get_by_test_id("question")).to_have_value("木星上的气压计卖多少钱?")
    page.get_by_test_id("wayDecide").click()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-state", "perhaps")
    expect(page.get_by_test_id("possible").get_by_test_id("source").first).to_be_visible()
    watched.assert_quiet()


def test_what_may_be_the_answer_is_set_apart_with_its_source(
    browser: Browser, sample_store: Path, tmp_path: Path
) -> None:
    settings = {"YIJU_THRESHOLD": "1", "YIJU_POSSIBLE": "0"}
    with (
        serving(sample_store, tmp_path / "server.log", **settings) as address,
        opened_page(browser, address) as watched,
    ):
        page = watched.page
        watched.ask("第一位担任ISO主席的中国人是谁?")
        card = page.get_by_test_id("answer")
        expect(card).to_have_attribute("data-state", "perhaps")
        expect(card.locator(".kicker")).to_have_text("可能是")
        expect(card.get_by_test_id("confidence")).to_have_text("把握不大")
        expect(page.get_by_test_id("possible-answer")).to_have_text("张晓刚")
        assert page.get_by_test_id("short-answer").count() == 0
        page.get_by_test_id("source").first.click()
        expect(page.get_by_test_id("mark")).to_contain_text("张晓刚")
        watched.assert_quiet()


def test_what_yiju_itself_says_looks_like_no_quotation(watched: WatchedPage, page: Page) -> None:
    watched.ask("你好")
    expect(page.get_by_test_id("page-answer")).to_contain_text("你好！")
    watched.ask("有哪些文章？")
    expect(page.get_by_test_id("page-answer").last.locator("ol li")).to_have_count(14)
    for part in ("source", "nearest", "how", "confidence", "not-answered", "helpful"):
        assert page.get_by_test_id(part).count() == 0
    watched.assert_quiet()


def test_how_an_answer_was_found_can_be_seen_and_the_question_changed(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask(LENGTH)
    assert "%" not in page.get_by_test_id("answer").inner_text()
    page.get_by_test_id("how").locator("summary").click()
    expect(page.get_by_test_id("percent")).to_contain_text("%")
    expect(page.get_by_test_id("passage").first).to_be_visible()
    expect(page.locator(".ranks").first).to_contain_text("第")
    page.get_by_test_id("reword").click()
    expect(page.get_by_test_id("question")).to_have_value(LENGTH)
    watched.assert_quiet()


def test_a_question_that_follows_on_another_is_shown_as_understood(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask("港珠澳大桥有多长？")
    watched.ask("它是什么时候通车的？")
    expect(page.get_by_test_id("interpreted-question")).to_contain_text("港珠澳大桥")
    watched.assert_quiet()


def test_a_question_can_be_limited_to_a_source_and_years(watched: WatchedPage, page: Page) -> None:
    page.get_by_test_id("scope").click()
    page.get_by_test_id("scope-source").select_option("Yiju editors")
    page.get_by_test_id("scopeFrom").fill("2025")
    page.get_by_test_id("scope-apply").click()
    expect(page.get_by_test_id("scope-label")).to_have_text("Yiju editors · 2025–")
    with page.expect_request("**/api/ask/stream") as asked:
        watched.ask("How many algorithms did NIST receive in 2016?")
    assert (asked.value.post_data_json or {})["filter"] == {
        "source": "Yiju editors",
        "published_from": "2025",
    }
    page.get_by_test_id("scope-clear").click()
    expect(page.get_by_test_id("scope-label")).to_have_text("全部文章")
    watched.assert_quiet()


def test_enter_sends_but_not_while_a_word_is_being_composed(page: Page) -> None:
    box = page.get_by_test_id("question")
    box.fill(LENGTH)
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
    expect(box).to_have_value(LENGTH)
    assert page.get_by_test_id("answer").count() == 0
    box.press("Enter")
    expect(page.get_by_test_id("source").first).to_be_visible()


def test_slash_goes_to_the_box_and_the_up_arrow_brings_the_last_question(
    watched: WatchedPage, page: Page
) -> None:
    watched.ask(LENGTH)
    page.get_by_test_id("source").first.focus()
    page.keyboard.press("/")
    expect(page.get_by_test_id("question")).to_be_focused()
    expect(page.get_by_test_id("question")).to_have_value("")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("question")).to_have_value(LENGTH)


def test_an_answer_under_way_can_be_stopped_and_its_question_comes_back(
    watched: WatchedPage, page: Page
) -> None:
    page.route("**/api/ask/stream", lambda _: None)  # never answered
    page.get_by_test_id("question").fill(LENGTH)
    page.get_by_test_id("send").click()
    page.get_by_test_id("stop").click()
    expect(page.get_by_test_id("state")).to_contain_text("已停止。")
    expect(page.get_by_test_id("question")).to_have_value(LENGTH)
    page.unroute("**/api/ask/stream")
    page.get_by_test_id("again").click()
    expect(page.get_by_test_id("short-answer")).to_have_text("55公里")
    watched.assert_quiet()


def test_a_slow_server_shows_that_it_is_at_work(watched: WatchedPage, page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/api/ask/stream", lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    page.get_by_test_id("question").fill(LENGTH)
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("state")).to_have_text("正在查找…")
    expect(page.locator(".skeleton")).to_be_visible()
    expect(page.get_by_test_id("stop")).to_be_visible()
    waiting[0].continue_()
    expect(page.get_by_test_id("short-answer")).to_have_text("55公里")
    expect(page.locator(".skeleton")).to_have_count(0)
    watched.assert_quiet()


def test_a_server_that_is_gone_is_said_and_the_question_kept(
    watched: WatchedPage, page: Page
) -> None:
    page.route("**/api/ask/stream", lambda route: route.abort())
    watched.ask("三峡工程?")
    expect(page.get_by_test_id("error")).to_contain_text("连不上服务器")
    expect(page.get_by_test_id("question")).to_have_value("三峡工程?")
    page.unroute("**/api/ask/stream")
    page.get_by_test_id("retry").click()
    expect(page.get_by_test_id("answer")).to_be_visible()
    expect(page.get_by_test_id("question")).to_have_value("")


def test_a_store_without_an_index_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    with (
        serving(tmp_path / "store", tmp_path / "server.log") as address,
        opened_page(browser, address) as watched,
    ):
        page = watched.page
        expect(page.get_by_test_id("error")).to_contain_text("yiju rebuild 文件夹")
        watched.open("/#/articles")
        expect(page.locator("#articles-view").get_by_test_id("error")).to_contain_text(
            "yiju rebuild"
        )


def test_copied_text_has_the_answer_its_quotes_and_sources(
    watched: WatchedPage, page: Page
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.ask(LENGTH)
    page.get_by_test_id("copy").click()
    expect(page.get_by_test_id("toast")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1] 大橋全長55公里" in copied
    assert "依據編輯部 · 2023年10月24日" in copied
    page.get_by_test_id("copyMarkdown").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('##'))")
    markdown = page.evaluate("navigator.clipboard.readText()")
    assert "> 大橋全長55公里" in markdown
    assert f"]({watched.address}/#/article/hzmb-bridge.txt?start=" in markdown
    watched.assert_quiet()


def test_copying_works_where_the_browser_offers_no_clipboard(
    watched: WatchedPage, page: Page
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    # What a page over plain http finds: no navigator.clipboard.
    page.evaluate("window.board = navigator.clipboard")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    watched.ask(LENGTH)
    page.get_by_test_id("copy").click()
    expect(page.get_by_test_id("toast")).to_have_text("已复制")
    assert "大橋全長55公里" in page.evaluate("window.board.readText()")


def test_suggested_questions_are_answered_with_a_click(watched: WatchedPage, page: Page) -> None:
    suggestions = page.get_by_test_id("suggestions").get_by_test_id("suggestion")
    expect(suggestions.first).to_be_visible()
    suggestions.first.click()
    expect(page.get_by_test_id("answer")).to_have_attribute("data-state", "sure")
    watched.assert_quiet()


def test_a_thumb_and_what_is_said_with_it_are_kept(watched: WatchedPage, page: Page) -> None:
    watched.ask(LENGTH)
    page.get_by_test_id("unhelpful").click()
    expect(page.get_by_test_id("unhelpful")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("comment").fill("问的是主桥")
    page.get_by_test_id("comment").press("Enter")
    expect(page.get_by_test_id("toast")).to_have_text("谢谢，已记下。")
    watched.reload()
    expect(page.get_by_test_id("unhelpful")).to_have_attribute("aria-pressed", "true")
    watched.open("/#/unanswered")
    kept = page.get_by_test_id("unanswered-question").filter(has_text=LENGTH)
    expect(kept).to_contain_text("问的是主桥")
    kept.get_by_test_id("delete-question").click()
    expect(kept).to_have_count(0)
    watched.assert_quiet()
