"""Whoever starts Yiju with a language model is told what is sent to it, and where."""

from pathlib import Path

import pytest

from cli.formats.model_notice import model_notice
from index.settings import Settings


def notice(store: Path, address: str, *, follow_ups: bool = False) -> str | None:
    settings = Settings(
        store=store,
        llm_base_url=address,
        llm_model="tiny",
        llm_key="sk-never-shown",
        llm_follow_ups=follow_ups,
    )
    return model_notice(settings)


def test_without_a_model_nothing_is_said(tmp_path: Path) -> None:
    assert notice(tmp_path, "") is None


def test_what_is_sent_is_said_with_the_model_and_the_address_and_without_the_key(
    tmp_path: Path,
) -> None:
    said = "Questions, and the quotes found for them with titles and dates, are sent to the"
    assert notice(tmp_path, "http://127.0.0.1:8080/v1") == (
        f"{said} language model tiny at http://127.0.0.1:8080/v1."
    )
    conversation = notice(tmp_path, "https://models.example/v1", follow_ups=True)
    assert conversation is not None
    assert conversation.startswith("Questions and the conversation before them, and the quotes")
    assert "never-shown" not in conversation


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("http://127.0.0.1:8080/v1", False),
        ("http://[::1]:8080/v1", False),
        ("http://localhost:8080/v1", False),
        ("https://models.example/v1", False),
        ("http://models.example/v1", True),
        ("http://192.168.1.7:8080/v1", True),
    ],
)
def test_a_connection_over_the_network_without_encryption_is_named(
    tmp_path: Path, address: str, is_open: bool
) -> None:
    said = notice(tmp_path, address)
    assert said is not None
    assert said.endswith("This connection is not encrypted.") is is_open
