"""The worked examples of docs/python.md give what they say, and type checkers know their types."""

import re
import subprocess
import sys
import venv
import zipfile
from doctest import NORMALIZE_WHITESPACE, DocTestParser, DocTestRunner
from pathlib import Path

import pytest

from tests.conftest import ROOT

_EXAMPLES = re.compile(r"^```pycon\n(.*?)^```", re.DOTALL | re.MULTILINE)


def test_the_examples_give_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = ROOT / "docs" / "python.md"
    text = "\n".join(_EXAMPLES.findall(document.read_text(encoding="utf-8")))
    examples = DocTestParser().get_doctest(text, {}, document.name, str(document), 0)
    (tmp_path / "articles").symlink_to(ROOT / "articles")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    outcome = DocTestRunner(optionflags=NORMALIZE_WHITESPACE).run(examples)
    assert outcome.attempted > 30
    assert outcome.failed == 0


ANNOTATED = """
from yiju import Answer, Citation, FoundPassage, MatchingArticle, PartyAnswer, Possible, Written

def told(found: MatchingArticle, hit: FoundPassage, citation: Citation) -> str:
    return found.listing.title + (hit.source or "") + citation.quote

def parts(of: Answer) -> tuple[Possible | None, list[PartyAnswer], Written | None]:
    return of.possible, of.entries, of.written

library.ask(5)
library.articles(sort="nonsense")
"""


def test_a_type_checker_knows_an_installed_yiju(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for entry in ROOT.iterdir():
        if not entry.name.startswith(".") and entry.suffix != ".egg-info":
            (source / entry.name).symlink_to(entry)
    build = "from setuptools.build_meta import build_editable; build_editable('..')"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv")
    (packages,) = (tmp_path / "venv").glob("lib/*/site-packages")
    zipfile.ZipFile(wheel).extractall(packages)
    text = "\n".join(_EXAMPLES.findall((ROOT / "docs/python.md").read_text(encoding="utf-8")))
    program = "".join(example.source for example in DocTestParser().get_examples(text))
    (tmp_path / "program.py").write_text(program + ANNOTATED, encoding="utf-8")
    python = f"--python-executable={tmp_path}/venv/bin/python"
    command = [sys.executable, "-m", "mypy", "--strict", python, "program.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    first, second, *_ = done.stdout.splitlines()
    assert 'to "ask" of "Library" has incompatible type "int"' in first
    assert 'to "articles" of "Library" has incompatible type' in second
    assert "Found 2 errors in 1 file" in done.stdout
