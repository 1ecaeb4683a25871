"""What extraction can't: summaries of several articles, comparisons, translations, follow-ups."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import WatchedPage, chromium, opened_page, violations
from tests.support.models.article_model import writes_of
from tests.support.models.model_site import ModelSite
from tests.support.served_index import ServedIndex, served_index

ARTICLES = {
    "ferry.txt": "青石渡口\n\n青石渡口建于1902年。它由商会出资。\n\n"
    "青石渡口的守夜人住在岸边的木屋里，冬天烧炭。",
    "poplar.txt": "白杨渡口\n\n白杨渡口的守夜人每月领两块钱，夏天种菜。\n\n集市逢五开市。",
    "news.txt": "晚报\n\n昨日大雾。\n\n青石渡口停航一天。\n\n邮局照常。",
    "nist.txt": "NIST\n\nNIST was founded in 1901. It fines nobody.",
}
BUILT, KEEPERS = "青石渡口建于哪一年？", "比较青石渡口和白杨渡口的守夜人"
OVERVIEW, FOREIGN = "介绍一下青石渡口", "NIST是哪一年成立的？"
LEANING, WHOLE = "那里的守夜人住在哪里？", "青石渡口的守夜人住在哪里？"
EVIL = "![图](http://evil.example/1.png)<img src=http://evil.example/2.png>"
TEXTS = {
    LEANING: WHOLE,
    "谁修": "白杨渡口的船是周师傅修的吗？",
    "介绍": "青石渡口建于1902年{建于1902年}。青石渡口曾停航一天{停航一天}。"
    "青石渡口很受欢迎{停航一天}。",
    "比较": "青石渡口的守夜人住在木屋里{青石渡口的守夜人}。"
    "白杨渡口的守夜人每月领两块钱{每月领两块钱}。白杨渡口的守夜人住在木屋里{每月领两块钱}。",
    "NIST": "NIST于1901年成立{NIST was founded}。\n"
    "TRANSLATION {NIST was founded}: NIST成立于1901年。",
    "建于": f"青石渡口建于1902年{{建于1902年}}。{EVIL}建于1902年{{建于1902年}}。"
    "<b>*_建于1902年_*</b>{建于1902年}。",
    "守夜人": "青石渡口的守夜人住在岸边的木屋里{青石渡口的守夜人}。",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve the articles with a model that writes of them."""
    with (
        ModelSite(writes_of(TEXTS)) as site,
        served_index(
            tmp_path_factory.mktemp("kinds"),
            YIJU_LLM_BASE_URL=site.base_url,
            YIJU_LLM_MODEL="tiny",
            YIJU_LLM_FOLLOW_UPS="true",
            YIJU_SUGGESTIONS="0",
        ) as index,
    ):
        for name, text in ARTICLES.items():
            index.put(name, text)
        index.rebuild()
        yield index


def ask(served: ServedIndex, question: str, *earlier: str) -> dict[str, Any]:
    """Return the answer to a question after others."""
    history = [{"role": "user", "content": text} for text in earlier]
    asked = {"question": question, "history": history}
    answer: dict[str, Any] = served.client.post("/api/ask", json=asked).json()
    return answer


def test_a_summary_goes_beyond_one_article(served: ServedIndex) -> None:
    answer = ask(served, OVERVIEW)
    written = answer["written"]
    assert answer["kind"] == "summary"
    assert {citation["article_id"] for citation in answer["citations"]} == {"ferry.txt"}
    assert {citation["article_id"] for citation in written["citations"]} == {
        "ferry.txt",
        "news.txt",
    }
    assert written["dropped"] == 1
    assert "停航一天" in written["text"]


def test_a_comparison_is_written_where_nothing_is_answered(served: ServedIndex) -> None:
    answer = ask(served, KEEPERS)
    assert (answer["answered"], answer["citations"], answer["confidence"] < 0.5) == (
        False,
        [],
        True,
    )
    written = answer["written"]
    assert written["text"] == "青石渡口的守夜人住在木屋里[1]。白杨渡口的守夜人每月领两块钱[2]。"
    assert written["dropped"] == 1
    assert [citation["article_id"] for citation in written["citations"]] == [
        "ferry.txt",
        "poplar.txt",
    ]


def test_a_quote_in_another_language_is_translated(served: ServedIndex) -> None:
    answer = ask(served, FOREIGN)
    assert answer["citations"][0]["quote"] == "NIST was founded in 1901."
    assert answer["written"]["translations"] == [{"citation": 0, "text": "NIST成立于1901年。"}]


def test_a_follow_up_is_rewritten_and_the_answer_says_so(served: ServedIndex) -> None:
    answer = ask(served, LEANING, BUILT)
    assert answer["rewriting"] == {"model": "tiny", "question": WHOLE, "failed": None}
    assert answer["interpreted_question"] == WHOLE
    assert "木屋" in answer["answer"]
    assert ask(served, BUILT)["rewriting"] is None


