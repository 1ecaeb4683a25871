"""What the server says of failures is there in every language of the page."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from web.languages.phrasebook import Phrasebook, language_of

LANGUAGES = ["zh-Hans", "zh-Hant"]
_HAN = re.compile("[一-鿿]")
# What a client of the server may be told: reasons of uploads, and what the web layer says.
TOLD = [
    "index/bounds.py", "index/build/edits.py", "index/build/scan.py", "index/errors.py",
    "index/ingest/formats", "index/ingest/recognition", "index/ingest/sources",
    "index/ingest/read.py", "index/ingest/upload_process.py", "index/ingest/upload_reader.py",
    "index/processes/limits.py", "web",
]  # fmt: skip
# Said in the log or the terminal alone, or a part of a longer sentence.
UNTOLD = re.compile(
    r"A page is too large for trafilatura|was called off|Files that are no articles|exit code"
    r"|Is another server running|Choose another address|could not start|The head of the request"
    r"|transfer encoding|The request can't be read|Ask questions of your own|; nothing was changed"
    r"|^its id “{}” is already|^the file's name|^is neither a file|^does not exist|can't be opened"
    r"|^is not a regular file|^another file has the same id|leads out of the folder"
    r"|^give it another"
    r"|^Requests come through a proxy|^was not sent|^{}: {}\.$|^{} files are not supported; {}\.$"
)


def _sentences(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    skipped = {id(part) for node in joined for part in node.values}
    skipped |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in skipped and (text := _template(node)):
            yield text


def _template(node: ast.AST) -> str | None:
    """Return a string of the source that is a sentence, with `{}` for what is put in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts]
    text = "".join(texts)
    return text if re.fullmatch(r"[A-Za-z{“][^\n]* [^\n]*\.", text) else None


def _told() -> list[str]:
    files = [ROOT / name for name in TOLD]
    sources = [path for file in files for path in (file.rglob("*.py") if file.is_dir() else [file])]
    # What assistants are told is for models, which take it in English.
    sources = [path for path in sources if path.parent != ROOT / "web" / "mcp"]
    # Nor is what is said of the numbers that Prometheus reads.
    numbers = {"meter.py", "shared_counts.py", "state_metrics.py"}
    sources = [path for path in sources if path.name not in numbers]
    told = {text for source in sources for text in _sentences(source)}
    return sorted(text for text in told if not UNTOLD.search(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_a_client_may_be_told_is_translated(language: str) -> None:
    told, sentences = _told(), Phrasebook.of(language)
    spoken = {text: sentences.translated(text.replace("{}", "7")) for text in told}
    assert [text for text, translation in spoken.items() if not _HAN.search(translation)] == []
    assert len(told) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_gaps_of_its_sentence(language: str) -> None:
    text = (ROOT / "web" / "languages" / f"{language}.json").read_text(encoding="utf-8")
    translations: dict[str, Any] = json.loads(text)
    for sentence, translation in translations.items():
        values = [f"value-{number}" for number in range(sentence.count("{}"))]
        filled = translation.format(*values)
        assert all(value in filled or "pattern" in sentence for value in values), sentence


def test_the_languages_have_the_same_sentences() -> None:
    first, second = (
        json.loads((ROOT / "web" / "languages" / f"{language}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
    )
    assert list(first) == list(second)


@given(st.text())
def test_what_is_no_sentence_of_ours_stays_as_it_is_or_is_translated_in_part(text: str) -> None:
    assert isinstance(Phrasebook.of("zh-Hans").translated(text), str)


@given(name=st.text("ab{}0.%s", min_size=1, max_size=20))
def test_names_in_a_sentence_are_never_read_as_gaps(name: str) -> None:
    told = Phrasebook.of("zh-Hans").translated(f"There is no article “{name}”.")
    assert told == f"没有文章“{name}”。"


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("zh-CN,zh;q=0.9", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-Hant", "zh-Hant"), ("fr", None),
        ("en,zh;q=0.5", None), ("fr, zh-Hans;q=0.3", "zh-Hans"), ("*", None), ("", None),
    ],
)  # fmt: skip
def test_the_language_is_the_first_that_is_accepted(header: str, tag: str | None) -> None:
    from werkzeug.datastructures import LanguageAccept
    from werkzeug.http import parse_accept_header

    assert language_of(parse_accept_header(header, LanguageAccept)) == tag


def test_an_error_is_told_in_the_language_of_the_request(client: httpx.Client) -> None:
    for language, detail in (
        ("zh-Hans", "没有文章“nope”。"),
        ("zh-TW", "沒有文章「nope」。"),
        ("en", "There is no article “nope”."),
    ):
        answer = client.get("/api/articles/nope", headers={"Accept-Language": language})
        assert answer.json()["detail"] == detail
    assert client.get("/api/articles/nope").json()["detail"] == "There is no article “nope”."
