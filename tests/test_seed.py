"""The article that Yiju was first made for: scraped, asked by command line and over HTTP."""

import json
from pathlib import Path

import httpx
import pytest

from tests.conftest import run_yiju
from tests.support.api import quote_is_exact
from tests.support.commands.forked_commands import serving
from training.data_folder import EVAL

NIST = "国家标准和技术研究所(NIST)向学术机构分别提供3500万美元和1000万美元"


@pytest.mark.parametrize(
    "question", ["美国通过NIST投资了多少?", "How much did the US invest through NIST?"]
)
def test_the_command_line_gives_the_sentence(seed_store: Path, question: str) -> None:
    answer = json.loads(run_yiju("ask", question, "--store", seed_store, "--json").stdout)
    assert answer["answered"] is True
    assert NIST in answer["citations"][0]["quote"]
    assert answer["citations"][0]["published"] == "2016-09-30"
    assert answer["citations"][0]["source"] == "百方网"


def test_the_server_gives_it_too_and_cites_no_boilerplate(seed_store: Path, tmp_path: Path) -> None:
    with (
        serving(seed_store, tmp_path / "log") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        answer = client.post("/api/ask", json={"question": "美国通过NIST投资了多少?"}).json()
        assert NIST in answer["citations"][0]["quote"]
        assert quote_is_exact(client, answer["citations"][0])

        article = client.get("/api/articles/smart-city.txt").json()
        assert article["text"].startswith("智慧城市:如何加强国际合作?\n")
        assert article["text"].rstrip().endswith("积极推动我国智慧城市建设。")
        for words in ("免责声明", "新闻纠错", "当前位置", "南存辉", "All Rights Reserved"):
            assert words not in article["text"]
            assert any(words in one["text"] for one in article["removed"])


def test_the_question_lines_pass_as_far_as_written_down(seed_store: Path) -> None:
    cases = EVAL / "seed-dev.jsonl"
    if not cases.exists():
        pytest.skip(f"needs {cases}: docs/data.md says where it is looked for")
    told = run_yiju("evaluate", cases, "--store", seed_store, "--json")
    figures = json.loads(told.stdout)
    assert figures["total"] == 30
    assert figures["passed"] >= 26  # at least the figure in README.md
