"""`yiju demo` serves the sample articles and leaves nothing behind."""

from pathlib import Path

import httpx

from bench.processes import free_port, running_command, yiju_command
from cli.demo_command import SAMPLES
from tests.conftest import ROOT


def test_the_sample_articles_come_with_the_command() -> None:
    ours, listed = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (SAMPLES, ROOT / "articles")
    )
    assert ours == listed


def test_it_answers_and_leaves_nothing_behind(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = yiju_command("demo", "--port", port)
    address = f"http://127.0.0.1:{port}"
    environment = {"TMPDIR": str(temporary), "YIJU_WORKERS": "2"}
    with running_command(command, address, log, until="/readyz", environment=environment):
        question = {"question": "港珠澳大橋全長多少公里?"}
        answer = httpx.post(f"{address}/api/ask", json=question, timeout=60).json()
        assert answer["short_answer"] == "55公里"
        assert [path.name[:10] for path in temporary.glob("yiju-*")] == ["yiju-demo-"]
    assert list(temporary.glob("yiju-*")) == []
    said = log.read_text(encoding="utf-8").splitlines()
    assert said[0] == "Indexing the sample articles …"
    assert f"Yiju is ready: {address}" in said
