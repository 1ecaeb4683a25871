"""The model that the settings name is asked; settings that don't fit are refused."""

import asyncio
import json
from pathlib import Path

import pytest

from index.errors import UsageError
from index.settings import Settings
from python_api.open_library import Library
from python_api.writing_parts import model_parts_of, required_writer
from qa.answer import Answer
from tests.conftest import run_yiju
from tests.support import small_index
from tests.support.models.model_site import KEY, ModelSite, echoes

QUESTION = "第一位担任ISO主席的中国人是谁?"


def test_without_the_setting_nobody_writes(tmp_path: Path) -> None:
    assert (
        model_parts_of(
            Settings(store=tmp_path), small_index.analyzer(), small_index.bundled_encoder()
        )
        is None
    )


def test_an_evaluation_of_a_model_needs_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="set YIJU_LLM_BASE_URL and YIJU_LLM_MODEL"):
        required_writer(
            Settings(store=tmp_path), small_index.analyzer(), small_index.bundled_encoder()
        )


def test_an_answer_is_printed_with_what_the_model_wrote(sample_store: Path) -> None:
    with ModelSite(echoes) as site:  # sentences of the articles, some with their numbers
        done = run_yiju(
            "ask", QUESTION, "--store", sample_store, "--json",
            YIJU_LLM_BASE_URL=site.base_url, YIJU_LLM_MODEL="tiny", YIJU_LLM_KEY=KEY,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["short_answer"] == "张晓刚"
    assert answer["written"]["model"] == "tiny"
    assert KEY not in done.stdout + done.stderr


def test_a_library_has_answers_written_also_within_an_event_loop(sample_store: Path) -> None:
    async def asked(library: Library) -> Answer:
        return library.ask(QUESTION)  # as in a cell of a notebook

    with (
        ModelSite(echoes) as site,
        Library.open(
            sample_store, llm_base_url=site.base_url, llm_model="tiny", llm_key=KEY
        ) as library,
    ):
        answers = [library.ask(QUESTION), asyncio.run(asked(library))]
    for answer in answers:
        assert answer.short_answer == "张晓刚"
        assert answer.written is not None
        assert (answer.written.model, answer.written.failed) == ("tiny", None)
    assert site.keys == [f"Bearer {KEY}"] * 2


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("YIJU_LLM_BASE_URL", "file:///etc/passwd", "write it as http://127.0.0.1:8080/v1"),
        ("YIJU_LLM_BASE_URL", "http://me:secret@host/v1", "write it as http://127.0.0.1:8080/v1"),
        ("YIJU_LLM_BASE_URL", "http://127.0.0.1:8080/v1", "needs its name"),
        ("YIJU_LLM_KEY", "two secret words", "visible ASCII characters only"),
        ("YIJU_LLM_TIMEOUT", "0", "greater than 0"),
    ],
)
def test_a_setting_that_does_not_fit_is_named_without_what_is_secret(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    done = run_yiju("ask", "问？", "--store", tmp_path, **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The setting YIJU_LLM_")
    assert words in done.stderr
    assert "secret" not in done.stderr
