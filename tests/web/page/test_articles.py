"""Articles on the page: found, narrowed, dropped in, deleted with a way back, rebuilt."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import WatchedPage, opened_page
from tests.support.commands.forked_commands import serving
from tests.support.served_index import ServedIndex

pytestmark = needs_chromium

_DROP = """([name, text]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    for (const type of ["dragover", "drop"]) {
        const init = { dataTransfer: transfer, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent(type, init));
    }
}"""


@pytest.fixture
def changing(browser: Browser, served: ServedIndex) -> Iterator[WatchedPage]:
    """Open the articles of an index that may be changed."""
    with opened_page(browser, str(served.client.base_url).rstrip("/")) as watched:
        watched.open("/#/articles")
        yield watched


def test_articles_are_found_by_their_text_in_either_script(
    watched: WatchedPage, page: Page
) -> None:
    expect(page.get_by_test_id("article-count")).to_have_text("14")
    watched.open("/#/articles")
    rows = page.get_by_test_id("article-row")
    expect(rows).to_have_count(14)
    page.get_by_test_id("find").fill("装机容量")
    expect(rows.first.locator("mark").first).to_have_text("装机容量")
    page.get_by_test_id("find").fill("大桥全长")
    expect(rows.filter(has_text="港珠澳大橋")).to_have_count(1)
    page.get_by_test_id("snippet").first.click()
    expect(page.get_by_test_id("mark").first).to_be_in_viewport()
    page.get_by_test_id("back").click()
    expect(page.get_by_test_id("find")).to_have_value("大桥全长")
    watched.assert_quiet()


def test_articles_are_narrowed_by_source_and_year_and_sorted(
    watched: WatchedPage, page: Page
) -> None:
    watched.open("/#/articles")
    page.get_by_test_id("filter-source").select_option("Yiju editors")
    expect(page.get_by_test_id("article-row")).to_have_count(3)
    page.get_by_test_id("sort").select_option("newest")
    dates = page.locator("#articles-view time").evaluate_all(
        "all => all.map(node => node.dateTime)"
    )
    assert dates == sorted(dates, reverse=True)
    page.get_by_test_id("filter-year").select_option("2024")
    expect(page.get_by_test_id("article-row")).to_have_count(1)
    watched.reload()
    expect(page.get_by_test_id("article-row")).to_have_count(1)
    watched.assert_quiet()


def test_files_dropped_anywhere_are_added_and_reasons_told(changing: WatchedPage) -> None:
    page = changing.page
    changing.open("/")
    page.evaluate(_DROP, ["测区.txt", "白头岭测区\n\n白头岭测区有37个测点。"])
    expect(page.get_by_test_id("upload")).to_have_attribute("data-state", "done")
    page.evaluate(_DROP, ["空.txt", ""])
    failed = page.get_by_test_id("upload").filter(has_text="空.txt")
    expect(failed).to_have_attribute("data-state", "failed")
    expect(failed.get_by_test_id("upload-reason")).not_to_be_empty()
    changing.ask("白头岭测区有多少个测点？")
    expect(page.get_by_test_id("source").first).to_contain_text("37个测点")
    assert changing.strayed == []


def test_a_collection_is_begun_and_filled_on_the_page(browser: Browser, tmp_path: Path) -> None:
    article = tmp_path / "白头岭.txt"
    article.write_text("白头岭测区有37个测点，由第三勘测队在2019年布设。", encoding="utf-8")
    with (
        serving(tmp_path / "store", tmp_path / "server.log") as address,
        opened_page(browser, address) as watched,
    ):
        page = watched.page
        page.get_by_test_id("begin").click()
        expect(page.get_by_test_id("invitation")).to_be_visible()
        page.get_by_test_id("invitation").get_by_test_id("files").set_input_files(article)
        expect(page.get_by_test_id("upload")).to_have_attribute("data-state", "done")
        watched.ask("白头岭测区有多少个测点？")
        expect(page.get_by_test_id("source").first).to_contain_text("37个测点")
        assert watched.strayed == []


def test_files_are_chosen_with_the_button(changing: WatchedPage, tmp_path: Path) -> None:
    page = changing.page
    for number in (1, 2):
        (tmp_path / f"驿站{number}.txt").write_text(f"驿站{number}号在雾溪边。", encoding="utf-8")
    page.locator("#articles-view").get_by_test_id("files").set_input_files(
        [tmp_path / "驿站1.txt", tmp_path / "驿站2.txt"]
    )
    expect(page.locator("[data-testid=upload][data-state=done]")).to_have_count(2)
    expect(page.get_by_test_id("article-row").filter(has_text="驿站")).to_have_count(2)
    changing.assert_quiet()


def test_a_deleted_article_can_be_brought_back_until_it_is_gone(
    changing: WatchedPage, served: ServedIndex
) -> None:
    page = changing.page
    for article_id in ("leave-1", "leave-2"):
        served.add(id=article_id, title=article_id, text=f"{article_id} 的正文。")
    changing.reload()
    rows = page.get_by_test_id("article-row")
    first = rows.filter(has_text="leave-1")
    first.get_by_test_id("delete-article").click()
    expect(first).to_have_count(0)
    page.get_by_test_id("undo").click()
    expect(first).to_have_count(1)
    assert served.read("leave-1").status_code == 200
    rows.filter(has_text="leave-2").get_by_test_id("delete-article").click()
    page.goto("about:blank")  # who leaves can undo nothing any more
    deadline = time.monotonic() + 30
    while served.read("leave-2").status_code != 404 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert served.read("leave-2").status_code == 404


def test_a_rebuild_is_started_and_followed(changing: WatchedPage, served: ServedIndex) -> None:
    page = changing.page
    served.put("late.txt", "后来的文章\n\n它来得晚。")
    page.get_by_test_id("rebuild").click()
    expect(page.get_by_test_id("article-row").filter(has_text="后来的文章")).to_have_count(1)
    expect(page.get_by_test_id("index-state")).to_contain_text("更新")
    changing.assert_quiet()


def test_a_thousand_articles_are_paged(browser: Browser, many: str) -> None:
    with opened_page(browser, many) as watched:
        page = watched.page
        watched.open("/#/articles")
        expect(page.get_by_test_id("article-row")).to_have_count(50)
        page.get_by_test_id("next").click()
        expect(page.locator(".pager")).to_contain_text("第 2 页，共 20 页")
        page.get_by_test_id("find").fill("第777篇")
        expect(page.get_by_test_id("article-row").first).to_contain_text("777")
        watched.assert_quiet()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a thousand short articles."""
    from tests.conftest import run_yiju
    from tests.support.commands.forked_commands import serving

    root = tmp_path_factory.mktemp("many")
    folder = root / "articles"
    folder.mkdir()
    for number in range(1, 1001):
        text = f"第{number}篇\n\n第{number}篇记录了{number}号测站的读数。"
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    done = run_yiju("rebuild", folder, "--store", root / "store")
    assert done.returncode == 0, done.stderr
    with serving(root / "store", root / "log") as address:
        yield address


def test_a_read_only_server_says_so(browser: Browser, sample_store: Path, tmp_path: Path) -> None:
    from tests.support.commands.forked_commands import serving

    with (
        serving(sample_store, tmp_path / "log", YIJU_READ_ONLY="true") as address,
        opened_page(browser, address) as watched,
    ):
        page: Page = watched.page
        page.evaluate(_DROP, ["a.txt", "一句话。"])
        expect(page.get_by_test_id("upload-reason")).to_contain_text("YIJU_READ_ONLY")
