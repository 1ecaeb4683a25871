"""The inspector's command line, another client than the SDK's, reads and uses the tools."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench.processes import START_WITHIN, yiju_command
from tests.conftest import ROOT

INSPECTOR = "@modelcontextprotocol/inspector@2.12.0"
OLDEST_NODE = (22, 19)
PATIENT = ["--connect-timeout", START_WITHIN * 1000]  # milliseconds


@pytest.fixture(scope="module")
def inspector() -> Path:
    """Install the inspector, once, and a newer node where it needs one."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("needs node and npm: apt-get install nodejs npm")
    folder = ROOT / ".cache" / "inspector"
    programs = folder / "node_modules" / ".bin"
    if not (programs / "mcp-inspector").exists():
        version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
        numbers = tuple(int(number) for number in re.findall(r"\d+", version.stdout)[:2])
        packages = [INSPECTOR] if numbers >= OLDEST_NODE else [INSPECTOR, "node@22"]
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), *packages]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"the inspector could not be installed: {done.stderr[-300:]}")
    return programs


def inspected(programs: Path, *arguments: object) -> Any:  # noqa: ANN401
    """Return what the inspector prints."""
    done = subprocess.run(
        [programs / "mcp-inspector", "--cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=START_WITHIN,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_the_inspector_lists_tools_asks_and_reads(
    inspector: Path, sample_store: Path, server: str, transport: str
) -> None:
    place = (
        yiju_command("mcp", "--store", sample_store)
        if transport == "stdio"
        else [f"{server}/mcp", "--transport", "http"]
    )
    tools = inspected(inspector, *place, *PATIENT, "--method", "tools/list")["tools"]
    assert [tool["name"] for tool in tools] == ["ask", "search", "read_article", "list_articles"]
    call = [*PATIENT, "--method", "tools/call", "--tool-name", "ask", "--tool-arg"]
    answer = inspected(inspector, *place, *call, "question=港珠澳大桥全长多少公里?")
    assert answer["structuredContent"]["short_answer"] == "55公里"
    uri = "yiju://article/hzmb-bridge.txt?start=75&end=116"
    read = inspected(inspector, *place, *PATIENT, "--method", "resources/read", "--uri", uri)
    assert read["contents"][0]["text"] == answer["structuredContent"]["quotes"][0]["quote"]
