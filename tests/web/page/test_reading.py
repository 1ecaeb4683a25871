"""The reading room: marks, citations one after the other, tables, links that keep their promise."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import PHONE, WatchedPage, opened_page
from tests.support.documents import pdf, write_lines
from tests.support.served_index import ServedIndex

pytestmark = needs_chromium

TABLE = """<!doctype html><html><head><title>场馆收费</title></head><body><article><h1>场馆收费</h1>
<p>本市两处场馆自三月起调整收费，平日与周末分开计算，下表为成人票价，儿童与老人按规定减免。</p>
<table><tr><th rowspan=2>场馆</th><th colspan=2>收费（元）</th></tr>
<tr><th>平日</th><th>周末</th></tr>
<tr><td>银杏馆</td><td>35</td><td>48</td></tr><tr><td>白桦馆</td><td>27</td><td>39</td></tr></table>
<p>以上价格自三月起执行，学生凭证减半，其余人员不再减免。团体参观请提前三天预约。</p></article></body></html>"""


@pytest.fixture
def reading(browser: Browser, served: ServedIndex) -> Iterator[WatchedPage]:
    """Open the page of an index that may be changed."""
    with opened_page(browser, str(served.client.base_url).rstrip("/")) as watched:
        yield watched


def test_the_citations_of_an_answer_are_stepped_through(watched: WatchedPage, page: Page) -> None:
    watched.ask("总结一下智慧城市那篇文章")
    page.get_by_test_id("source").first.click()
    expect(page.get_by_test_id("citation-number")).to_contain_text("/")
    first = page.get_by_test_id("mark").inner_text()
    assert page.get_by_test_id("other-mark").count() > 0
    assert page.locator("[data-testid=ticks] i").count() == page.locator("mark").count()
    page.get_by_test_id("next-citation").click()
    expect(page.get_by_test_id("mark")).not_to_have_text(first)
    expect(page.get_by_test_id("mark").first).to_be_in_viewport()
    page.get_by_test_id("previous-citation").click()
    expect(page.get_by_test_id("mark")).to_have_text(first)
    watched.assert_quiet()


def test_a_link_of_a_chat_completion_opens_the_article_at_its_quote(
    client: httpx.Client, page: Page
) -> None:
    asked = {"messages": [{"role": "user", "content": "港珠澳大桥全长多少公里?"}]}
    completion = client.post("/v1/chat/completions", json=asked).json()
    (annotation,) = completion["choices"][0]["message"]["annotations"]
    page.goto(annotation["url_citation"]["url"])
    expect(page.get_by_test_id("mark")).to_have_text(completion["yiju"]["citations"][0]["quote"])


def test_escape_returns_to_the_source_in_the_chat(watched: WatchedPage, page: Page) -> None:
    watched.ask("港珠澳大桥全长多少公里?")
    page.get_by_test_id("source").first.click()
    expect(page.get_by_test_id("mark")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("article")).not_to_be_visible()
    expect(page.get_by_test_id("source").first).to_be_focused()


def test_a_table_is_drawn_and_its_cell_marked(reading: WatchedPage, served: ServedIndex) -> None:
    assert served.add_files(("场馆收费.html", TABLE.encode())).status_code == 201
    page = reading.page
    reading.ask("白桦馆周末收费多少元？")
    page.get_by_test_id("source").first.click()
    table = page.locator(".table")
    expect(table.locator("th[colspan='2']")).to_contain_text("收费")
    expect(table.locator("td")).to_contain_text(["银杏馆", "35", "48", "白桦馆", "27", "39"])
    expect(table.locator("td:has(mark)").first).to_be_visible()
    reading.assert_quiet()


def test_a_link_holds_while_the_text_is_the_same_and_says_when_it_is_not(
    reading: WatchedPage, served: ServedIndex
) -> None:
    page = reading.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    served.add(id="cape", title="银湾角", text="银湾角\n\n银湾角灯塔高41米。")
    reading.ask("银湾角灯塔高多少米？")
    page.get_by_test_id("source").first.click()
    page.get_by_test_id("copy-article-link").click()
    expect(page.get_by_test_id("toast")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    for number in range(5):  # none of the versions that the answer knew is left
        served.add(id=f"other-{number}", text=f"别的文章{number}号。")
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_test_id("mark")).to_contain_text("41米")
    assert page.get_by_test_id("changed").count() == 0
    served.add(id="cape", title="银湾角", text="银湾角\n\n后来重建，灯塔高43米。")
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_test_id("changed")).to_contain_text("文章后来改过")


@pytest.mark.parametrize(("language", "place"), [("zh-CN", "第 2 页"), ("en-GB", "page 2")])
def test_author_and_page_are_shown(
    browser: Browser, served: ServedIndex, language: str, place: str
) -> None:
    data = pdf(
        lambda canvas: write_lines(canvas, ["罗斯冰架", "", "作者：周冰"]),
        lambda canvas: write_lines(canvas, ["罗斯冰架面积为47万平方公里。"]),
    )
    assert served.add_files(("冰架.pdf", data)).status_code == 201
    with opened_page(browser, str(served.client.base_url).rstrip("/"), language) as watched:
        page = watched.page
        watched.ask("罗斯冰架面积为多少?")
        expect(page.locator(".source-card").first).to_contain_text(place)
        page.get_by_test_id("source").first.click()
        expect(page.get_by_test_id("article").locator("header")).to_contain_text("周冰")
        watched.open("/#/articles")
        expect(
            page.get_by_test_id("article-row").filter(has_text="罗斯冰架").first
        ).to_contain_text("周冰")
        watched.assert_quiet()


def test_an_article_is_asked_alone(watched: WatchedPage, page: Page) -> None:
    watched.open("/#/article/hzmb-bridge.txt")
    page.get_by_test_id("ask-article").click()
    expect(page.get_by_test_id("scope-label")).to_contain_text("只问这篇")
    with page.expect_request("**/api/ask/stream") as asked:
        watched.ask("全长多少公里？")
    assert (asked.value.post_data_json or {})["filter"] == {"articles": ["hzmb-bridge.txt"]}
    watched.assert_quiet()


def test_on_a_phone_an_article_is_a_sheet_that_closes(browser: Browser, server: str) -> None:
    with opened_page(
        browser, server, "en-GB", viewport=PHONE, has_touch=True, is_mobile=True
    ) as watched:
        page = watched.page
        watched.ask("When did the European Climate Law take effect?")
        page.get_by_test_id("source").first.click()
        expect(page.get_by_test_id("mark").first).to_be_in_viewport()
        page.get_by_test_id("close-article").click()
        expect(page.get_by_test_id("turn")).to_be_visible()
        watched.assert_quiet()


def test_headings_are_beside_the_text_where_there_is_room(browser: Browser, server: str) -> None:
    size = {"width": 1900, "height": 1000}
    with opened_page(browser, server, viewport=size) as watched:
        page = watched.page
        watched.open("/#/article/smart-city-programmes.txt")
        page.get_by_test_id("outline").get_by_role("button").last.click()
        expect(page.locator(".reading h2").last).to_be_in_viewport()
        page.set_viewport_size({"width": 900, "height": 1000})
        expect(page.get_by_test_id("outline")).not_to_be_visible()
        watched.assert_quiet()


def test_a_paragraph_has_its_own_direction(reading: WatchedPage, served: ServedIndex) -> None:
    served.add(id="rtl", title="مقالة", text="مقالة\n\nيبلغ ارتفاع البرج 77 مترا.")
    reading.open("/#/article/rtl")
    paragraph = reading.page.locator(".reading p").first
    assert paragraph.evaluate("node => getComputedStyle(node).direction") == "rtl"
    reading.assert_quiet()
