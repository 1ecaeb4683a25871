"""A page of a server that needs keys: signed in with one, in the reader's language, and out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from index.access.access_key import Right
from index.access.key_file import KeyFile
from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import WatchedPage, opened_page, overflow, violations
from tests.support.commands.forked_commands import serving

pytestmark = needs_chromium
QUESTION = "港珠澳大桥全长多少公里?"
_REFUSED = "the server responded with a status of 40"
"""What the browser's console says of each refusal, whatever a page makes of it."""


@pytest.fixture(scope="module")
def keys(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    """Copy the store, as keys are part of it, and open its keys."""
    store = tmp_path_factory.mktemp("guarded") / "store"
    shutil.copytree(sample_store, store)
    return KeyFile(store)


@pytest.fixture(scope="module")
def guarded(keys: KeyFile) -> Iterator[str]:
    """Serve the sample articles to those who have a key."""
    store = keys.path.parent
    with serving(store, store.parent / "log", YIJU_WITHOUT_KEY="none") as address:
        yield address


@pytest.fixture
def shut(browser: Browser, guarded: str) -> Iterator[WatchedPage]:
    """Open the page of that server."""
    with opened_page(browser, guarded) as watched:
        yield watched
        assert [said for said in watched.complaints if _REFUSED not in said] == []
        assert watched.strayed == []


def sign_in(page: Page, secret: str) -> None:
    """Type a key into the form that is shown, and send it."""
    form = page.get_by_test_id("sign-in").locator("visible=true").first
    form.get_by_test_id("key").fill(secret)
    form.get_by_role("button").click()


def test_a_reader_signs_in_asks_and_signs_out(shut: WatchedPage, keys: KeyFile) -> None:
    page = shut.page
    expect(page.get_by_test_id("error")).to_contain_text("这里需要密钥")
    sign_in(page, "yiju_wrong")
    expect(page.get_by_test_id("sign-in-said")).to_contain_text("这个密钥在这里无效")
    _, secret = keys.add("值班室", Right.ASK)
    sign_in(page, secret)
    expect(page.get_by_test_id("suggestions")).to_be_visible()
    expect(page.get_by_test_id("sign-in")).to_have_count(0)
    shut.ask(QUESTION)
    expect(page.get_by_test_id("turn")).to_contain_text("55公里")
    shut.reload()
    expect(page.get_by_test_id("error")).to_have_count(0)
    assert secret not in page.evaluate("document.cookie + JSON.stringify({...localStorage})")
    page.get_by_test_id("settings").click()
    expect(page.get_by_test_id("signed-in")).to_contain_text("已用密钥“值班室”登录：可以阅读、提问")
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("error").first).to_contain_text("这里需要密钥")


def test_what_a_key_has_no_right_to_is_said_and_another_key_is_taken(
    shut: WatchedPage, keys: KeyFile
) -> None:
    page = shut.page
    sign_in(page, keys.add("阅览室", Right.READ)[1])
    expect(page.get_by_test_id("suggestions")).to_be_visible()
    page.get_by_test_id("question").fill(QUESTION)
    page.get_by_test_id("send").click()
    turn = page.get_by_test_id("turn")
    expect(turn.get_by_test_id("error")).to_contain_text("没有这项权限")
    sign_in(page, keys.add("主编", Right.WRITE)[1])
    expect(page.get_by_test_id("turn").last).to_contain_text("55公里")
    shut.open("/#/unanswered")
    expect(page.get_by_test_id("error")).to_have_count(0)


def test_a_question_that_was_refused_is_asked_once_the_reader_is_signed_in(
    shut: WatchedPage, keys: KeyFile
) -> None:
    page = shut.page
    page.get_by_test_id("question").fill(QUESTION)
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("turn").get_by_test_id("sign-in")).to_be_visible()
    sign_in(page, keys.add("夜班", Right.ASK)[1])
    expect(page.get_by_test_id("turn").last).to_contain_text("55公里")


def test_a_link_to_an_article_opens_it_once_the_reader_is_signed_in(
    shut: WatchedPage, keys: KeyFile
) -> None:
    page = shut.page
    shut.open("/#/article/hzmb-bridge.txt?start=75&end=116")
    form = page.locator("#article-view").get_by_test_id("sign-in")
    expect(form).to_be_visible()
    form.get_by_test_id("key").fill(keys.add("读者", Right.READ)[1])
    form.get_by_role("button").click()
    expect(page.get_by_test_id("mark").first).to_be_visible()


def test_a_key_that_is_revoked_shows_the_form_again(shut: WatchedPage, keys: KeyFile) -> None:
    page = shut.page
    sign_in(page, keys.add("临时", Right.ASK)[1])
    expect(page.get_by_test_id("suggestions")).to_be_visible()
    keys.revoke("临时")
    page.get_by_test_id("question").fill(QUESTION)
    page.get_by_test_id("send").click()
    expect(page.get_by_test_id("turn").get_by_test_id("sign-in")).to_be_visible()


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW", "en-GB"])
def test_the_form_is_for_everybody_and_fits_a_phone(
    browser: Browser, guarded: str, locale: str
) -> None:
    phone = {"width": 360, "height": 700}
    with opened_page(browser, guarded, locale, viewport=phone) as watched:
        expect(watched.page.get_by_test_id("sign-in")).to_be_visible()
        assert violations(watched.page) == []
        assert overflow(watched.page) == 0
        watched.page.get_by_test_id("settings").click()
        expect(watched.page.locator("#settings-menu").get_by_test_id("sign-in")).to_be_visible()
        assert overflow(watched.page) == 0


def test_where_no_key_is_needed_none_is_asked_for(watched: WatchedPage) -> None:
    watched.page.get_by_test_id("settings").click()
    expect(watched.page.get_by_test_id("language")).to_be_visible()
    expect(watched.page.get_by_test_id("sign-in")).to_have_count(0)
    watched.assert_quiet()
