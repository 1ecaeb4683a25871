"""The worked examples of docs/python.md give what they say."""

import re
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
