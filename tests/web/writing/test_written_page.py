"""The page shows what a model wrote above the quotes, marked as such, in the reader's language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import WatchedPage, chromium, opened_page, violations
from tests.support.commands.forked_commands import serving
from tests.support.models.model_site import ModelSite, sends, waits, writes

pytestmark = needs_chromium

QUESTION = "港珠澳大桥全长多少公里?"
TEXT = "港珠澳大桥全长55公里[1]。港珠澳大桥全长66公里[1]。"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for these tests."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def site() -> Iterator[ModelSite]:
    """Serve a model."""
    with ModelSite(writes(TEXT)) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(
    site: ModelSite, sample_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the sample articles with that model beside them."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    model = {"YIJU_LLM_BASE_URL": site.base_url, "YIJU_LLM_MODEL": "tiny"}
    with serving(sample_store, log, **model) as served:
        yield served


@pytest.fixture
def watched(browser: Browser, address: str, site: ModelSite) -> Iterator[WatchedPage]:
    """Open the page while the model writes as it ought to."""
    site.reply = writes(TEXT)
    with opened_page(browser, address) as page:
        yield page


def test_the_written_text_stands_above_the_quotes_with_marks_that_open_them(
    watched: WatchedPage,
) -> None:
    page = watched.page
    watched.ask(QUESTION)
    written = page.get_by_test_id("written")
    expect(written).to_contain_text("由模型根据下列原文写成 (tiny)")
    expect(written).to_contain_text("港珠澳大桥全长55公里。[1]")
    expect(written).to_contain_text("略去1句")
    assert written.evaluate("node => node.nextElementSibling.dataset.testid") == "sources"
    expect(page.get_by_test_id("short-answer")).to_contain_text("55")
    assert violations(page) == []
    watched.reload()  # it is kept with the conversation
    expect(page.get_by_test_id("written")).to_contain_text("港珠澳大桥全长55公里。[1]")
    page.get_by_test_id("written-mark").first.click()
    expect(page.get_by_test_id("mark").first).to_contain_text("55")
    watched.assert_quiet()


def test_the_answer_is_there_while_the_model_writes_and_stays_when_it_is_stopped(
    watched: WatchedPage, site: ModelSite
) -> None:
    site.reply, page = waits, watched.page
    page.get_by_test_id("question").fill(QUESTION)
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("writing")).to_contain_text("模型正在写")
    expect(page.get_by_test_id("short-answer")).to_contain_text("55")
    page.get_by_test_id("stop").click()
    expect(page.get_by_test_id("writing")).to_have_count(0)
    expect(page.get_by_test_id("short-answer")).to_contain_text("55")
    watched.assert_quiet()


def test_a_model_that_fails_is_told_of_in_a_sentence(watched: WatchedPage, site: ModelSite) -> None:
    site.reply = sends(status=500)
    watched.ask(QUESTION)
    expect(watched.page.get_by_test_id("written")).to_have_text(
        "模型服务拒绝了请求，这里只给出原文。"
    )
    expect(watched.page.get_by_test_id("short-answer")).to_contain_text("55")


@pytest.mark.parametrize(
    ("locale", "words"), [("zh-TW", "由模型根據下列原文寫成"), ("en-GB", "Written by a model")]
)
def test_it_is_marked_in_the_language_of_the_reader(
    browser: Browser, address: str, site: ModelSite, locale: str, words: str
) -> None:
    site.reply = writes(TEXT)
    with opened_page(browser, address, locale) as watched:
        watched.ask(QUESTION)
        expect(watched.page.get_by_test_id("written")).to_contain_text(words)
        watched.assert_quiet()
