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
PAGES += ["api", "examples", "python", "models", "reliability", "boilerplate"]
PAGES += ["install", "settings", "operations", "scaling", "files", "scans", "mcp", "llm"]
RUN = ["quick-start", "tuning"]
"""Pages whose commands need nothing but Yiju; the others are tried by tests of their subject."""
SHORTER = {"reliability", "scaling"}
"""Pages that leave tables of measurements to their English twin."""


def twins(page: str) -> tuple[Path, Path]:
    return DOCS / f"{page}.md", DOCS / "zh" / f"{page}.md"


def blocks(page: Path, language: str = "sh") -> list[str]:
    """Return what a page has in a language, block by block."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_for_users_has_a_chinese_twin_with_the_same_code(page: str) -> None:
    def uncommented(path: Path) -> list[str]:
        lines = [line for block in blocks(path, r"\w*") for line in block.splitlines()]
        return [re.sub(r"(^|\s+)# .*", "", line) for line in lines]

    english, chinese = map(uncommented, twins(page))
    assert chinese == english


@pytest.mark.parametrize("page", PAGES)
def test_twins_have_as_many_headings_and_rows_and_lead_to_each_other(page: str) -> None:
    def headings(text: str) -> list[str]:
        return re.findall(r"^#+(?= )", text, re.MULTILINE)

    english, chinese = (path.read_text(encoding="utf-8") for path in twins(page))
    assert f"\n[中文](zh/{page}.md)\n" in english
    assert f"\n[English](../{page}.md)\n" in chinese
    assert headings(chinese) == headings(english)
    if page not in SHORTER:
        assert chinese.count("\n| ") == english.count("\n| ")


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
