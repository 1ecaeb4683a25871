"""The pages for users are there in both languages, and their commands run as they are written."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, WITHIN
from tests.user_pages import typed_yiju

DOCS = ROOT / "docs"
PAGES = ["quick-start", "asking", "page", "tuning", "faq", "comparison"]
PAGES += ["install", "settings", "operations", "scaling", "files", "scans", "mcp", "llm"]
RUN = ["quick-start", "tuning"]
"""Pages whose commands need nothing but Yiju; the others are tried by tests of their subject."""


def blocks(page: Path) -> list[str]:
    """Return the commands of a page, block by block."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_for_users_has_a_chinese_twin_with_the_same_commands(page: str) -> None:
    def typed(path: Path) -> list[str]:
        return [line for block in blocks(path) for line in block.splitlines() if line[:1] != "#"]

    assert typed(DOCS / "zh" / f"{page}.md") == typed(DOCS / f"{page}.md")


def test_each_chinese_page_has_an_english_twin_and_both_are_in_their_index() -> None:
    chinese = {path.stem for path in (DOCS / "zh").glob("*.md")} - {"README"}
    assert chinese == set(PAGES)
    for index in (DOCS / "README.md", DOCS / "zh" / "README.md"):
        text = index.read_text(encoding="utf-8")
        assert all(f"({page}.md)" in text for page in PAGES), index


@pytest.mark.parametrize("page", RUN)
def test_the_commands_of_a_page_run_one_after_the_other(page: str, tmp_path: Path) -> None:
    programs, home = tmp_path / "bin", tmp_path / "home"
    programs.mkdir()
    typed_yiju.install(programs)
    shutil.copytree(ROOT / "articles", home / "articles")
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(home)}
    script = "yiju rebuild articles/\n" + "\n".join(blocks(DOCS / f"{page}.md"))
    done = subprocess.run(
        ["bash", "-eux"],
        input=script,
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=4 * WITHIN,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
