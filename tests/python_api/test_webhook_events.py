"""Webhooks are told of rebuilds, wherever they run, and of questions without a sure answer."""

from pathlib import Path

import httpx
import pytest

from index.errors import ArticleError, BusyError, NoPathError, UsageError
from index.store.store import Store
from python_api.checked_inputs import settings_of
from python_api.open_library import Library
from python_api.webhook_events import webhooks_of
from tests.conftest import ROOT, run_yiju
from tests.support.article_folder import ArticleFolder
from tests.support.commands.forked_commands import serving
from tests.support.webhook_receivers import SECRET, Receiver, receiver


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def environment(received: Receiver) -> dict[str, str]:
    """Return settings that tell a receiver."""
    return {
        "YIJU_WEBHOOKS": received.address,
        "YIJU_WEBHOOK_SECRET": SECRET,
        "YIJU_WEBHOOK_PRIVATE": "true",
    }


def test_rebuilds_of_commands_and_programs_are_told(tmp_path: Path) -> None:
    folder, store = ArticleFolder(tmp_path), tmp_path / "store"
    folder.put("a.txt", "甲站\n\n甲站建于1989年。")
    with receiver() as received:
        settings = environment(received)
        done = run_yiju("rebuild", folder.articles, "--store", store, **settings)
        assert (done.returncode, done.stderr) == (0, "")
        assert run_yiju("rebuild", "--dry-run", "--store", store, **settings).returncode == 0
        failed = run_yiju("rebuild", tmp_path / "none", "--store", tmp_path / "other", **settings)
        assert failed.returncode == 1
        named = {name.removeprefix("YIJU_").lower(): value for name, value in settings.items()}
        with Library.open(store, **named) as library:
            library.rebuild()
            with pytest.raises(ArticleError), Library.open(tmp_path / "third", **named) as third:
                third.rebuild(tmp_path / "none")
            with Store(store).lock(), pytest.raises(BusyError):
                library.rebuild()
        with pytest.raises(NoPathError), Library.open(tmp_path / "fourth", **named) as fourth:
            fourth.rebuild()
        first, second, third_event, fourth_event = received.events()
    assert first["type"] == "rebuild.finished"
    assert first["data"].items() >= {"index_version": "000001", "added": 1, "failures": 0}.items()
    assert second["type"] == fourth_event["type"] == "rebuild.failed"
    assert second["data"]["reason"].startswith("No article found in")
    assert third_event["data"]["unchanged"] == 1


def test_a_dead_receiver_is_told_of_and_fails_nothing(tmp_path: Path) -> None:
    folder = ArticleFolder(tmp_path)
    folder.put("a.txt", "甲站\n\n甲站建于1989年。")
    with receiver(lambda _: 410) as received:
        done = run_yiju(
            "rebuild", folder.articles, "--store", tmp_path / "store", **environment(received)
        )
    assert done.returncode == 0
    assert "was not told of rebuild.finished: it answered 410 Gone." in done.stderr
    assert "secret-key" not in done.stderr


@pytest.mark.parametrize("kept", ["false", "true"])
def test_a_server_tells_of_questions_without_a_sure_answer(
    sample_store: Path, tmp_path: Path, kept: str
) -> None:
    question = "月球上的门票多少钱?"
    with receiver() as received:
        settings = {**environment(received), "YIJU_KEEP_QUESTIONS": kept}
        with serving(sample_store, tmp_path / "log", **settings) as address:
            for body in (
                {"question": question},
                {"question": "港珠澳大橋全長多少公里?"},
                {"question": question, "filter": {"source": "依据编辑部"}},
            ):
                assert httpx.post(f"{address}/api/ask", json=body, timeout=60).status_code == 200
            received.wait_for(1)
        [event] = received.events()
    assert event["type"] == "question.unanswered"
    assert event["data"]["question"] == (question if kept == "true" else None)
    assert event["data"]["language"] == "zh"


@pytest.mark.parametrize(
    ("webhooks", "secret", "words"),
    [
        ("https://a.test/hook", "", "webhooks need one; make it with: echo whsec_"),
        ("https://a.test/hook", "whsec_c2hvcnQ=", "webhooks need one"),
        ("ftp://a.test", SECRET, "“ftp://a.test” is no web address"),
        ("https://user@a.test/", SECRET, "is no web address"),
    ],
)
def test_settings_that_do_not_fit_are_refused(webhooks: str, secret: str, words: str) -> None:
    with pytest.raises(UsageError, match="does not fit") as refused:
        settings_of(webhooks=webhooks, webhook_secret=secret)
    assert words in str(refused.value)
    assert not secret or secret not in str(refused.value)


def test_an_address_that_can_not_exist_is_refused_at_the_start() -> None:
    settings = settings_of(webhooks="https://a.test, https://a..b/", webhook_secret=SECRET)
    assert SECRET not in repr(settings)
    with pytest.raises(UsageError, match="An address in YIJU_WEBHOOKS does not fit: it has a host"):
        webhooks_of(settings)
    assert not webhooks_of(settings_of())
