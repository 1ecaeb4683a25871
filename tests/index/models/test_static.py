"""A static model is served without torch, with the vectors of sentence-transformers."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ModelError
from index.models.encoder import Vectors
from index.models.loading import BUNDLED, model_folder, open_encoder
from index.models.static import StaticEncoder
from index.models.transformer import SentenceTransformerEncoder
from tests.conftest import ROOT
from tests.support.small_index import TEXTS

OURS = StaticEncoder(model_folder(BUNDLED))
THEIRS = SentenceTransformerEncoder(model_folder(BUNDLED))
ALIKE = 1e-3


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_both_ways_to_load_it_give_the_same_vectors(texts: list[str]) -> None:
    known = [text for text, tokens in zip(texts, OURS.tokens(texts), strict=True) if any(tokens)]
    if known:
        np.testing.assert_allclose(
            OURS.embed_passages(known), unit(THEIRS.embed_passages(known)), atol=ALIKE
        )


def test_they_agree_on_articles_whole_and_in_lines() -> None:
    articles = [path.read_text(encoding="utf-8") for path in (ROOT / "articles").glob("*.*")]
    assert len(articles) > 3
    texts = articles + [line for text in articles for line in text.splitlines() if len(line) > 1]
    texts = [text for text, tokens in zip(texts, OURS.tokens(texts), strict=True) if any(tokens)]
    np.testing.assert_allclose(
        OURS.embed_passages(texts), unit(THEIRS.embed_passages(texts)), atol=ALIKE
    )


def test_they_agree_on_a_model_made_here_with_prompts(eight_words: Path) -> None:
    prompts = {"question_prompt": "query ", "passage_prompt": "text "}
    ours = StaticEncoder(eight_words, **prompts)
    theirs = SentenceTransformerEncoder(eight_words, **prompts)
    texts = ["the city", "money nist", "a"]
    np.testing.assert_allclose(
        ours.embed_questions(texts), theirs.embed_questions(texts), atol=ALIKE
    )
    np.testing.assert_allclose(ours.embed_passages(texts), theirs.embed_passages(texts), atol=ALIKE)
    assert (ours.id, ours.dim) == (theirs.id, theirs.dim)


@given(st.lists(TEXTS, max_size=8))
def test_vectors_are_of_length_one_or_zero(texts: list[str]) -> None:
    vectors = OURS.embed_passages(texts)
    assert (str(vectors.dtype), vectors.shape) == ("float32", (len(texts), OURS.dim))
    lengths = np.linalg.norm(vectors, axis=1)
    empty = [not tokens for tokens in OURS.tokens(texts)]
    np.testing.assert_allclose(lengths, np.where(empty, 0.0, 1.0), atol=1e-5)


def test_a_text_gets_the_same_vector_alone_and_among_many() -> None:
    texts = [f"第{n}个城市投资了{n * 37}万元" for n in range(300)]
    together = OURS.embed_passages(texts)
    for row in (0, 127, 128, 299):
        np.testing.assert_allclose(OURS.embed_passages([texts[row]])[0], together[row], atol=1e-6)


def test_forms_of_the_same_characters_are_the_same_word() -> None:
    first, second = OURS.embed_questions(["美國通過ＮＩＳＴ投資了多少", "美国通过nist投资了多少"])
    np.testing.assert_allclose(first, second, atol=1e-6)


def test_radicals_are_the_characters_that_they_look_like() -> None:
    first, second = OURS.embed_passages(["⻔前⽔深⼆⽶，⻛⼤", "门前水深二米，风大"])
    np.testing.assert_allclose(first, second, atol=1e-6)
    [(_, spans)] = OURS.token_spans(["⻔前⽔深"])
    assert spans[:, 1].max() == 4


def test_it_is_served_without_torch() -> None:
    program = (
        "import sys; from index.models.loading import *; e = open_encoder(model_folder(BUNDLED));"
        "e.id, e.embed_questions(['投资了多少?']), e.embed_passages(['一', '二']);"
        "print({'torch', 'transformers', 'sentence_transformers', 'scipy'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()"


def test_the_bundled_folder_is_at_most_64_mb() -> None:
    files = (path for path in model_folder(BUNDLED).rglob("*") if path.is_file())
    assert sum(path.stat().st_size for path in files) <= 64_000_000


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors"])
def test_a_damaged_file_is_refused(eight_words: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(eight_words, folder)
    encoder = open_encoder(folder)
    (folder / name).write_bytes(b"\x00" * 40)
    with pytest.raises(ModelError, match=r"no static model that can be loaded.*YIJU_MODEL"):
        encoder.embed_questions(["city"])


def unit(vectors: Vectors) -> Vectors:
    """Correct the lengths, which half precision changes a little."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
