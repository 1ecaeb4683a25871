"""The page shows an uploaded article's author, and the page on which a citation starts."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.support.chromium import CHROMIUM, QUIET, needs_chromium
from tests.support.documents import pdf, write_lines
from tests.support.served_index import ServedIndex
from tests.web.test_page import ask

pytestmark = needs_chromium


@pytest.mark.parametrize(("language", "place"), [("zh-CN", "第 2 页"), ("en-GB", "page 2")])
def test_author_and_page_are_shown(served: ServedIndex, language: str, place: str) -> None:
    data = pdf(
        lambda canvas: write_lines(canvas, ["罗斯冰架", "", "作者：周冰"]),
        lambda canvas: write_lines(canvas, ["罗斯冰架面积为47万平方公里。"]),
    )
    assert served.add_files(("冰架.pdf", data)).status_code == 201
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(locale=language).new_page()
        page.goto(str(served.client.base_url))
        ask(page, "罗斯冰架面积为多少?")
        source = page.get_by_test_id("source").first
        expect(source).to_contain_text(place)
        source.click()
        expect(page.get_by_test_id("article").locator("header")).to_contain_text("周冰")
        page.goto(page.url.split("#")[0] + "#/articles")
        row = page.get_by_test_id("article-link").filter(has_text="罗斯冰架").first
        expect(row).to_contain_text("周冰")
        browser.close()
