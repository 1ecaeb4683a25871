"""The examples of docs/examples.md are of every call, and each of them runs."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from index.access.access_key import Right
from index.access.key_file import KeyFile
from tests.conftest import ROOT, WITHIN
from tests.support.commands.forked_commands import serving

ADDRESS = "http://127.0.0.1:8000"
# So many are answered or deleted; one of them at least must be left for each example.
UNANSWERED = [
    "木星上的气压计卖什么价钱?",
    "火星上的磨坊几点开门?",
    "土星环的门票多少钱?",
    "谁写了冥王星的菜谱?",
]


@dataclass(frozen=True, slots=True)
class Example:
    """A block of code, and the call that it is an example of."""

    call: str
    language: str
    code: str
    line: int

    def __str__(self) -> str:
        return f"{self.call} in {self.language}, line {self.line}"


def examples() -> Iterator[Example]:
    """Yield the blocks of the document in order; the first has what those in Python begin with."""
    text = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    for match in re.finditer(r"^```(sh|python)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        before = text[: match.start()]
        calls = re.findall(r"^## (.+)$", before, re.MULTILINE)
        yield Example(calls[-1] if calls else "", match[1], match[2], before.count("\n") + 1)


OPENING, *EXAMPLES = examples()


@pytest.fixture(scope="module")
def address(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a copy of the sample articles, with questions that found no answer."""
    store = tmp_path_factory.mktemp("examples") / "store"
    shutil.copytree(sample_store, store)
    with serving(store, store.parent / "log", YIJU_KEEP_QUESTIONS="true") as place:
        for question in UNANSWERED:
            asked = httpx.post(f"{place}/api/ask", json={"question": question}, timeout=WITHIN)
            assert not asked.json()["answered"]
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("YIJU_KEY", KeyFile(store).add("me", Right.WRITE)[1])
            yield place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reader")


def command(example: Example) -> list[str]:
    """Return what runs an example; curl is to fail where the server refuses."""
    if example.language == "python":
        return [sys.executable, "-c", OPENING.code + example.code]
    strict = 'set -euo pipefail\ncurl() { command curl --fail-with-body "$@"; }\n'
    return ["bash", "-c", strict + example.code]


# In the order of the document: what is deleted was added before.
@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_runs(example: Example, address: str, folder: Path) -> None:
    if example.language == "sh" and not shutil.which("curl"):
        pytest.skip("needs curl")
    words = [word.replace(ADDRESS, address) for word in command(example)]
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=WITHIN, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    for comment in re.findall(r"^print\(.*\)  # (.+)$", example.code, re.MULTILINE):
        assert comment in done.stdout.splitlines()


def test_every_call_has_an_example_in_both(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    calls = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    for language in ("sh", "python"):
        assert {example.call for example in EXAMPLES if example.language == language} == calls
