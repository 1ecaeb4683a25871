"""Pictures of the page in its languages, colours, sizes and states.

With `YIJU_SCREENSHOTS=1` (`make screenshots`) they are written to `docs/screenshots`, else to a
folder of the test, so that a test run changes no file of the repository.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.support.browser.chromium import needs_chromium
from tests.support.browser.pages import PHONE, WatchedPage, opened_page
from tests.support.commands.forked_commands import serving

pytestmark = needs_chromium

WIDE = {"width": 1440, "height": 900}
TABLET = {"width": 820, "height": 1100}
HUGE = {"width": 2560, "height": 1300}
ZOOMED = {"width": 320, "height": 256}

Act = Callable[[WatchedPage], None]


@dataclass(frozen=True)
class Scene:
    """A picture: its name, who looks at it on what, and what was done before."""

    name: str
    act: Act
    locale: str = "zh-CN"
    size: dict[str, int] = field(default_factory=lambda: WIDE)
    scheme: str = "light"
    settings: dict[str, Any] = field(default_factory=dict)


def _asked(*questions: str) -> Act:
    def act(watched: WatchedPage) -> None:
        for question in questions:
            watched.ask(question)

    return act


def _then(first: Act, *clicks: str) -> Act:
    def act(watched: WatchedPage) -> None:
        first(watched)
        for target in clicks:
            watched.page.get_by_test_id(target).first.click()

    return act


def _scoped(watched: WatchedPage) -> None:
    watched.ask(LENGTH)
    watched.page.get_by_test_id("scope").click()
    expect(watched.page.get_by_test_id("scope-apply")).to_be_visible()


def _listed(watched: WatchedPage) -> None:
    watched.open("/#/articles")
    expect(watched.page.get_by_test_id("article-row").first).to_be_visible()
    expect(watched.page.get_by_test_id("rebuild")).to_be_visible()


def _found(words: str) -> Act:
    def act(watched: WatchedPage) -> None:
        watched.open("/#/articles")
        watched.page.get_by_test_id("find").fill(words)
        expect(watched.page.get_by_test_id("snippet").first).to_be_visible()

    return act


def _many(watched: WatchedPage) -> None:
    for question in ("港珠澳大桥有多长？", "白鹤滩的大坝多高", "第一位担任ISO主席的中国人是谁?"):
        watched.ask(question)
        watched.page.get_by_test_id("fresh").click()
        expect(watched.page.get_by_test_id("turn")).to_have_count(0)
    watched.ask("NSF和NIST分别投资了多少?")


def _how(watched: WatchedPage) -> None:
    watched.ask("世界上第一条地铁在哪个城市")
    watched.page.locator("summary").first.click()


def _printed(watched: WatchedPage) -> None:
    watched.ask("港珠澳大桥有多长？")
    watched.page.emulate_media(media="print")


LENGTH = "港珠澳大桥有多长？"
CLIMATE = "When did the European Climate Law take effect?"
SUMMARY = "总结一下智慧城市那篇文章"
SCENES = [
    Scene("welcome-zh", lambda _: None),
    Scene("welcome-zh-hant", lambda _: None, "zh-TW"),
    Scene("welcome-en", lambda _: None, "en-GB"),
    Scene("welcome-dark", lambda _: None, scheme="dark"),
    Scene("welcome-phone", lambda _: None, size=PHONE),
    Scene("welcome-huge", lambda _: None, size=HUGE),
    Scene("answer-zh", _asked(LENGTH)),
    Scene("answer-zh-hant", _asked("港珠澳大橋有多長？"), "zh-TW"),
    Scene("answer-en", _asked("How much did the US invest through NIST?"), "en-GB"),
    Scene("answer-dark", _asked("白鹤滩的大坝多高"), scheme="dark"),
    Scene("answer-phone", _asked(LENGTH), size=PHONE),
    Scene("answer-zoomed", _asked(LENGTH), size=ZOOMED),
    Scene("answer-print", _printed),
    Scene("parties", _many),
    Scene("perhaps", _then(_asked("木星上的气压计卖多少钱?"), "wayDecide")),
    Scene("not-found", _asked("木星上的气压计卖多少钱?")),
    Scene("how-it-was-found", _how),
    Scene("list-of-articles", _asked("有哪些文章？")),
    Scene("reading", _then(_asked(LENGTH), "source")),
    Scene("reading-dark-en", _then(_asked(CLIMATE), "source"), "en-GB", scheme="dark"),
    Scene("reading-phone", _then(_asked(LENGTH), "source"), size=PHONE),
    Scene("reading-citations", _then(_asked(SUMMARY), "source", "next-citation")),
    Scene("articles", _listed),
    Scene("articles-found", _found("装机容量")),
    Scene("articles-phone-dark", _listed, size=PHONE, scheme="dark"),
    Scene("conversations-phone", _then(_asked(LENGTH), "rail-button"), size=PHONE),
    Scene("settings", _then(lambda _: None, "settings"), size=TABLET),
    Scene("scope", _scoped),
    Scene("comment", _then(_asked(LENGTH), "unhelpful")),
    Scene("unanswered", _then(_asked("木星上的气压计卖多少钱?"), "unhelpful") , size=WIDE),
]  # fmt: skip


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the pictures are written to."""
    if os.environ.get("YIJU_SCREENSHOTS"):
        folder = ROOT / "docs" / "screenshots"
        folder.mkdir(exist_ok=True)
        return folder
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def own_server(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the samples for the pictures alone: what is rated here is nobody else's."""
    root = tmp_path_factory.mktemp("film")
    with serving(sample_store, root / "log", YIJU_KEEP_QUESTIONS="true") as address:
        yield address


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_is_taken(
    browser: Browser, own_server: str, pictures: Path, scene: Scene
) -> None:
    with opened_page(
        browser, own_server, scene.locale, viewport=scene.size, color_scheme=scene.scheme,
        reduced_motion="reduce", **scene.settings,
    ) as watched:  # fmt: skip
        if scene.name.startswith("welcome"):
            expect(watched.page.get_by_test_id("suggestions")).to_be_visible()
        scene.act(watched)
        if scene.name == "unanswered":
            watched.open("/#/unanswered")
        expect(watched.page.locator(".state, .pending")).to_have_count(0)
        watched.page.evaluate("document.fonts.ready.then(() => true)")
        watched.page.screenshot(path=pictures / f"{scene.name}.png", animations="disabled")
        watched.assert_quiet()


def test_the_main_story_is_a_moving_picture(
    browser: Browser, own_server: str, pictures: Path
) -> None:
    frames: list[Image.Image] = []
    with opened_page(
        browser, own_server, viewport={"width": 1120, "height": 640}, reduced_motion="reduce"
    ) as watched:
        page = watched.page

        def shoot(times: int = 1) -> None:
            picture = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
            frames.extend([picture.resize((840, 480), Image.Resampling.LANCZOS)] * times)

        shoot(4)
        for end in range(1, len(LENGTH) + 1):
            page.get_by_test_id("question").fill(LENGTH[:end])
            shoot()
        page.get_by_test_id("send").click()
        expect(page.get_by_test_id("short-answer")).to_be_visible()
        shoot(8)
        page.get_by_test_id("source").first.click()
        expect(page.get_by_test_id("mark")).to_be_visible()
        shoot(14)
    story = pictures / "story.webp"
    frames[0].save(story, save_all=True, append_images=frames[1:], duration=220, loop=0, quality=70)
    assert story.stat().st_size < 1_000_000
    with Image.open(story) as opened:
        assert getattr(opened, "n_frames", 1) > len(LENGTH)
