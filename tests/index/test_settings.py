"""Settings come from the environment alone, and say what they do."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from index.settings import Settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"YIJU_{name.upper()}", raising=False)


def test_without_an_environment_nothing_is_fetched_and_the_store_lies_here() -> None:
    settings = Settings()
    assert (settings.store, settings.model_download) == (Path("store"), False)
    assert 0 <= settings.threshold <= 1


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("store", "/data/库", Path("/data/库")),
        ("model", "/models/m3", "/models/m3"),
        ("model_download", "true", True),
        ("question_prompt", "query: ", "query: "),
        ("threshold", "0.25", 0.25),
        ("workers", "4", 4),
        ("without_key", "ask", "ask"),
        ("limit_questions", "60/minute, 1000/hour", "60/minute, 1000/hour"),
        ("limit_uploads", "none", "none"),
    ],
)
def test_a_setting_is_read_by_its_name_in_capitals(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: object
) -> None:
    monkeypatch.setenv(f"YIJU_{name.upper()}", value)
    assert getattr(Settings(), name) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threshold", "1.5"),
        ("threshold", "-1"),
        ("workers", "-1"),
        ("threads", "x"),
        ("max_body", "0"),
        ("hosts", "https://news.example"),
        ("hosts", "news.example:8000"),
        ("hosts", "news.example/a"),
        ("without_key", "everything"),
        ("limit_requests", "60"),
        ("limit_questions", "60/minute,"),
        ("limit_questions", "60/week"),
        ("limit_uploads", "1 GB"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"YIJU_{name.upper()}", value)
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_host_names_are_listed_by_commas_or_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIJU_HOSTS", "news.example, 192.0.2.7,2001:db8::7  *")
    assert Settings().listed_hosts == ["news.example", "192.0.2.7", "2001:db8::7", "*"]


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().threshold = 0.1  # type: ignore[misc]


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