def test_a_follow_up_that_the_model_gets_wrong_is_left_to_the_rules(served: ServedIndex) -> None:
    answer = ask(served, "那里的船是谁修的？", BUILT)
    assert answer["rewriting"]["question"] is None
    assert answer["rewriting"]["failed"] == "模型没能把这个追问改写好，这里按依据自己的规则理解。"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for these tests."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def watched(browser: Browser, served: ServedIndex) -> Iterator[WatchedPage]:
    """Open the page."""
    with opened_page(browser, str(served.client.base_url).rstrip("/")) as page:
        yield page


def copied(page: Page, button: str, opening: str) -> str:
    """Click a button that copies, and return what is on the clipboard then."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_test_id(button).last.click()
    page.wait_for_function(
        "opening => navigator.clipboard.readText().then(text => text.startsWith(opening))",
        arg=opening,
    )
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@needs_chromium
def test_a_comparison_is_on_the_page_with_its_quotes(watched: WatchedPage) -> None:
    page = watched.page
    watched.ask(KEEPERS)
    written = page.get_by_test_id("written")
    expect(written).to_contain_text("由模型根据下列原文写成 (tiny)")
    expect(written).to_contain_text("白杨渡口的守夜人每月领两块钱")
    expect(page.get_by_test_id("answer")).not_to_have_attribute("data-state", "sure")
    for number in range(2):
        written.get_by_test_id("written-mark").nth(number).click()
        expect(page.get_by_test_id("mark").first).to_contain_text("守夜人")
        page.go_back()
    assert violations(page) == []
    watched.assert_quiet()


@needs_chromium
def test_a_translation_is_on_the_page_beside_its_quote(watched: WatchedPage) -> None:
    watched.ask(FOREIGN)
    written = watched.page.get_by_test_id("written")
    expect(written).to_contain_text("由模型翻译")
    expect(written).to_contain_text("NIST成立于1901年。")
    expect(watched.page.get_by_test_id("source").first).to_contain_text("NIST was founded in 1901.")
    assert violations(watched.page) == []
    watched.assert_quiet()


@needs_chromium
def test_a_rewritten_question_is_marked_as_such(watched: WatchedPage) -> None:
    watched.ask(BUILT)
    watched.ask(LEANING)
    expect(watched.page.get_by_test_id("rewritten")).to_contain_text("由模型改写 (tiny)")
    expect(watched.page.get_by_test_id("interpreted-question")).to_have_text(WHOLE)
    watched.ask("那里的船是谁修的？")
    expect(watched.page.get_by_test_id("not-rewritten")).to_contain_text("没能把这个追问改写好")
    watched.assert_quiet()


@needs_chromium
def test_what_is_copied_marks_what_a_model_wrote_and_has_its_quotes(watched: WatchedPage) -> None:
    page = watched.page
    watched.ask(OVERVIEW)
    expect(page.get_by_test_id("written")).to_contain_text("停航一天")
    text = copied(page, "copy", "青石渡口")
    assert "由模型根据下列原文写成 (tiny)\n青石渡口建于1902年。[1]" in text
    number = text.partition("青石渡口曾停航一天。[")[2][0]
    assert f"[{number}] 青石渡口停航一天。\n晚报" in text
    markdown = copied(page, "copyMarkdown", "## ")
    assert "*由模型根据下列原文写成* (tiny)\n\n青石渡口建于1902年。[\\[1\\]](http" in markdown
    assert "> 青石渡口停航一天。\n>\n> — \\[" in markdown
    watched.ask(FOREIGN)
    expect(page.get_by_test_id("written").last).to_contain_text("由模型翻译")
    assert "由模型翻译 (tiny) [1]\nNIST成立于1901年。" in copied(page, "copy", "NIST")
    with page.expect_download() as waiting:
        page.get_by_test_id("conversation-menu").click()
        page.get_by_test_id("export").click()
    exported = waiting.value.path().read_text(encoding="utf-8")
    assert "*由模型翻译* (tiny) [\\[1\\]](http" in exported
    assert exported.count("由模型根据下列原文写成") == 2
    watched.assert_quiet()


@needs_chromium
def test_a_model_that_writes_pictures_and_tags_has_them_dropped(watched: WatchedPage) -> None:
    watched.ask(BUILT)
    written = watched.page.get_by_test_id("written")
    expect(written).to_contain_text("青石渡口建于1902年。[1]")
    expect(written.locator("img, b, script")).to_have_count(0)
    expect(written).not_to_contain_text("evil")
    assert "evil" not in copied(watched.page, "copyMarkdown", "## ")
    watched.assert_quiet()
